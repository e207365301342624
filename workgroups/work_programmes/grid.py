"""The editor's grid: each row of a plan with what its cells show, hold and lack."""

import datetime
from collections.abc import Mapping
from typing import NamedTuple

from django.forms import Field
from django.http import QueryDict
from django.utils.translation import gettext as _

from programme import text
from programme.merging import Conflict
from programme.saving import as_base
from workgroups.comments import open_comments_in
from workgroups.models import Action, WorkProgramme
from workgroups.work_programmes import cells
from workgroups.work_programmes.drafting import Totals, rows_of, totals_of
from workgroups.work_programmes.milestones import milestones_in
from workgroups.work_programmes.mistakes import NEVER_WRITTEN

NUMBERS = ("start_month", "end_month", "planned_euros")
REMOVED_ROWS_STAY = datetime.timedelta(days=30)


class Cell(NamedTuple):
    name: str
    label: str
    shown: str
    value: str  # what stands saved: the base of what is typed next
    typed: str  # what the editor opens with, where that is not what is saved
    error: str
    conflict: Conflict | None  # as people read both texts
    remark: str  # what is saved but will not be read as it was meant

    @property
    def is_number(self) -> bool:
        return self.name in NUMBERS


class Row(NamedTuple):
    action: Action
    cells: list[Cell]
    base: str  # what stands saved in all of them, as a form carries it
    comments: int  # those that nobody has settled


class Grid(NamedTuple):
    plan: WorkProgramme
    form: cells.CellsForm  # empty: the editors of the cells
    rows: list[Row]
    removed: list[Action]
    totals: Totals

    @property
    def numbers(self) -> tuple[str, ...]:
        """The cells that hold numbers: their column is set to the right."""
        return NUMBERS


def grid_of(plan: WorkProgramme, today: datetime.date) -> Grid:
    """Lay out a plan for its editor; a fixed number of queries."""
    form = cells.CellsForm(work_programme=plan, auto_id="editor-%s")
    since = today - REMOVED_ROWS_STAY
    comments = open_comments_in(plan)
    removed = Action.with_removed.filter(work_programme=plan, removed_at__date__gte=since)
    return Grid(
        plan=plan,
        form=form,
        rows=[row_of(action, form, comments=comments.get(action.pk, 0)) for action in rows_of(plan)],
        removed=list(removed.exclude(NEVER_WRITTEN).select_related("removed_by").order_by("-removed_at")),
        totals=totals_of(plan),
    )


def row_of(
    action: Action,
    form: cells.CellsForm,
    conflicts: Mapping[str, Conflict] | None = None,
    *,
    comments: int,
) -> Row:
    """Lay out one row; `form` is any form of its plan, for the names of the cells."""
    standing, shown, conflicts = cells.standing_of(action), _shown(action), conflicts or {}
    made = []
    for name in cells.CELLS:
        conflict = conflicts.get(name)
        unreadable = action.unreadable.get(name)
        made.append(
            Cell(
                name=name,
                label=str(form.fields[name].label),
                shown=shown[name],
                value=standing[name],
                typed=conflict.yours if conflict else "",
                error=_what_is_wrong(action, name, unreadable) if unreadable is not None else "",
                conflict=_in_words(form.fields[name], conflict) if conflict else None,
                remark=_remark_on(action) if name == "milestones" else "",
            )
        )
    return Row(action, made, as_base(standing), comments)


def _in_words(field: Field, conflict: Conflict) -> Conflict:
    return Conflict(*(cells.as_people_read(field, cell) for cell in conflict))


def _remark_on(action: Action) -> str:
    """Return which milestones of a row stand in no month of its plan, where there are any."""
    _dated, undated = milestones_in(action.milestones, action.work_programme.year)
    if not undated:
        return ""
    return _("No month of %(year)s is read from: %(lines)s. Begin the line with it, for example 3.") % {
        "year": action.work_programme.year,
        "lines": "; ".join(undated),
    }


def _shown(action: Action) -> dict[str, str]:
    """Return what cells show: words beside codes, euros as people write them, the unreadable as typed."""
    shown = cells.in_words(action)
    if action.planned_euros is not None:
        shown["planned_euros"] = _("no cost") if action.no_cost else text.exact_sum(action.planned_euros)
    return shown | action.unreadable


def _what_is_wrong(action: Action, name: str, typed: str) -> str:
    given = QueryDict(mutable=True)
    given.setlist(name, typed.split() if name in cells.SEVERAL else [typed])
    form = cells.CellsForm(given, work_programme=action.work_programme, names=[name], stored=action)
    return " ".join(str(message) for message in form.errors.get(name, [_("Save the cell again.")]))
