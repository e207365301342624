"""What a cost centre is expected to cost by the year's end: a person says it, and why it deviates.

At the programme's threshold, or over it, the reason, the measure and who decides are demanded (domain of the
programme, 2.7); under it they are welcome. Rows loaded from a file are exempt and say so. All sums are euros.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from programme import text
from programme.deviations import DEMANDED, must_explain
from programme.models import CostCentre, Explanation, Forecast, ReportingPeriod
from programme.models.finance import Origin
from programme.saving import Saved, merge_into
from reporting.money.accounts import accounts_of, whole_of
from workgroups.services import must_be_open

EXPLAINED_BY = ("reason", "effect", "corrective_action", "who_decides")


def forecast_of(centre: CostCentre, period: ReportingPeriod) -> Forecast:
    """Return a cost centre's forecast, or an unsaved one, with the texts of its explanation as cells."""
    found = Forecast.objects.filter(period=period, cost_centre=centre).select_related("explanation").first()
    forecast = found or Forecast(period=period, cost_centre=centre)
    explanation = getattr(found, "explanation", None)
    for name in EXPLAINED_BY:
        setattr(forecast, name, getattr(explanation, name, ""))
    return forecast


@transaction.atomic
def save_forecast(
    centre: CostCentre, period: ReportingPeriod, *, values: Mapping[str, Any], base: Mapping[str, str]
) -> Saved:
    """Save a forecast and its explanation; `base` are the cells as the form was opened on them.

    Where somebody else changed the same cell meanwhile, nothing is saved. Raises ValidationError where the
    round is closed, and at the fields that a deviation of this size demands.
    """
    must_be_open(period)
    # Of two who give the first forecast, the second must find that of the first.
    locked = CostCentre.objects.select_for_update(no_key=True).get(pk=centre.pk)
    forecast = forecast_of(locked, period)
    saved = merge_into(forecast, values, base)
    if saved.conflicts:
        return saved
    _must_be_explained(forecast)
    forecast.origin = Origin.PORTAL
    forecast.save()
    texts = {name: getattr(forecast, name) for name in EXPLAINED_BY}
    if any(texts.values()):
        Explanation.objects.update_or_create(forecast=forecast, defaults=texts)
    else:
        Explanation.objects.filter(forecast=forecast).delete()
    return saved


def _must_be_explained(forecast: Forecast) -> None:
    amended = whole_of(accounts_of(forecast.cost_centre, forecast.period)).amended
    deviation = amended - forecast.amount
    if not must_explain(forecast.cost_centre.programme, deviation, amended):
        return
    missing = [name for name in DEMANDED if not getattr(forecast, name)]
    if missing:
        raise ValidationError({name: _demand(name, deviation) for name in missing})


def _demand(name: str, deviation: Decimal) -> str:
    size = {"euros": text.exact_euros(deviation, sign=True)}
    return {
        "reason": _("The deviation is %(euros)s, at or over the threshold. Write what it comes from."),
        "corrective_action": _("The deviation is %(euros)s, at or over the threshold. Write what is done."),
        "who_decides": _("The deviation is %(euros)s, at or over the threshold. Write who decides."),
    }[name] % size
