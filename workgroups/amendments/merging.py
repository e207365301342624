"""A form opened before another amendment was accepted proposes only what its writer typed."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django import forms

from programme.forms import shown
from programme.merging import merge
from workgroups.amendments.lines import cells_of, form_of, sent_as, typed_in
from workgroups.services import Line


class Merged(NamedTuple):
    """A form upon what stands now; after a conflict `differing` tells label, one's own text, what stands."""

    form: forms.BaseForm
    differing: list[tuple[Any, str, str]]


def merged_with_what_stands(line: Line, form: forms.BaseForm, base: Mapping[str, str]) -> Merged:
    """Return a valid form as it says of what stands: cells its writer left alone are as they stand now.

    `base` are the cells as they stood when the form was opened; without them everything typed counts as
    changed. The form that is returned has been read anew: cells of two writers may contradict each other.
    """
    stands = cells_of(line)
    if all(base.get(name, text) == text for name, text in stands.items()):
        return Merged(form, [])
    outcome = merge(base, typed_in(form), stands)
    own = {name: conflict.yours for name, conflict in outcome.conflicts.items()}
    merged = form_of(line, sent_as(line, outcome.merged | own))
    differing = [
        (merged.fields[name].label, shown(merged.fields[name], yours), shown(merged.fields[name], saved))
        for name, (yours, saved) in outcome.conflicts.items()
    ]
    return Merged(merged, differing)
