"""Plain JSON values of model values: how a decimal, a percentage and a text in three languages are told."""

from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Any

from django.utils import translation

from programme.statuses import STATUS_LABELS
from reporting.fact_types import Words

CENT = Decimal("0.01")
TENTH = Decimal("0.1")


def words(obj: Any, name: str) -> Words:
    """Return a model's text in the three languages, `""` where nobody has translated it."""
    return {
        "fi": getattr(obj, f"{name}_fi"),
        "sv": getattr(obj, f"{name}_sv"),
        "en": getattr(obj, f"{name}_en"),
    }


def euros(amount: Decimal) -> str:
    """Return euros with two decimals: `"305241.00"`."""
    return str(amount.quantize(CENT))


def decimal(value: Decimal | None) -> str | None:
    """Return a decimal as it was given, without trailing zeros: `"3.9"`, `"150"`; None stays None."""
    if value is None:
        return None
    plain = value.normalize()
    return str(plain.quantize(Decimal(1)) if plain == plain.to_integral_value() else plain)


def percent(part: Decimal, whole: Decimal) -> str | None:
    """Return how many per cent a part is of a whole, one decimal, half up; None of nothing."""
    if whole == 0:
        return None
    return str((part * 100 / whole).quantize(TENTH, rounding=ROUND_HALF_UP))


@cache
def status_labels() -> dict[str, Words]:
    """Return the words of every status in the three languages."""
    labels: dict[str, Words] = {}
    for code, label in STATUS_LABELS.items():
        told = {}
        for language in ("fi", "sv", "en"):
            with translation.override(language):
                told[language] = str(label)
        labels[str(code)] = Words(fi=told["fi"], sv=told["sv"], en=told["en"])
    return labels
