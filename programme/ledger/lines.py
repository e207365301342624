"""From a row of a file to a line of the ledger, or to what is wrong with it."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple, NotRequired, TypedDict

from programme.ledger.amounts import mark_of, read_amount
from programme.ledger.corrections import Corrections, GivenNumbers, as_read
from programme.ledger.days import read_day
from programme.ledger.faults import Fault, NotReadError, RowError, Skipped
from programme.ledger.fields import SUMS, Field
from programme.ledger.headings import repeats
from programme.ledger.numbers import Numbers, as_written
from programme.ledger.sheets import Row, Sheet, is_empty
from programme.ledger.sides import on_its_side, read_side
from programme.models import Account, CostCentre, Programme

TOTAL = re.compile(
    r"(yhteensä|yht|summa yhteensä|loppusumma|välisumma|kaikki yhteensä|summa|totalt|delsumma|slutsumma|total"
    r"|subtotal|grand total|sum)\b",
    re.IGNORECASE,
)
LONGEST_VOUCHER, LONGEST_LINE, LONGEST_TEXT = 80, 40, 500
LONGEST_SHOWN = 60  # of a text that was shortened


class ColumnMapping(TypedDict):
    """Which column of which sheet holds what, as a person chose it. Columns are counted from 0."""

    sheet: int
    heading_row: int
    labels: list[str]
    columns: dict[str, int]
    skips_other_centres: bool
    decimal_mark: str
    is_reversed: bool
    minus: NotRequired[str]  # in an amount beside its side, see `sides.Minus`
    numbers: NotRequired[GivenNumbers]  # remembered for the source


class Line(NamedTuple):
    """A line of the ledger by value: what makes two lines the same is all of it."""

    voucher: str
    line: str
    day: datetime.date
    cost_centre: int
    account: int
    amount: Decimal
    text: str


class ReadRow(NamedTuple):
    """A row of a file, by its number there: a line, or why it is none."""

    number: int
    line: Line | None = None
    skipped: Skipped | None = None
    faults: tuple[Fault, ...] = ()
    warnings: tuple[Fault, ...] = ()  # what does not hinder the import
    corrected: bool = False  # not all of it stands so in the file
    total: Decimal | None = None  # of a row of totals: what it says, where that can be read


@dataclass
class Reader:
    """Reads the rows of a sheet by a mapping, for a programme, with what was corrected."""

    sheet: Sheet
    mapping: ColumnMapping
    programme: Programme
    corrections: Corrections = field(default_factory=Corrections)
    marks: dict[Field, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.columns = {Field(name): column for name, column in self.mapping["columns"].items()}
        given = self.corrections.numbers
        self.centres = Numbers(
            CostCentre.objects.filter(programme=self.programme), given.get(Field.COST_CENTRE)
        )
        accounts = list(Account.objects.filter(programme=self.programme))
        self.accounts = Numbers(accounts, given.get(Field.ACCOUNT))
        self.expense_accounts = {row.pk for row in accounts if row.kind == Account.Kind.EXPENSE}

    def rows(self) -> Iterator[ReadRow]:
        """Give every row below the headings. The sheet is gone through once before, for its decimal marks."""
        self.marks = self._marks()
        for number, row in self._below_the_headings():
            yield self._read(number, row)

    def idle_numbers(self) -> list[tuple[Field, str]]:
        """Return what is given for numbers that no row read so far has needed."""
        found: dict[Field, Numbers[Any]] = {Field.COST_CENTRE: self.centres, Field.ACCOUNT: self.accounts}
        return [
            (name, read)
            for name, given in self.corrections.numbers.items()
            for read in given
            if not found[name].is_given(read)
        ]

    def _below_the_headings(self) -> Iterator[tuple[int, Row]]:
        for number, row in enumerate(self.sheet.rows(), start=1):
            if number > self.mapping["heading_row"]:
                yield number, row

    def _marks(self) -> dict[Field, str]:
        if self.mapping["decimal_mark"]:
            return dict.fromkeys(SUMS, self.mapping["decimal_mark"])
        return {
            name: mark_of(_cell(row, self.columns[name]) for _number, row in self._below_the_headings())
            for name in SUMS
            if name in self.columns
        }

    def _read(self, number: int, row: Row) -> ReadRow:
        if is_empty(row):
            return ReadRow(number, skipped=Skipped.EMPTY)
        if repeats(row, self.mapping["labels"], list(self.columns.values())):
            return ReadRow(number, skipped=Skipped.HEADING)
        if self._is_total(row):
            return ReadRow(number, skipped=Skipped.TOTAL, total=self._amount(row, []))
        corrected = self.corrections.of_row(number, row, self.columns)
        try:
            read = self._line(number, corrected or row)
        except RowError as error:
            return ReadRow(number, faults=tuple(error.faults), corrected=corrected is not None)
        return read if corrected is None else read._replace(corrected=True)

    def _written(self, row: Row, name: Field) -> str:
        return as_written(_cell(row, self.columns[name])) if name in self.columns else ""

    def _is_total(self, row: Row) -> bool:
        """A total has no voucher and no day, and says in one of its cells what it is."""
        voucher, day = self._written(row, Field.VOUCHER), self._written(row, Field.DAY)
        if (voucher and not TOTAL.match(voucher)) or (day and not TOTAL.match(day)):
            return False
        return any(isinstance(value, str) and TOTAL.match(value.strip()) for value in row)

    def _line(self, number: int, row: Row) -> ReadRow:
        faults: list[Fault] = []
        centre_name = as_read(self._written(row, Field.COST_CENTRE))
        centre = self.centres.named(centre_name)
        if centre is None and centre_name and self.mapping["skips_other_centres"]:
            return ReadRow(number, skipped=Skipped.OTHER_CENTRE)
        if centre is None:
            code = "unknown_centre" if centre_name else "missing"
            faults.append(Fault(code, Field.COST_CENTRE, centre_name))
        account_name = as_read(self._written(row, Field.ACCOUNT))
        account = self.accounts.named(account_name)
        if account is None:
            code = "unknown_account" if account_name else "missing"
            faults.append(Fault(code, Field.ACCOUNT, account_name))
        voucher = self._written(row, Field.VOUCHER)
        if not voucher:
            faults.append(Fault("missing", Field.VOUCHER, ""))
        line = self._written(row, Field.LINE)
        for name, written, longest in (
            (Field.VOUCHER, voucher, LONGEST_VOUCHER),
            (Field.LINE, line, LONGEST_LINE),
        ):
            if len(written) > longest:
                faults.append(Fault("too_long", name, written[:LONGEST_VOUCHER], str(longest)))
        day = self._day(row, faults)
        amount = self._amount(row, faults)
        if faults or centre is None or account is None or day is None or amount is None:
            raise RowError(faults)
        text = self._written(row, Field.TEXT)
        found = Line(voucher, line, day, centre.pk, account.pk, amount, text[:LONGEST_TEXT])
        corrected = self.centres.is_given(centre_name) or self.accounts.is_given(account_name)
        return ReadRow(number, found, warnings=tuple(self._warnings(row, text)), corrected=corrected)

    def _warnings(self, row: Row, text: str) -> Iterator[Fault]:
        """Yield what is odd in a row that was read."""
        if len(text) > LONGEST_TEXT:
            yield Fault("shortened", Field.TEXT, text[:LONGEST_SHOWN])
        debit, credit = (self._side_of(row, name) for name in (Field.DEBIT, Field.CREDIT))
        if debit and credit:
            yield Fault("both_sides", Field.DEBIT, self._written(row, Field.DEBIT), f"{credit:f}")

    def _side_of(self, row: Row, name: Field) -> Decimal:
        """Return what a row has in its column of debit or of credit; an empty cell has nothing."""
        if not self._written(row, name):
            return Decimal(0)
        return read_amount(_cell(row, self.columns[name]), self.marks.get(name, ""))

    def _day(self, row: Row, faults: list[Fault]) -> datetime.date | None:
        value = _cell(row, self.columns[Field.DAY])
        try:
            return read_day(value)
        except NotReadError as error:
            faults.append(_fault(error, Field.DAY, value))
            return None

    def _amount(self, row: Row, faults: list[Fault]) -> Decimal | None:
        """Return what a row comes to: its amount, on its side where that is told, or debit less credit."""
        sums = {}
        for name in SUMS:
            if name in self.columns:
                value = _cell(row, self.columns[name])
                if name != Field.AMOUNT and as_written(value) == "":
                    continue
                try:
                    sums[name] = read_amount(value, self.marks.get(name, ""))
                except NotReadError as error:
                    faults.append(_fault(error, name, value))
                    return None
        if not sums:
            faults.append(Fault("missing", Field.DEBIT if Field.DEBIT in self.columns else Field.CREDIT, ""))
            return None
        amount = sums.get(Field.AMOUNT, Decimal(0))
        if Field.SIDE in self.columns:
            sided = self._on_its_side(row, amount, faults)
            if sided is None:
                return None
            amount = sided
        amount += sums.get(Field.DEBIT, Decimal(0)) - sums.get(Field.CREDIT, Decimal(0))
        return -amount if self.mapping["is_reversed"] else amount

    def _on_its_side(self, row: Row, amount: Decimal, faults: list[Fault]) -> Decimal | None:
        written = as_read(self._written(row, Field.SIDE))
        try:
            side = read_side(written)
        except NotReadError as error:
            faults.append(_fault(error, Field.SIDE, written))
            return None
        try:
            return on_its_side(amount, side, self.mapping.get("minus", ""))
        except NotReadError as error:
            faults.append(_fault(error, Field.AMOUNT, _cell(row, self.columns[Field.AMOUNT]), more=written))
            return None


def _cell(row: Row, column: int) -> object:
    return row[column] if column < len(row) else ""


def _fault(error: NotReadError, name: Field, value: object, more: str = "") -> Fault:
    code = "missing" if error.code == "empty" else error.code
    return Fault(code, name, as_read(value), error.more or more)
