"""A spreadsheet comes back: what it would change, what is wrong in it, and then all of it or nothing.

The file knows what the rows were when it was made. So a cell that nobody touched there overwrites nothing,
and one that somebody else has changed in the portal since is told with both texts, as in the editor.
"""

import hashlib
import json
from typing import NamedTuple, TypedDict

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext as _

from programme.merging import merge
from programme.models import User
from workgroups.models import Action, WorkProgramme
from workgroups.work_programmes import cells, drafting
from workgroups.work_programmes.spreadsheets.layout import CODE, HEADINGS, same_text
from workgroups.work_programmes.spreadsheets.reading import FileRow, Table

Cells = dict[str, str]


class Fault(NamedTuple):
    """What is wrong in a cell of the file: its row, the letter and name of its column, and why."""

    row: int
    letter: str
    column: str
    message: str


class Clash(NamedTuple):
    """A cell, or a whole row, that somebody changed after the file was made. What stands saved stays."""

    code: str
    label: str
    yours: str
    saved: str


class Proposal(TypedDict):
    """What a file would change, as texts; a new row has a key of its own until it gets a code."""

    fingerprint: str  # of the rows as they stood at the preview
    changed: dict[str, Cells]  # by code: the cells that change, as they were typed
    added: dict[str, Cells]  # by key
    removed: list[str]
    restored: list[str]
    order: list[str]  # of codes and keys


class Reading(NamedTuple):
    """A file read against a plan. Only without faults may it be carried out."""

    proposal: Proposal
    faults: list[Fault]
    clashes: list[Clash]
    before: dict[str, Cells]  # the plan's rows, in order
    after: dict[str, Cells]  # as they would be, by code or key, in order


class ChangedMeanwhileError(Exception):
    """The plan is no longer what the preview was made of."""


def fingerprint_of(rows: list[Action]) -> str:
    """Return a hash of what stands in a plan, its order included."""
    standing = [(row.code, sorted(cells.standing_of(row).items())) for row in rows]
    return hashlib.sha256(json.dumps(standing).encode()).hexdigest()


def read_against(plan: WorkProgramme, table: Table) -> Reading:
    """Return what a file would change in a plan. Nothing is saved."""
    return _Reader(plan, table).read()


