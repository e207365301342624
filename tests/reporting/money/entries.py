"""Vouchers for the tests of money."""

import datetime
from decimal import Decimal

from programme.models import Account, CostCentre, LedgerEntry, LedgerImport


def book(
    euros: str,
    *,
    day: tuple[int, int, int] = (2009, 8, 31),
    voucher: str = "9001",
    reverted: bool = False,
    centre: str = "KP-2110",
    kind: str = Account.Kind.EXPENSE,
    account: Account | None = None,
    imported_at: datetime.datetime | None = None,
    text: str = "",
) -> LedgerEntry:
    """Bring in one voucher on a cost centre."""
    brought_in = LedgerImport.objects.create(
        programme=CostCentre.objects.get(code=centre).programme,
        source_name="koe.csv",
        source_sha256="0" * 64,
        imported_at=imported_at or datetime.datetime(2009, 9, 1, tzinfo=datetime.UTC),
        reverted_at=datetime.datetime(2009, 9, 2, tzinfo=datetime.UTC) if reverted else None,
        reverting_reason="Väärä kuukausi." if reverted else "",
    )
    return LedgerEntry.objects.create(
        ledger_import=brought_in,
        cost_centre=CostCentre.objects.get(code=centre),
        account=account or Account.objects.filter(kind=kind)[0],
        booked_on=datetime.date(*day),
        voucher=voucher,
        text=text,
        amount=Decimal(euros),
    )
