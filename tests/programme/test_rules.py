"""Named rules: default refusal, powers of posts, and nothing beyond one's own programme."""

import pytest
import rules
from django.contrib.auth.models import AnonymousUser

from programme import rules as programme_rules
from programme.models import Body, CostCentre, Deadline, Post, PostHolding
from tests.factories import (
    ako,
    make_amendment,
    make_follow_up,
    make_group_report,
    make_person,
    make_plan,
    make_programme,
    make_target,
    make_value,
    the_target,
)
from tests.factories_meetings import make_decision, make_done_task, make_matter, make_task_of
from tests.personas import EVERYBODY, PEOPLE, client_of, clients_of, person

pytestmark = pytest.mark.django_db


def give_post(power, programme, **fields):
    user = make_person(f"Virka {power}")
    post = Post.objects.create(programme=programme, code=f"ROLE-{power}", name_fi="Virka", power=power)
    PostHolding.objects.create(post=post, user=user, **({"starts_on": "2009-01-01"} | fields))
    return user


HOLDS = {
    "is_programme_office": {"office"},
    "is_presenting_officer": {"presenter"},
    "is_secretary": {"secretary"},
    "is_finance_officer": {"finance"},
    "is_auditor": {"auditor"},
    "reads_unfinished_work": {"office", "presenter", "auditor"},
    "is_official": {"office", "presenter", "auditor", "secretary", "finance", "admin"},
}


@pytest.mark.parametrize("name", HOLDS)
def test_each_power_is_held_by_its_post_alone(name):
    predicate = getattr(programme_rules, name)
    holders = {persona for persona in PEOPLE if predicate(person(persona), ako())}
    assert holders == HOLDS[name]
    assert not predicate(AnonymousUser(), ako())


def test_an_unknown_rule_refuses_everybody():
    for persona in PEOPLE:
        assert not person(persona).has_perm("reporting.do_something_unheard_of")


def test_nobody_stands_above_the_rules():
    assert [persona for persona in PEOPLE if person(persona).is_superuser] == []
    assert {persona for persona in PEOPLE if person(persona).is_staff} == {"admin"}


def test_the_administrator_keeps_accounts_and_may_not_write_content():
    said = make_follow_up(the_target(), state="submitted")
    plan, target = make_plan(), make_target(state="draft")
    amendment = make_amendment(the_target())
    of_content = {
        "priorities.renew_strategy": ako(),
        "programme.draw_up_budget": ako(),
        "programme.enter_claim_decisions": ako(),
        "programme.import_ledger": ako(),
        "programme.keep_claims": ako(),
        "programme.read_undecided_budget": ako(),
        "programme.keep_lists": ako(),
        "programme.read_drafted_claims": ako(),
        "programme.keep_settings": ako(),
        "programme.write_networks": ako(),
        "reporting.keep_contributions": ako(),
        "reporting.keep_phasing": ako(),
        "reporting.export_evaluation_package": ako(),
        "programme.answer_question": make_matter(),
        "programme.ask_preparer": Body.objects.get(code="BODY-SH"),
        "programme.sit_in_body": Body.objects.get(code="BODY-SH"),
        "programme.give_tasks": Body.objects.get(code="BODY-SH"),
        "programme.report_on_task": make_task_of(),
        "programme.verify_task": make_done_task(decision=make_decision(section=901)),
        "workgroups.answer_evaluation": said.group,
        "workgroups.count_evaluation_answers": said.group,
        "workgroups.keep_evaluations": ako(),
        "programme.keep_meetings": Body.objects.get(code="BODY-SH"),
        "workgroups.mark_deadline": Deadline.objects.get(step__code="SH-APPROVAL", period__code="2009-T2"),
        "programme.write_minutes": Body.objects.get(code="BODY-SH"),
        "workgroups.read_evaluation_comments": said.group,
        "workgroups.accept_work_programme": plan,
        "workgroups.bring_in_the_past": said.group,
        "workgroups.change_secrecy": said.group,
        "workgroups.comment": said.group,
        "workgroups.decide_amendment": amendment,
        "workgroups.decide_targets": ako(),
        "workgroups.draft_targets": said.group,
        "workgroups.lift_secrecy": said.group,
        "workgroups.note_work_programme": ako(),
        "workgroups.plan": said.group,
        "workgroups.propose_amendment": said.group,
        "workgroups.propose_budget_amendment": ako(),
        "workgroups.remove_target": target,
        "workgroups.withdraw_amendment": amendment,
        "reporting.compose_report": ako(),
        "reporting.word_report": ako(),
        "reporting.give_forecast": CostCentre.objects.get(code="KP-2110"),
        "workgroups.accept_follow_up": said,
        "workgroups.accept_indicator_value": make_value(),
        "workgroups.enter_indicator_value": said.group,
        "workgroups.keep_indicators": ako(),
        "workgroups.accept_for_group": said.group,
        "workgroups.accept_group_report": make_group_report(),
        "workgroups.read_round": said.group,
        "workgroups.write_group_report": said.group,
        "workgroups.follow_up": said.group,
    }
    kept = {
        f"{app}.{act}_{table}"
        for app, tables in {
            "programme": ("user", "post", "postholding", "bodyseat", "municipalcontact"),
            "workgroups": ("membership",),
        }.items()
        for act in ("view", "add", "change", "delete")
        for table in tables
    }
    admin = person("admin")
    administration = {
        "programme.keep_bodies": ako(),
        "programme.keep_people": ako(),
        "programme.keep_terms": person("office"),
        "programme.open_claims": ako(),
        "programme.read_claims": ako(),
        "programme.read_ledger_imports": ako(),
        "programme.read_people": ako(),
        "programme.read_work_of_body": Body.objects.get(code="BODY-SH"),
        "reporting.read_every_municipality": ako(),
        "reporting.read_phasing": ako(),
        "programme.read_settings": ako(),
        "programme.read_state_of_deadline": Deadline.objects.get(
            step__code="GROUP-TEXT", period__code="2009-T2", body__code="BODY-WG-MR"
        ),
        "workgroups.found_groups": ako(),
        "workgroups.keep_members": said.group,
        "workgroups.see_who_is_missing": said.group,
    }
    assert set(rules.permissions.permissions) == of_content.keys() | administration.keys() | kept
    assert [name for name, about in administration.items() if not admin.has_perm(name, about)] == []
    assert [name for name in kept if not admin.has_perm(name)] == []
    assert [name for name, about in of_content.items() if admin.has_perm(name, about)] == []


