"""What would come of importing a file: what is new, what is known, what is wrong, and the effect in euros."""

import datetime
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from hashlib import sha256
from typing import TypedDict

from programme.ledger.counted import Counted, Occurrences, key_of
from programme.ledger.effect import CentreEffect, effects
from programme.ledger.faults import Skipped
from programme.ledger.fields import Field
from programme.ledger.lines import Line, Reader
from programme.models import Programme

# Of more than these, the first are shown and the others counted.
MOST_TOLD = 2000
MOST_UNKNOWN = 200  # numbers; a column chosen wrongly is full of them
ROWS_NAMED = 5
UNKNOWN = ("unknown_centre", "unknown_account")
ROWS_BETWEEN_WORDS = 5000
NOTHING = Decimal(0)
FURTHER = b"further"  # stands in the digest after each further line


class Told(TypedDict):
    """A fault or a warning: its row in the file, its column as the file heads it, and the words' parts."""

    row: int
    code: str
    field: str
    column: str
    read: str
    more: str


class Unknown(TypedDict):
    """A number that files say and the programme does not have: how many rows say it, the first of them."""

    field: str
    column: str
    read: str
    rows: int
    first: list[int]


class Findings(TypedDict):
    """What a check found, as JSON: sums are texts with cents, days ISO."""

    rows: int
    new: int
    known: int
    skipped: dict[str, int]
    faults: list[Told]
    number_of_faults: int
    unknown: list[Unknown]  # of the faults, those that a number makes in all of its rows alike
    corrected: int  # rows of which not all stands so in the file
    resting: list[tuple[int, str]]  # row and field of corrections whose cell is not read as it was then
    idle: list[tuple[str, str]]  # field and number of those given for a number that no row says
    warnings: list[Told]
    number_of_warnings: int
    further_lines: int  # new ones of vouchers that the ledger has: whoever confirms says that they are others
    total: str  # of the file's own lines, new and known
    total_new: str
    first_day: str | None
    last_day: str | None
    effects: list[CentreEffect]
    digest: str  # of what is new: what is confirmed is what is written


@dataclass
class _Tally:
    """What is gathered while the rows go by."""

    new: int = 0
    known: int = 0
    rows: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    faults: list[Told] = field(default_factory=list)
    number_of_faults: int = 0
    unknown: dict[tuple[str, str], Unknown] = field(default_factory=dict)
    corrected: int = 0
    warnings: list[Told] = field(default_factory=list)
    number_of_warnings: int = 0
    further_lines: int = 0
    total: Decimal = NOTHING
    total_new: Decimal = NOTHING
    by_centre: dict[tuple[int, int], Decimal] = field(default_factory=dict)
    days: set[datetime.date] = field(default_factory=set)
    # What the rows came to at the file's rows of totals so far, and before the first row.
    at_totals: set[Decimal] = field(default_factory=lambda: {NOTHING})

    def warn(self, told: Told) -> None:
        self.number_of_warnings += 1
        if len(self.warnings) < MOST_TOLD:
            self.warnings.append(told)

    def fault(self, told: Told) -> None:
        self.number_of_faults += 1
        if told["code"] in UNKNOWN:
            self._number(told)
        if len(self.faults) < MOST_TOLD:
            self.faults.append(told)

    def _number(self, told: Told) -> None:
        place = told["field"], told["read"]
        if place not in self.unknown and len(self.unknown) >= MOST_UNKNOWN:
            return
        column, read = told["column"], told["read"]
        none: Unknown = {"field": told["field"], "column": column, "read": read, "rows": 0, "first": []}
        found = self.unknown.setdefault(place, none)
        found["rows"] += 1
        if len(found["first"]) < ROWS_NAMED:
            found["first"].append(told["row"])


