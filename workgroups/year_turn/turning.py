"""The turn as a process: a line is done, goes on, moves or ends. Each act is one transaction.

What goes on stands half filled in the next year's plan: an action as a row of the group's draft, a target as
a draft of its own. Both keep their words, owner and part of the programme, and point back at what they
continue; an action's targets are those that continue its old ones. What stands there already, in a plan that
was drawn up beforehand, is met as `workgroups.year_turn.standing` says.
"""

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from priorities.models import AnnualTarget, StrategicGoal
from programme import clock, text
from programme.models import User
from workgroups.models import Action, LineTurn, WorkingGroup, WorkProgramme
from workgroups.services import Line, answering_group_of, line_lookup, year_of
from workgroups.targets import cells as target_cells
from workgroups.targets.drafting import create_target, remove_target
from workgroups.work_programmes import drafting
from workgroups.year_turn.standing import euros_of, link_rows, locked_standing_of, meet, undo
from workgroups.year_turn.twins import Choice as Twin
from workgroups.year_turn.twins import join, key_of, part, twins_of, why_to_choose

NO_EUROS = gettext_lazy("Only what goes on or moves has euros left: leave this empty, or choose that.")


@transaction.atomic
def turn_line(
    line: Line,
    *,
    actor: User,
    outcome: str,
    reason: str,
    euros: Decimal | None = None,
    standing: str = "",
    twin: str = "",
) -> LineTurn:
    """Say what became of a line, and let it stand in the next year's plan where it goes on, and only there.

    `euros` are those that are left for the next year, at most those planned; none said, all that were planned
    go on: what has been used of a line is not known. `standing` is the choice, where there is one, of what
    becomes of what has been written in the next year's plan, `twin` of what has been drafted in the same
    words. Raises ValidationError where the line has been turned already, is not decided, has ended with euros
    left or has more left than planned, the next year's plan is no longer drafted, or that is to choose.
    """
    group = answering_group_of(line)
    group.programme.must_not_be_closed()
    WorkingGroup.objects.select_for_update(no_key=True).get(pk=group.pk)
    if LineTurn.objects.filter(**line_lookup(line)).exists():
        raise ValidationError(_("This line has been turned already. Take that back first."))
    must_be_turnable(line)
    turn = LineTurn(
        group=group,
        outcome=outcome,
        reason=reason,
        made_at=clock.now(),
        made_by=actor,
        **line_lookup(line),
    )
    if euros is not None and not turn.is_carried:
        raise ValidationError({"euros": NO_EUROS})
    _must_be_left(line, euros)
    if turn.is_carried:
        _must_go_on_within(group, year_of(line) + 1)
    successor = locked_standing_of(line)
    if successor is not None:
        turn.effect = meet(turn, successor, actor=actor, euros=euros, choice=standing)
    elif turn.is_carried:
        draft = twins_of(group, year_of(line) + 1).get(key_of(line))
        if draft is not None and twin not in Twin.values:
            raise ValidationError({"twin": why_to_choose(draft)})
        if draft is not None and twin == Twin.SAME:
            turn.effect = join(turn, draft, gives_euros=euros is not None)
        else:
            turn.made_its_successor = True
            turn.effect = _carry_on(line, group, actor=actor, euros=euros)
    turn.save()
    return turn


@transaction.atomic
def take_turn_back(turn: LineTurn, *, actor: User) -> None:
    """Forget what was said of a line; what the turn put into the next year's plan, or took out, is undone.

    Raises ValidationError where that has been written into since, handed on or proposed.
    """
    turn.group.programme.must_not_be_closed()
    WorkingGroup.objects.select_for_update(no_key=True).get(pk=turn.group_id)
    locked = LineTurn.objects.filter(pk=turn.pk).first()
    if locked is None:
        return
    undo(locked)
    part(locked)
    if locked.made_its_successor:
        _remove_successor(locked, actor=actor)
    locked.delete()


