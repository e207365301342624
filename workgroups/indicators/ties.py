"""What a series is tied to: targets whose follow-up tells it, and measures that it tells of.

A tie never changes what has been told: where it would, it is refused with what stands in the way.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from priorities.models import AnnualTarget, Indicator, IndicatorMeasure, Measure, MeasuredTarget
from programme import text
from workgroups.models import FollowUp


def targets_to_tie(indicator: Indicator) -> "QuerySet[AnnualTarget, AnnualTarget]":
    """Return the targets that may tell a series: of its unit, of years that no other target tells."""
    taken = indicator.measured_targets.values("year")
    rows = AnnualTarget.objects.filter(
        programme=indicator.programme, unit=indicator.unit, measured__isnull=True, ownership__isnull=False
    )
    return rows.exclude(year__in=taken).exclude(state=AnnualTarget.State.CLOSED).order_by("-year", "order")


def series_to_tie(target: AnnualTarget) -> "QuerySet[Indicator, Indicator]":
    """Return the series that a target may tell, with the one that it tells."""
    rows = Indicator.objects.filter(programme=target.programme, unit=target.unit)
    return rows.exclude(
        measured_targets__in=MeasuredTarget.objects.filter(year=target.year).exclude(target=target)
    )


def measures_to_tie(indicator: Indicator) -> "QuerySet[Measure, Measure]":
    """Return the measures of the programme that the series does not tell of yet."""
    rows = Measure.objects.filter(priority__programme=indicator.programme)
    return rows.exclude(indicators=indicator).order_by("priority__number", "order", "code")


@transaction.atomic
def tie_target(indicator: Indicator, target: AnnualTarget) -> None:
    """Let a target's follow-up tell the series of its year.

    Raises ValidationError where their units differ, where either is tied already, or where a value of the
    year would become another.
    """
    locked = _locked(indicator)
    row = AnnualTarget.objects.select_for_update(no_key=True).get(pk=target.pk)
    named = {"target": row.code, "series": locked.code, "year": row.year}
    if row.unit != locked.unit:
        raise ValidationError(
            _("%(target)s is measured in %(its)s, the series in %(own)s: their units must be the same.")
            % (named | {"its": row.unit or text.NOTHING, "own": locked.unit})
        )
    if MeasuredTarget.objects.filter(target=row).exists():
        raise ValidationError(_("%(target)s tells a series already. Untie it first.") % named)
    other = locked.measured_targets.filter(year=row.year).select_related("target").first()
    if other is not None:
        raise ValidationError(
            _("%(target)s tells this series in %(year)s already.") % (named | {"target": other.target.code})
        )
    _must_say_the_same(locked, row)
    MeasuredTarget.objects.create(target=row, indicator=locked, year=row.year)


def _must_say_the_same(indicator: Indicator, target: AnnualTarget) -> None:
    """Raise ValidationError where a value entered by itself and the target's follow-up tell differently."""
    said = {
        follow_up.period_id: follow_up.indicator_value
        for follow_up in FollowUp.objects.filter(target=target).exclude(state=FollowUp.State.RETURNED)
    }
    own = indicator.values.filter(period__year=target.year, municipality__isnull=True).select_related(
        "period"
    )
    for row in own:
        period = text.period(row.period.starts_on, row.period.ends_on)
        if row.accepted_at is None:
            raise ValidationError(
                _("A value of %(period)s is not accepted yet: it is accepted or mended first.")
                % {"period": period}
            )
        told = said.get(row.period_id)
        if told is not None and told != row.value:
            raise ValidationError(
                _("In %(period)s the series says %(own)s and the target’s follow-up %(its)s.")
                % {"period": period, "own": text.number(row.value), "its": text.number(told)}
            )


@transaction.atomic
def untie_target(indicator: Indicator, target: AnnualTarget) -> None:
    """Let a target's follow-up tell the series no more. Raises ValidationError where it has told a value."""
    locked = _locked(indicator)
    AnnualTarget.objects.select_for_update(no_key=True).get(pk=target.pk)
    told = (
        FollowUp.objects.filter(target=target, indicator_value__isnull=False).select_related("period").first()
    )
    if told is not None:
        raise ValidationError(
            _("The follow-up of %(target)s tells the value of %(period)s: without the tie it would be lost.")
            % {"target": target.code, "period": text.period(told.period.starts_on, told.period.ends_on)}
        )
    locked.measured_targets.filter(target=target).delete()


@transaction.atomic
def choose_series(target: AnnualTarget, indicator: Indicator | None) -> None:
    """Let a target tell this series and no other, or none. Raises ValidationError as the two above do."""
    measured = MeasuredTarget.objects.filter(target=target).select_related("indicator__programme").first()
    if measured is not None and (indicator is None or measured.indicator_id != indicator.pk):
        untie_target(measured.indicator, target)
        measured = None
    if measured is None and indicator is not None:
        tie_target(indicator, target)


def must_keep_the_unit(target: AnnualTarget, unit: Any) -> None:
    """Raise ValidationError where a target that tells a series would get another unit."""
    measured = MeasuredTarget.objects.filter(target=target.pk).select_related("indicator").first()
    if measured is not None and measured.indicator.unit != unit:
        raise ValidationError(
            {
                "unit": _(
                    "The target tells the series %(series)s, whose unit is %(unit)s. Untie the two first."
                )
                % {"series": measured.indicator.code, "unit": measured.indicator.unit}
            }
        )


@transaction.atomic
def tie_measure(indicator: Indicator, measure: Measure) -> None:
    """Let the series tell of a measure."""
    IndicatorMeasure.objects.get_or_create(indicator=_locked(indicator), measure=measure)


@transaction.atomic
def untie_measure(indicator: Indicator, measure: Measure) -> None:
    """Let the series tell of a measure no more."""
    IndicatorMeasure.objects.filter(indicator=_locked(indicator), measure=measure).delete()


def _locked(indicator: Indicator) -> Indicator:
    rows = Indicator.objects.select_for_update(of=("self",), no_key=True).select_related("programme")
    found = rows.get(pk=indicator.pk)
    found.programme.must_not_be_closed()
    return found
