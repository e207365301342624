"""What has been drafted for the next year in the same words as a line that goes on, and points back at none.

The same sentence twice would be counted twice: whoever turns the line says whether it is the same.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from priorities.models import AnnualTarget
from workgroups.models import Action, LineTurn, WorkingGroup, WorkProgramme
from workgroups.services import Line
from workgroups.work_programmes import drafting
from workgroups.year_turn.standing import link_rows

Key = tuple[bool, str]


class Choice(models.TextChoices):
    """What a draft in the same words is."""

    SAME = "same", gettext_lazy("It is the same: it continues this line, as it has been drafted")
    OTHER = "other", gettext_lazy("It is another: this line goes on beside it")


def key_of(line: Line) -> Key:
    """Return what tells twins: the kind of a line and its words, whatever their case and spaces."""
    words = line.name_fi if isinstance(line, AnnualTarget) else line.text
    return isinstance(line, AnnualTarget), " ".join(words.casefold().split())


def twins_of(group: WorkingGroup, year: int) -> dict[Key, Line]:
    """Return a group's drafts of a year that continue nothing, by their words; two queries."""
    targets = AnnualTarget.objects.filter(
        ownership__group=group, year=year, state=AnnualTarget.State.DRAFT, continues=None
    )
    rows = Action.objects.filter(
        work_programme__group=group,
        work_programme__year=year,
        work_programme__state__in=WorkProgramme.EDITABLE,
        continues=None,
    ).exclude(text="")
    drafts: list[Line] = [
        *targets.select_related("programme"),
        *rows.select_related("work_programme__group__programme"),
    ]
    return {key_of(draft): draft for draft in reversed(drafts)}


def why_to_choose(twin: Line) -> str:
    """Ask whether a draft in the same words is the same."""
    return _("%(line)s has been drafted in the same words. Say whether it is the same.") % {"line": twin.code}


def join(turn: LineTurn, twin: Line, *, gives_euros: bool) -> dict[str, Any]:
    """Let a draft continue a line; return what that did, as `LineTurn.effect` keeps it.

    The draft keeps its own words and euros. Raises ValidationError where euros were typed for it, or its plan
    no longer changes.
    """
    if gives_euros:
        raise ValidationError(
            {"euros": _("%(line)s has the euros of its own draft: leave this empty.") % {"line": twin.code}}
        )
    if isinstance(twin, Action):
        drafting.lock_plan(twin.work_programme)
    twin.continues = turn.line  # type: ignore[assignment]  # of its own kind, by its key
    twin.save(update_fields=["continues"])
    effect: dict[str, Any] = {"joined": twin.code}
    if isinstance(turn.line, AnnualTarget) and isinstance(twin, AnnualTarget):
        effect |= link_rows(turn.line, twin, turn.group)
    return effect


def part(turn: LineTurn) -> None:
    """Take back that a draft continues a line; the draft stays. Raises ValidationError once handed on."""
    if "joined" not in turn.effect:
        return
    for twin in turn.line.continued_by.filter(code=turn.effect["joined"]):
        if isinstance(twin, Action):
            drafting.lock_plan(twin.work_programme)
        else:
            twin.must_be_editable()
        twin.continues = None
        twin.save(update_fields=["continues"])
