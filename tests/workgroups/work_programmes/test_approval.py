"""The way of a work programme: submitted, returned, approved in a meeting, noted; and its versions."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from programme.models import Body, Decision, Matter, Substitute
from tests.factories import make_meeting, make_person, make_plan, make_programme, make_target
from tests.personas import client_of, person
from workgroups.models import Action, Membership, WorkProgramme
from workgroups.work_programmes import approval, drafting
from workgroups.work_programmes.versions import compare

pytestmark = pytest.mark.django_db

PLAN = "/ako/workgroups/WG-MR/2010/"


@pytest.fixture
def plan():
    return make_plan(rows=2)


def now(plan):
    return WorkProgramme.objects.get(pk=plan.pk)


def post(who, verb, **fields):
    """Send a form as it stands on the page that is open now."""
    page = client_of(who).get(PLAN)
    read = {"version": page.context["plan"].version} if page.status_code == 200 else {}
    return client_of(who).post(f"{PLAN}{verb}/", read | fields)


def group_meeting(code="KOK-MR-2009-90", day=8):
    return make_meeting(code, body="BODY-WG-MR", held_on=datetime.date(2009, 9, day))


def test_the_whole_way(plan):
    post("coordinator-mr", "submit")
    assert (now(plan).state, now(plan).submitted_by) == ("submitted", person("coordinator-mr"))

    post("chair-mr", "return", reason="Lisää kunnat osallistujiin.")
    assert (now(plan).state, now(plan).returning_reason) == ("returned", "Lisää kunnat osallistujiin.")
    page = client_of("coordinator-mr").get(PLAN).content.decode()
    assert "Lisää kunnat osallistujiin." in page
    desk = client_of("coordinator-mr").get("/desk/").context["desk"]
    assert [own.returning_reason for own in desk.plans] == ["Lisää kunnat osallistujiin."]

    Action.objects.filter(code="TP-2010-MR-01").update(participants="kunnat")
    post("coordinator-mr", "submit")
    assert [
        waiting.code for waiting in client_of("chair-mr").get("/desk/").context["desk"].plans_waiting
    ] == [plan.code]
    meeting = group_meeting()
    post("chair-mr", "approve", meeting=meeting.code, number=4)
    approved = now(plan)
    assert (approved.state, approved.approved_on) == ("approved", datetime.date(2009, 9, 8))
    assert (approved.approval.matter.meeting, approved.approval.matter.item) == (meeting, 4)

    board = make_meeting("KOK-SH-2009-90", held_on=datetime.date(2009, 9, 9))
    post("secretary", "note", meeting=board.code, number=77)
    assert (now(plan).state, now(plan).noting.matter.section) == ("noted", 77)

    assert [(version.number, version.occasion) for version in plan.versions.all()] == [
        (1, "submitted"),
        (2, "submitted"),
        (3, "approved"),
    ]


def test_a_plan_with_holes_says_which_leads_to_them_and_stays_a_draft(plan):
    Action.objects.filter(code="TP-2010-MR-01").update(end_month=None, responsible=None)
    Action.objects.filter(code="TP-2010-MR-02").update(text="")
    client = client_of("coordinator-mr")
    page = client.post(f"{PLAN}submit/", follow=True)
    assert page.redirect_chain == [(f"{PLAN}edit/?lacking=yes#lacking", 302)]
    told = [
        (hole.action.text, {name: str(label) for name, label in hole.cells.items()})
        for hole in page.context["lacking"]
    ]
    assert told == [
        ("Toimi 1", {"responsible": "Vastuu", "end_month": "Päättyy (kk)"}),
        ("", {"text": "Toimi"}),
    ]
    for place in ("TP-2010-MR-01", "TP-2010-MR-01-end_month", "TP-2010-MR-02-text"):
        assert page.text.count(f'href="#{place}"') == 1
        assert page.text.count(f' id="{place}"') == 1
    assert (now(plan).state, plan.versions.count()) == ("draft", 0)


def test_an_empty_plan_is_not_submitted_and_says_once_what_to_do(plan):
    for action in plan.actions.all():
        drafting.remove_action(action, actor=person("coordinator-mr"))
    page = client_of("coordinator-mr").post(f"{PLAN}submit/", follow=True)
    assert page.text.count("Työohjelmaa ei toimitettu") == page.text.count("ei ole vielä rivejä") == 1
    assert now(plan).state == "draft"


def test_nobody_approves_their_own(plan):
    approval.submit_work_programme(plan, actor=person("chair-mr"))
    assert post("chair-mr", "approve", meeting=group_meeting().code, number=1).status_code == 403
    with pytest.raises(ValidationError):
        approval.approve_work_programme(
            plan, actor=person("chair-mr"), version=2, meeting=group_meeting("KOK-X"), item=2
        )
    assert now(plan).state == "submitted"


def test_a_return_without_a_reason_changes_nothing(plan):
    post("coordinator-mr", "submit")
    response = post("chair-mr", "return", reason=" ")
    assert (response.status_code, now(plan).state) == (422, "submitted")
    assert response.context["return_form"].errors["reason"]
    assert 'href="#return-reason"' in response.content.decode()


def test_what_cannot_be_taken_stands_at_its_field_with_what_was_typed(plan):
    post("coordinator-mr", "submit")
    response = post("chair-mr", "approve", meeting="", number="17")
    assert response.status_code == 422
    assert list(response.context["meeting_form"].errors) == ["meeting"]
    assert 'value="17"' in response.content.decode()
    taken = post("chair-mr", "approve", meeting=group_meeting().code, number="99999")
    assert list(taken.context["meeting_form"].errors) == ["number"]
    assert now(plan).state == "submitted"


def test_a_form_that_the_page_no_longer_has_says_why_on_the_page(plan):
    post("coordinator-mr", "submit")
    post("chair-mr", "return", reason="Lisää kunnat.")
    page = client_of("chair-mr").post(
        f"{PLAN}approve/", {"version": 2, "meeting": group_meeting().code, "number": "1"}, follow=True
    )
    assert now(plan).state == "returned"
    assert page.context["messages"]


def test_a_meeting_before_the_plan_was_handed_on_counts_and_the_page_says_both_days(plan):
    post("coordinator-mr", "submit")
    assert "ennen" in client_of("chair-mr").get(PLAN).content.decode()
    post("chair-mr", "approve", meeting=group_meeting(day=2).code, number=1)
    page = client_of("office").get(PLAN).content.decode()
    assert "Hyväksytty 2.9.2009" in page
    assert "toimitettu tänne jälkikäteen 9.9.2009" in page


def test_approval_needs_a_held_meeting_of_the_group_and_a_free_item(plan):
    post("coordinator-mr", "submit")
    board = make_meeting("KOK-SH-2009-90", held_on=datetime.date(2009, 9, 8))
    later = group_meeting("KOK-MR-2009-91", day=30)
    for meeting in (board, later):
        post("chair-mr", "approve", meeting=meeting.code, number=1)
        with pytest.raises(ValidationError):
            approval.approve_work_programme(
                plan, actor=person("chair-mr"), version=2, meeting=meeting, item=1
            )
    assert (now(plan).state, Decision.objects.filter(matter__meeting__in=[board, later]).count()) == (
        "submitted",
        0,
    )


def test_the_office_unit_is_approved_by_the_presenting_officer_without_a_meeting():
    unit = make_plan("KV")
    browser = client_of("office")
    browser.post("/ako/workgroups/KV/2010/submit/")
    address = "/ako/workgroups/KV/2010/approve/"
    assert client_of("presenter").post(address, {"version": now(unit).version}).status_code == 302
    assert (now(unit).state, now(unit).approved_on) == ("approved", datetime.date(2009, 9, 9))


def test_what_was_handed_on_anew_while_it_was_read_is_not_judged_unseen(plan):
    post("coordinator-mr", "submit")
    read = now(plan).version
    post("chair-mr", "return", reason="Lisää kunnat osallistujiin.")
    Action.objects.filter(code="TP-2010-MR-01").update(participants="kunnat")
    post("coordinator-mr", "submit")
    post("chair-mr", "approve", version=read, meeting=group_meeting().code, number=1)
    post("chair-mr", "return", version=read, reason="Lisää mittari.")
    assert (now(plan).state, now(plan).returning_reason) == ("submitted", "")


def test_versions_tell_what_was_added_changed_moved_and_removed():
    def version(*rows):
        return [{"code": code, "cells": {"text": text, "output": ""}} for code, text in rows]

    before = version(("A", "yksi"), ("B", "kaksi"), ("C", "kolme"), ("D", "neljä"))
    after = version(("B", "kaksi"), ("A", "yksi"), ("C", "kolme ja puoli"), ("E", "viisi"))
    found = {row.code: row.kind for row in compare(before, after)}
    assert found == {"B": "moved", "C": "changed", "E": "added", "D": "removed"}
    changed = next(row for row in compare(before, after) if row.code == "C")
    assert [(cell.name, cell.before, cell.after) for cell in changed.cells] == [
        ("text", "kolme", "kolme ja puoli")
    ]


def test_any_two_versions_can_be_compared_on_their_page(plan):
    post("coordinator-mr", "submit")
    post("chair-mr", "return", reason="Poista toinen.")
    client_of("coordinator-mr").post("/ako/actions/TP-2010-MR-02/remove/", {"base": "{}"})
    context = client_of("coordinator-mr").get(f"{PLAN}versions/").context
    assert [(row.code, row.kind) for row in context["differences"]] == [("TP-2010-MR-02", "removed")]
    assert client_of("coordinator-mr").get(f"{PLAN}versions/?a=1&b=1").context["differences"] == []
    assert client_of("coordinator-mr").get(f"{PLAN}versions/?a=9").status_code == 404


def test_the_versions_of_a_plan_that_stands_open_on_what_changed_last(plan):
    post("coordinator-mr", "submit")
    post("chair-mr", "return", reason="Poista toinen.")
    client_of("coordinator-mr").post("/ako/actions/TP-2010-MR-02/remove/", {"base": "{}"})
    post("coordinator-mr", "submit")
    context = client_of("coordinator-mr").get(f"{PLAN}versions/").context
    assert (context["before"], context["after"]) == ("1", "2")
    assert [(row.code, row.kind) for row in context["differences"]] == [("TP-2010-MR-02", "removed")]


@pytest.mark.parametrize(
    ("body", "day"),
    [("BODY-WG-MR", 9), ("BODY-SH", 10), ("BODY-SH", 7)],
    ids=["a group", "to come", "before its approval"],
)
def test_the_service_itself_refuses_a_meeting_that_cannot_have_noted_it(plan, body, day):
    post("coordinator-mr", "submit")
    post("chair-mr", "approve", meeting=group_meeting().code, number=4)
    meeting = make_meeting("KOK-SH-2009-90", body=body, held_on=datetime.date(2009, 9, day))
    with pytest.raises(ValidationError):
        approval.note_work_programme(plan, meeting=meeting, section=77)
    assert (now(plan).state, Decision.objects.filter(matter__meeting=meeting).count()) == ("approved", 0)


def test_another_programmes_board_notes_nothing_here(plan):
    post("coordinator-mr", "submit")
    post("chair-mr", "approve", meeting=group_meeting().code, number=4)
    meeting = make_meeting("KOK-SH-2009-90", held_on=datetime.date(2009, 9, 9))
    Body.objects.filter(pk=meeting.body_id).update(programme=make_programme())
    with pytest.raises(ValidationError):
        approval.note_work_programme(plan, meeting=meeting, section=77)
    assert now(plan).state == "approved"


def test_a_version_is_read_whole(plan):
    Action.objects.filter(code="TP-2010-MR-01").update(planned_euros="1500.50", no_cost=False)
    post("coordinator-mr", "submit")
    post("chair-mr", "return", reason="Poista toinen.")
    client_of("coordinator-mr").post("/ako/actions/TP-2010-MR-02/remove/", {"base": "{}"})
    page = client_of("coordinator-mr").get(f"{PLAN}versions/?whole=1")
    assert [row.code for row in page.context["rows"]] == ["TP-2010-MR-01", "TP-2010-MR-02"]
    assert "1\u00a0500,50" in page.text
    assert client_of("coordinator-mr").get(f"{PLAN}versions/?whole=9").status_code == 404


def test_an_item_that_is_about_something_else_is_confirmed_first(plan):
    post("coordinator-mr", "submit")
    matter = Matter.objects.create(meeting=group_meeting(), item=5, title="Seuraavat kokoukset")
    sent = {"meeting": matter.meeting.code, "number": 5}
    asked = post("chair-mr", "approve", **sent)
    assert (asked.status_code, list(asked.context["meeting_form"].errors)) == (422, ["this_matter"])
    assert "5 Seuraavat kokoukset" in asked.text
    assert now(plan).state == "submitted"
    post("chair-mr", "approve", **sent, this_matter=matter.pk)
    assert now(plan).approval.matter == matter


def test_without_a_meeting_to_choose_the_form_says_why(plan):
    post("coordinator-mr", "submit")
    post("chair-mr", "approve", meeting=group_meeting().code, number=4)
    page = client_of("secretary").get(PLAN)
    assert "Hallitus ei ole kokoontunut hyväksymisen jälkeen (8.9.2009)." in page.text.replace("\u00ad", "")


def test_what_waits_can_be_taken_back_until_it_is_judged(plan):
    post("coordinator-mr", "submit")
    read = now(plan).version
    assert not client_of("chair-mr").get(PLAN).context["may_take_back"]
    assert client_of("coordinator-mr").get(PLAN).context["may_take_back"]
    assert post("coordinator-mr", "take-back").status_code == 302
    assert now(plan).state == "draft"
    post("chair-mr", "approve", version=read, meeting=group_meeting().code, number=1)
    assert now(plan).state == "draft"
    post("coordinator-mr", "submit")
    post("chair-mr", "approve", meeting=group_meeting("KOK-X", day=7).code, number=1)
    refused = client_of("coordinator-mr").post(f"{PLAN}take-back/", follow=True)
    assert (now(plan).state, bool(refused.context["messages"])) == ("approved", True)


def test_a_plan_that_waits_says_for_whom(plan):
    post("coordinator-mr", "submit")
    context = client_of("coordinator-mr").get(PLAN).context
    assert person("chair-mr") in context["waits_for"]
    assert person("coordinator-mr") not in context["waits_for"]
    chairs = Membership.objects.filter(group=plan.group, role__in=("chair", "vice_chair"))
    chairs.exclude(user=person("chair-mr")).delete()
    away = make_person("Sijainen")
    Substitute.objects.create(
        absent=person("chair-mr"), substitute=away, starts_on="2009-09-01", until="2009-09-30"
    )
    assert set(client_of("coordinator-mr").get(PLAN).context["waits_for"]) == {person("chair-mr"), away}


def test_a_plan_that_its_only_chair_submitted_says_whom_to_ask(plan):
    Membership.objects.filter(group=plan.group, role="vice_chair").delete()
    approval.submit_work_programme(plan, actor=person("chair-mr"))
    page = client_of("coordinator-mr").get(PLAN)
    assert page.context["waits_for"] == []
    assert "pyydä ohjelmatoimistoa nimeämään varapuheenjohtaja" in page.text.replace("\u00ad", "")
    Membership.objects.create(
        group=plan.group, role="vice_chair", user=make_person("Vara"), starts_on="2009-01-01"
    )
    page = client_of("coordinator-mr").get(PLAN)
    assert [str(who) for who in page.context["waits_for"]] == ["Vara"]


def test_the_office_unit_waits_for_its_presenting_officer():
    make_plan("KV")
    client_of("office").post("/ako/workgroups/KV/2010/submit/")
    assert person("presenter") in client_of("office").get("/ako/workgroups/KV/2010/").context["waits_for"]


def test_targets_that_are_not_decided_are_told_of_and_block_nothing(plan):
    draft = make_target("VT-2010-MR-92", year=2010, state="proposed")
    Action.objects.get(code="TP-2010-MR-01").targets.add(draft)
    post("coordinator-mr", "submit")
    page = client_of("chair-mr").get(PLAN)
    assert draft in page.context["undecided_targets"]
    assert draft.code in page.text
    sent = {"version": now(plan).version, "meeting": group_meeting().code, "number": 1}
    approved = client_of("chair-mr").post(f"{PLAN}approve/", sent, follow=True)
    assert now(plan).state == "approved"
    assert any(draft.code in str(message) for message in approved.context["messages"])
