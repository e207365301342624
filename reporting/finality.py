"""Which datasets tell a closed round for good: nothing was accepted or booked after they were frozen."""

from collections.abc import Iterable

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, Greatest

from priorities.models import IndicatorValue
from programme.models import LedgerImport, ReportingPeriod
from reporting.models import Dataset
from workgroups.models import FollowUp, GroupReport

FROZEN_AT = OuterRef("frozen_at")


def final_datasets(periods: Iterable[ReportingPeriod]) -> QuerySet[Dataset]:
    """Return the newest dataset of each closed round, where it still is what the round came to; one query.

    One that was frozen before the round closed is not the round; one after which an answer was accepted or an
    import came in or was reverted no longer is.
    """
    closed = [period for period in periods if not period.is_open]
    newest = Dataset.objects.filter(period__in=closed).order_by("period_id", "-version").distinct("period_id")
    closing = Greatest("period__closes_at", Coalesce("period__reopened_until", F("period__closes_at")))
    of_period = {"period": OuterRef("period"), "accepted_at__gt": FROZEN_AT}
    booked = LedgerImport.objects.filter(
        Q(imported_at__gt=FROZEN_AT) | Q(reverted_at__gt=FROZEN_AT),
        programme=OuterRef("period__programme"),
        entries__booked_on__range=(OuterRef("period__starts_on"), OuterRef("period__ledger_cut_off")),
    )
    return Dataset.objects.filter(pk__in=newest.values("pk"), frozen_at__gte=closing).exclude(
        Exists(FollowUp.objects.approved().filter(**of_period))
        | Exists(IndicatorValue.objects.filter(**of_period))
        | Exists(GroupReport.objects.approved().filter(**of_period))
        | Exists(booked)
    )
