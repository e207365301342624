"""What the pages around a work programme tell: where it waits, who did what, and how to go on."""

import datetime

import pytest

from programme.models import Decision, Matter
from tests.factories import ako, make_amendment, make_meeting, make_plan, the_action, the_group
from tests.personas import client_of, person
from workgroups.models import Action, WorkingGroup, WorkProgramme
from workgroups.work_programmes import approval, drafting

pytestmark = pytest.mark.django_db

GROUP, PLAN = "/ako/workgroups/WG-MR/", "/ako/workgroups/WG-MR/2010/"
ROW = "/ako/actions/TP-2010-MR-01/"
TODAY = datetime.date(2009, 9, 9)


def submitted(**fields) -> WorkProgramme:
    plan = make_plan(**fields)
    approval.submit_work_programme(plan, actor=person("coordinator-mr"))
    plan.refresh_from_db()
    return plan


def approved() -> WorkProgramme:
    plan = submitted()
    meeting = make_meeting("KOK-MR-2009-90", body="BODY-WG-MR", held_on=datetime.date(2009, 9, 8))
    given = {"version": plan.version, "meeting": meeting.code, "number": "4"}
    assert client_of("chair-mr").post(f"{PLAN}approve/", given).status_code == 302
    return WorkProgramme.objects.get(pk=plan.pk)


def read(who: str, address: str) -> str:
    return client_of(who).get(address).text.replace("\u00ad", "")


# --- Meetings and their numbers ----------------------------------------------------------------------------


def test_only_the_board_is_offered_for_its_noting():
    approved()
    board = make_meeting("KOK-SH-2009-90", held_on=TODAY)
    make_meeting("KOK-YK-2009-90", body="BODY-YK", held_on=TODAY)
    form = client_of("secretary").get(PLAN).context["noting_form"]
    assert [meeting.code for meeting in form.fields["meeting"].queryset] == [board.code]


def test_the_plan_tells_the_numbers_of_its_approval_and_its_noting():
    approved()
    assert "Maankäyttö- ja rakennetyöryhmä 8.9.2009" in read("member-mr", PLAN)
    assert "asiakohta 4" in read("member-mr", PLAN)
    board = make_meeting("KOK-SH-2009-90", held_on=TODAY)
    client_of("secretary").post(f"{PLAN}note/", {"meeting": board.code, "number": "77"})
    assert "77\u00a0§" in read("member-mr", PLAN)
    assert Matter.objects.get(section=77, meeting=board).title.startswith("Työohjelma 2010: Maankäyttö")


def test_without_a_meeting_to_choose_the_button_gives_way_to_the_reason():
    approved()
    page = client_of("secretary").get(PLAN)
    assert page.context["noting_form"].why_none != ""
    assert page.context["noting_form"].why_none in page.text
    assert "Kirjaa" not in page.text
    make_meeting("KOK-SH-2009-90", held_on=TODAY)
    assert "Kirjaa" in client_of("secretary").get(PLAN).text


def test_a_plan_that_was_taken_back_is_told_of_before_anything_is_asked():
    plan = submitted()
    meeting = make_meeting("KOK-MR-2009-90", body="BODY-WG-MR", held_on=TODAY)
    Matter.objects.create(meeting=meeting, item=4, title="Muut asiat")
    client_of("coordinator-mr").post(f"{PLAN}take-back/")
    for verb, given in (
        ("approve", {"meeting": meeting.code, "number": "4"}),
        ("approve", {"meeting": "", "number": ""}),
        ("return", {"reason": ""}),
    ):
        answer = client_of("chair-mr").post(f"{PLAN}{verb}/", given | {"version": plan.version}, follow=True)
        assert [str(message).split(":")[0] for message in answer.context["messages"]] == [
            "Laatijat ovat ottaneet työohjelman takaisin"
        ]
    assert not Decision.objects.filter(matter__meeting=meeting).exists()


# --- Where things wait -------------------------------------------------------------------------------------


