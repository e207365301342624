"""Debit or credit as a column of its own tells it; the amount beside it then mostly has no sign."""

from decimal import Decimal
from enum import StrEnum

from programme.ledger.amounts import MINUS
from programme.ledger.faults import NotReadError

# Finnish, Swedish and English; debit is positive in the ledger, credit negative.
DEBITS = {"d", "deb", "debet", "debit", "dr", "+"}
CREDITS = {"k", "kr", "kred", "kredit", "c", "cr", "cred", "credit", *MINUS}


class Minus(StrEnum):
    """What a minus in an amount means that has its side beside it."""

    UNKNOWN = ""
    TURNS = "turns"  # a reversal: minus 100 in credit is 100 in debit
    REPEATS = "repeats"  # the side says again what the sign says


def read_side(written: str) -> int:
    """Return 1 for debit and -1 for credit. Raises NotReadError: “empty”, “not_a_side”."""
    said = written.casefold().rstrip(".")
    if not said:
        raise NotReadError("empty")
    if said in DEBITS:
        return 1
    if said in CREDITS:
        return -1
    raise NotReadError("not_a_side")


def on_its_side(amount: Decimal, side: int, minus: str) -> Decimal:
    """Return an amount with the sign that its side gives it.

    Raises NotReadError: “sign_and_side” where a minus may mean two things, “sign_against_side” where the side
    repeats the sign, and says otherwise.
    """
    if minus == Minus.REPEATS:
        if amount and (amount > 0) != (side > 0):
            raise NotReadError("sign_against_side")
        return amount
    if amount < 0 and minus != Minus.TURNS:
        raise NotReadError("sign_and_side")
    return amount * side
