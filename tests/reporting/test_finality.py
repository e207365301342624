"""A closed round is told by its newest dataset until something is accepted or booked after it."""

import datetime

import pytest

from programme.models import LedgerEntry, LedgerImport
from reporting.finality import final_datasets, overtaken_datasets
from reporting.models import Dataset
from tests.factories import make_group_report, make_value, the_period, the_target
from tests.personas import client_of
from tests.reporting.money.entries import book
from workgroups.models import FollowUp

pytestmark = pytest.mark.django_db

SHUT = "2009-T1"


def later():
    """Return a moment after the closed round's dataset was frozen."""
    frozen = Dataset.objects.filter(period__code=SHUT).order_by("-version")[0].frozen_at
    return frozen + datetime.timedelta(minutes=1)


def told():
    return list(final_datasets([the_period(SHUT), the_period("2009-T2")]))


def accept_later():
    FollowUp.objects.filter(target=the_target(), period__code=SHUT).update(accepted_at=later())


def measure_later():
    make_value(period=SHUT, municipality="KUN-211", accepted_at=later())


def report_later():
    make_group_report(period=SHUT, state="approved", accepted_at=later())


def book_later():
    book("500", day=(2009, 3, 1), imported_at=later())


def freeze_early():
    period = the_period(SHUT)
    period.reopened_until = later() + datetime.timedelta(days=1)
    period.reopening_reason = "Kunta pyysi."
    period.save()


def test_the_newest_dataset_of_a_closed_round_tells_it_and_none_an_open_one():
    [dataset] = told()
    assert dataset == Dataset.objects.filter(period__code=SHUT).order_by("-version")[0]


@pytest.mark.parametrize(
    "happens",
    [accept_later, measure_later, report_later, book_later, freeze_early],
    ids=lambda happens: happens.__name__,
)
def test_what_happens_after_freezing_lets_the_round_be_read_live(happens):
    happens()
    assert told() == []


def revert(entry, moment):
    LedgerImport.objects.filter(pk=entry.ledger_import_id).update(
        reverted_at=moment, reverting_reason="Väärä kuukausi."
    )


def test_an_import_that_came_and_was_reverted_after_freezing_leaves_the_round_frozen():
    entry = book("500", day=(2009, 3, 1), imported_at=later())
    assert told() == []
    revert(entry, later() + datetime.timedelta(hours=1))
    assert len(told()) == 1
    assert not client_of("finance").get("/ako/finance/2009/", {"period": SHUT}).context["reading"].is_live


def test_an_import_that_is_brought_in_anew_leaves_the_round_frozen():
    entry = LedgerEntry.objects.counted().filter(booked_on__range=("2009-03-01", "2009-03-31"))[0]
    lines = list(entry.ledger_import.entries.all())
    revert(entry, later())
    assert told() == []
    again = LedgerImport.objects.create(
        programme=entry.ledger_import.programme,
        source_name="toistamiseen.csv",
        source_sha256="1" * 64,
        imported_at=later() + datetime.timedelta(hours=1),
    )
    for line in lines:
        line.pk, line.ledger_import = None, again
    LedgerEntry.objects.bulk_create(lines)
    assert len(told()) == 1


def test_where_the_ledger_is_the_cause_the_page_says_so_and_leads_to_the_frozen_figures():
    book_later()
    [overtaken] = overtaken_datasets([the_period(SHUT), the_period("2009-T2")])
    page = client_of("finance").get("/ako/finance/2009/", {"period": SHUT})
    reading = page.context["reading"]
    assert (reading.is_live, reading.overtaken.dataset) == (True, overtaken)
    assert "Kirjanpito on muuttunut sen jälkeen" in page.text
    assert f'href="{reading.overtaken.get_absolute_url()}"' in page.text
    assert "eivät kaikki ole" not in page.text
    accept_later()
    page = client_of("finance").get("/ako/finance/2009/", {"period": SHUT})
    assert page.context["reading"].overtaken is None
    assert "Kirjanpito on muuttunut sen jälkeen" not in page.text


def test_what_is_booked_outside_the_periods_days_changes_nothing():
    book("500", day=(2009, 6, 1), imported_at=later())
    assert len(told()) == 1
