"""An amendment of a budget as a process: proposed, withdrawn, accepted, rejected. Each act locks a row."""

from collections.abc import Mapping
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from programme import clock
from programme.budget.drawing_up import with_cells
from programme.budget.grid import Cell, Grid, grid_of
from programme.budget.reading import Place, figures_of, place_of
from programme.decisions import in_language_of_minutes
from programme.models import (
    Budget,
    BudgetAmendment,
    BudgetAmendmentLine,
    Decision,
    Meeting,
    Programme,
    User,
)
from programme.saving import Saved, merge_into
from workgroups import rules
from workgroups.amendments.codes import next_code
from workgroups.amendments.deciding import enter_of
from workgroups.budget_amendments.changes import NOTHING, decider_of, kind_of
from workgroups.models import BudgetProposal, BudgetProposalLine
from workgroups.services import absent_person

# Only the budget's own year is amended: the plan years are decided anew with the next budget.
OWN_YEAR = (0,)


def grid_to_amend(programme: Programme) -> Grid:
    return grid_of(programme, OWN_YEAR)


def amended_today(budget: Budget) -> dict[Place, Decimal | None]:
    """Return what every line of a budget stands at, with all that has amended it: four queries."""
    amendments = budget.amendments.prefetch_related("lines")
    return {place: figures.amended for place, figures in figures_of(budget, amendments).items()}


def as_it_stands(budget: Budget, grid: Grid) -> Budget:
    """Return a budget with what its cells stand at today as attributes, by the cells' names."""
    return with_cells(budget, grid, {Cell(place, 0): euros for place, euros in amended_today(budget).items()})


@transaction.atomic
def propose_budget_amendment(
    budget: Budget,
    *,
    actor: User,
    reason: str,
    values: Mapping[str, Decimal | None],
    base: Mapping[str, str],
) -> tuple[Saved, BudgetProposal | None]:
    """Propose that euros of a decided budget change; `base` are its cells as the form was opened on them.

    Where another amendment changed the same cell meanwhile, nothing is proposed. Raises ValidationError where
    the budget is not decided, nothing changes, or no reason is given; at the cells that were emptied.
    """
    locked = _locked_budget(budget)
    must_be_amendable(locked)
    grid = grid_to_amend(locked.programme)
    as_it_stands(locked, grid)
    before = {name: getattr(locked, name) for name in values}
    saved = merge_into(locked, values, base)
    if saved.conflicts:
        return saved, None
    _must_not_be_emptied(locked, before)
    stood, changes = {}, {}
    for name, old in before.items():
        place = grid.cells[name].place
        change = (getattr(locked, name) or NOTHING) - (old or NOTHING)
        if change:
            stood[place], changes[place] = old, change
    if not changes:
        raise ValidationError(_("Nothing differs from what has been decided: change what should change."))
    if not reason.strip():
        raise ValidationError(_("Write why it should change: the reason goes to those who decide."))
    proposal = BudgetProposal.objects.create(
        budget=locked,
        code=next_code(locked.programme, locked.year),
        reason=reason,
        decider=decider_of(changes),
        proposed_at=clock.now(),
        proposed_by=actor,
        proposed_for=absent_person(rules.proposes_budgets_in_place_of(actor, locked.programme)),
    )
    BudgetProposalLine.objects.bulk_create(
        BudgetProposalLine(proposal=proposal, stood=stood[place], amount=change, **place.columns())
        for place, change in changes.items()
    )
    return saved, proposal


@transaction.atomic
def withdraw_budget_proposal(proposal: BudgetProposal, *, actor: User) -> None:
    """Take a proposal back; it stays readable. Raises ValidationError when it waits no longer."""
    locked = _locked(proposal)
    locked.programme.must_not_be_closed()
    absent = absent_person(rules.proposes_budgets_in_place_of(actor, locked.programme))
    locked.withdraw(by=actor, in_place_of=absent)
    locked.save(update_fields=["state", "decided_at", "decided_by", "decided_for"])


