"""Facts of indicators: the series up to the period, its value and the year's aim."""

from priorities.models import Indicator
from programme.models import ReportingPeriod
from reporting.fact_types import IndicatorFacts
from reporting.facts.values import decimal, words
from workgroups.indicators.entering import followed_in
from workgroups.indicators.series import series_of
from workgroups.models import IndicatorOwnership


def indicator_facts(period: ReportingPeriod, previous: ReportingPeriod | None) -> list[IndicatorFacts]:
    """Return every indicator that is followed in a period with what is accepted: six queries."""
    indicators = list(
        Indicator.objects.filter(followed_in(period), programme=period.programme_id)
        .select_related("ownership__group")
        .prefetch_related("targets")
    )
    periods = ReportingPeriod.objects.filter(programme=period.programme_id, ends_on__lte=period.ends_on)
    told_until = list(periods.order_by("ends_on"))
    series = series_of(indicators)
    facts: list[IndicatorFacts] = []
    for indicator in indicators:
        cells = series[indicator.pk]
        by_period = {
            one.code: decimal(cell.told.value)
            for one in told_until
            if (cell := cells.get(one.pk)) is not None and cell.told is not None
        }
        ownership: IndicatorOwnership | None = getattr(indicator, "ownership", None)
        aims = {aim.year: aim.value for aim in indicator.targets.all()}
        facts.append(
            {
                "code": indicator.code,
                "group": ownership.group.code if ownership else None,
                "name": words(indicator, "name"),
                "unit": indicator.unit,
                "direction": indicator.direction,
                "source": indicator.source,
                "baseline": decimal(indicator.baseline),
                "value": by_period.get(period.code),
                "previous": by_period.get(previous.code) if previous else None,
                "target": decimal(aims.get(period.year)),
                "series": [[code, value] for code, value in by_period.items()],
            }
        )
    return facts