@dataclass
class Check:
    """Goes through a file's rows by a mapping, for a programme as its ledger stands now."""

    reader: Reader
    programme: Programme
    on_rows: Callable[[int], None] = lambda _rows: None

    def findings(self) -> Findings:
        """Return what importing the file would do; nothing is written."""
        for _line, _occurrence in self.new_lines():
            pass
        return self.found()

    def new_lines(self) -> Iterator[tuple[Line, int]]:
        """Give the new lines with their number among the same; `found()` tells the rest afterwards."""
        self.tally = tally = _Tally()
        self.digest = sha256()
        occurrences = Occurrences(Counted(self.programme))
        for read in self.reader.rows():
            tally.rows += 1
            if tally.rows % ROWS_BETWEEN_WORDS == 0:
                self.on_rows(read.number)
            if read.skipped is not None:
                tally.skipped[read.skipped.value] += 1
                if read.total is not None:
                    self._compare(read.number, read.total)
                continue
            tally.corrected += read.corrected
            for fault in read.faults:
                tally.fault(self._told(read.number, fault.code, fault.column, fault.read, fault.more))
            if read.line is None:
                continue
            occurrence, is_known = occurrences.next_of(read.line)
            self._weigh(read.number, read.line, occurrence, is_known=is_known, counted=occurrences.counted)
            for warning in read.warnings:
                tally.warn(self._told(read.number, warning.code, warning.column, warning.read, warning.more))
            if not is_known:
                yield read.line, occurrence

    def _weigh(self, number: int, line: Line, occurrence: int, *, is_known: bool, counted: Counted) -> None:
        tally = self.tally
        tally.total += line.amount
        tally.days.add(line.day)
        if is_known:
            tally.known += 1
            return
        tally.new += 1
        tally.total_new += line.amount
        if line.account in self.reader.expense_accounts:
            place = line.cost_centre, line.day.year
            tally.by_centre[place] = tally.by_centre.get(place, NOTHING) + line.amount
        self.digest.update(key_of(line))
        if counted.knows_voucher_of(line):
            tally.further_lines += 1
            # A voucher may become known after the check: then something else was confirmed.
            self.digest.update(FURTHER)
            tally.warn(self._told(number, "further_line", "voucher", line.voucher))
        elif occurrence > 1:
            tally.warn(self._told(number, "same_again", "voucher", line.voucher, str(occurrence)))
        if not self.programme.starts_on <= line.day <= self._last_day():
            tally.warn(self._told(number, "outside_programme", "day", line.day.isoformat()))

    def _compare(self, number: int, total: Decimal) -> None:
        """Warn of a total of the file that is not that of the rows, or of those since an earlier total.

        Where a row could not be read, or was left out, nobody knows what they come to.
        """
        tally = self.tally
        whole = not tally.number_of_faults and not tally.skipped[Skipped.OTHER_CENTRE.value]
        if whole and tally.total - total not in tally.at_totals:
            name = Field.AMOUNT if Field.AMOUNT in self.reader.columns else Field.DEBIT
            tally.warn(self._told(number, "other_total", name, f"{total:.2f}", f"{tally.total:.2f}"))
        tally.at_totals.add(tally.total)

    def _last_day(self) -> datetime.date:
        return self.programme.effective_end or self.programme.ends_on

    def _told(self, row: int, code: str, name: str, read: str, more: str = "") -> Told:
        column = self.reader.mapping["columns"].get(name)
        label = "" if column is None else self.reader.mapping["labels"][column]
        return {"row": row, "code": code, "field": name, "column": label, "read": read, "more": more}

    def found(self) -> Findings:
        """Return what was gathered by `new_lines`, once all of them were taken."""
        tally = self.tally
        return {
            "rows": tally.rows,
            "new": tally.new,
            "known": tally.known,
            "skipped": dict(tally.skipped),
            "faults": tally.faults,
            "number_of_faults": tally.number_of_faults,
            "unknown": list(tally.unknown.values()),
            "corrected": tally.corrected,
            "resting": [(row, name.value) for row, name in self.reader.corrections.resting()],
            "idle": [(name.value, read) for name, read in self.reader.idle_numbers()],
            "warnings": tally.warnings,
            "number_of_warnings": tally.number_of_warnings,
            "further_lines": tally.further_lines,
            "total": f"{tally.total:.2f}",
            "total_new": f"{tally.total_new:.2f}",
            "first_day": min(tally.days).isoformat() if tally.days else None,
            "last_day": max(tally.days).isoformat() if tally.days else None,
            "effects": effects(self.programme, tally.by_centre),
            "digest": self.digest.hexdigest(),
        }
