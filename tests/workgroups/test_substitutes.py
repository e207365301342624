"""Substitutes: who is away names who stands in; both names stay, and nobody judges their own words."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from programme.administration import terms
from programme.models import Post, PostHolding, Substitute, User
from reporting import services as freezing
from tests.factories import (
    make_amendment,
    make_follow_up,
    make_group_report,
    make_meeting,
    make_person,
    make_plan,
    make_report,
    the_group,
    the_period,
    the_target,
)
from tests.personas import client_of, clients_of, person
from workgroups import group_reports, rules, services
from workgroups.amendments import deciding
from workgroups.models import Amendment, FollowUp, Membership, TargetOwnership
from workgroups.work_programmes import approval

pytestmark = pytest.mark.django_db

LINE = "/ako/targets/VT-2009-MR-2/follow-up/2009-T2/"
REPORT = "/ako/workgroups/WG-MR/report/2009-T2/"
ANSWER = {"status": "on_track", "text": "Etenee.", "version": "0"}


def stand_in(substitute, absent, starts_on="2009-09-01", until="2009-09-30"):
    return Substitute.objects.create(substitute=substitute, absent=absent, starts_on=starts_on, until=until)


@pytest.fixture
def sijainen():
    return make_person("Sari Sijainen")


def test_a_substitute_does_what_the_coordinator_does_and_both_names_stay(sijainen):
    stand_in(sijainen, person("coordinator-mr"))
    [client] = clients_of([sijainen])
    assert client.post(LINE, ANSWER).status_code == 302
    said = FollowUp.objects.get(target=the_target(), period=the_period())
    assert (said.submitted_by, said.submitted_for) == (sijainen, person("coordinator-mr"))
    assert f"{person('coordinator-mr')}, sijaisena Sari Sijainen" in (
        client_of("chair-mr").get("/approvals/").content.decode()
    )


def test_a_substitute_of_the_chair_accepts_in_their_own_name(sijainen):
    stand_in(sijainen, person("chair-mr"))
    said = make_follow_up(the_target(), state="submitted", submitted_by=person("coordinator-mr"))
    report = make_group_report()
    [client] = clients_of([sijainen])
    assert list(client.get("/approvals/").context["waiting"]) == [said]
    client.post(f"{LINE}accept/", {"version": "1"})
    client.post(f"{REPORT}accept/", {"version": "1"})
    said.refresh_from_db()
    report.refresh_from_db()
    for judged in (said, report):
        assert (judged.state, judged.accepted_by, judged.accepted_for) == (
            "approved",
            sijainen,
            person("chair-mr"),
        )
    assert "sijaisena Sari Sijainen" in client_of("member-mr").get(REPORT).content.decode()


@pytest.mark.parametrize(("starts_on", "until"), [("2009-09-10", "2009-09-30"), ("2009-08-01", "2009-09-08")])
def test_it_holds_from_the_first_day_to_the_last_and_no_other(sijainen, starts_on, until):
    row = stand_in(sijainen, person("coordinator-mr"), starts_on, until)
    [client] = clients_of([sijainen])
    assert client.get(LINE).status_code == 403
    Substitute.objects.filter(pk=row.pk).update(starts_on="2009-09-09", until="2009-09-09")
    assert client.get(LINE).status_code == 200


def test_a_substitute_hands_nothing_on_and_gets_nothing_from_a_closed_account(sijainen):
    other = make_person("Toinen Sijainen")
    stand_in(sijainen, person("coordinator-mr"))
    stand_in(other, sijainen)
    assert rules.standings_of(other) == []
    User.objects.filter(persona="coordinator-mr").update(is_active=False)
    assert rules.standings_of(User.objects.get(pk=sijainen.pk)) == []


def test_a_members_seat_is_not_handed_over(sijainen):
    stand_in(sijainen, person("member-mr"))
    assert rules.standings_of(sijainen) == []


# --- Nobody judges their own words, be it through a substitute -------------------------------------------


def test_the_chairs_substitute_who_wrote_it_does_not_accept_it(sijainen):
    stand_in(sijainen, person("chair-mr"))
    stand_in(sijainen, person("coordinator-mr"))
    [client] = clients_of([sijainen])
    client.post(LINE, ANSWER)
    client.post(REPORT, {"done": "Tehtiin.", "version": "0"})
    assert client.post(f"{LINE}accept/", {"version": "1"}).status_code == 403
    assert client.post(f"{REPORT}accept/", {"version": "1"}).status_code == 403
    assert list(client.get("/approvals/").context["waiting"]) == []


def test_who_was_away_does_not_accept_what_was_written_in_their_place(sijainen):
    Membership.objects.create(
        group=the_group(), user=person("coordinator-mr"), role="vice_chair", starts_on="2009-01-01"
    )
    said = make_follow_up(
        the_target(), state="submitted", submitted_by=sijainen, submitted_for=person("coordinator-mr")
    )
    both = client_of("coordinator-mr")
    assert both.post(f"{LINE}accept/", {"version": "1"}).status_code == 403
    assert list(both.get("/approvals/").context["waiting"]) == []
    with pytest.raises(ValidationError):
        services.accept_follow_up(said, actor=person("coordinator-mr"), version=1)


def test_a_substitute_does_not_accept_the_words_of_the_one_they_stand_in_for(sijainen):
    stand_in(sijainen, person("chair-mr"))
    said = make_follow_up(the_target(), state="submitted", submitted_by=person("chair-mr"))
    report = make_group_report(submitted_by=person("chair-mr"))
    [client] = clients_of([sijainen])
    page = client.get("/approvals/")
    assert (list(page.context["waiting"]), list(page.context["reports"])) == ([], [])
    assert client.post(f"{LINE}accept/", {"version": "1"}).status_code == 403
    assert client.post(f"{REPORT}accept/", {"version": "1"}).status_code == 403
    with pytest.raises(ValidationError):
        services.accept_follow_up(said, actor=sijainen, version=1)
    with pytest.raises(ValidationError):
        group_reports.accept_group_report(report, actor=sijainen, version=1)


# --- Posts -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("persona", "address"),
    [
        ("office", "/ako/indicators/new/"),
        ("presenter", "/approvals/"),
        ("finance", "/ako/settings/cost-centres/add/"),
    ],
)
def test_a_substitute_does_what_the_post_may_from_the_first_day_to_the_last(sijainen, persona, address):
    row = stand_in(sijainen, person(persona))
    [client] = clients_of([sijainen])
    assert client.get(address).status_code == 200
    Substitute.objects.filter(pk=row.pk).update(until="2009-09-08")
    assert client.get(address).status_code in (403, 404)


def test_a_post_that_has_ended_or_a_closed_account_hands_nothing_over(sijainen):
    stand_in(sijainen, person("secretary"))
    assert "secretary" in {power for _programme, power in User.objects.get(pk=sijainen.pk).powers}
    person("secretary").holdings.update(until="2009-09-08")
    assert User.objects.get(pk=sijainen.pk).powers == set()
    person("secretary").holdings.update(until=None)
    User.objects.filter(persona="secretary").update(is_active=False)
    assert User.objects.get(pk=sijainen.pk).powers == set()


def test_neither_the_administrators_role_nor_the_auditors_is_gained_by_substitution(sijainen):
    administrator = person("admin")
    stand_in(sijainen, administrator)
    stand_in(sijainen, person("auditor"))
    [client] = clients_of([sijainen])
    assert client.get("/ako/people/").status_code in (403, 404)
    assert User.objects.get(pk=sijainen.pk).powers == set()


def test_a_substitute_in_the_office_hands_nothing_on_and_names_nobody_for_others(sijainen):
    stand_in(sijainen, person("office"))
    other = make_person("Toinen Sijainen")
    stand_in(other, sijainen)
    assert User.objects.get(pk=other.pk).powers == set()
    [client] = clients_of([sijainen])
    assert name(client, absent=str(person("secretary").pk)).status_code == 403


@pytest.mark.parametrize("keeper", ["office", "admin"])
def test_who_names_substitutes_for_others_never_names_themselves(keeper):
    response = name(client_of(keeper), absent=str(person("presenter").pk), substitute=str(person(keeper).pk))
    assert response.status_code == 422
    assert not Substitute.objects.exists()


def test_the_holder_of_a_post_names_a_substitute():
    assert name(client_of("secretary")).status_code == 302
    assert Substitute.objects.get().absent == person("secretary")
    assert name(client_of("auditor")).status_code == 403


def test_an_administrator_gives_no_power_to_a_post_whose_holder_they_stand_in_for():
    administrator, post = person("admin"), Post.objects.get(code="ROLE-SJ")
    holder = make_person("Hoitaja")
    PostHolding.objects.create(post=post, user=holder, starts_on="2009-01-01")
    stand_in(administrator, holder)
    assert terms.held_by(post, administrator)


# --- Both names on plans and amendments ------------------------------------------------------------------


def test_a_plan_keeps_both_names_when_it_is_handed_on_returned_and_approved(sijainen):
    plan = make_plan()
    stand_in(sijainen, person("coordinator-mr"))
    other = make_person("Toinen Sijainen")
    stand_in(other, person("chair-mr"))
    approval.submit_work_programme(plan, actor=sijainen)
    plan.refresh_from_db()
    assert (plan.submitted_by, plan.submitted_for) == (sijainen, person("coordinator-mr"))
    approval.return_work_programme(plan, actor=other, version=plan.version, reason="Lisää toimi.")
    plan.refresh_from_db()
    assert (plan.judged_by, plan.judged_for) == (other, person("chair-mr"))
    told = f"{person('chair-mr')}, sijaisena Toinen Sijainen"
    assert told in client_of("member-mr").get(plan.get_absolute_url()).content.decode()
    approval.submit_work_programme(plan, actor=sijainen)
    plan.refresh_from_db()
    assert plan.judged_by is None
    page = client_of("member-mr").get(plan.get_absolute_url()).content.decode()
    assert f"{person('coordinator-mr')}, sijaisena Sari Sijainen" in page
    meeting = make_meeting("KOK-MR-1", body="BODY-WG-MR", held_on=datetime.date(2009, 9, 8))
    approval.approve_work_programme(plan, actor=other, version=plan.version, meeting=meeting, item=3)
    plan.refresh_from_db()
    assert (plan.judged_by, plan.judged_for) == (other, person("chair-mr"))
    assert [version.made_by for version in plan.versions.all()][-1] == told
    for gone in (other, sijainen):
        gone.delete()
    plan.refresh_from_db()
    assert (plan.state, plan.judged_by, plan.judged_for) == ("approved", None, person("chair-mr"))


def test_nobody_approves_a_plan_that_was_handed_on_by_them_in_their_place_or_by_the_one_they_stand_in_for(
    sijainen,
):
    Membership.objects.create(
        group=the_group(), user=person("coordinator-mr"), role="vice_chair", starts_on="2009-01-01"
    )
    stand_in(sijainen, person("coordinator-mr"))
    plan = approval.submit_work_programme(make_plan(), actor=sijainen)
    for nobody in (sijainen, person("coordinator-mr")):
        with pytest.raises(ValidationError):
            approval.return_work_programme(plan, actor=nobody, version=plan.version, reason="Ei.")
        [client] = clients_of([nobody])
        assert client.post(f"{plan.get_absolute_url()}return/", {"version": plan.version}).status_code == 403


def test_an_amendment_keeps_both_names_and_no_substitute_decides_the_absent_ones_own(sijainen):
    stand_in(sijainen, person("coordinator-mr"))
    other = make_person("Toinen Sijainen")
    stand_in(other, person("secretary"))
    changes = make_amendment(the_target(), target_value="2").changes
    deciding.withdraw_amendment(Amendment.objects.get(), actor=sijainen)
    proposed = deciding.propose_amendment(the_target(), actor=sijainen, changes=changes, reason="Syy.")
    assert (proposed.proposed_by, proposed.proposed_for) == (sijainen, person("coordinator-mr"))
    meeting = make_meeting("KOK-SH-X", held_on=datetime.date(2009, 9, 9))
    decided = deciding.decide_amendment(
        proposed, actor=other, accepted=True, text="Hyväksyttiin.", meeting=meeting, number=77
    )
    assert (decided.decided_by, decided.decided_for) == (other, person("secretary"))
    page = client_of("office").get(decided.get_absolute_url()).content.decode()
    assert f"{person('coordinator-mr')}, sijaisena Sari Sijainen" in page
    withdrawn = Amendment.objects.exclude(pk=decided.pk).get()
    assert (withdrawn.decided_by, withdrawn.decided_for) == (sijainen, person("coordinator-mr"))
    for gone in (other, sijainen):
        gone.delete()
    decided.refresh_from_db()
    assert (decided.decided_by, decided.decided_for) == (None, person("secretary"))


def test_the_presenting_officers_substitute_accepts_for_the_office_but_not_the_presenters_own(sijainen):
    line = TargetOwnership.objects.filter(group__code="KV", target__year=2009).first().target
    stand_in(sijainen, person("presenter"))
    own = make_follow_up(line, state="submitted", submitted_by=person("presenter"))
    [client] = clients_of([sijainen])
    assert own not in client.get("/approvals/").context["waiting"]
    with pytest.raises(ValidationError):
        services.accept_follow_up(own, actor=sijainen, version=1)
    own.submitted_by = person("office")
    own.save()
    assert own in client.get("/approvals/").context["waiting"]
    services.accept_follow_up(own, actor=sijainen, version=1)
    own.refresh_from_db()
    assert (own.accepted_by, own.accepted_for) == (sijainen, person("presenter"))


def test_a_report_that_a_substitute_freezes_is_signed_with_both_names(sijainen):
    stand_in(sijainen, person("office"))
    report = freezing.freeze_report(make_report(), actor=sijainen)
    assert report.particulars["frozen_by"] == f"{person('office')}, sijaisena Sari Sijainen"


# --- Naming them -----------------------------------------------------------------------------------------


def name(client, **typed):
    substitute = str(person("member-mr").pk)
    days = {"substitute": substitute, "starts_on": "9.9.2009", "until": "30.9.2009"}
    return client.post("/account/substitutes/", days | typed)


def test_one_names_a_substitute_and_the_groups_page_tells_it():
    coordinator = client_of("coordinator-mr")
    assert name(coordinator).status_code == 302
    row = Substitute.objects.get()
    assert (row.absent, row.substitute) == (person("coordinator-mr"), person("member-mr"))
    told = f"{row.absent}, sijaisena {row.substitute}"
    assert told in coordinator.get("/account/").content.decode()
    assert told in client_of("chair-hp").get("/ako/workgroups/WG-MR/").content.decode()
    assert told not in client_of("elected").get("/ako/workgroups/WG-MR/").content.decode()


def test_one_names_nobody_for_another_person_but_the_office_does():
    other = {"absent": str(person("chair-mr").pk)}
    name(client_of("coordinator-mr"), **other)
    assert Substitute.objects.get().absent == person("coordinator-mr")
    name(client_of("office"), **other)
    assert Substitute.objects.filter(absent=person("chair-mr")).exists()


@pytest.mark.parametrize(
    "typed",
    [
        {"until": "8.9.2009"},
        {"starts_on": "1.9.2009"},
        {"starts_on": "1.10.2009"},
        {"substitute": "0"},
        {"starts_on": "joskus"},
    ],
)
def test_days_and_people_that_do_not_fit_are_refused_at_their_field(typed):
    response = name(client_of("coordinator-mr"), **typed)
    assert response.status_code == 422
    assert response.context["form"].errors
    assert not Substitute.objects.exists()


def test_the_same_person_is_not_named_twice_for_a_day():
    coordinator = client_of("coordinator-mr")
    assert [name(coordinator).status_code for _ in range(2)] == [302, 422]


def test_who_has_left_and_oneself_cannot_be_chosen():
    User.objects.filter(persona="member-mr").update(is_active=False)
    coordinator = client_of("coordinator-mr")
    assert name(coordinator).status_code == 422
    assert name(coordinator, substitute=str(person("coordinator-mr").pk)).status_code == 422
    assert (
        name(
            client_of("office"), absent=str(person("chair-mr").pk), substitute=str(person("chair-mr").pk)
        ).status_code
        == 422
    )


def test_a_substitution_ends_at_once_and_once():
    coordinator = client_of("coordinator-mr")
    begun = stand_in(person("member-mr"), person("coordinator-mr"))
    coming = stand_in(person("member-mr"), person("coordinator-mr"), "2009-10-01", "2009-10-02")
    for row in (begun, coming):
        coordinator.post(f"/account/substitutes/{row.pk}/end/")
    begun.refresh_from_db()
    assert begun.until.isoformat() == "2009-09-08"
    assert not Substitute.objects.filter(pk=coming.pk).exists()
    assert coordinator.post(f"/account/substitutes/{begun.pk}/end/").status_code == 404