@transaction.atomic
def decide_budget_proposal(
    proposal: BudgetProposal,
    *,
    actor: User,
    accepted: bool,
    text: str = "",
    meeting: Meeting | None = None,
    number: int | None = None,
    this_matter: int | None = None,
) -> BudgetProposal:
    """Enter what was decided; what is accepted amends the budget from the day of the decision on.

    `number` is the § or the item of the meeting; the presenting officer decides without one. Raises
    ValidationError when it waits no longer, is one's own, the meeting is not one that may decide, it would
    amend the budget on a day that is not of its year, the lines have changed since it was proposed, or the
    matter is to be confirmed: see `enter_decision`.
    """
    _locked_budget(proposal.budget)
    locked = _locked(proposal)
    locked.programme.must_not_be_closed()
    absent = absent_person(rules.decides_in_place_of(actor, locked, besides=locked.writers))
    decision = None
    if locked.decider != BudgetProposal.Decider.PRESENTING_OFFICER:
        with in_language_of_minutes():
            title = _("Amendment %(amendment)s: %(line)s") % {
                "amendment": locked.code,
                "line": locked.budget.code,
            }
        decision = enter_of(locked, title, meeting=meeting, number=number, text=text, this_matter=this_matter)
    locked.decide(by=actor, accepted=accepted, decision=decision, because=text, in_place_of=absent)
    if accepted:
        locked.amendment = _amend(locked, decision)
    told = ["state", "decided_at", "decided_by", "decided_for", "decided_because", "decision"]
    locked.save(update_fields=[*told, "amendment"])
    return locked


def must_be_amendable(budget: Budget) -> None:
    """Raise ValidationError where a budget still changes by writing, or no longer: its year is over."""
    budget.programme.must_not_be_closed()
    if budget.decided_on is None:
        raise ValidationError(_("The budget has not been decided yet: until then its lines are written."))
    if budget.is_over:
        raise ValidationError(
            _("The year %(year)s is over: its budget is not amended any more.") % {"year": budget.year}
        )


def _must_not_be_emptied(budget: Budget, before: Mapping[str, Decimal | None]) -> None:
    """Raise ValidationError at the cells that lost their euros: empty does not say that nothing is left."""
    emptied = [name for name, old in before.items() if old is not None and getattr(budget, name) is None]
    if emptied:
        said = _("Nothing is written here. Write 0 if nothing is to be left, or what it would stand at.")
        raise ValidationError(dict.fromkeys(emptied, said))


def _amend(proposal: BudgetProposal, decision: Decision | None) -> BudgetAmendment:
    lines = list(proposal.lines.all())
    stands = amended_today(proposal.budget)
    if any(stands.get(place_of(line)) != line.stood for line in lines):
        raise ValidationError(
            _("Another amendment has changed the same lines meanwhile. Withdraw this one and propose anew.")
        )
    changes = {place_of(line): line.amount for line in lines}
    meeting = decision.matter.meeting if decision else None
    decided_on = meeting.held_on if meeting else clock.today()
    # Figures of a year's last day count what was decided by then: a later amendment would be told by none.
    if decided_on.year != proposal.budget.year:
        raise ValidationError(
            _("The budget of %(year)s is amended by what is decided in that year only.")
            % {"year": proposal.budget.year}
        )
    amendment = BudgetAmendment.objects.create(
        budget=proposal.budget,
        code=proposal.code,
        kind=kind_of(changes),
        text=proposal.reason,
        body=meeting.body if meeting else None,
        decided_on=decided_on,
        decision=decision,
    )
    BudgetAmendmentLine.objects.bulk_create(
        BudgetAmendmentLine(amendment=amendment, amount=change, **place.columns())
        for place, change in changes.items()
    )
    return amendment


def _locked_budget(budget: Budget) -> Budget:
    rows = Budget.objects.select_related("programme").select_for_update(of=("self",), no_key=True)
    return rows.get(pk=budget.pk)


def _locked(proposal: BudgetProposal) -> BudgetProposal:
    rows = BudgetProposal.objects.select_related("budget__programme")
    return rows.select_for_update(of=("self",), no_key=True).get(pk=proposal.pk)
