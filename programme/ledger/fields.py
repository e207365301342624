"""What a column of a ledger file can be, and the words by which accounting systems head it."""

import re
from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Field(StrEnum):
    """What a column holds; an amount is one column, perhaps with its side, or a debit and a credit."""

    VOUCHER = "voucher"
    LINE = "line"
    DAY = "day"
    COST_CENTRE = "cost_centre"
    ACCOUNT = "account"
    TEXT = "text"
    AMOUNT = "amount"
    SIDE = "side"
    DEBIT = "debit"
    CREDIT = "credit"


LABELS = {
    Field.VOUCHER: _("Voucher"),
    Field.LINE: _("Line of the voucher"),
    Field.DAY: _("Day"),
    Field.COST_CENTRE: _("Cost centre"),
    Field.ACCOUNT: _("Account"),
    Field.TEXT: pgettext_lazy("of a voucher", "Text"),
    Field.AMOUNT: _("Amount"),
    Field.SIDE: _("Debit or credit"),
    Field.DEBIT: _("Debit"),
    Field.CREDIT: _("Credit"),
}
DEMANDED = (Field.VOUCHER, Field.DAY, Field.COST_CENTRE, Field.ACCOUNT)
SUMS = (Field.AMOUNT, Field.DEBIT, Field.CREDIT)

# Finnish, Swedish and English words of accounting systems, as `as_heading` leaves them.
SYNONYMS = {
    Field.VOUCHER: (
        "tosite, tositenumero, tositenro, tosite nro, tosite numero, tositteen numero, "
        "tositetunnus, tos nro, tosnro, verifikat, verifikatnummer, verifikat nr, "
        "verifikationsnummer, ver nr, vernr, verifikation, voucher, voucher number, voucher no, "
        "voucher nr, document number, document no, document, journal entry"
    ),
    Field.LINE: (
        "rivi, rivinumero, rivinro, rivi nro, tositerivi, tositteen rivi, rad, radnummer, rad nr, "
        "radnr, verifikatets rad, line, line number, line no, row, item, line of the voucher"
    ),
    Field.DAY: (
        "kirjauspäivä, kirjauspvm, tositepäivä, tositepvm, tositteen päivä, tosite pvm, tosite "
        "päivä, päivä, pvm, päivämäärä, bokföringsdatum, bokföringsdag, verifikatdatum, datum, "
        "dag, posting date, booking date, voucher date, date, day"
    ),
    Field.COST_CENTRE: (
        "kustannuspaikka, kustannuspaikan numero, kustannuspaikka nro, kp, kustp, kust paikka, "
        "kustannusp, kostnadsställe, kostnadsst, ks, kst, cost centre, cost center, cost centre "
        "number"
    ),
    Field.ACCOUNT: (
        "tili, tilinumero, tilinro, tili nro, kirjanpidon tili, kp tili, konto, kontonummer, "
        "konto nr, kontonr, account, account number, account no, gl account, ledger account"
    ),
    Field.TEXT: (
        "selite, teksti, kirjausselite, kuvaus, selitys, vientiselite, text, förklaring, "
        "beskrivning, description, memo, explanation"
    ),
    Field.AMOUNT: (
        "summa, euroa, määrä, rahamäärä, eur, €, summa eur, summa euroa, toteuma, belopp, belopp "
        "eur, utfall, amount, amount eur, sum, euros, actual"
    ),
    Field.SIDE: (
        "d k, dk, debet kredit, debet tai kredit, debet vai kredit, etumerkki, debet eller kredit, "
        "förtecken, d c, dc, dr cr, debit credit, debit or credit, sign"
    ),
    Field.DEBIT: ("debet, debit, debet eur, debit eur, summa debet, per debet"),
    Field.CREDIT: ("kredit, credit, kredit eur, credit eur, summa kredit, an kredit"),
}
FIELD_OF = {word: field for field, words in SYNONYMS.items() for word in words.split(", ")}

# Signs alone are no words: these head a column of signs.
SIGNS = {"+/-", "+-", "-/+", "±", "+/\u2212", "+/\u2013"}

NO_WORD = re.compile(r"[^\w€]+")


def as_heading(value: object) -> str:
    """Return a heading's words alone: “Tosite-nro.” and “TOSITE NRO” say the same."""
    return " ".join(NO_WORD.sub(" ", value).casefold().split()) if isinstance(value, str) else ""


def field_of(heading: str) -> Field | None:
    """Return what a column holds by its heading."""
    if "".join(heading.split()) in SIGNS:
        return Field.SIDE
    return FIELD_OF.get(as_heading(heading))
