"""The cells of an annual target: what each holds as text, which is what a merge compares.

Rows of the programme are told by their keys, several of them parted by spaces; days are written as 2010-12-31
and numbers with a full stop.
"""

import datetime
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from priorities.models import AnnualTarget

COLUMNS = (
    "name_fi",
    "name_sv",
    "name_en",
    "binding",
    "indicator_fi",
    "indicator_sv",
    "indicator_en",
    "unit",
    "baseline",
    "target_value",
    "direction",
    "due_on",
    "responsible",
    "cost_centre",
    "own_euros",
    "no_cost",
)
# Of which a target serves at least one.
SEVERAL = ("goals", "measures", "networks", "role_statements", "follow_up_principles")
CELLS = (*COLUMNS, *SEVERAL)
YES = "yes"


def cells_of(target: AnnualTarget) -> dict[str, str]:
    """Return the text of every cell of a target, as it stands saved."""
    columns = {name: written(getattr(target, name)) for name in COLUMNS}
    return columns | {name: written(getattr(target, name).all()) for name in SEVERAL}


def cells_in(values: Mapping[str, Any]) -> dict[str, str]:
    """Return the text of the cells whose form has read them."""
    return {name: written(values[name]) for name in CELLS}


def for_form(cells: Mapping[str, str]) -> dict[str, Any]:
    """Return cells as a browser would send them."""
    sent: dict[str, Any] = {name: text.split() if name in SEVERAL else text for name, text in cells.items()}
    if cells["due_on"]:
        day = datetime.date.fromisoformat(cells["due_on"])
        sent["due_on"] = f"{day.day}.{day.month}.{day.year}"
    return sent


def written(value: Any) -> str:
    """Return a value as its cell's text."""
    match value:
        case None:
            return ""
        case bool():
            return YES if value else ""
        case Decimal():
            return f"{value.normalize():f}"
        case datetime.date():
            return value.isoformat()
        case models.Model():
            return str(value.pk)
        case str():
            return value.replace("\r\n", "\n")
    return " ".join(sorted(_keys(value)))


def _keys(rows: Iterable[models.Model]) -> list[str]:
    return [str(row.pk) for row in rows]


def must_fit_together(cells: Mapping[str, str]) -> None:
    """Raise ValidationError where cells contradict each other, also when two people wrote them."""
    if cells["no_cost"] and cells["own_euros"]:
        raise ValidationError({"own_euros": _("Write the euros or mark “no cost”, not both.")})
    if not any(cells[name] for name in SEVERAL):
        raise ValidationError(
            _("Choose what the target serves: a goal, a measure, a network, a role or a principle.")
        )
