"""What the cells that hold codes may hold, with words: a spreadsheet lists it, a preview tells it."""

from typing import Any, NamedTuple

from django import forms
from django.utils.choices import flatten_choices

from programme import text
from workgroups.models import WorkProgramme
from workgroups.work_programmes import cells


class Choice(NamedTuple):
    code: str
    words: str


def choices_of(plan: WorkProgramme) -> dict[str, list[Choice]]:
    """Return what can be chosen in each cell that holds codes, in the editor's order; a query a kind."""
    form = cells.CellsForm(work_programme=plan, names=cells.CODED)
    found = {}
    for name, field in form.fields.items():
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  the cells that hold codes are chosen
        grouped: Any = field.choices
        flat: list[tuple[Any, Any]] = list(flatten_choices(grouped))
        found[name] = [
            Choice(str(code), str(label).removeprefix(f"{code} ")) for code, label in flat if str(code)
        ]
    return found


def with_words(name: str, cell: str, choices: dict[str, list[Choice]]) -> str:
    """Return a cell's text as people read it: words beside codes, euros with their digits grouped."""
    if not cell:
        return text.NOTHING
    if name in cells.CODED:
        words = dict(choices[name])
        if name in cells.READ_AS_WORDS and name != "carries_out":
            return words.get(cell, cell)
        return "\n".join(f"{code} {words.get(code, '')}".strip() for code in cell.split())
    if name == "planned_euros":
        return cells.as_written(cell)
    return cell
