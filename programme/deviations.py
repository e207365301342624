"""When a deviation from the amended budget is to be explained, and what an explanation must say."""

from decimal import Decimal

from programme.models import Forecast, Origin, Programme

# At or over the threshold (domain of the programme, 2.7): what it comes from, what is done, who decides.
DEMANDED = ("reason", "corrective_action", "who_decides")


def must_explain(programme: Programme, deviation: Decimal, amended: Decimal) -> bool:
    """Say whether a deviation reaches the programme's threshold: euros or per cent, either is enough.

    Where nothing deviates, nothing is to be explained: zero is no share of a budget of zero.
    """
    size = abs(deviation)
    if not size:
        return False
    return size >= programme.deviation_euros or size * 100 >= programme.deviation_percent * abs(amended)


def lacks_explanation(programme: Programme, forecast: Forecast, amended: Decimal) -> bool:
    """Say whether a forecast is to be explained and is not: of a loaded one, the reason alone is asked."""
    if not must_explain(programme, amended - forecast.amount, amended):
        return False
    explanation = getattr(forecast, "explanation", None)
    demanded = ("reason",) if forecast.origin == Origin.IMPORTED else DEMANDED
    return any(not getattr(explanation, name, "") for name in demanded)
