"""Keeping who belongs to a group: a membership is added, corrected, and ended by its last day."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from programme import text
from programme.administration.refusals import Refusal, told
from programme.saving import Saved, merge_into
from workgroups.models import Membership, WorkingGroup


@transaction.atomic
def add_membership(group: WorkingGroup, *, values: Mapping[str, Any]) -> Membership:
    """Add somebody, or a municipality's seat, to a group.

    Raises ValidationError where the person has the role at the same time already, or the programme is closed.
    """
    group.programme.must_not_be_closed()
    membership = Membership(group=group, **values)
    _save(membership)
    return membership


@transaction.atomic
def save_membership(membership: Membership, *, values: Mapping[str, Any], base: Mapping[str, str]) -> Saved:
    """Save what was typed into a membership; `base` are its cells as the form was opened on them.

    Where somebody else changed the same cell meanwhile, nothing is saved. Raises ValidationError as
    `add_membership` does, and where two who wrote at once made a term that ends before it begins.
    """
    locked = (
        Membership.objects.select_for_update(of=("self",))
        .select_related("group__programme")
        .get(pk=membership.pk)
    )
    locked.group.programme.must_not_be_closed()
    saved = merge_into(locked, values, base)
    if not saved.conflicts:
        must_end_after_it_begins({"starts_on": locked.starts_on, "until": locked.until})
        _save(locked, update_fields=list(values))
    return saved


def must_end_after_it_begins(values: Mapping[str, Any]) -> None:
    starts_on, until = values.get("starts_on"), values.get("until")
    if starts_on and until and until < starts_on:
        raise ValidationError({"until": _("The last day is before the first.")})


def _save(membership: Membership, update_fields: list[str] | None = None) -> None:
    """Save, or say in words why the database refuses: it alone knows what others saved at the same moment."""
    refusal = Refusal("starts_on", lambda: _in_the_way_of(membership))
    with told({"one_membership_per_person_role_and_day": refusal}):
        membership.save(update_fields=update_fields)


def _in_the_way_of(membership: Membership) -> str:
    """Say which term of the same person in the same role shares a day with this one."""
    other = _overlapping(membership)
    if other is None:  # Ended by somebody else since the database refused.
        return _("Somebody else has changed this meanwhile.")
    return _(
        "%(person)s has this role in the group already, %(term)s. End that term first, or choose other days."
    ) % {"person": other.user, "term": text.period(other.starts_on, other.until)}


def other_chair_of(membership: Membership) -> Membership | None:
    """Return another chair of the same group whose term shares a day with this one, if it is a chair's."""
    if membership.role != Membership.Role.CHAIR:
        return None
    terms = _sharing_a_day(membership, Membership.objects.filter(group=membership.group_id))
    return terms.filter(role=Membership.Role.CHAIR).select_related("user").first()


def _overlapping(membership: Membership) -> Membership | None:
    """Return the term of the same person in the same role that shares a day with this one."""
    terms = Membership.objects.filter(
        group=membership.group_id, role=membership.role, user=membership.user_id, user__isnull=False
    )
    return _sharing_a_day(membership, terms).select_related("user").first()


def _sharing_a_day(membership: Membership, terms: QuerySet[Membership]) -> QuerySet[Membership]:
    terms = terms.filter(Q(until__isnull=True) | Q(until__gte=membership.starts_on))
    if membership.until is not None:
        terms = terms.filter(starts_on__lte=membership.until)
    return terms.exclude(pk=membership.pk)
