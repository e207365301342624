"""A closed round is told by its newest dataset until something is accepted or booked after it."""

import datetime

import pytest

from reporting.finality import final_datasets
from reporting.models import Dataset
from tests.factories import make_group_report, make_value, the_period, the_target
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


def test_what_is_booked_outside_the_periods_days_changes_nothing():
    book("500", day=(2009, 6, 1), imported_at=later())
    assert len(told()) == 1
