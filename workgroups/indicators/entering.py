"""A value of an indicator by itself: entered, corrected, accepted, returned; each in one transaction."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from priorities.models import AnnualTarget, Indicator, IndicatorValue, MeasuredTarget
from programme import text
from programme.models import Municipality, MunicipalityMembership, Programme, ReportingPeriod, User
from programme.saving import Saved, merge_into
from workgroups.drafts import draft_of
from workgroups.lines import words_of
from workgroups.models import FollowUp, Measured, WorkingGroup
from workgroups.models.groups import answered_for
from workgroups.services import absent_chair, absent_planner, must_be_open


def told_with_follow_up(
    indicator: Indicator, period: ReportingPeriod, municipality: Municipality | None = None
) -> MeasuredTarget | None:
    """Return the target whose follow-up tells the region's value of a period; None: it is entered by itself.

    Where the follow-up was accepted without a value, nothing is told there, and it may be entered.
    """
    if municipality is not None:
        return None
    measured = (
        indicator.measured_targets.filter(year=period.year, target__state__in=AnnualTarget.SEEN_BY_ALL)
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
    drafted: str = "",
) -> Saved:
    """Enter or correct a value; it waits for the group's chair. `base` are the cells as the form showed them.

    Where somebody else changed the same cell meanwhile, nothing is saved; what is sent twice is stored once.
    The writer's draft goes, if it is the one that these words grew from, told by its stamp `drafted`. Raises
    ValidationError when the period is closed, the series is not followed then or there, or a follow-up tells
    the value.
    """
    # Of two who enter the first value of a period, the second must find that of the first.
    locked = Indicator.objects.select_for_update(of=("self",), no_key=True).get(pk=indicator.pk)
    must_be_open(period)
    must_be_asked(locked, period, municipality)
    must_be_entered_by_itself(locked, period, municipality)
    row = locked.values.filter(period=period, municipality=municipality).first()
    is_new = row is None
    if row is None:
        row = IndicatorValue(indicator=locked, period=period, municipality=municipality)
    before = {name: getattr(row, name) for name in values}
    saved = merge_into(row, values, base)
    if saved.conflicts:
        return saved
    # What was returned is handed over anew though nothing was changed: its writer stands by it.
    if is_new or row.is_returned or any(getattr(row, name) != before[name] for name in values):
        absent = absent_planner(actor, locked.ownership.group)
        row.enter(by=actor, language=language, in_place_of=absent)
        row.save()
    draft = draft_of(Measured(indicator, municipality), period, actor)
    if draft is not None and draft.stamp == drafted:
        draft.delete()
    return saved


def must_be_asked(
    indicator: Indicator, period: ReportingPeriod, municipality: Municipality | None = None
) -> None:
    """Raise ValidationError where the series is not followed in a period, or not by municipality."""
    if not indicator.is_followed_in(period):
        raise ValidationError(
            _("This series is not followed in %(period)s: no value is asked of it.")
            % {"period": text.period(period.starts_on, period.ends_on)}
        )
    if municipality is not None and not indicator.by_municipality:
        raise ValidationError(_("This series is followed for the whole region only."))


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
    locked = _locked_as_seen(value, seen)
    locked.accept(by=actor, in_place_of=absent_chair(actor, locked.indicator.ownership.group, locked.writers))
    locked.save(update_fields=["accepted_at", "accepted_by", "accepted_for"])


@transaction.atomic
def return_value(value: IndicatorValue, *, actor: User, reason: str, seen: str = "") -> None:
    """Give a value back to its writer with a reason; `seen` is as in `accept_value`.

    Raises ValidationError as that does, and when the reason is missing.
    """
    locked = _locked_as_seen(value, seen)
    locked.give_back(
        by=actor,
        reason=reason,
        in_place_of=absent_chair(actor, locked.indicator.ownership.group, locked.writers),
    )
    locked.save(update_fields=["returned_at", "returning_reason", "accepted_by", "accepted_for"])


def _locked_as_seen(value: IndicatorValue, seen: str) -> IndicatorValue:
    value.indicator.programme.must_not_be_closed()
    rows = IndicatorValue.objects.select_for_update(of=("self",))
    locked = rows.select_related("indicator__ownership__group__programme").get(pk=value.pk)
    if seen and seen != locked.stamp:
        raise ValidationError(_("This value has been corrected meanwhile: look at it before you judge it."))
    return locked


def indicators_to_enter(
    groups: list[WorkingGroup], period: ReportingPeriod
) -> QuerySet[Indicator, Indicator]:
    """Return the groups' indicators without a word of a period, but those that a follow-up tells."""
    entered = IndicatorValue.objects.filter(
        indicator=OuterRef("pk"), period=period, municipality__isnull=True
    )
    told = MeasuredTarget.objects.filter(
        indicator=OuterRef("pk"), year=period.year, target__state__in=AnnualTarget.SEEN_BY_ALL
    )
    return (
        Indicator.objects.filter(~Exists(entered), ~Exists(told), ownership__group__in=groups)
        .filter(followed_in(period))
        .select_related("programme")
        .order_by("order")
    )


def followed_in(period: ReportingPeriod) -> Q:
    """Return the condition of indicators whose value of a period is asked, as `is_followed_in` says it."""
    begun = Q(followed_from__isnull=True) | Q(followed_from__lte=period.ends_on)
    return begun & (Q(followed_until__isnull=True) | Q(followed_until__gte=period.ends_on))


def returned_values(user: User, programme: Programme, groups: list[WorkingGroup]) -> list[IndicatorValue]:
    """Return the values of open rounds that a person is to mend: of groups they write for, or their own."""
    rows = IndicatorValue.objects.returned().filter(
        Q(indicator__ownership__group__in=groups) | Q(entered_by=user), indicator__programme=programme
    )
    rows = rows.select_related(
        "indicator__programme", "period", "municipality", "accepted_by", "accepted_for"
    )
    return [row for row in rows.order_by("period__ends_on", "indicator__order") if row.period.is_open]


def waiting_values(
    user: User, programme: Programme, groups: list[int], *, accepts_for_office: bool
) -> list[IndicatorValue]:
    """Return the values that a person is to accept: those of these groups that others entered."""
    for_whom = answered_for(groups, and_office=accepts_for_office, path="indicator__ownership__group")
    own = words_of(user, programme, by="entered", path="indicator__ownership__group")
    waiting = IndicatorValue.objects.waiting().filter(for_whom, indicator__programme=programme).exclude(own)
    return list(
        waiting.select_related(
            "indicator__programme",
            "indicator__ownership__group",
            "period",
            "municipality",
            "entered_by",
            "entered_for",
        ).order_by("period__ends_on", "indicator__order", "municipality__number")
    )
