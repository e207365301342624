"""The cells of an annual target: what each holds as text, which is what a merge compares.

Rows of the programme are told by their keys, several of them parted by spaces; days are written as 2010-12-31
and numbers with a full stop.
"""

import datetime
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from priorities.models import AnnualTarget
from programme.saving import cell_of

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


def cells_of(target: AnnualTarget) -> dict[str, str]:
    """Return the text of every cell of a target, as it stands saved."""
    columns = {name: cell_of(getattr(target, name)) for name in COLUMNS}
    return columns | {name: cell_of(getattr(target, name).all()) for name in SEVERAL}


def cells_in(values: Mapping[str, Any]) -> dict[str, str]:
    """Return the text of the cells whose form has read them."""
    return {name: cell_of(values[name]) for name in CELLS}


def for_form(cells: Mapping[str, str]) -> dict[str, Any]:
    """Return cells as a browser would send them."""
    sent: dict[str, Any] = {name: text.split() if name in SEVERAL else text for name, text in cells.items()}
    if cells["due_on"]:
        day = datetime.date.fromisoformat(cells["due_on"])
        sent["due_on"] = f"{day.day}.{day.month}.{day.year}"
    return sent


def must_fit_together(cells: Mapping[str, str]) -> None:
    """Raise ValidationError where cells contradict each other, also when two people wrote them."""
    if cells["no_cost"] and cells["own_euros"]:
        raise ValidationError({"own_euros": _("Write the euros or mark “no cost”, not both.")})
    if not any(cells[name] for name in SEVERAL):
        raise ValidationError(
            _("Choose what the target serves: a goal, a measure, a network, a role or a principle.")
        )