def _remove_successor(turn: LineTurn, *, actor: User) -> None:
    successor = locked_standing_of(turn.line)
    if successor is None:
        return
    if successor.version != 1:
        raise ValidationError(
            _("%(line)s has been written into since: nothing of that is thrown away here.")
            % {"line": successor.code}
        )
    if isinstance(successor, AnnualTarget):
        remove_target(successor, actor=actor)
    else:
        drafting.remove_action(successor, actor=actor)


def must_be_turnable(line: Line) -> None:
    """Raise ValidationError where a line has not been decided: it changes by typing, there is no turn."""
    if isinstance(line, AnnualTarget):
        turnable = line.is_decided
    else:
        turnable = line.work_programme.state in WorkProgramme.SEEN_BY_ALL_GROUPS
    if not turnable:
        raise ValidationError(_("Only what has been decided or approved is turned to the next year."))


def _must_be_left(line: Line, euros: Decimal | None) -> None:
    """Raise ValidationError where more is left than there was: the rest goes on, new euros are planned."""
    planned = Decimal(0) if line.no_cost else euros_of(line)
    if euros is not None and planned is not None and euros > planned:
        raise ValidationError(
            {
                "euros": _(
                    "%(planned)s was planned for the line: no more of it can be left. What the next year"
                    " needs besides is written into its plan."
                )
                % {"planned": text.exact_euros(planned)}
            }
        )


def _must_go_on_within(group: WorkingGroup, year: int) -> None:
    if year > group.programme.ends_on.year:
        raise ValidationError(
            _("The programme ends in %(year)s: nothing goes on in it. Choose done or ends.")
            % {"year": group.programme.ends_on.year}
        )


def _carry_on(line: Line, group: WorkingGroup, *, actor: User, euros: Decimal | None) -> dict[str, Any]:
    """Let a line go on in the next year; return what that did to the rows that stand there already."""
    year = year_of(line) + 1
    if isinstance(line, AnnualTarget):
        return link_rows(line, _continue_target(line, group, year, actor=actor, euros=euros), group)
    _continue_action(line, group, year, actor=actor, euros=euros)
    return {}


def _continue_target(
    line: AnnualTarget, group: WorkingGroup, year: int, *, actor: User, euros: Decimal | None
) -> AnnualTarget:
    values = {name: getattr(line, name) for name in target_cells.COLUMNS}
    values |= {name: list(getattr(line, name).all()) for name in target_cells.SEVERAL}
    values["goals"] = _goals_in_force(values["goals"])
    if line.due_on is not None:
        # The last day of February has no counterpart in most years; its target is due at the month's end.
        day = 28 if (line.due_on.month, line.due_on.day) == (2, 29) else line.due_on.day
        values["due_on"] = line.due_on.replace(year=year, day=day)
    if euros is not None:
        values |= {"own_euros": euros or None, "no_cost": euros == 0}
    target = create_target(group, year, actor=actor, values=values)
    target.continues = line
    target.save(update_fields=["continues"])
    return target


def _goals_in_force(goals: list[StrategicGoal]) -> list[StrategicGoal]:
    """Return goals of the strategy in force: an old one's successors, as the term turn mapped them."""
    in_force = StrategicGoal.objects.in_force_on(clock.today())
    return list(in_force.filter(Q(pk__in=[goal.pk for goal in goals]) | Q(came_from__old_goal__in=goals)))


def _continue_action(
    line: Action, group: WorkingGroup, year: int, *, actor: User, euros: Decimal | None
) -> None:
    plan = group.work_programmes.filter(year=year).first()
    if plan is None:
        plan = drafting.draw_up(group, year, actor=actor, from_previous=False)
    elif not plan.is_editable:
        raise ValidationError(
            _(
                "The work programme %(year)s has been handed on and does not change here: %(state)s. Once it"
                " is approved, propose the action there as an amendment."
            )
            % {"year": year, "state": plan.get_state_display()}
        )
    drafting.take_over(line, plan, euros=euros)