class _Reader:
    """Reads a file's rows one by one against those of the plan."""

    def __init__(self, plan: WorkProgramme, table: Table) -> None:
        self.plan = plan
        self.table = table
        rows = drafting.rows_of(plan)
        self.rows = {row.code: row for row in rows}
        self.removed = {row.code: row for row in drafting.removed_rows_of(plan)}
        self.standing = {row.code: cells.standing_of(row) for row in rows}
        # The sheet of another plan says nothing of this one.
        base = table.base if table.made_for == plan.code else None
        self.base = self.standing if base is None else base
        self.faults: list[Fault] = []
        self.clashes: list[Clash] = []
        self.proposal: Proposal = {
            "fingerprint": fingerprint_of(rows),
            "changed": {},
            "added": {},
            "removed": [],
            "restored": [],
            "order": [],
        }
        self.after = {code: dict(standing) for code, standing in self.standing.items()}

    def read(self) -> Reading:
        seen: set[str] = set()
        in_file = []
        for row in self.table.rows:
            if row.code in seen:
                self._blame(row, CODE, _("%(code)s is in the file twice.") % {"code": row.code})
            elif row.code in self.rows:
                self._read_row(row, self.rows[row.code], self.standing[row.code])
                in_file.append(row.code)
            elif row.code in self.removed:
                if self._brings_back(row):
                    in_file.append(row.code)
            elif row.code:
                self._blame(
                    row,
                    CODE,
                    _("%(code)s is no row of this work programme. Leave the code empty to add a new row.")
                    % {"code": row.code},
                )
            else:
                in_file.append(self._add(row))
            if row.code:
                seen.add(row.code)
        for code in self.rows:
            if code not in seen and code in self.base:
                self._remove(code)
        self.proposal["order"] = self._order(in_file)
        after = {key: self.after[key] for key in self.proposal["order"]}
        return Reading(self.proposal, self.faults, self.clashes, self.standing, after)

    def _read_row(self, row: FileRow, stored: Action, standing: Cells) -> None:
        """Read the cells that were touched in the file; what others changed since is never overwritten."""
        base = {name: same_text(name, text) for name, text in self.base.get(row.code, standing).items()}
        typed = {name: text for name, text in row.cells.items() if text != base[name]}
        if not typed:
            return
        yours = self._read_cells(row, typed, stored)
        saved = {name: same_text(name, text) for name, text in standing.items()}
        outcome = merge(base, yours, saved)
        for name, clash in outcome.conflicts.items():
            self.clashes.append(Clash(row.code, str(HEADINGS[name]), clash.yours, clash.saved))
        changed = [name for name in yours if outcome.merged[name] != saved[name]]
        if changed:
            self.proposal["changed"][row.code] = {name: typed[name] for name in changed}
            self.after[row.code] |= {name: yours[name] for name in changed}

    def _brings_back(self, row: FileRow) -> bool:
        """Bring back a row that was removed since, unless nobody touched it in the file."""
        stored = self.removed[row.code]
        standing = cells.standing_of(stored)
        if self.base.get(row.code) == row.cells:
            return False
        self.proposal["restored"].append(row.code)
        self.after[row.code] = dict(standing)
        self._read_row(row, stored, standing)
        return True

    def _add(self, row: FileRow) -> str:
        key = f"+{row.number}"
        read = self._read_cells(row, row.cells, None)
        self.proposal["added"][key] = row.cells
        self.after[key] = read
        return key

    def _remove(self, code: str) -> None:
        base = {name: same_text(name, text) for name, text in self.base[code].items()}
        standing = {name: same_text(name, text) for name, text in self.standing[code].items()}
        if base == standing:
            self.proposal["removed"].append(code)
        else:
            self.clashes.append(Clash(code, _("Row"), _("removed"), standing["text"]))

    def _read_cells(self, row: FileRow, typed: Cells, stored: Action | None) -> Cells:
        """Return the texts of the cells that could be read; what is wrong with the rest is a fault each."""
        form = cells.CellsForm(as_form(typed), work_programme=self.plan, names=typed, stored=stored)
        form.is_valid()
        for name, messages in form.errors.items():
            for message in messages:
                self._blame(row, name, str(message))
        return {
            name: cells.read_cell(name, value)
            for name, value in form.cleaned_data.items()
            if name not in form.errors
        }

    def _blame(self, row: FileRow, name: str, message: str) -> None:
        self.faults.append(Fault(row.number, self.table.letters[name], str(HEADINGS[name]), message))

    def _order(self, in_file: list[str]) -> list[str]:
        """Return the rows in their new order: the file's where rows were moved in it, else what stands."""
        kept = [code for code in self.rows if code not in self.proposal["removed"]]
        before = [code for code in self.base if code in kept and code in in_file]
        if [code for code in in_file if code in before] != before:
            return in_file + [code for code in kept if code not in in_file]
        order = list(kept)
        for place, key in enumerate(in_file):
            if key not in order:
                order.insert(order.index(in_file[place - 1]) + 1 if place else 0, key)
        return order


def as_form(typed: Cells) -> QueryDict:
    """Return cells as a form sends them."""
    form = QueryDict(mutable=True)
    for name, text in typed.items():
        form.setlist(name, text.split() if name in cells.SEVERAL else [text])
    return form


@transaction.atomic
def carry_out(plan: WorkProgramme, proposal: Proposal, *, actor: User) -> None:
    """Change a plan as its preview said: all of it or nothing.

    Raises ChangedMeanwhileError where the plan has changed since the preview, ValidationError where it no
    longer changes or where what could be chosen then cannot be chosen now.
    """
    locked = drafting.lock_plan(plan)
    rows = drafting.rows_of(locked)
    if fingerprint_of(rows) != proposal["fingerprint"]:
        raise ChangedMeanwhileError
    by_code = {row.code: row for row in (*rows, *drafting.removed_rows_of(locked))}
    for code in proposal["removed"]:
        drafting.remove_action(by_code[code], actor=actor)
    for code in proposal["restored"]:
        drafting.restore_action(by_code[code])
    for code, typed in proposal["changed"].items():
        _type_into(by_code[code], typed, actor)
    codes = {}
    for key, typed in proposal["added"].items():
        action = drafting.add_action(locked, actor=actor)
        codes[key] = action.code
        _type_into(action, typed, actor)
    drafting.order_actions(locked, [codes.get(key, key) for key in proposal["order"]])


def _type_into(action: Action, typed: Cells, actor: User) -> None:
    standing = cells.standing_of(action)
    saved = drafting.save_cells(
        action, actor=actor, form=as_form(typed), base={name: standing[name] for name in typed}
    )
    if saved.errors:
        raise ValidationError([message for messages in saved.errors.values() for message in messages])