def test_what_waits_on_the_desk_is_among_what_waits_for_acceptance():
    plan = submitted()
    amendment = make_amendment(the_action())
    chair = client_of("chair-mr")
    page, desk = chair.get("/approvals/"), chair.get("/desk/").context["desk"]
    assert page.context["plans"] == desk.plans_waiting == [plan]
    assert page.context["amendments"] == desk.amendments == [amendment]
    assert page.context["number"] == desk.number_waiting
    assert f'href="{plan.get_absolute_url()}"' in page.text
    assert f'href="{amendment.get_absolute_url()}"' in page.text


@pytest.mark.parametrize(
    ("writer", "group"), [("coordinator-mr", "WG-MR"), ("office", "KV")], ids=["coordinator", "office"]
)
def test_a_draft_is_on_its_writers_desk(writer, group):
    plan = drafting.draw_up(the_group(group), 2010, actor=person(writer), from_previous=False)
    page = client_of(writer).get("/desk/")
    assert page.context["desk"].plans == [plan]
    assert f'href="{plan.address("workgroups:work-programme-edit")}"' in page.text


def test_what_the_office_submitted_for_a_group_comes_back_to_its_desk():
    plan = make_plan()
    approval.submit_work_programme(plan, actor=person("office"))
    plan.refresh_from_db()
    assert client_of("office").get("/desk/").context["desk"].plans == []
    given = {"version": plan.version, "reason": "Lisää kunnat."}
    client_of("chair-mr").post(f"{PLAN}return/", given)
    assert client_of("office").get("/desk/").context["desk"].plans == [plan]


def test_pending_amendments_are_seen_on_the_plan_in_each_layout():
    amendment = make_amendment(the_action())
    for layout in ("", "months/", "euros/"):
        page = client_of("member-mr").get(f"/ako/workgroups/WG-MR/2009/{layout}")
        assert list(page.context["pending"]) == [amendment]
        assert f'href="{amendment.get_absolute_url()}"' in page.text
    assert list(client_of("member-mr").get("/ako/workgroups/WG-HP/2009/").context["pending"]) == []


@pytest.mark.parametrize(
    ("who", "words"),
    [("office", "ei laadittu"), ("coordinator-mr", "ei nähtävillä")],
)
def test_the_list_of_groups_tells_no_plan_from_one_that_is_not_to_be_seen(who, words):
    WorkingGroup.objects.create(programme=ako(), code="WG-TT", name_fi="Tietotyöryhmä", order=90)
    page = client_of(who).get("/ako/workgroups/").text
    row = page[page.index('id="WG-TT"') :]
    assert words in row[: row.index("</tr>")]


# --- Rows of a draft ---------------------------------------------------------------------------------------


def test_a_row_of_a_draft_says_so_and_leads_to_its_form_and_its_history():
    make_plan()
    page = read("coordinator-mr", ROW)
    assert "Luonnos" in page
    assert "Ei päivitetty" not in page
    assert "Seuranta alkaa, kun työohjelma on hyväksytty." in page
    assert f'href="{ROW}edit/"' in page
    assert f'href="{ROW}edit/"' not in read("member-mr", ROW)
    assert f'href="{ROW}history/?view=changes"' in read("coordinator-mr", f"{ROW}edit/")
    assert client_of("coordinator-mr").get(f"{ROW}history/?view=changes").status_code == 200


def test_an_approved_row_is_told_of_as_before():
    page = client_of("member-mr").get("/ako/actions/TP-2009-MR-06/")
    assert page.context["is_drafted"] is False
    assert "Ei päivitetty" in page.text


def test_who_writes_into_a_removed_row_is_told_who_removed_it_and_when():
    plan = make_plan(rows=2)
    drafting.remove_action(plan.actions.first(), actor=person("office"))
    answer = client_of("coordinator-mr").post(
        f"{ROW}edit/", {"text": "Toimi", "base": '{"text": "Toimi 1"}'}, headers={"HX-Request": "true"}
    )
    assert answer.status_code == 403
    assert f"{person('office')} on poistanut tämän rivin ke 9.9.2009" in answer.text
    assert f'href="{PLAN}edit/#removed"' in answer.text


