"""A series itself: begun, changed and ended by the programme office. What was told of it stays as it was."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Min
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from priorities.models import Indicator, IndicatorTarget, IndicatorValue
from programme import clock, text
from programme.administration.refusals import Refusal, told
from programme.codes import next_number
from programme.models import Programme
from programme.saving import Saved, columns_of, merge_into, save_changed
from programme.trail import trail_of
from workgroups.indicators.forms import aim_name
from workgroups.models import FollowUp, IndicatorOwnership, WorkingGroup

REFUSALS = {
    "one_indicator_per_code": Refusal(
        "code", gettext_lazy("Another indicator has this code. Choose another, or leave it empty.")
    ),
}


def with_parts(indicator: Indicator) -> Indicator:
    """Lay on an indicator what its form shows beside its columns: its group, and the aim of each year."""
    programme = indicator.programme
    ownership = getattr(indicator, "ownership", None) if indicator.pk else None
    aims = {aim.year: aim.value for aim in indicator.targets.all()} if indicator.pk else {}
    indicator.group = ownership.group if ownership else None  # type: ignore[attr-defined]
    for year in range(programme.starts_on.year, programme.ends_on.year + 1):
        setattr(indicator, aim_name(year), aims.get(year))
    return indicator


def next_code(group: WorkingGroup) -> str:
    """Return the next code of a group's series of indicators; one that was used once is not used again."""
    return _next_code(group, _known_codes(group.programme_id))


def _known_codes(programme: int) -> set[str]:
    return set(trail_of(Indicator).filter(programme=programme).values_list("code", flat=True))


def _next_code(group: WorkingGroup, known: set[str]) -> str:
    series = f"IND-{group.code.removeprefix('WG-')}-"
    return f"{series}{next_number(series, known)}"


def next_codes(programme: Programme) -> str:
    """Return the code that the next indicator of each group gets, as people read it: two queries."""
    known = _known_codes(programme.pk)
    groups = WorkingGroup.objects.filter(programme=programme)
    return ", ".join(_next_code(group, known) for group in groups)


@transaction.atomic
def create_indicator(programme: Programme, values: Mapping[str, Any]) -> Indicator:
    """Begin a series, under the code that was written or the next one of its group.

    Raises ValidationError when the code is taken, or the programme is closed.
    """
    programme.must_not_be_closed()
    # Of two who begin at once, the second gets the next code and place.
    group = WorkingGroup.objects.select_for_update(no_key=True).get(pk=values["group"].pk)
    last = Indicator.objects.filter(programme=programme).aggregate(order=Max("order"))["order"]
    indicator = Indicator(programme=programme, order=(last or 0) + 1)
    for name, value in values.items():
        setattr(indicator, name, value)
    indicator.code = values["code"] or next_code(group)
    with told(REFUSALS):
        indicator.save()
    _save_parts(indicator)
    return indicator


@transaction.atomic
def save_indicator(indicator: Indicator, *, values: Mapping[str, Any], base: Mapping[str, str]) -> Saved:
    """Save what was typed of a series; `base` are its cells as they stood when the form was opened.

    Where somebody else changed the same cell meanwhile, nothing is saved. Raises ValidationError, at its
    field, where a change would make another thing of values that stand: their unit, their decimals, the days
    within which they were measured; or where values of municipalities would be left waiting.
    """
    locked = (
        Indicator.objects.select_for_update(of=("self",), no_key=True)
        .select_related("programme", "ownership__group")
        .get(pk=indicator.pk)
    )
    locked.programme.must_not_be_closed()
    before = columns_of(locked)
    saved = merge_into(with_parts(locked), values, base)
    if saved.conflicts:
        return saved
    _must_leave_values_as_they_are(locked, before)
    save_changed(locked, before)
    _save_parts(locked)
    return saved


