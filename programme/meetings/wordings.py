"""A body's own wordings of proposals and decisions, and what is filled into them."""

import re
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from programme.administration.refusals import Refusal, told
from programme.codes import next_number
from programme.models import Body, DecisionTemplate
from programme.saving import Saved, merge_into
from programme.succession import predecessors_of

Use = DecisionTemplate.Use

PLACE = re.compile(r"\{(\w+)\}")
PERIOD, YEAR, SUM, DEVIATIONS = "kausi", "vuosi", "summa", "poikkeamat"

# What each use knows: the names that may stand in braces, in the language of the minutes.
PLACES: Mapping[str, tuple[str, ...]] = {
    Use.INTERIM_REPORT: (PERIOD, YEAR),
    Use.WITHOUT_DEVIATIONS: (PERIOD, YEAR),
    Use.WITH_DEVIATIONS: (PERIOD, YEAR, DEVIATIONS),
    Use.WITH_BUDGET_CHANGE: (PERIOD, YEAR, SUM),
    Use.ANNUAL_REPORT: (PERIOD, YEAR),
    Use.BUDGET: (PERIOD, YEAR),
    Use.BUDGET_AMENDMENT: (YEAR, SUM),
    Use.CLAIM: (PERIOD, YEAR),
    Use.WORK_PROGRAMME: (YEAR,),
}


def fill(wording: str, values: Mapping[str, str]) -> str:
    """Return a wording with values in the place of their names; a name that has none stays in its braces."""
    for name, value in values.items():
        wording = wording.replace(f"{{{name}}}", value)
    return wording


def wordings_of(body: Body) -> dict[str, DecisionTemplate]:
    """Return a body's wordings by use, where it has none those of the nearest body before it: two queries."""
    in_turn = [body.pk, *predecessors_of(body)]
    rows = DecisionTemplate.objects.filter(body__in=in_turn).order_by("code")
    return {row.use: row for row in sorted(rows, key=lambda row: -in_turn.index(row.body_id))}


@transaction.atomic
def add_wording(body: Body, *, values: Mapping[str, Any]) -> DecisionTemplate:
    """Give a body a wording of its own for a use.

    Raises ValidationError where it has one, or a name in braces is not known to the use.
    """
    Body.objects.select_for_update(of=("self",)).get(pk=body.pk)
    body.programme.must_not_be_closed()
    row = DecisionTemplate(body=body, code=_next_code(body), **values)
    _must_be_fillable(row)
    with told(_refusals()):
        row.save()
    return row


@transaction.atomic
def save_wording(row: DecisionTemplate, *, values: Mapping[str, Any], base: Mapping[str, str]) -> Saved:
    """Save a wording; `base` are its cells as the form was opened on them.

    Where somebody else changed the same one meanwhile, nothing is saved. Raises ValidationError as
    `add_wording`.
    """
    row.body.programme.must_not_be_closed()
    locked = DecisionTemplate.objects.select_for_update(of=("self",)).get(pk=row.pk)
    saved = merge_into(locked, values, base)
    if not saved.conflicts:
        _must_be_fillable(locked)
        with told(_refusals()):
            locked.save(update_fields=list(values))
    return saved


def _next_code(body: Body) -> str:
    """Return a code that no wording of the programme has: DT-9 after DT-8."""
    taken = DecisionTemplate.objects.filter(body__programme=body.programme_id)
    return f"DT-{next_number('DT-', taken.values_list('code', flat=True))}"


def _must_be_fillable(row: DecisionTemplate) -> None:
    known = PLACES.get(row.use, ())
    for name in ("proposal", "text"):
        wording = getattr(row, name)
        if set(PLACE.sub("", wording)) & set("{}"):
            said = _("A brace is opened or closed alone: write {kausi}, for example.")
            raise ValidationError({name: said})
        if unknown := set(PLACE.findall(wording)) - set(known):
            raise ValidationError(
                {
                    name: _("Nothing is known of {%(name)s} here. These are filled in: %(known)s.")
                    % {"name": min(unknown), "known": ", ".join(f"{{{one}}}" for one in known)}
                }
            )


def _refusals() -> dict[str, Refusal]:
    said = _("The body has a wording for this use already: edit that one.")
    return {"one_wording_per_body_and_use": Refusal("use", said)}
