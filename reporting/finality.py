"""Which datasets tell a closed round for good: nothing was accepted after they were frozen, and the ledger
says the same of the period still."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Sum, When
from django.db.models.functions import Coalesce, Greatest

from priorities.models import IndicatorValue
from programme.models import LedgerEntry, ReportingPeriod
from reporting.models import Dataset
from workgroups.models import FollowUp, GroupReport

FROZEN_AT = OuterRef("frozen_at")


def final_datasets(periods: Iterable[ReportingPeriod]) -> QuerySet[Dataset]:
    """Return the newest dataset of each closed round, where it still is what the round came to; one query.

    One that was frozen before the round closed is not the round; one after which an answer was accepted, or
    of whose period the ledger says something else by now, no longer is.
    """
    return _with_all_answers(periods).exclude(Exists(_lines_that_moved()))


def overtaken_datasets(periods: Iterable[ReportingPeriod]) -> QuerySet[Dataset]:
    """Return those that would tell their round for good, had the ledger not changed since; one query."""
    return _with_all_answers(periods).filter(Exists(_lines_that_moved()))


def _with_all_answers(periods: Iterable[ReportingPeriod]) -> QuerySet[Dataset]:
    closed = [period for period in periods if not period.is_open]
    newest = Dataset.objects.filter(period__in=closed).order_by("period_id", "-version").distinct("period_id")
    closing = Greatest("period__closes_at", Coalesce("period__reopened_until", F("period__closes_at")))
    of_period = {"period": OuterRef("period"), "accepted_at__gt": FROZEN_AT}
    return Dataset.objects.filter(pk__in=newest.values("pk"), frozen_at__gte=closing).exclude(
        Exists(FollowUp.objects.approved().filter(**of_period))
        | Exists(IndicatorValue.objects.filter(**of_period))
        | Exists(GroupReport.objects.approved().filter(**of_period))
    )


def _lines_that_moved() -> QuerySet[LedgerEntry, Any]:
    """Return the cost centres and accounts of which the ledger says another sum than at the freezing.

    Figures are made of these: an import that came and went, or one that was brought in anew, moves none.
    """
    came = Q(ledger_import__imported_at__gt=FROZEN_AT, ledger_import__reverted_at__isnull=True)
    went = Q(ledger_import__imported_at__lte=FROZEN_AT, ledger_import__reverted_at__gt=FROZEN_AT)
    moved = (
        LedgerEntry.objects.filter(
            came | went,
            cost_centre__programme=OuterRef("period__programme"),
            booked_on__range=(OuterRef("period__starts_on"), OuterRef("period__ledger_cut_off")),
        )
        .order_by()
        .values("cost_centre", "account")
    )
    return moved.annotate(by=Sum(Case(When(went, then=-F("amount")), default=F("amount")))).exclude(by=0)