def _save_parts(indicator: Indicator) -> None:
    """Save what `with_parts` lays on an indicator; what did not change leaves no mark in the trail.

    Raises ValidationError at the aim of a year that has ended, where it would become another.
    """
    group: WorkingGroup = indicator.group  # type: ignore[attr-defined]
    ownership = IndicatorOwnership.objects.filter(indicator=indicator).first()
    if ownership is None:
        IndicatorOwnership.objects.create(indicator=indicator, group=group)
    elif ownership.group_id != group.pk:
        ownership.group = group
        ownership.save(update_fields=["group"])
    standing = {aim.year: aim for aim in indicator.targets.all()}
    for year in range(indicator.programme.starts_on.year, indicator.programme.ends_on.year + 1):
        value, aim = getattr(indicator, aim_name(year)), standing.get(year)
        if aim is not None and aim.value != value and year < clock.today().year:
            raise ValidationError({aim_name(year): _("The year has ended: its aim stays as it was told.")})
        if aim is None and value is not None:
            IndicatorTarget.objects.create(indicator=indicator, year=year, value=value)
        elif aim is not None and value is None:
            aim.delete()
        elif aim is not None and aim.value != value:
            aim.value = value
            aim.save(update_fields=["value"])


def values_in(indicator: Indicator) -> list[Decimal]:
    """Return every value entered of a series, accepted or not, by itself or with a follow-up."""
    own = IndicatorValue.objects.filter(indicator=indicator, value__isnull=False)
    said = _said_of(indicator).values_list("indicator_value", flat=True)
    return [*own.values_list("value", flat=True), *said]  # type: ignore[list-item]


def _said_of(indicator: Indicator) -> Any:
    measured = FollowUp.objects.filter(target__measured__indicator=indicator)
    return measured.filter(indicator_value__isnull=False)


def _must_leave_values_as_they_are(indicator: Indicator, before: Mapping[str, Any]) -> None:
    values = values_in(indicator)
    if indicator.unit != before["unit"]:
        if values:
            raise ValidationError(
                {
                    "unit": _(
                        "Values have been entered in %(unit)s, and keep their unit. Begin a new series for "
                        "another unit, and end this one."
                    )
                    % {"unit": before["unit"]}
                }
            )
        if indicator.measured_targets.exclude(target__unit=indicator.unit).exists():
            raise ValidationError(
                {"unit": _("A target with another unit tells this series. Untie the two first.")}
            )
    too_exact = [value for value in values if value != round(value, indicator.decimals)]
    if indicator.decimals < before["decimals"] and too_exact:
        raise ValidationError(
            {
                "decimals": _("A value with more decimals has been entered: %(value)s.")
                % {"value": text.number(too_exact[0])}
            }
        )
    _must_hold_the_periods_of_values(indicator)
    if before["by_municipality"] and not indicator.by_municipality:
        _must_leave_no_municipality_waiting(indicator)


def _must_leave_no_municipality_waiting(indicator: Indicator) -> None:
    """Raise ValidationError where a value of a municipality is not accepted: nobody could mend it."""
    if indicator.values.filter(municipality__isnull=False, accepted_at__isnull=True).exists():
        raise ValidationError(
            {
                "by_municipality": _(
                    "Values of municipalities wait for acceptance, or have been returned. See first that they"
                    " are mended and accepted."
                )
            }
        )


def _must_hold_the_periods_of_values(indicator: Indicator) -> None:
    """Raise ValidationError where the series would begin after, or end before, a value that stands."""
    own = IndicatorValue.objects.filter(indicator=indicator)
    days = own.aggregate(first=Min("period__ends_on"), last=Max("period__ends_on"))
    said = _said_of(indicator).aggregate(first=Min("period__ends_on"), last=Max("period__ends_on"))
    firsts = [day for day in (days["first"], said["first"]) if day]
    lasts = [day for day in (days["last"], said["last"]) if day]
    if indicator.followed_from and firsts and min(firsts) < indicator.followed_from:
        raise ValidationError(
            {
                "followed_from": _("A value of the period that ended on %(day)s has been entered.")
                % {"day": text.day(min(firsts))}
            }
        )
    if indicator.followed_until and lasts and indicator.followed_until < max(lasts):
        raise ValidationError(
            {
                "followed_until": _(
                    "A value of the period that ends on %(day)s has been entered. "
                    "End the series then, or later."
                )
                % {"day": text.day(max(lasts))}
            }
        )
