"""Drawing up annual targets: start, save, propose, take back, remove, bring back. Each locks the target."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from priorities.models import AnnualTarget, MeasuredTarget
from programme import clock
from programme.codes import next_number
from programme.merging import Conflict, merge
from programme.models import Budget, Programme, User
from programme.open_years import open_years
from programme.trail import trail_of
from workgroups import rules
from workgroups.indicators.ties import must_keep_the_unit
from workgroups.models import Action, ActionTarget, TargetOwnership, WorkingGroup
from workgroups.targets import cells


@dataclass
class Saved:
    """What became of what was typed into a target."""

    target: AnnualTarget
    conflicts: dict[str, Conflict] = field(default_factory=dict)  # where there are any, nothing was saved
    merged: dict[str, str] = field(default_factory=dict)  # the cells, with one's own text where both differ
    others_changed: bool = False  # somebody else's changes stand beside one's own


def year_to_plan(programme: Programme) -> int | None:
    """Return the year whose targets are being drawn up: the next, or this one until any have been decided."""
    this_year = clock.today().year
    years = open_years(programme)
    if this_year in years and _is_decided(programme, this_year):
        years.remove(this_year)
    return next(iter(years), None)


def _is_decided(programme: Programme, year: int) -> bool:
    decided = AnnualTarget.objects.decided().filter(programme=programme, year=year)
    budgets = Budget.objects.filter(programme=programme, year=year, decided_on__isnull=False)
    return decided.exists() or budgets.exists()


def groups_to_write_for(user: User | AnonymousUser, programme: Programme) -> QuerySet[WorkingGroup]:
    """Return the groups for which a person draws up targets: one's own, the office's are all."""
    groups = WorkingGroup.objects.filter(programme=programme)
    if rules.programme_rules.is_programme_office(user, programme):
        return groups
    return groups.filter(pk__in=rules.groups_of(user, programme, rules.WRITING_ROLES))


@transaction.atomic
def create_target(group: WorkingGroup, year: int, *, actor: User, values: Mapping[str, Any]) -> AnnualTarget:
    """Start a draft of a group, under the next code of its series.

    Raises ValidationError where the year has ended or the programme does not reach it.
    """
    WorkingGroup.objects.select_for_update(no_key=True).get(pk=group.pk)
    programme = group.programme
    _must_be_open(programme, year)
    last = AnnualTarget.objects.filter(programme=programme, year=year).aggregate(order=Max("order"))["order"]
    target = AnnualTarget(
        programme=programme,
        code=_next_code(group, year),
        year=year,
        order=(last or 0) + 1,
        drafted_by=actor,
    )
    for name in cells.COLUMNS:
        setattr(target, name, values[name])
    target.save()
    TargetOwnership.objects.create(target=target, group=group)
    for name in cells.SEVERAL:
        getattr(target, name).set(values[name])
    return target


def _next_code(group: WorkingGroup, year: int) -> str:
    """Return the next code of a group's series; a removed draft's is not used again: the trail knows it."""
    series = f"VT-{year}-{group.code.removeprefix('WG-')}-"
    known = trail_of(AnnualTarget).filter(programme=group.programme, code__startswith=series)
    return f"{series}{next_number(series, known.values_list('code', flat=True).distinct())}"


@transaction.atomic
def save_target(target: AnnualTarget, *, values: Mapping[str, Any], base: Mapping[str, str]) -> Saved:
    """Save what was typed into a target; `base` are its cells as they stood when the form was opened.

    What somebody else changed meanwhile merges where it is in other cells. Where both changed the same one,
    nothing is saved. Raises ValidationError where the target is decided, or the two do not fit together.
    """
    locked = _standing(target)
    locked.must_be_editable()
    saved = cells.cells_of(locked)
    yours = cells.cells_in(values)
    outcome = merge(base, yours, saved)
    merged = outcome.merged | {name: conflict.yours for name, conflict in outcome.conflicts.items()}
    others_changed = any(saved[name] != base.get(name, saved[name]) for name in saved)
    if outcome.conflicts:
        return Saved(locked, outcome.conflicts, merged, others_changed)
    changed = [name for name in yours if outcome.merged[name] != saved[name]]
    cells.must_fit_together(outcome.merged)
    must_keep_the_unit(locked, outcome.merged["unit"])
    for name in changed:
        if name in cells.SEVERAL:
            getattr(locked, name).set(values[name])
        else:
            setattr(locked, name, values[name])
    locked.version += 1
    columns = [name for name in changed if name in cells.COLUMNS]
    locked.save(update_fields=[*columns, "version"])
    return Saved(locked, merged=merged, others_changed=others_changed)


@transaction.atomic
def propose_target(target: AnnualTarget) -> None:
    """Propose a draft to the bodies. Raises ValidationError where it is none, or its year has ended."""
    locked = _standing(target)
    locked.propose()
    _must_be_open(locked.programme, locked.year)
    _save_state(locked)


@transaction.atomic
def take_back_target(target: AnnualTarget) -> None:
    """Make a proposal a draft again. Raises ValidationError where it is none, or has been decided."""
    locked = _standing(target)
    locked.take_back()
    _save_state(locked)


@transaction.atomic
def remove_target(target: AnnualTarget, *, actor: User) -> None:
    """Remove a draft; it can be brought back. Raises ValidationError where it is no draft or is in use."""
    locked = _standing(target)
    if locked.state != AnnualTarget.State.DRAFT:
        raise ValidationError(_("Only a draft is removed. Take the proposal back first."))
    carrying = Action.with_removed.filter(targets=locked)
    if carrying.filter(removed_at__isnull=True).exists():
        raise ValidationError(_("An action of a work programme carries it out. Take it off there first."))
    # Rows that were removed no longer carry it out, should they be brought back.
    ActionTarget.objects.filter(target=locked, action__in=carrying).delete()
    # Another target may tell the series of its year from now on.
    MeasuredTarget.objects.filter(target=locked).delete()
    locked.removed_at = clock.now()
    locked.removed_by = actor
    locked.save(update_fields=["removed_at", "removed_by"])


@transaction.atomic
def restore_target(target: AnnualTarget) -> None:
    """Bring a removed draft back, as it was; one that stands stays.

    Raises ValidationError where it is decided, its year has ended, or the line that it continued goes on in
    another target by now.
    """
    locked = _locked(target)
    locked.must_be_editable()
    _must_be_open(locked.programme, locked.year)
    if locked.removed_at is None:
        return
    if locked.continues is not None and locked.continues.continued_by.exists():
        raise ValidationError(
            _("%(line)s goes on in another draft already. Remove that one first.")
            % {"line": locked.continues.code}
        )
    locked.removed_at = None
    locked.removed_by = None
    locked.save(update_fields=["removed_at", "removed_by"])


def removed_targets_of(programme: Programme, year: int, groups: Collection[int]) -> list[AnnualTarget]:
    """Return the removed drafts of these groups, what was removed last first."""
    removed = AnnualTarget.with_removed.filter(
        programme=programme, year=year, ownership__group__in=groups, removed_at__isnull=False
    )
    return list(removed.select_related("programme", "removed_by").order_by("-removed_at"))


def _save_state(target: AnnualTarget) -> None:
    target.version += 1
    target.save(update_fields=["state", "version"])


def _locked(target: AnnualTarget) -> AnnualTarget:
    """Make those who change the same target wait for each other."""
    rows = AnnualTarget.with_removed.select_for_update(of=("self",)).select_related("programme", "continues")
    found = rows.get(pk=target.pk)
    found.programme.must_not_be_closed()
    return found


def _standing(target: AnnualTarget) -> AnnualTarget:
    """Return a target as it stands, locked. Raises ValidationError where somebody has removed it."""
    found = _locked(target)
    if found.removed_at is not None:
        raise ValidationError(
            _("%(line)s has been removed. Below the plan it can be brought back.") % {"line": found.code}
        )
    return found


def _must_be_open(programme: Programme, year: int) -> None:
    programme.must_not_be_closed()
    if year not in open_years(programme):
        raise ValidationError(_("%(year)s has ended, or the programme does not reach it.") % {"year": year})
