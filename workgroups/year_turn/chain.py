"""A line across the turn of the year: what it continues, where it went, and with what reasons."""

from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from priorities.models import AnnualTarget
from programme.models import Programme
from workgroups.models import Action, LineTurn, targets_visible_to
from workgroups.rules import Person, reads_approved_work
from workgroups.services import Line


class Chain(NamedTuple):
    """What a reader may know of a line's turns; the lines that they may not see are left out."""

    earlier: Line | None  # of the year before, which the line continues
    earlier_turn: LineTurn | None
    later: Line | None  # of the year after, which continues the line
    turn: LineTurn | None

    @property
    def is_empty(self) -> bool:
        return not any(self)


def chain_of(line: Line, *, reader: Person, programme: Programme) -> Chain:
    """Return what a line continues and where it went; two queries.

    What was said at a turn is read as what is approved is: by officials and the groups.
    """
    seen: QuerySet[Any]
    if isinstance(line, AnnualTarget):
        seen = targets_visible_to(reader, programme).select_related("programme")
    else:
        seen = Action.objects.visible_to(reader, programme).select_related("work_programme__group__programme")
    found: dict[int | None, Line] = {
        row.pk: row for row in seen.filter(Q(pk=line.continues_id) | Q(continues=line))
    }
    earlier = found.pop(line.continues_id, None)
    turns: dict[int | None, LineTurn] = {}
    if reads_approved_work(reader, programme):
        kind = "target" if isinstance(line, AnnualTarget) else "action"
        made = LineTurn.objects.filter(**{f"{kind}__in": [line.pk, line.continues_id or line.pk]})
        turns = {getattr(turn, f"{kind}_id"): turn for turn in made}
    return Chain(
        earlier=earlier,
        earlier_turn=turns.get(line.continues_id) if earlier else None,
        later=next(iter(found.values()), None),
        turn=turns.get(line.pk),
    )
