"""What stands in the next year's plan already when a line is turned, and what an answer does to it.

A plan may be drawn up with the rows of the year before, and the year turned afterwards. Where nobody has
written into a row since, the answer takes effect on it; where somebody has, or its plan has been handed on,
whoever turns the line chooses. What an answer did is kept with it (`LineTurn.effect`) and taken back with it.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from priorities.models import AnnualTarget
from programme.models import User
from programme.saving import cell_of
from workgroups.models import Action, LineTurn, WorkingGroup, WorkProgramme
from workgroups.services import Line, year_of
from workgroups.targets.drafting import remove_target, restore_target
from workgroups.work_programmes import drafting


class Choice(models.TextChoices):
    """What becomes of what has been written in the next year's plan."""

    LEAVE = "leave", pgettext_lazy("next year", "It stays as it stands")
    CHANGE = "change", gettext_lazy("It changes as this answer says")


def standing_of(line: Line) -> Line | None:
    """Return what continues a line in the next year already, to show it; it may be fetched beforehand."""
    successors: Iterable[Line] = line.continued_by.all()
    return next(iter(successors), None)


def locked_standing_of(line: Line) -> Line | None:
    """Return what continues a line as it stands now, locked; its plan may have been handed on.

    The caller has locked the group, so that nothing else comes to continue the line.
    """
    if isinstance(line, AnnualTarget):
        targets = AnnualTarget.objects.select_for_update(of=("self",)).select_related("programme")
        return targets.filter(continues=line).first()
    _lock_plan_of(line.work_programme.group, line.work_programme.year + 1)
    rows = Action.objects.select_related("work_programme__group__programme")
    return rows.filter(continues=line).first()


def _lock_plan_of(group: WorkingGroup, year: int) -> None:
    """Make those who type into a group's plan of a year, or hand it on, wait; there may be none."""
    plans = WorkProgramme.objects.filter(group=group, year=year)
    list(plans.select_for_update(no_key=True))


def is_open(standing: Line) -> bool:
    """Whether what stands still changes by typing."""
    if isinstance(standing, AnnualTarget):
        return standing.state == AnnualTarget.State.DRAFT
    return standing.work_programme.is_editable


def is_to_ask(standing: Line) -> bool:
    """Whether an answer does not change what stands unasked: it has been written into, or handed on."""
    return standing.version != 1 or not is_open(standing)


def euros_of(line: Line) -> Decimal | None:
    """Return the planned euros of a line."""
    return line.own_euros if isinstance(line, AnnualTarget) else line.planned_euros


def meet(
    turn: LineTurn, standing: Line, *, actor: User, euros: Decimal | None, choice: str
) -> dict[str, Any]:
    """Let an answer take effect on what stands; return what it did, as `LineTurn.effect` keeps it.

    The caller has locked what stands. Raises ValidationError at `standing` where that is to be chosen.
    """
    cells = _euros_wanted(turn.line, standing, euros) if turn.is_carried else {}
    if turn.is_carried and all(getattr(standing, name) == value for name, value in cells.items()):
        return {}
    if is_to_ask(standing):
        if choice == Choice.LEAVE:
            return {}
        if choice != Choice.CHANGE or not is_open(standing):
            raise ValidationError({"standing": why_to_choose(standing)})
    if turn.is_carried:
        before = {name: getattr(standing, name) for name in cells}
        _write(standing, cells)
        return {"line": standing.code, "before": _kept(before), "after": _kept(cells)}
    if isinstance(standing, AnnualTarget):
        remove_target(standing, actor=actor)
    else:
        drafting.remove_action(standing, actor=actor)
    return {"line": standing.code, "is_taken_out": True}


def why_to_choose(standing: Line) -> str:
    """Say why an answer does not change what stands by itself."""
    if is_open(standing):
        said = _("%(line)s has been written into since it was taken over. Choose what becomes of it.")
    else:
        said = _("%(line)s has been handed on and does not change here. Choose that it stays as it stands.")
    return said % {"line": standing.code}


def link_rows(old: AnnualTarget, new: AnnualTarget, group: WorkingGroup) -> dict[str, Any]:
    """Let the group's rows that continue the actions of an old target carry out the new one.

    Those that have been written into, or handed on, stay as they are: their codes are under `left`.
    """
    _lock_plan_of(group, new.year)
    rows = Action.objects.filter(
        continues__targets=old, work_programme__group=group, work_programme__year=new.year
    ).exclude(targets=new)
    found = list(rows.select_related("work_programme").order_by("order", "code").distinct())
    left = [row.code for row in found if is_to_ask(row)]
    linked = [row for row in found if row.code not in left]
    for row in linked:
        row.targets.add(new)
    return {"linked": [row.code for row in linked], "left": left} if found else {}


def undo(turn: LineTurn) -> None:
    """Take back what an answer did to what stood already.

    What somebody has written over since stays. Raises ValidationError where it has been handed on by now.
    """
    effect = turn.effect
    new = turn.target.continued_by.first() if turn.target is not None else None
    if new is not None and "linked" in effect:
        rows = Action.objects.filter(work_programme__group=turn.group, code__in=effect["linked"], targets=new)
        for row in rows.select_related("work_programme__group__programme"):
            drafting.lock_plan(row.work_programme)
            row.targets.remove(new)
    if "line" not in effect:
        return
    standing = _named(turn, effect["line"])
    if effect.get("is_taken_out"):
        restore_target(standing) if isinstance(standing, AnnualTarget) else drafting.restore_action(standing)
    elif _kept({name: getattr(standing, name) for name in effect["after"]}) == effect["after"]:
        _write(standing, _read(effect["before"]))


def _euros_wanted(line: Line, standing: Line, euros: Decimal | None) -> dict[str, Any]:
    """Return the cells of the euros that an answer wants; none said, all that were planned go on."""
    column = "own_euros" if isinstance(line, AnnualTarget) else "planned_euros"
    if euros is not None:
        nothing = None if isinstance(line, AnnualTarget) else euros
        return {column: euros or nothing, "no_cost": euros == 0}
    if is_to_ask(standing):
        return {}
    return {column: getattr(line, column), "no_cost": line.no_cost}


def _write(standing: Line, cells: dict[str, Any]) -> None:
    if isinstance(standing, AnnualTarget):
        standing.must_be_editable()
        written = list(cells)
    else:
        drafting.lock_plan(standing.work_programme)
        standing.unreadable.pop("planned_euros", None)
        written = [*cells, "unreadable"]
    for name, value in cells.items():
        setattr(standing, name, value)
    standing.save(update_fields=written)


def _named(turn: LineTurn, code: str) -> Line:
    """Return, locked, the row of the next year that an answer changed; it may have been taken out."""
    if turn.target is not None:
        targets = AnnualTarget.with_removed.select_for_update(of=("self",)).select_related("programme")
        return targets.get(continues=turn.target, code=code)
    _lock_plan_of(turn.group, year_of(turn.line) + 1)
    rows = Action.with_removed.select_related("work_programme__group__programme")
    return rows.get(continues=turn.action, code=code)


def _kept(cells: dict[str, Any]) -> dict[str, str]:
    return {name: cell_of(value) for name, value in cells.items()}


def _read(cells: dict[str, str]) -> dict[str, Any]:
    return {
        name: bool(text) if name == "no_cost" else Decimal(text) if text else None
        for name, text in cells.items()
    }