@pytest.mark.parametrize("change", [{"until": "2009-09-08"}, {"starts_on": "2009-09-10"}])
def test_a_post_gives_its_power_from_its_first_day_to_its_last(change):
    user = give_post("programme_office", ako(), **change)
    assert not programme_rules.is_programme_office(user, ako())
    PostHolding.objects.filter(user=user).update(starts_on="2009-09-09", until="2009-09-09")
    assert programme_rules.is_programme_office(type(user).objects.get(pk=user.pk), ako())


def test_a_deactivated_person_holds_nothing():
    user = give_post("programme_office", ako())
    user.is_active = False
    assert not programme_rules.is_programme_office(user, ako())


def test_a_post_in_one_programme_gives_nothing_in_another():
    other = make_programme()
    [stranger] = clients_of([give_post("programme_office", other)])
    statuses = {
        address: stranger.get(address).status_code
        for address in (
            "/ako/dashboard/?period=2009-T2",
            "/ako/actions/TP-2009-MR-06/",
            "/ako/workgroups/WG-MR/2009/",
            "/ako/reports/RAP-2009-T1-SH/",
        )
    }
    assert set(statuses.values()) == {404}
    assert stranger.post("/ako/reports/compose/2009-T2/AUD-SH/").status_code == 403
    assert client_of("office").post("/oske/reports/compose/2009-T2/AUD-SH/").status_code == 403


def test_another_programme_shows_none_of_this_ones_rows():
    make_programme()
    client = client_of("office")
    for address in (
        "/oske/targets/VT-2009-MR-1/",
        "/oske/actions/TP-2009-MR-06/",
        "/oske/workgroups/WG-MR/",
        "/oske/workgroups/WG-MR/2009/",
        "/oske/meetings/KOK-SH-2009-05/",
        "/oske/bodies/BODY-SH/",
        "/oske/reports/RAP-2009-T1-SID/",
        "/oske/reports/RAP-2009-T1-SID.json",
        "/oske/finance/claims/MAK-2009-1/",
        "/oske/priorities/P1/",
        "/oske/goals/P1-G1/",
        "/oske/measures/P1-M2/",
        "/oske/targets/VT-2009-MR-2/follow-up/2009-T2/",
    ):
        assert client.get(address).status_code == 404
    assert client.get("/oske/").status_code == client.get("/oske/meetings/").status_code == 200
    for address in ("/oske/dashboard/", "/oske/finance/2009/"):
        assert client.get(address).context["reading"] is None


def test_every_persona_is_known_to_these_tests():
    assert len(EVERYBODY) == 16
