"""Which claims should be on their way: the grant's months say it."""

import datetime

import pytest

from programme.claims import ClaimDue, acting, claims_due
from programme.claims.due import periods_of, unclaimed_periods
from programme.models import Grant
from tests.factories import ako
from tests.personas import client_of
from tests.programme.claims.claims import drafted, the_claim, the_grant

pytestmark = pytest.mark.django_db


def day(month: int, number: int, year: int = 2009) -> datetime.date:
    return datetime.date(year, month, number)


def due(today: datetime.date) -> list[ClaimDue]:
    return claims_due(ako(), today)


def test_a_half_year_is_due_once_it_is_over_and_late_after_its_months():
    assert due(day(9, 9)) == []
    assert due(day(12, 31)) == []
    label = "Maksatushakemus ajalta 1.7.–31.12.2009: ei laadittu"
    new = "/ako/finance/claims/new/"
    assert due(day(1, 1, 2010)) == [(label, new, day(2, 28, 2010), False)]
    assert due(day(3, 1, 2010)) == [(label, new, day(2, 28, 2010), True)]


def test_a_claim_that_waits_is_due_until_it_is_sent():
    claim = drafted(last=day(8, 31))
    Grant.objects.filter(pk=the_grant().pk).update(claim_months=[6, 8, 12])
    [(label, address, until, is_late)] = due(day(9, 9))
    assert label == "Maksatushakemus MAK-2009-2, 1.7.–31.8.2009: luonnosteltu"
    assert (address, until, is_late) == (claim.get_absolute_url(), day(10, 31), False)
    acting.hand_on(claim, version=claim.version)
    assert [one.label for one in claims_due(ako(), day(9, 9))] == [
        "Maksatushakemus MAK-2009-2, 1.7.–31.8.2009: hallituksen käsittelyssä"
    ]


def test_a_claim_that_was_drawn_up_is_due_once_its_own_days_are_over():
    claim = drafted(last=day(8, 31))
    [(label, address, until, is_late)] = due(day(9, 9))
    assert label == "Maksatushakemus MAK-2009-2, 1.7.–31.8.2009: luonnosteltu"
    assert (address, until, is_late) == (claim.get_absolute_url(), day(2, 28, 2010), False)
    assert due(day(8, 31)) == []
    assert "MAK-2009-2" in client_of("finance").get("/desk/").text


def test_days_that_a_claim_leaves_over_are_due_and_offered():
    drafted(first=day(8, 1), last=day(8, 31))
    assert [(one.label, one.due_on) for one in due(day(1, 1, 2010))] == [
        ("Maksatushakemus MAK-2009-2, 1.8.–31.8.2009: luonnosteltu", day(2, 28, 2010)),
        ("Maksatushakemus ajalta 1.7.–31.7.2009: ei laadittu", day(2, 28, 2010)),
        ("Maksatushakemus ajalta 1.9.–31.12.2009: ei laadittu", day(2, 28, 2010)),
    ]
    assert [(one.starts_on, one.ends_on) for one in unclaimed_periods(ako())] == [
        (day(7, 1), day(7, 31)),
        (day(9, 1), day(12, 31)),
    ]


def test_periods_keep_to_the_days_of_the_grant():
    grant = the_grant()
    grant.starts_on, grant.ends_on, grant.claim_months = day(3, 15), day(11, 30), [2, 6, 12]
    assert [(one.starts_on, one.ends_on) for one in periods_of(grant)] == [
        (day(3, 15), day(6, 30)),
        (day(7, 1), day(11, 30)),
    ]


def test_a_claim_over_two_periods_is_told_once():
    Grant.objects.filter(pk=the_grant().pk).update(claim_months=[6, 7, 8])
    drafted()
    assert [one.label for one in claims_due(ako(), day(9, 9))] == [
        "Maksatushakemus MAK-2009-2, 1.7.–31.8.2009: luonnosteltu"
    ]
    assert the_claim().is_draft
