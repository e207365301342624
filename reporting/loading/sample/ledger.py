"""Actuals of the ended months: an import for each month-end, an entry for each sum that is not zero."""

import calendar
import datetime
from collections.abc import Iterator

from programme import clock
from programme.models import LedgerEntry, LedgerImport
from reporting.loading.reader import Record
from reporting.loading.rows import create_all
from reporting.loading.sample.checks import MONTHS
from reporting.loading.sample.context import Sample

IMPORT_HOUR = 18


def load_ledger(sample: Sample) -> None:
    records = sample.file["monthly_actuals"]
    entries: list[tuple[LedgerEntry, Record]] = []
    for year in sorted({record["year"] for record in records}):
        of_year = [record for record in records if record["year"] == year]
        ended = [month_end for month_end in _month_ends(year) if sample.day.has_come(month_end)]
        for month_end in ended:
            entries += _entries(_import(month_end, sample), month_end, of_year, sample)
        sample.tally.count("ledger imports (months)", len(ended), of=MONTHS)
    create_all(LedgerEntry, entries)
    not_zero = sum(amount != 0 for record in records for amount in record["months"])
    sample.tally.count("ledger entries (sums of a month that are not zero)", len(entries), of=not_zero)


def _month_ends(year: int) -> Iterator[datetime.date]:
    for month in range(1, MONTHS + 1):
        yield datetime.date(year, month, calendar.monthrange(year, month)[1])


def _import(month_end: datetime.date, sample: Sample) -> LedgerImport:
    return LedgerImport.objects.create(
        programme=sample.programme,
        source_name=f"{sample.file_name} monthly_actuals {month_end:%Y-%m}",
        source_sha256=sample.file_sha256,
        imported_at=clock.at(month_end, IMPORT_HOUR),
    )


def _entries(
    ledger_import: LedgerImport, month_end: datetime.date, records: list[Record], sample: Sample
) -> Iterator[tuple[LedgerEntry, Record]]:
    for record in records:
        amount = record["months"][month_end.month - 1]
        if amount != 0:
            yield (
                LedgerEntry(
                    ledger_import=ledger_import,
                    cost_centre=sample.cost_centres.of(record, "cost_centre"),
                    account=sample.accounts.of(record, "account"),
                    booked_on=month_end,
                    voucher=f"{month_end:%Y-%m}/{record['cost_centre']}/{record['account']}",
                    amount=amount,
                ),
                record,
            )
