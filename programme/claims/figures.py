"""Which figure of a claim follows from which. All sums are euros, to the cent; shares of the state are whole.

State share = the grant's rate of eligible net costs (costs − other income − not eligible), rounded down to
whole euros per claim, and never more than the whole euros that are left of the grant. The municipalities
carry the rest.
"""

import datetime
from decimal import ROUND_FLOOR, Decimal
from typing import NamedTuple

from django.db.models import Count, QuerySet, Sum

from programme.models import Account, CostCentre, Grant, LedgerEntry, PaymentClaim, Programme

NONE = Decimal(0)


class LedgerNow(NamedTuple):
    """What the ledger says of a claim's days now: its costs, and its income whoever it is from."""

    costs: Decimal
    income: Decimal


def state_share_of(net: Decimal, rate: Decimal) -> Decimal:
    """Return the rate of eligible net costs in whole euros, rounded down; of none or less, nothing."""
    share = (net * rate / 100).to_integral_value(ROUND_FLOOR)
    return max(share, NONE)


def entries_between(
    programme: Programme, starts_on: datetime.date, ends_on: datetime.date
) -> QuerySet[LedgerEntry]:
    """Return the standing entries of some days, the first booked first."""
    entries = LedgerEntry.objects.counted().filter(cost_centre__programme=programme)
    return entries.filter(booked_on__range=(starts_on, ends_on)).order_by("booked_on", "voucher", "pk")


def costs_entries(
    programme: Programme, starts_on: datetime.date, ends_on: datetime.date
) -> QuerySet[LedgerEntry]:
    """Return those of them that are costs: figures of use count expense accounts alone."""
    return entries_between(programme, starts_on, ends_on).filter(account__kind=Account.Kind.EXPENSE)


def costs_between(programme: Programme, starts_on: datetime.date, ends_on: datetime.date) -> Decimal:
    """Return what the ledger's costs of some days come to."""
    return costs_entries(programme, starts_on, ends_on).aggregate(sum=Sum("amount"))["sum"] or NONE


def entries_of(claim: PaymentClaim) -> QuerySet[LedgerEntry]:
    """Return the entries that a claim's costs are made of: of a draft, those that stand now.

    From the board on they are the claim's own, whatever becomes of their imports.
    """
    if claim.is_draft:
        return costs_entries(claim.programme, claim.starts_on, claim.ends_on)
    return LedgerEntry.objects.filter(claimed_in__claim=claim).order_by("booked_on", "voucher", "pk")


def ledger_now(claim: PaymentClaim) -> LedgerNow:
    """Return what the ledger says of a claim's days now; one query. Income is negative in the ledger."""
    entries = entries_between(claim.programme, claim.starts_on, claim.ends_on).order_by()
    sums = dict(entries.values_list("account__kind").annotate(sum=Sum("amount")))
    return LedgerNow(sums.get(Account.Kind.EXPENSE, NONE), -sums.get(Account.Kind.INCOME, NONE))


def costs_by_centre(claim: PaymentClaim) -> QuerySet[CostCentre]:
    """Return the cost centres that a claim's costs are of, each with `number_of_lines` and `total`."""
    ids = entries_of(claim).order_by().values("pk")
    centres = CostCentre.objects.filter(ledger_entries__in=ids).annotate(
        number_of_lines=Count("ledger_entries"), total=Sum("ledger_entries__amount")
    )
    return centres.order_by("number")


def left_of_grant(grant: Grant, *, besides: PaymentClaim | None = None) -> Decimal:
    """Return what of a grant no claim has taken yet, drafts included: decided sums, before them claimed ones.

    `besides` is a claim that is left out: what it may take itself is asked.
    """
    claims = PaymentClaim.objects.filter(programme=grant.programme_id, year=grant.year)
    if besides is not None and besides.pk:
        claims = claims.exclude(pk=besides.pk)
    return grant.granted - sum((claim.funders_share for claim in claims), NONE)


def work_out(claim: PaymentClaim, grant: Grant) -> None:
    """Set what follows from a draft's costs, other income and lines, by its grant. The caller saves it."""
    lines = claim.exclusions.aggregate(sum=Sum("amount"))["sum"] if claim.pk else None
    claim.not_eligible = lines or NONE
    claim.rate = grant.rate
    left = max(left_of_grant(grant, besides=claim), NONE).to_integral_value(ROUND_FLOOR)
    claim.state_share = min(state_share_of(claim.eligible, claim.rate), left)


def share_by_rate(claim: PaymentClaim) -> Decimal:
    """Return what the rate alone gives: more than is claimed where less is left of the grant."""
    return state_share_of(claim.eligible, claim.rate)
