"""A value of an indicator by itself: entered, corrected, accepted; each in one transaction."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from priorities.models import Indicator, IndicatorValue, MeasuredTarget
from programme.models import Municipality, MunicipalityMembership, Programme, ReportingPeriod, User
from programme.saving import Saved, merge_into
from workgroups.models import FollowUp, WorkingGroup
from workgroups.models.groups import answered_for
from workgroups.services import must_be_open


def told_with_follow_up(
    indicator: Indicator, period: ReportingPeriod, municipality: Municipality | None = None
) -> MeasuredTarget | None:
    """Return the target whose follow-up tells the region's value of a period; None: it is entered by itself.

    Where the follow-up was accepted without a value, nothing is told there, and it may be entered.
    """
    if municipality is not None:
        return None
    measured = (
        indicator.measured_targets.filter(year=period.year)
        .select_related("target__programme", "target__ownership__group__programme")
        .first()
    )
    if measured is None:
        return None
    said = FollowUp.objects.approved().filter(target=measured.target_id, period=period).first()
    return None if said is not None and said.indicator_value is None else measured


def municipalities_of(period: ReportingPeriod) -> list[Municipality]:
    """Return the municipalities that took part in the programme on the period's last day."""
    memberships = MunicipalityMembership.objects.on(period.ends_on).filter(programme=period.programme_id)
    return sorted((row.municipality for row in memberships.select_related("municipality")), key=_by_number)


def _by_number(municipality: Municipality) -> str:
    return municipality.number


@transaction.atomic
def enter_value(
    indicator: Indicator,
    period: ReportingPeriod,
    municipality: Municipality | None,
    *,
    actor: User,
    language: str,
    values: Mapping[str, Any],
    base: Mapping[str, str],
) -> Saved:
    """Enter or correct a value; it waits for the group's chair. `base` are the cells as the form showed them.

    Where somebody else changed the same cell meanwhile, nothing is saved; what is sent twice is stored once.
    Raises ValidationError when the period is closed, or when a follow-up tells the value.
    """
    # Of two who enter the first value of a period, the second must find that of the first.
    locked = Indicator.objects.select_for_update(of=("self",), no_key=True).get(pk=indicator.pk)
    must_be_open(period)
    must_be_entered_by_itself(locked, period, municipality)
    row = locked.values.filter(period=period, municipality=municipality).first()
    is_new = row is None
    if row is None:
        row = IndicatorValue(indicator=locked, period=period, municipality=municipality)
    before = {name: getattr(row, name) for name in values}
    saved = merge_into(row, values, base)
    if not saved.conflicts and (is_new or any(getattr(row, name) != before[name] for name in values)):
        row.enter(by=actor, language=language)
        row.save()
    return saved


def must_be_entered_by_itself(
    indicator: Indicator, period: ReportingPeriod, municipality: Municipality | None
) -> None:
    """Raise ValidationError where a target's follow-up is the one place of the value."""
    measured = told_with_follow_up(indicator, period, municipality)
    if measured is not None:
        raise ValidationError(
            _("This value is told in the follow-up of the target %(code)s, and stands here once accepted.")
            % {"code": measured.target.code}
        )


@transaction.atomic
def accept_value(value: IndicatorValue, *, actor: User, seen: str = "") -> None:
    """Accept what was entered; `seen` is the moment of entry that the chair's page showed.

    Raises ValidationError when it no longer waits, is one's own, or was corrected since the page was opened.
    """
    value.indicator.programme.must_not_be_closed()
    locked = IndicatorValue.objects.select_for_update(of=("self",)).get(pk=value.pk)
    if seen and seen != locked.stamp:
        raise ValidationError(_("This value has been corrected meanwhile: look at it before you accept it."))
    locked.accept(by=actor)
    locked.save(update_fields=["accepted_at", "accepted_by"])


def indicators_to_enter(
    groups: list[WorkingGroup], period: ReportingPeriod
) -> QuerySet[Indicator, Indicator]:
    """Return the groups' indicators without a word of a period, but those that a follow-up tells."""
    entered = IndicatorValue.objects.filter(
        indicator=OuterRef("pk"), period=period, municipality__isnull=True
    )
    told = MeasuredTarget.objects.filter(indicator=OuterRef("pk"), year=period.year)
    return (
        Indicator.objects.filter(~Exists(entered), ~Exists(told), ownership__group__in=groups)
        .select_related("programme")
        .order_by("order")
    )


def waiting_values(
    user: User, programme: Programme, groups: list[int], *, accepts_for_office: bool
) -> list[IndicatorValue]:
    """Return the values that a person is to accept: those of these groups that others entered."""
    for_whom = answered_for(groups, and_office=accepts_for_office, path="indicator__ownership__group")
    waiting = IndicatorValue.objects.filter(
        for_whom, indicator__programme=programme, accepted_at__isnull=True
    ).exclude(entered_by=user)
    return list(
        waiting.select_related(
            "indicator__programme", "indicator__ownership__group", "period", "municipality", "entered_by"
        ).order_by("period__ends_on", "indicator__order", "municipality__number")
    )
