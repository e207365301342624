"""Which body may decide an amendment, by what it changes.

The rule is the programme's own: wording is the group's; accounts inside a cost centre are the presenting
officer's own decision, without a meeting; euros inside the task are the board's; what is binding is the
federation meeting's. What a target aims at (value, direction, due date) was decided together with the euros
and goes the same way as they do.
"""

from collections.abc import Iterable
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from workgroups.models import Action, Amendment, WorkingGroup
from workgroups.models.amendments import Change
from workgroups.services import Line

Decider = Amendment.Decider

DECIDED_WITH_THE_EUROS = {"target_value", "baseline", "direction", "due_on"}
EUROS = {"own_euros", "no_cost", "planned_euros", "cost_centre"}
ACCOUNTS = {"funding_source"}
# From the least to the highest: an amendment goes whole to the highest that any of its changes needs.
ORDER = list(Decider)


def decider_of(line: Line, cells: Iterable[str], group: WorkingGroup) -> Amendment.Decider:
    """Return who decides when these cells of a line change; `group` answers for the line."""
    changed = set(cells)
    if not isinstance(line, Action) and (line.binding or "binding" in changed):
        return Decider.ASSEMBLY
    return max((_decider_of_cell(cell, group) for cell in changed), key=ORDER.index)


def decider_of_row(changes: Iterable[Change], group: WorkingGroup) -> Amendment.Decider:
    """Return who decides when an action is added or removed: the board, where it has euros."""
    euros = {change["old"] or change["new"] for change in changes if change["cell"] == "planned_euros"}
    costs = any(Decimal(sum_of) != 0 for sum_of in euros)
    return max(
        (_decider_of_cell(cell, group) for cell in ("text", *(EUROS if costs else ()))), key=ORDER.index
    )


def why_decides(amendment: Amendment) -> Promise:
    """Return why just this body or officer decides an amendment, as the rule above has it."""
    changed = {change["cell"] for change in amendment.changes}
    decider = amendment.decider
    if decider == Decider.ASSEMBLY:
        if "binding" in changed:
            return _("because it changes whether the target is binding")
        return _("because the target is binding")
    if decider == Decider.BOARD:
        if amendment.kind != Amendment.Kind.CHANGE:
            return _("because the action has euros")
        if changed & EUROS:
            return _("because it changes euros or their cost centre")
        return _("because it changes what the target aims at: value, baseline, direction or due date")
    if decider == Decider.PRESENTING_OFFICER:
        if changed <= ACCOUNTS:
            return _("because only the funding source changes")
        return _("because the unit has no meetings, and euros and aims stay as they are")
    if amendment.kind != Amendment.Kind.CHANGE:
        return _("because the action costs nothing")
    return _("because euros and aims stay as they are, and the line is not binding")


def _decider_of_cell(cell: str, group: WorkingGroup) -> Amendment.Decider:
    if cell in EUROS | DECIDED_WITH_THE_EUROS:
        return Decider.BOARD
    if cell in ACCOUNTS or group.body_id is None:
        # The office's own unit has no meetings: its presenting officer decides what a group otherwise would.
        return Decider.PRESENTING_OFFICER
    return Decider.GROUP
