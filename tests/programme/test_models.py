"""Invariants of the ground: rounds, holders and names, kept by the database itself."""

import datetime

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction

from programme import clock
from programme.models import Body, BodySeat, Programme, ReportingPeriod, User
from tests.factories import ako, make_person, the_period

pytestmark = pytest.mark.django_db

APPS = ("programme", "priorities", "workgroups", "reporting")


def own_models():
    """Return our models, without the trail's, which are made from them, and links without a class."""
    return [
        model
        for app in APPS
        for model in apps.get_app_config(app).get_models()
        if not model._meta.auto_created and not model.__name__.endswith("Event")
    ]


def is_link(model):
    """Say whether a model only ties two rows together: it has neither order nor name of its own."""
    own = [field for field in model._meta.concrete_fields if not field.primary_key]
    return len(own) == 2 and all(field.is_relation for field in own)


def refused_by(constraint, make, **fields):
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        make(**fields)
    assert constraint in str(refusal.value)


def make_period(**fields):
    made = {
        "programme": ako(),
        "code": "2011-T1",
        "year": 2011,
        "kind": "T1",
        "starts_on": datetime.date(2011, 1, 1),
        "ends_on": datetime.date(2011, 4, 30),
        "ledger_cut_off": datetime.date(2011, 4, 30),
        "opens_at": clock.at(datetime.date(2011, 5, 1), 0),
        "closes_at": clock.at(datetime.date(2011, 5, 10), 16),
    }
    return ReportingPeriod.objects.create(**(made | fields))


def test_the_rounds_of_a_programme_do_not_overlap():
    make_period()
    overlapping = {
        "code": "2011-T2",
        "kind": "T2",
        "opens_at": clock.at(datetime.date(2011, 5, 10), 15),
        "closes_at": clock.at(datetime.date(2011, 6, 10), 16),
    }
    refused_by("rounds_of_a_programme_do_not_overlap", make_period, **overlapping)
    adjoining = overlapping | {"opens_at": clock.at(datetime.date(2011, 5, 10), 16)}
    assert make_period(**adjoining).pk is not None


def test_a_period_has_its_days_and_moments_in_order():
    refused_by("period_ends_after_it_starts", make_period, ends_on=datetime.date(2010, 12, 31))
    refused_by("round_closes_after_it_opens", make_period, closes_at=clock.at(datetime.date(2011, 5, 1), 0))
    refused_by("one_period_per_code", make_period, code="2009-T2")
    refused_by(
        "reopening_a_period_has_a_reason",
        make_period,
        reopened_until=clock.at(datetime.date(2011, 6, 1), 16),
    )


def test_the_open_round_closes_on_friday_at_four():
    period = the_period()
    assert period.is_open
    assert clock.at(datetime.date(2009, 9, 11), 16) == period.closes_at
    assert clock.at(datetime.date(2009, 9, 1), 0) == period.opens_at
    assert [other.code for other in ReportingPeriod.objects.all() if other.is_open] == ["2009-T2"]


def test_one_programme_opens_first():
    fields = {"starts_on": "2008-01-01", "ends_on": "2013-12-31", "name_fi": "Toinen", "owner_fi": "Toinen"}

    def make_programme(**more):
        return Programme.objects.create(slug="oske", code="OSKE", short_name="OSKE", **(fields | more))

    refused_by("one_default_programme", make_programme, is_default=True)
    refused_by("programme_ends_after_it_starts", make_programme, ends_on="2007-12-31")


def test_one_address_is_one_account_in_the_database_too():
    make_person("Anna", email="anna@example.test")
    refused_by("one_account_per_email_address", User.objects.create, email="ANNA@example.test", name="Anna")


def test_today_is_the_samples_day_with_the_true_time_of_day():
    now = clock.now()
    assert (clock.today(), now.date()) == (datetime.date(2009, 9, 9), datetime.date(2009, 9, 9))
    assert str(now.tzinfo) == "Europe/Helsinki"


# --- What every model has --------------------------------------------------------------------------------


@pytest.mark.parametrize("model", own_models(), ids=lambda model: model._meta.label)
def test_a_model_says_what_it_is_in_which_order_and_under_what_name(model):
    assert (model.__doc__ or "").strip()
    assert not model.__doc__.startswith(f"{model.__name__}(")
    assert is_link(model) or (model._meta.ordering and "__str__" in vars(model))


@pytest.mark.parametrize("model", own_models(), ids=lambda model: model._meta.label)
def test_constraints_are_named_as_sentences(model):
    names = [constraint.name for constraint in model._meta.constraints]
    assert [name for name in names if name.count("_") < 2 or name != name.lower()] == []


OF_A_PERSON = {
    "BodySeat.user",
    "EvaluationDraft.user",
    "FeedKey.user",
    "FollowUpDraft.user",
    "Invitation.user",
    "Membership.user",
    "MunicipalContact.user",
    "Notification.user",
    "PostHolding.user",
    "SavedView.user",
    "Subscription.user",
    "Substitute.absent",
    "Substitute.substitute",
}
PARTS = {
    "LineComment.action",
    "LineComment.comment",
    "LineComment.target",
    "AttachmentContent.attachment",
    "SecrecyChange.attachment",
    "BodySeat.body",
    "BudgetAmendmentLine.amendment",
    "BudgetHandling.budget",
    "BudgetLine.budget",
    "BudgetPlanLine.budget",
    "BudgetProposalLine.proposal",
    "ClaimExclusion.claim",
    "EvaluationDraft.evaluation",
    "EvaluationDraft.group",
    "EvaluationStatement.evaluation",
    "EvidenceFile.draft",
    "Explanation.forecast",
    "FollowUpDraft.action",
    "FollowUpDraft.group",
    "FollowUpDraft.indicator",
    "FollowUpDraft.municipality",
    "FollowUpDraft.period",
    "FollowUpDraft.target",
    "IndicatorTarget.indicator",
    "IndicatorValue.indicator",
    "MeasuredTarget.indicator",
    "MeasuredTarget.target",
    "Membership.group",
    "NameVariant.priority",
    "NetworkYear.network",
}


def test_nothing_goes_with_its_neighbour_but_parts_links_and_a_persons_own():
    cascading = {
        f"{model.__name__}.{field.name}"
        for model in own_models()
        if not is_link(model)
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and field.remote_field.on_delete is models.CASCADE
    }
    assert cascading == OF_A_PERSON | PARTS


# --- Seats -------------------------------------------------------------------------------------------------


def seat(**fields):
    made = {"body": Body.objects.get(programme=ako(), code="BODY-SH"), "position": BodySeat.Position.MEMBER}
    return BodySeat.objects.create(**made | {"starts_on": datetime.date(2009, 1, 1)} | fields)


def test_a_seat_does_not_end_before_it_begins():
    with pytest.raises(IntegrityError, match="a_seat_ends_after_it_begins"), transaction.atomic():
        seat(until=datetime.date(2008, 12, 31))
    seat(until=datetime.date(2009, 1, 1))


def test_a_person_holds_a_seat_once_at_a_time():
    person = make_person()
    seat(user=person, until=datetime.date(2009, 6, 30))
    with pytest.raises(IntegrityError, match="one_seat_per_person"), transaction.atomic():
        seat(user=person, starts_on=datetime.date(2009, 6, 30))
    seat(user=person, starts_on=datetime.date(2009, 7, 1))
    seat(user=person, position=BodySeat.Position.DEPUTY)
