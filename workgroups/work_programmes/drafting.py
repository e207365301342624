"""Drawing up a work programme: its start, its rows, their cells. Each act locks the plan."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, QuerySet, Sum
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from priorities.models import AnnualTarget
from programme import clock, text
from programme.amended import amended_by_centre
from programme.codes import next_number
from programme.merging import Conflict, merge
from programme.models import User
from programme.saving import columns_of, save_changed
from workgroups.models import PARTS, Action, WorkingGroup, WorkProgramme
from workgroups.work_programmes import cells

# Until a plan is handed on these may be empty; the database refuses it then.
DEMANDED = ("text", "targets", "carries_out", "responsible", "start_month", "end_month", "planned_euros")


@dataclass
class Saved:
    """What became of what was typed into a row."""

    action: Action
    errors: dict[str, list[str]] = field(default_factory=dict)  # kept, with what is wrong, by cell
    conflicts: dict[str, Conflict] = field(default_factory=dict)  # changed by somebody else meanwhile


class Totals(NamedTuple):
    """A plan's euros against the appropriation of its cost centre."""

    planned: Decimal
    appropriation: Decimal | None  # None: the year's budget has not been decided, or there is no cost centre
    has_cost_centre: bool

    @property
    def left(self) -> Decimal | None:
        return None if self.appropriation is None else self.appropriation - self.planned

    @property
    def over(self) -> Decimal:
        """By how much the plan exceeds its appropriation; asked only where it does."""
        return -(self.left or Decimal(0))


class Hole(NamedTuple):
    """A row that cannot be handed on: the labels, by name, of the cells to fill in or to mend."""

    action: Action
    cells: dict[str, Promise]


def years_to_draw_up(group: WorkingGroup, *, past: bool = False) -> list[int]:
    """Return the years for which a group may start a plan: from this year to the programme's planned end.

    A programme that ends before its time still has its closing year, for the actions that are carried over.
    With `past` the years gone by too, whose plans were made elsewhere.
    """
    programme = group.programme
    first = programme.starts_on.year if past else clock.today().year
    taken = set(group.work_programmes.values_list("year", flat=True))
    return [year for year in range(first, programme.ends_on.year + 1) if year not in taken]


@transaction.atomic
def draw_up(
    group: WorkingGroup, year: int, *, actor: User, from_previous: bool, past: bool = False
) -> WorkProgramme:
    """Start a group's plan of a year, empty or with the rows of the year before; with `past` of one gone by.

    Raises ValidationError where the year is not free.
    """
    group.programme.must_not_be_closed()
    WorkingGroup.objects.select_for_update(no_key=True).get(pk=group.pk)
    if year not in years_to_draw_up(group, past=past):
        raise ValidationError(_("The group already has a work programme of this year, or may not plan it."))
    plan = WorkProgramme.objects.create(group=group, year=year, code=f"TO-{year}-{_suffix(group)}")
    previous = group.work_programmes.filter(year=year - 1).first() if from_previous else None
    if previous is not None:
        for earlier in previous.actions.order_by("order", "code"):
            take_over(earlier, plan)
    return plan


@transaction.atomic
def take_over(earlier: Action, plan: WorkProgramme, *, euros: Decimal | None = None) -> Action:
    """Add a row that continues one of the year before; `euros`, where given, are what is left for it.

    It keeps its words, part of the programme, people and months. Its targets are of another year: those that
    continue the old ones, where there are any. Raises ValidationError where the plan no longer changes.
    """
    plan = lock_plan(plan)
    kept = (
        *("text", "language", "start_month", "end_month", "responsible", "participants", "output"),
        *("planned_euros", "no_cost", "cost_centre", "funding_source", *PARTS),
    )
    values = {name: getattr(earlier, name) for name in kept}
    if euros is not None:
        values |= {"planned_euros": euros, "no_cost": euros == 0}
    action = Action.objects.create(
        work_programme=plan,
        code=_next_code(plan),
        order=_next_order(plan),
        continues=earlier,
        **values,
    )
    action.targets.set(AnnualTarget.objects.filter(continues__in=earlier.targets.all(), year=plan.year))
    return action


@transaction.atomic
def add_action(plan: WorkProgramme, *, actor: User) -> Action:
    """Add an empty row at the end. Raises ValidationError where the plan no longer changes."""
    plan = lock_plan(plan)
    return Action.objects.create(
        work_programme=plan,
        code=_next_code(plan),
        order=_next_order(plan),
        language=get_language() or "fi",
        cost_centre=plan.group.cost_centre,
    )


@transaction.atomic
def add_written_action(
    plan: WorkProgramme, *, actor: User, form: QueryDict, base: Mapping[str, str]
) -> Saved | None:
    """Add a row at the end with what was typed into its cells; none where nothing was.

    `base` is the text of the cells as they stood before, see `new_cells`. Raises ValidationError where the
    plan no longer changes.
    """
    typed = cells.read(form, [name for name in cells.CELLS if name in base], work_programme=plan)
    if all(text == base[name] for name, text in typed.texts.items()):
        return None
    return save_cells(add_action(plan, actor=actor), actor=actor, form=form, base=base)


