"""Sums of money as accounting systems write them, to the cent; what could mean two things is never guessed.

The decimal mark is found for a whole column: “1.234” alone may be 1234 or 1,234, but not beside “5,50”.
"""

import re
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

from programme.ledger.faults import NotReadError

COMMA, POINT = ",", "."
MARKS = (COMMA, POINT)
# What a formula calculates is off by less than this; a cent that is meant is not.
DECIMALS_OF_CALCULATION = 6
# The ledger's column holds 14 digits, two of them cents.
TOO_LARGE = Decimal(10) ** 12

SPACES = re.compile(r"[\s\u00a0\u2009\u202f]+")
CURRENCY = re.compile(r"^(?:€|EUR)|(?:€|EUR)$", re.IGNORECASE)
MINUS = "-\u2212\u2013\u2010\u2011"
# Finnish and Swedish for “no cents”: 1250,- and 1250,– and 1250:-
NO_CENTS = re.compile(rf"([,.:])[{MINUS}]$")
GROUPED = re.compile(r"\d{1,3}(?P<group>[ ',.])\d{3}(?:(?P=group)\d{3})*")
# Without cents and with one mark before three digits: thousands or decimals, as the column writes them.
ONE_MARK_OF_THREE = re.compile(r"[1-9]\d{0,2}([,.])\d{3}")


def mark_of(values: Iterable[object]) -> str:
    """Return the decimal mark of a column, empty where no value of it tells.

    Where values tell both, the one that more of them tell; the others are then faults.
    """
    told = Counter(mark for value in values if isinstance(value, str) and (mark := _mark_told(value)))
    return told.most_common(1)[0][0] if told else ""


def _mark_told(written: str) -> str:
    """Return the decimal mark that a written sum tells by itself, empty where it tells none."""
    try:
        body = _signed(written)[1]
    except NotReadError:
        return ""
    body = body.replace(" ", "").replace("'", "")
    counts = {mark: body.count(mark) for mark in MARKS}
    if all(counts.values()):
        return max(MARKS, key=body.rfind)
    for mark, other in (MARKS, MARKS[::-1]):
        if counts[mark] == 1 and not ONE_MARK_OF_THREE.fullmatch(body):
            return mark
        if counts[mark] > 1:
            return other
    return ""


def read_amount(value: object, mark: str = "") -> Decimal:
    """Return a sum of a cell, whose column has a decimal mark if any is known.

    Raises NotReadError: “empty”, “not_a_sum”, “ambiguous_sum”, “other_mark”, “parts_of_a_cent”, “too_large”.
    """
    if isinstance(value, bool):
        raise NotReadError("not_a_sum")
    if isinstance(value, Decimal | float | int):
        return _to_the_cent(_number(value))
    if not isinstance(value, str):
        raise NotReadError("not_a_sum")
    if not value.strip():
        raise NotReadError("empty")
    sign, body = _signed(value)
    return sign * _to_the_cent(_digits(body, mark))


def _number(value: float | Decimal) -> Decimal:
    if value != value or not -TOO_LARGE < value < TOO_LARGE:
        raise NotReadError("too_large")
    return round(Decimal(value), DECIMALS_OF_CALCULATION)


def _to_the_cent(amount: Decimal) -> Decimal:
    if abs(amount) >= TOO_LARGE:
        raise NotReadError("too_large")
    cents = amount.quantize(Decimal("0.01"))
    if cents != amount:
        raise NotReadError("parts_of_a_cent")
    return cents


def _signed(written: str) -> tuple[int, str]:
    """Take sign, currency and “no cents” off; what is left has digits, marks and single spaces."""
    body = CURRENCY.sub("", SPACES.sub(" ", written).strip()).strip()
    negative = body.startswith("(") and body.endswith(")")
    if negative:
        body = CURRENCY.sub("", body[1:-1].strip()).strip()
    body = NO_CENTS.sub(lambda match: ",00" if match[1] == COMMA else "", body)
    signs = 0
    if body[:1] in tuple(MINUS + "+"):
        signs, negative = signs + 1, negative or body[0] != "+"
        body = CURRENCY.sub("", body[1:].strip()).strip()
    if body[-1:] in tuple(MINUS + "+"):
        signs, negative = signs + 1, negative or body[-1] != "+"
        body = body[:-1].strip()
    if signs > 1 or not re.fullmatch(r"[\d ',.]*\d[\d ',.]*", body) or not body.isascii():
        raise NotReadError("not_a_sum")
    return (-1 if negative else 1), body


def _digits(body: str, mark: str) -> Decimal:
    whole, point, cents = _parted(body, mark)
    if not cents.isdecimal() and (cents or point):
        raise NotReadError("not_a_sum")
    if not whole.isdecimal():
        if whole and not GROUPED.fullmatch(whole):
            raise NotReadError("not_a_sum")
        whole = re.sub(r"\D", "", whole)
    return Decimal(f"{whole or 0}.{cents or 0}")


def _parted(body: str, mark: str) -> tuple[str, str, str]:
    """Part a sum at its decimal mark, which it tells itself or its column tells."""
    told = _mark_told(body)
    if told and mark and told != mark:
        raise NotReadError("other_mark", mark)
    mark = mark or told
    if not mark:
        if ONE_MARK_OF_THREE.fullmatch(body.replace(" ", "").replace("'", "")):
            raise NotReadError("ambiguous_sum")
        return body, "", ""
    if body.count(mark) > 1:
        raise NotReadError("not_a_sum")
    whole, point, cents = body.partition(mark)
    return whole, point, cents
