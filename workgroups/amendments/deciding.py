"""An amendment as a process: proposed, withdrawn, accepted or rejected. Each act locks the line."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from priorities.models import AnnualTarget
from programme import clock
from programme.decisions import enter_decision, in_language_of_minutes
from programme.models import Audience, Decision, Meeting, User
from workgroups import rules
from workgroups.amendments.codes import next_code
from workgroups.amendments.deciders import decider_of, decider_of_row
from workgroups.amendments.lines import (
    NO_HOLES,
    apply,
    cells_of,
    cells_of_removed,
    must_be_amendable,
    take_in,
    take_out,
)
from workgroups.indicators.ties import must_keep_the_unit
from workgroups.models import (
    Action,
    Amendment,
    BudgetProposal,
    WorkingGroup,
    WorkProgramme,
    WorkProgrammeVersion,
)
from workgroups.models.amendments import Change
from workgroups.services import Line, absent_person, answering_group_of, line_lookup, year_of
from workgroups.work_programmes.cells import CELLS
from workgroups.work_programmes.drafting import empty_in, place_outside
from workgroups.work_programmes.versions import keep_version, keep_what_stands

Decider, Kind = Amendment.Decider, Amendment.Kind
DEPTHS = {Decider.BOARD: Audience.Depth.BOARD, Decider.ASSEMBLY: Audience.Depth.ASSEMBLY}


@transaction.atomic
def propose_amendment(line: Line, *, actor: User, changes: list[Change], reason: str) -> Amendment:
    """Propose that a decided line changes.

    Raises ValidationError where the line cannot be amended, nothing changes, no reason is given, or another
    amendment of it waits: two that do not know of each other cannot both be decided.
    """
    line = _free(line)
    if not changes:
        raise ValidationError(_("Nothing differs from what has been decided: change what should change."))
    _must_still_stand(line, changes)
    if isinstance(line, Action):
        row = cells_of(line) | {change["cell"]: change["new"] for change in changes}
        _must_be_whole(row, line.work_programme)
    group = answering_group_of(line)
    decider = decider_of(line, [change["cell"] for change in changes], group)
    return _propose(line, group, Kind.CHANGE, actor=actor, changes=changes, reason=reason, decider=decider)


@transaction.atomic
def propose_addition(
    plan: WorkProgramme,
    *,
    actor: User,
    changes: list[Change],
    reason: str,
    continues: Action | None = None,
) -> Amendment:
    """Propose that an approved plan gets a new action, which stands outside it until that is decided.

    It may continue an action of the year before. Raises ValidationError where the plan cannot be amended, the
    action has holes, no reason is given, or that action goes on in another row already.
    """
    plan = _locked_plan(plan)
    must_be_amendable(plan)
    if continues is not None:
        _must_not_go_on_yet(continues)
    row = {change["cell"]: change["new"] for change in changes}
    _must_be_whole(dict.fromkeys(CELLS, "") | row, plan)
    action = place_outside(plan, text=row["text"], actor=actor, continues=continues)
    decider = decider_of_row(changes, plan.group)
    return _propose(
        action, plan.group, Kind.ADD, actor=actor, changes=changes, reason=reason, decider=decider
    )


@transaction.atomic
def propose_removal(action: Action, *, actor: User, reason: str) -> Amendment:
    """Propose that an action is taken out of its approved plan; what was said of it stays.

    Raises ValidationError where it cannot be amended, no reason is given, or another amendment of it waits.
    """
    line = _free(action)
    _must_not_be_the_last(action)
    changes = cells_of_removed(action)
    group = answering_group_of(line)
    decider = decider_of_row(changes, group)
    return _propose(line, group, Kind.REMOVE, actor=actor, changes=changes, reason=reason, decider=decider)


def _free(line: Line) -> Line:
    """Return a line, locked, of which an amendment may be proposed now."""
    line = _locked(line)
    must_be_amendable(line)
    waiting = Amendment.objects.filter(state=Amendment.State.PROPOSED, **line_lookup(line)).first()
    if waiting is not None:
        raise ValidationError(
            _("%(amendment)s already waits for a decision on this line. Withdraw it first.")
            % {"amendment": waiting.code}
        )
    return line


def _must_not_go_on_yet(action: Action) -> None:
    proposed = Action.with_removed.filter(
        continues=action, amendments__kind=Kind.ADD, amendments__state=Amendment.State.PROPOSED
    )
    goes_on = next(iter([*action.continued_by.all(), *proposed]), None)
    if goes_on is not None:
        raise ValidationError(
            _("%(line)s goes on in %(other)s already.") % {"line": action.code, "other": goes_on.code}
        )


def _must_not_be_the_last(action: Action) -> None:
    if not action.work_programme.actions.exclude(pk=action.pk).exists():
        raise ValidationError(
            _("This is the last action of the work programme: change it, or propose another one first.")
        )


def _must_be_whole(row: dict[str, str], plan: WorkProgramme) -> None:
    """Raise ValidationError at the cells that an action of an approved plan must not leave empty."""
    if empty := empty_in(row, made_elsewhere=plan.made_elsewhere):
        raise ValidationError(dict.fromkeys(empty, NO_HOLES))


def _propose(
    line: Line,
    group: WorkingGroup,
    kind: Amendment.Kind,
    *,
    actor: User,
    changes: list[Change],
    reason: str,
    decider: Amendment.Decider,
) -> Amendment:
    group.programme.must_not_be_closed()
    if not reason.strip():
        raise ValidationError(_("Write why it should change: the reason goes to those who decide."))
    return Amendment.objects.create(
        group=group,
        code=next_code(group.programme, year_of(line)),
        kind=kind,
        changes=changes,
        reason=reason,
        decider=decider,
        proposed_at=clock.now(),
        proposed_by=actor,
        proposed_for=absent_person(rules.proposes_in_place_of(actor, group)),
        **line_lookup(line),
    )


@transaction.atomic
def withdraw_amendment(amendment: Amendment, *, actor: User) -> None:
    """Take a proposal back; it stays readable. Raises ValidationError when it waits no longer."""
    amendment.group.programme.must_not_be_closed()
    locked = _locked_amendment(amendment)
    absent = absent_person(rules.proposes_in_place_of(actor, locked.group))
    locked.withdraw(by=actor, in_place_of=absent)
    locked.save(update_fields=["state", "decided_at", "decided_by", "decided_for"])


def meetings_that_decide(amendment: Amendment | BudgetProposal) -> QuerySet[Meeting]:
    """Return the meetings in which an amendment may have been decided: held, of the body that may.

    A budget is amended in its own year.
    """
    held = Meeting.objects.filter(
        body__programme=amendment.programme,
        held_on__gte=clock.day_of(amendment.proposed_at),
        held_on__lte=clock.today(),
    )
    if isinstance(amendment, Amendment) and amendment.decider == Decider.GROUP:
        return held.filter(body=amendment.group.body)
    if isinstance(amendment, BudgetProposal):
        held = held.filter(held_on__year=amendment.budget.year)
    return held.filter(body__decides=True, body__audience__depth=DEPTHS.get(Decider(amendment.decider)))


@transaction.atomic
def decide_amendment(
    amendment: Amendment,
    *,
    actor: User,
    accepted: bool,
    text: str = "",
    meeting: Meeting | None = None,
    number: int | None = None,
    this_matter: int | None = None,
) -> Amendment:
    """Enter what was decided; what is accepted changes the line, which gets a new version.

    `number` is the § or the item of the meeting; the presenting officer decides without one, and says why in
    `text` where it is rejected. Raises
    ValidationError when it waits no longer, is one's own, the meeting is not one that may decide, the
    line has changed since it was proposed, or the matter is to be confirmed: see `enter_decision`.
    """
    locked = _locked_amendment(amendment)
    locked.group.programme.must_not_be_closed()
    line = _locked(locked.line)
    absent = absent_person(rules.decides_in_place_of(actor, locked, besides=locked.writers))
    decision = None
    if locked.decider != Decider.PRESENTING_OFFICER:
        decision = _enter(locked, meeting, number, text, this_matter)
    locked.decide(by=actor, accepted=accepted, decision=decision, because=text, in_place_of=absent)
    locked.save(
        update_fields=["state", "decided_at", "decided_by", "decided_for", "decided_because", "decision"]
    )
    if accepted:
        _apply(locked, line, actor=actor, in_place_of=absent)
    return locked


def _apply(amendment: Amendment, line: Line, *, actor: User, in_place_of: User | None) -> None:
    """Let an accepted amendment change its line; a plan whose row it is has a new version."""
    changed = {change["cell"]: change["new"] for change in amendment.changes}
    if not isinstance(line, Action):
        _must_still_stand(line, amendment.changes)
        apply(line, changed)
        return
    # Versions are numbered one after another, also when two rows are amended at once.
    line.work_programme = _locked_plan(line.work_programme)
    keep_what_stands(line.work_programme, actor=actor)
    if amendment.kind == Kind.ADD:
        must_be_amendable(line.work_programme)
        take_in(line, changed)
    elif amendment.kind == Kind.REMOVE:
        _must_still_stand(line, amendment.changes)
        _must_not_be_the_last(line)
        take_out(line, actor=actor)
    else:
        _must_still_stand(line, amendment.changes)
        apply(line, changed)
    occasion = WorkProgrammeVersion.Occasion.AMENDED
    keep_version(line.work_programme, occasion, actor=actor, in_place_of=in_place_of)


def _enter(
    amendment: Amendment, meeting: Meeting | None, number: int | None, text: str, this_matter: int | None
) -> Decision:
    named = {"amendment": amendment.code, "line": amendment.line.code}
    with in_language_of_minutes():
        title = _("Amendment %(amendment)s: %(line)s") % named
    return enter_of(amendment, title, meeting=meeting, number=number, text=text, this_matter=this_matter)


def enter_of(
    amendment: Amendment | BudgetProposal,
    title: str,
    *,
    meeting: Meeting | None,
    number: int | None,
    text: str,
    this_matter: int | None,
) -> Decision:
    """Enter what a meeting decided of a proposal. Raises ValidationError where it may not decide it."""
    may_decide = meetings_that_decide(amendment)
    if meeting is None or number is None or not may_decide.filter(pk=meeting.pk).exists():
        raise ValidationError(
            _("Choose a held meeting of the body that may decide, and the section or item.")
        )
    return enter_decision(meeting, number=number, title=title, text=text, this_matter=this_matter)


def _must_still_stand(line: Line, changes: list[Change]) -> None:
    """Raise ValidationError where a line no longer changes, or is not what the proposal changes it from."""
    must_be_amendable(line)
    stands = cells_of(line)
    moved = [change["label"] for change in changes if stands[change["cell"]] != change["old"]]
    if moved:
        raise ValidationError(
            _("Another amendment has changed these meanwhile: %(cells)s. Withdraw this one and propose anew.")
            % {"cells": ", ".join(moved)}
        )
    for change in changes:
        if isinstance(line, AnnualTarget) and change["cell"] == "unit":
            must_keep_the_unit(line, change["new"])


def _locked(line: Line) -> Line:
    """Return the line, locked against those who would amend it at the same time."""
    type(line)._base_manager.select_for_update(no_key=True).get(pk=line.pk)
    line.refresh_from_db()
    return line


def _locked_plan(plan: WorkProgramme) -> WorkProgramme:
    rows = WorkProgramme.objects.select_related("group__programme", "group__cost_centre")
    return rows.select_for_update(of=("self",), no_key=True).get(pk=plan.pk)


def _locked_amendment(amendment: Amendment) -> Amendment:
    return (
        Amendment.objects.select_for_update(of=("self",))
        .select_related("group__programme", "target", "action__work_programme__group__programme")
        .get(pk=amendment.pk)
    )
