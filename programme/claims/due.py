"""Which claims should be on their way: a grant says after which months it is claimed, and how soon."""

import calendar
import datetime
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from programme import text
from programme.models import Grant, PaymentClaim, Programme

ONE_DAY = datetime.timedelta(days=1)


class ClaimPeriod(NamedTuple):
    """Days that a grant is claimed for at once, and the day by which."""

    starts_on: datetime.date
    ends_on: datetime.date
    due_on: datetime.date


class ClaimDue(NamedTuple):
    """A claim that is not sent though its days are over: what it is, where it is done, and by when."""

    label: str
    address: str
    due_on: datetime.date
    is_late: bool


def last_day(year: int, month: int) -> datetime.date:
    """Return the last day of a month; months after December are of the next year."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return datetime.date(year, month, calendar.monthrange(year, month)[1])


def periods_of(grant: Grant) -> list[ClaimPeriod]:
    """Return the days that a grant is claimed for, one claim after the other, within its own days."""
    periods = []
    first = datetime.date(grant.year, 1, 1)
    for month in sorted(set(grant.claim_months)):
        last = last_day(grant.year, month)
        starts_on, ends_on = max(first, grant.starts_on), min(last, grant.ends_on)
        if starts_on <= ends_on:
            due_on = last_day(grant.year, month + grant.claim_within)
            periods.append(ClaimPeriod(starts_on, ends_on, due_on))
        first = last + ONE_DAY
    return periods


def unclaimed_periods(programme: Programme) -> list[ClaimPeriod]:
    """Return the periods of all grants, each without the days of claims, the earliest first; two queries."""
    claims = list(PaymentClaim.objects.filter(programme=programme))
    return [
        left
        for grant in Grant.objects.filter(programme=programme)
        for period in periods_of(grant)
        for left in _without(claims, period)
    ]


def claims_due(programme: Programme, today: datetime.date) -> list[ClaimDue]:
    """Return the claims that are not sent though their days are over, the first due first; two queries.

    A claim that was drawn up is due once its own days are over; one that was not, once the grant's period is.
    """
    if programme.is_closed:
        return []
    claims = list(PaymentClaim.objects.filter(programme=programme).select_related("programme"))
    due: list[ClaimDue] = []
    told: set[PaymentClaim] = set()
    for grant in Grant.objects.filter(programme=programme):
        for period in periods_of(grant):
            is_over = period.ends_on < today
            of_period = [claim for claim in claims if _shares_days(claim, period)]
            to_send = [
                claim
                for claim in of_period
                if not claim.is_sent and claim not in told and (is_over or claim.ends_on < today)
            ]
            due += [_to_send(claim, period, today) for claim in to_send]
            told.update(to_send)
            if is_over:
                due += [_to_draft(programme, left, today) for left in _without(of_period, period)]
    return sorted(due, key=lambda one: one.due_on)


def _shares_days(claim: PaymentClaim, period: ClaimPeriod) -> bool:
    return claim.starts_on <= period.ends_on and period.starts_on <= claim.ends_on


def _without(claims: list[PaymentClaim], period: ClaimPeriod) -> list[ClaimPeriod]:
    """Return what is left of a period where claims, the earliest first, have some of its days."""
    left, first = [], period.starts_on
    for claim in claims:
        if not _shares_days(claim, period):
            continue
        if first < claim.starts_on:
            left.append(period._replace(starts_on=first, ends_on=claim.starts_on - ONE_DAY))
        first = claim.ends_on + ONE_DAY
    return [*left, period._replace(starts_on=first)] if first <= period.ends_on else left


def _to_send(claim: PaymentClaim, period: ClaimPeriod, today: datetime.date) -> ClaimDue:
    label = _("Payment claim %(code)s, %(days)s: %(state)s") % {
        "code": claim.code,
        "days": text.period(claim.starts_on, claim.ends_on),
        "state": claim.get_state_display(),
    }
    return ClaimDue(label, claim.get_absolute_url(), period.due_on, period.due_on < today)


def _to_draft(programme: Programme, period: ClaimPeriod, today: datetime.date) -> ClaimDue:
    days = text.period(period.starts_on, period.ends_on)
    address = reverse("programme:claim-create", args=[programme.slug])
    label = _("Payment claim for %(days)s: not drafted") % {"days": days}
    return ClaimDue(label, address, period.due_on, period.due_on < today)
