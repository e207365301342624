"""What the ledger counts already: a line is known when an import that stands has it, as many times."""

import datetime
from collections import Counter, defaultdict
from hashlib import blake2b

from programme.ledger.lines import Line
from programme.models import LedgerEntry, Programme

# Sixteen bytes tell lines apart as well as all of their words do, in a tenth of the memory.
KEY_BYTES = 16


def key_of(line: Line) -> bytes:
    """Return what two lines have in common when all of them is the same."""
    voucher, line_number, day, centre, account, amount, text = line
    said = f"{voucher}\x1f{line_number}\x1f{day}\x1f{centre}\x1f{account}\x1f{amount:.2f}\x1f{text}"
    return blake2b(said.encode(), digest_size=KEY_BYTES).digest()


class Counted:
    """The lines that the ledger counts, and their vouchers: a year is read when it is first asked for."""

    def __init__(self, programme: Programme) -> None:
        self.programme = programme
        self.years: set[int] = set()
        # The numbers of the same lines that stand; most have but the first, which takes less memory so.
        self.first: set[bytes] = set()
        self.further: defaultdict[bytes, set[int]] = defaultdict(set)
        self.vouchers: set[tuple[int, str]] = set()

    def times_of(self, line: Line, key: bytes) -> int:
        """Return how many times the ledger counts a line."""
        self._read(line.day.year)
        return (key in self.first) + len(self.further.get(key, ()))

    def has(self, key: bytes, occurrence: int) -> bool:
        """Whether the ledger counts a line by its number among the same, once `times_of` has been asked."""
        return key in self.first if occurrence == 1 else occurrence in self.further.get(key, ())

    def knows_voucher_of(self, line: Line) -> bool:
        """Whether the ledger counts any line of a voucher; their numbers begin anew each year."""
        self._read(line.day.year)
        return (line.day.year, line.voucher) in self.vouchers

    def _read(self, year: int) -> None:
        if year in self.years:
            return
        self.years.add(year)
        entries = LedgerEntry.objects.counted().filter(
            cost_centre__programme=self.programme,
            booked_on__range=(datetime.date(year, 1, 1), datetime.date(year, 12, 31)),
        )
        values = entries.order_by().values_list(
            "voucher", "line", "booked_on", "cost_centre", "account", "amount", "text", "occurrence"
        )
        for row in values.iterator(chunk_size=5000):
            line, occurrence = Line(*row[:-1]), row[-1]
            self.vouchers.add((year, line.voucher))
            if occurrence == 1:
                self.first.add(key_of(line))
            else:
                self.further[key_of(line)].add(occurrence)


class Occurrences:
    """Counts the same lines of a file: the second of two is another line than the first.

    As many are known as the ledger counts. The others get the lowest numbers that are free: where an import
    was reverted, the second of two lines may stand without the first.
    """

    def __init__(self, counted: Counted) -> None:
        self.counted = counted
        self.seen: Counter[bytes] = Counter()
        self.given: Counter[bytes] = Counter()  # the last number that was given

    def next_of(self, line: Line) -> tuple[int, bool]:
        """Return the number of a line among its same, and whether the ledger counts it already.

        Of one that it counts, the number says how many the file has had so far.
        """
        key = key_of(line)
        self.seen[key] += 1
        if self.seen[key] <= self.counted.times_of(line, key):
            return self.seen[key], True
        self.given[key] += 1
        while self.counted.has(key, self.given[key]):
            self.given[key] += 1
        return self.given[key], False