def new_cells(plan: WorkProgramme) -> dict[str, str]:
    """Return the text of every cell of a row that is added: empty, but for the group's cost centre."""
    centre = plan.group.cost_centre
    return dict.fromkeys(cells.CELLS, "") | {"cost_centre": centre.code if centre else ""}


def place_outside(plan: WorkProgramme, *, text: str, actor: User, continues: Action | None = None) -> Action:
    """Add a row that stands outside an approved plan until an amendment takes it in.

    It may continue one of the year before. The caller holds the plan locked. The row has a
    code that no other has had, and counts nowhere.
    """
    return Action.objects.create(
        work_programme=plan,
        code=_next_code(plan),
        order=_next_order(plan),
        text=text,
        language=get_language() or "fi",
        continues=continues,
        removed_at=clock.now(),
        removed_by=actor,
    )


@transaction.atomic
def save_cells(action: Action, *, actor: User, form: QueryDict, base: Mapping[str, str]) -> Saved:
    """Save what was typed into the cells of a row; `base` is the text of those cells when typing began.

    Each cell stands alone: one that cannot be read is kept as it was typed, with its message; one that
    somebody else changed meanwhile, be it into something unreadable, keeps their text and is told as a
    conflict; the rest is saved. Raises ValidationError where the plan no longer changes, or the row is gone.
    """
    row = _standing(action)
    plan = row.work_programme
    before = columns_of(row)
    names = [name for name in cells.CELLS if name in base]
    read = cells.read(form, names, work_programme=plan)
    standing = cells.standing_of(row)
    outcome = merge(base, read.texts, standing)
    changed = [name for name in names if outcome.merged[name] != standing[name]]
    readable = [name for name in changed if name not in read.errors]
    to_be = cells.cells_of(row) | {name: outcome.merged[name] for name in readable}
    errors = read.errors | cells.months_out_of_order(to_be, readable)
    for name in changed:
        if name in errors:
            row.unreadable[name] = read.texts[name]
            continue
        row.unreadable.pop(name, None)
        if name in cells.SEVERAL:
            getattr(row, name).set(read.values[name])
        else:
            cells.write_cell(row, name, read.values[name])
    if changed:
        row.version += 1
        save_changed(row, before)
    return Saved(row, errors, outcome.conflicts)


@transaction.atomic
def move_action(action: Action, *, up: bool) -> None:
    """Let a row change places with its neighbour.

    Raises ValidationError where the plan no longer changes, or the row is gone.
    """
    plan = _standing(action).work_programme
    rows = list(plan.actions.order_by("order", "code"))
    place = next(index for index, row in enumerate(rows) if row.pk == action.pk)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(rows):
        return
    rows[place], rows[other] = rows[other], rows[place]
    _number(rows)


@transaction.atomic
def order_actions(plan: WorkProgramme, codes: list[str]) -> None:
    """Put a plan's rows into an order that names each. Raises ValidationError where it no longer changes."""
    plan = lock_plan(plan)
    _number(sorted(plan.actions.all(), key=lambda row: codes.index(row.code)))


def _number(rows: list[Action]) -> None:
    for order, row in enumerate(rows, start=1):
        if row.order != order:
            row.order = order
            row.save(update_fields=["order"])


@transaction.atomic
def remove_action(
    action: Action, *, actor: User, base: Mapping[str, str] | None = None
) -> dict[str, Conflict]:
    """Take a row out; it can be brought back.

    `base` is the text of its cells as its remover saw them. Where somebody has changed any of them since, the
    row stays, and those cells are returned with both texts. Raises ValidationError where the plan no longer
    changes, or somebody has removed the row already.
    """
    action = _standing(action)
    standing = cells.standing_of(action)
    changed = {
        name: Conflict(yours=seen, saved=standing[name])
        for name, seen in (base or {}).items()
        if seen != standing[name]
    }
    if changed:
        return changed
    action.removed_at = clock.now()
    action.removed_by = actor
    action.save(update_fields=["removed_at", "removed_by"])
    return {}


def _standing(action: Action) -> Action:
    """Return a row as it stands, its plan locked.

    Raises ValidationError where the plan no longer changes, or somebody has removed the row.
    """
    plan = lock_plan(action.work_programme)
    rows = Action.with_removed.select_for_update(of=("self",)).select_related("removed_by")
    row = rows.get(pk=action.pk)
    must_not_be_removed(row)
    row.work_programme = plan
    return row


