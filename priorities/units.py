"""What a unit lets expect of a value: an unlikely one is told, never refused."""

from decimal import Decimal

from django.utils.translation import gettext as _

from programme import text

SHARE = "%"
# Pieces and people are whole, and never fewer than none.
WHOLE = ("kpl", "hlö")


def doubts_of_unit(unit: str, value: Decimal | None) -> list[str]:
    """Return sentences on why a value is unlikely in its unit; none where it is likely or not known."""
    if value is None:
        return []
    told = {"value": text.number(value), "unit": unit}
    if unit == SHARE and not 0 <= value <= 100:
        return [_("The value %(value)s %(unit)s is outside 0–100 %(unit)s.") % told]
    if unit in WHOLE and (value < 0 or value != value.to_integral_value()):
        return [_("The value %(value)s %(unit)s is not a whole number.") % told]
    return []
