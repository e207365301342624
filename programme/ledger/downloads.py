"""Files that the import gives out: what is wrong in a file, and an empty file to fill in."""

import itertools
from collections.abc import Iterable

from django.utils.translation import gettext as _

from programme import clock, text
from programme.ledger.corrected import SaidCorrection
from programme.ledger.fields import LABELS, Field
from programme.ledger.words import Said
from programme.models import Account, CostCentre, Programme
from programme.sheets.cells import Cell, Column, Kind, Table, words
from programme.sheets.writing import workbook_of

KINDS = {Field.DAY: Kind.DAY, Field.AMOUNT: Kind.EUROS}
IN_TEMPLATE = tuple(name for name in Field if name not in (Field.SIDE, Field.DEBIT, Field.CREDIT))


def told_of(faults: list[Said], warnings: list[Said], corrections: list[SaidCorrection]) -> Table:
    """Return what was told of a file, row by row, and below it what was given in its place."""
    kinds = [(fault, _("fault")) for fault in faults] + [(warning, _("warning")) for warning in warnings]
    return Table(
        name="ledger-faults",
        title=_("Faults"),
        columns=[
            Column("row", _("Row"), Kind.NUMBER),
            Column("column", _("Column")),
            Column("read", _("What was read")),
            Column("what", _("What is wrong"), Kind.LONG_TEXT),
            Column("mend", _("How to mend it"), Kind.LONG_TEXT),
            Column("kind", _("Kind")),
            Column("given", _("What was given"), Kind.LONG_TEXT),
            Column("given_by", _("Given by")),
            Column("given_on", _("Given on"), Kind.DAY),
        ],
        rows=itertools.chain(
            (
                [one.row, one.column, one.read, one.what, one.mend, kind, None, None, None]
                for one, kind in kinds
            ),
            (_correction(one) for one in corrections),
        ),
    )


def _said(one: Said) -> list[Cell]:
    return [one.row, one.column, one.read, one.what, one.mend]


def _correction(one: SaidCorrection) -> list[Cell]:
    row = one.correction
    kind = _("correction") if row else _("remembered for the accounting system")
    day = clock.day_of(row.given_at) if row else None
    return [one.row, one.column, one.read, one.where, one.state, kind, one.given, one.who, day]


def template_of(programme: Programme) -> bytes:
    """Return an empty workbook with the columns of a ledger file, and the numbers that it may use.

    No notice stands above: what is filled in is no sample.
    """
    rows = Table(
        name="ledger",
        title=_("Vouchers"),
        columns=[Column(name, str(LABELS[name]), KINDS.get(name, Kind.TEXT)) for name in IN_TEMPLATE],
        rows=[],
    )
    author = text.words_of(programme, "owner")[0]
    return workbook_of([rows, _numbers(programme)], title=_("Vouchers"), author=author, notice="")


def _numbers(programme: Programme) -> Table:
    centres = _named(CostCentre.objects.filter(programme=programme))
    accounts = _named(Account.objects.filter(programme=programme))
    both = itertools.zip_longest(centres, accounts, fillvalue=[None, None])
    return Table(
        name="numbers",
        title=_("Numbers"),
        columns=[
            Column("cost_centre", _("Cost centre"), Kind.CODE),
            Column("cost_centre_name", _("Name"), Kind.LONG_TEXT),
            Column("account", _("Account"), Kind.CODE),
            Column("account_name", _("Name"), Kind.LONG_TEXT),
        ],
        rows=([*centre, *account] for centre, account in both),
    )


def _named(rows: Iterable[CostCentre | Account]) -> Iterable[list[Cell]]:
    return ([row.number, words(row, "name")] for row in rows)