def must_not_be_removed(row: Action) -> None:
    """Raise ValidationError, saying who and when, where a row has been removed from its plan."""
    if row.removed_at is None:
        return
    if row.removed_by is None:
        raise ValidationError(_("Somebody has removed this row. Below the rows it can be brought back."))
    raise ValidationError(
        _("%(who)s has removed this row, %(moment)s. Below the rows it can be brought back.")
        % {"who": row.removed_by, "moment": text.weekday_and_time(row.removed_at)}
    )


@transaction.atomic
def restore_action(action: Action) -> None:
    """Bring a removed row back to its place.

    Raises ValidationError where the plan no longer changes, or the line that the row continued goes on in
    another row by now.
    """
    lock_plan(action.work_programme)
    if action.continues is not None and action.continues.continued_by.exclude(pk=action.pk).exists():
        raise ValidationError(
            _("%(line)s goes on in another row already. Remove that one first.")
            % {"line": action.continues.code}
        )
    action.removed_at = None
    action.removed_by = None
    action.save(update_fields=["removed_at", "removed_by"])


def totals_of(plan: WorkProgramme) -> Totals:
    """Return a plan's euros and the amended appropriation of its group's cost centre; three queries.

    A group without a cost centre has no appropriation of its own to compare with.
    """
    planned = plan.actions.aggregate(sum=Sum("planned_euros"))["sum"] or Decimal(0)
    if plan.group.cost_centre_id is None:
        return Totals(planned, None, has_cost_centre=False)
    budgeted = amended_by_centre(plan.group.programme, [plan.year], until=clock.today())
    appropriation = budgeted.get((plan.group.cost_centre_id, plan.year))
    return Totals(planned, appropriation, has_cost_centre=True)


def holes_of(plan: WorkProgramme, *, made_elsewhere: bool = False) -> list[Hole]:
    """Return the rows that cannot be handed on; the queries of `rows_of`."""
    return holes_in(rows_of(plan), made_elsewhere=made_elsewhere)


def holes_in(rows: Iterable[Action], *, made_elsewhere: bool = False) -> list[Hole]:
    """Return which of a plan's rows, with what their cells show, cannot be handed on."""
    found = []
    for action in rows:
        filled = cells.cells_of(action)
        names = [name for name in cells.CELLS if name in action.unreadable]
        empty = empty_in(filled, made_elsewhere=made_elsewhere)
        names += [name for name in empty if name not in names]
        if names:
            found.append(Hole(action, {name: cells.LABELS[name] for name in names}))
    return found


def empty_in(row: Mapping[str, str], *, made_elsewhere: bool = False) -> list[str]:
    """Return the cells of a row that are empty and must not be when the plan is handed on."""
    return [name for name in demanded(made_elsewhere=made_elsewhere) if not row[name]]


def demanded(*, made_elsewhere: bool) -> list[str]:
    """Return the cells that a plan must not leave empty: the targets of its time may be unknown here."""
    return [name for name in DEMANDED if not (made_elsewhere and name == "targets")]


def rows_of(plan: WorkProgramme) -> list[Action]:
    """Return a plan's rows in order, with what their cells show; three queries."""
    return _whole(Action.objects.filter(work_programme=plan), plan)


def removed_rows_of(plan: WorkProgramme) -> list[Action]:
    """Return the rows that were taken out of a plan, with what their cells showed; three queries."""
    return _whole(Action.with_removed.filter(work_programme=plan, removed_at__isnull=False), plan)


def _whole(actions: QuerySet[Action], plan: WorkProgramme) -> list[Action]:
    rows = list(
        actions.select_related(*PARTS, "responsible", "cost_centre", "funding_source")
        .prefetch_related("targets", "networks")
        .order_by("order", "code")
    )
    for row in rows:
        row.work_programme = plan
    return rows


def lock_plan(plan: WorkProgramme) -> WorkProgramme:
    """Return the plan, locked against those who would write of it or hand it on at the same time.

    Raises ValidationError where it no longer changes.
    """
    plan.group.programme.must_not_be_closed()
    locked = (
        WorkProgramme.objects.select_related("group__programme", "group__cost_centre")
        .select_for_update(of=("self",), no_key=True)
        .get(pk=plan.pk)
    )
    locked.must_be_editable()
    return locked


def _next_order(plan: WorkProgramme) -> int:
    """Return the place of a new row: the last, after the removed ones too."""
    ends = Action.with_removed.filter(work_programme=plan).aggregate(order=Max("order"))
    return (ends["order"] or 0) + 1


def _suffix(group: WorkingGroup) -> str:
    """Return the part of a group's code that the codes of its lines carry."""
    return group.code.removeprefix("WG-")


def _next_code(plan: WorkProgramme) -> str:
    """Return a code that no row of the plan has or had: places change, and a removed row keeps its code."""
    series = f"TP-{plan.year}-{_suffix(plan.group)}-"
    taken = Action.with_removed.filter(work_programme=plan).values_list("code", flat=True)
    return f"{series}{next_number(series, taken):02}"