def test_a_refusal_leads_to_where_the_thing_goes_on():
    edit = client_of("coordinator-mr").get("/ako/workgroups/WG-MR/2009/edit/")
    assert (edit.status_code, 'href="/ako/workgroups/WG-MR/2009/">Työohjelma 2009' in edit.text) == (
        403,
        True,
    )
    row = client_of("coordinator-mr").get("/ako/actions/TP-2009-MR-06/edit/")
    assert (row.status_code, 'href="/ako/actions/TP-2009-MR-06/">' in row.text) == (403, True)


def test_without_targets_the_grid_leads_to_drafting_them():
    plan = drafting.draw_up(the_group(), 2010, actor=person("office"), from_previous=False)
    row = drafting.add_action(plan, actor=person("office"))
    for address in (f"{PLAN}edit/", row.address("workgroups:action-edit")):
        page = read("office", address)
        assert "laadi ensin vuoden 2010 vuositavoitteet" in page
        assert 'href="/ako/plan/2010/"' in page


def test_a_milestone_without_a_month_is_remarked_at_its_cell():
    make_plan()
    Action.objects.filter(code="TP-2010-MR-01").update(milestones="3/2010 sopimus\nraportti joskus")
    cells = client_of("coordinator-mr").get(f"{PLAN}edit/").context["grid"].rows[0].cells
    remarks = {cell.name: cell.remark for cell in cells if cell.remark}
    assert list(remarks) == ["milestones"]
    assert "raportti joskus" in remarks["milestones"]
    assert "sopimus" not in remarks["milestones"]
    page = read("coordinator-mr", f"{PLAN}edit/")
    assert "Yksi riviä kohti, kuukausi ensin" in page
    assert "aloittaa uuden rivin" in page


# --- Empty plans and empty rows ----------------------------------------------------------------------------


def test_a_plan_drawn_up_by_mistake_is_removed():
    plan = drafting.draw_up(the_group(), 2010, actor=person("coordinator-mr"), from_previous=False)
    drafting.remove_action(drafting.add_action(plan, actor=person("office")), actor=person("office"))
    page = client_of("coordinator-mr").get(f"{PLAN}edit/")
    assert f'action="{PLAN}remove/"' in page.text
    assert page.context["grid"].removed == []
    answer = client_of("coordinator-mr").post(f"{PLAN}remove/")
    assert (answer.status_code, answer.url) == (302, GROUP)
    assert not WorkProgramme.objects.filter(pk=plan.pk).exists()
    assert drafting.years_to_draw_up(the_group()) == [2010]


@pytest.mark.parametrize("has", ["rows", "a removed row with words", "been handed on"])
def test_a_plan_with_something_in_it_is_not_removed(has):
    plan = make_plan()
    if has == "been handed on":
        approval.submit_work_programme(plan, actor=person("coordinator-mr"))
        approval.take_back_work_programme(plan)
    if has != "rows":
        drafting.remove_action(plan.actions.get(), actor=person("office"))
    answer = client_of("coordinator-mr").post(f"{PLAN}remove/", follow=True)
    assert len(list(answer.context["messages"])) == 1
    assert WorkProgramme.objects.filter(pk=plan.pk).exists()
    assert Action.with_removed.filter(work_programme=plan).count() == 1


def test_what_the_grid_drops_by_itself_leaves_no_message():
    plan = make_plan()
    row = drafting.add_action(plan, actor=person("coordinator-mr"))
    address = row.address("workgroups:action-remove")
    answer = client_of("coordinator-mr").post(address, {"base": "{}"}, headers={"HX-Request": "true"})
    assert answer.status_code == 204
    assert plan.actions.count() == 1
    page = client_of("coordinator-mr").get(f"{PLAN}edit/")
    assert [*page.context["grid"].removed, *page.context["messages"]] == []


def test_an_empty_plan_shows_no_bare_table():
    drafting.draw_up(the_group(), 2010, actor=person("coordinator-mr"), from_previous=False)
    page = client_of("coordinator-mr").get(PLAN).text
    assert "Työohjelmassa ei ole vielä toimia." in page
    assert "<table" not in page
    editor = client_of("coordinator-mr").get(f"{PLAN}edit/").text
    assert '<div class="card" data-rows hidden>' in editor
    assert '<button class="button">Lisää rivi</button>' in editor
