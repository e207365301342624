"""Work programmes of years gone by: brought in from a spreadsheet, recorded as approved on paper, locked."""

import datetime
import json

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction

from priorities.models import AnnualTarget
from reporting import prints
from tests.factories import ako
from tests.personas import client_of, clients_by_persona, person
from tests.workgroups.work_programmes.spreadsheets.files import Book
from workgroups.models import Action, Amendment, Membership, WorkingGroup, WorkProgramme
from workgroups.work_programmes import approval, cells
from workgroups.work_programmes.drafting import years_to_draw_up
from workgroups.work_programmes.spreadsheets.writing import spreadsheet_of

pytestmark = pytest.mark.django_db

GROUP = "/ako/workgroups/WG-LI/"
PLAN = f"{GROUP}2008/"
PAPER = {"approved_on": "8.2.2008", "number": "3"}


@pytest.fixture
def group():
    """A group that had its plans on paper: the sample's own have all of theirs here."""
    return WorkingGroup.objects.create(programme=ako(), code="WG-LI", name_fi="Liikennetyöryhmä", order=90)


@pytest.fixture
def office(group):
    return client_of("office")


def the_plan():
    return WorkProgramme.objects.get(group__code="WG-LI", year=2008)


def start(client):
    return client.post(f"{GROUP}draw-up/", {"year": "2008"})


def rows_from_another():
    """Return a spreadsheet as people fill it in: here with the rows of another group of that year."""
    return uploaded(spreadsheet_of(WorkProgramme.objects.get(group__code="WG-MR", year=2008)))


def uploaded(content):
    return SimpleUploadedFile("tyoohjelma.xlsx", content)


def fill_in(client):
    """Write a row by hand: nobody knows the targets of that time."""
    cells = {
        "text": "Joukkoliikenteen selvitys",
        "carries_out": "NET-A1",
        "responsible": "ROLE-KO-MR",
        "start_month": "2",
        "end_month": "11",
        "planned_euros": "8 000",
    }
    client.post(f"{PLAN}add/", cells | {"base": json.dumps(dict.fromkeys(cells, ""))})
    return Action.objects.get(work_programme=the_plan())


def test_the_office_alone_starts_the_plan_of_a_year_gone_by(group):
    assert years_to_draw_up(group) == [2009, 2010]
    assert years_to_draw_up(group, past=True) == [2007, 2008, 2009, 2010]
    start(client_of("coordinator-mr"))
    assert not group.work_programmes.exists()
    assert start(client_of("office")).url == f"{PLAN}edit/"


def test_its_rows_come_in_from_a_spreadsheet_by_a_preview(office):
    start(office)
    book = Book(office.get("/ako/workgroups/WG-LI/2008.xlsx").content)
    for number in (1, 2):
        book.add(
            text=f"Selvitys {number}",
            carries_out="NET-A1",
            responsible="ROLE-KO-MR",
            start_month=2,
            end_month=11,
            planned_euros=1000 * number,
        )
    preview = office.post(f"{PLAN}import/", {"spreadsheet": uploaded(book.save())})
    assert (preview.status_code, "Selvitys 1" in preview.text) == (200, True)
    assert not Action.objects.filter(work_programme=the_plan()).exists()
    office.post(f"{PLAN}import/confirm/", {"token": preview.context["preview"].sealed})
    office.post(f"{PLAN}elsewhere/", PAPER)
    plan = the_plan()
    assert (plan.state, plan.made_elsewhere) == ("approved", True)
    assert [(row.text, row.planned_euros) for row in plan.actions.all()] == [
        ("Selvitys 1", 1000),
        ("Selvitys 2", 2000),
    ]
    assert [row["cells"]["text"] for row in plan.versions.get().rows] == ["Selvitys 1", "Selvitys 2"]


def test_rows_of_another_plan_are_told_and_none_comes_in(office):
    start(office)
    page = office.post(f"{PLAN}import/", {"spreadsheet": rows_from_another()})
    assert page.status_code == 422  # the codes of its rows are the other group's: told by row and column
    assert "TP-2008-MR-01" in page.text
    assert not Action.objects.filter(work_programme=the_plan()).exists()


def test_it_is_recorded_as_approved_on_paper_and_says_so(office):
    start(office)
    fill_in(office)
    assert "Hyväksytty ennen portaalia" in office.get(PLAN).text
    office.post(f"{PLAN}elsewhere/", PAPER)
    plan = the_plan()
    assert (plan.state, plan.made_elsewhere) == ("approved", True)
    assert (plan.approved_on, plan.approved_number) == (datetime.date(2008, 2, 8), 3)
    assert [row["cells"]["text"] for row in plan.versions.get().rows] == ["Joukkoliikenteen selvitys"]
    page = client_of("coordinator-hp").get(PLAN).text
    assert "tehty muualla" in page
    assert "8.2.2008" in page
    told = {row["label"]: row["value"]["text"] for row in prints.content_of(plan, "fi")["particulars"]}
    assert told["Huomautus"] == "Tehty muualla"


def test_it_is_locked_like_every_approved_plan(office):
    start(office)
    row = fill_in(office)
    office.post(f"{PLAN}elsewhere/", PAPER)
    assert office.get(f"{PLAN}edit/").status_code == 403
    for change in (
        lambda: Action.objects.filter(pk=row.pk).update(text="Hiljaa."),
        lambda: WorkProgramme.objects.filter(pk=the_plan().pk).update(made_elsewhere=False),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"approved_on": ""}, "Kirjoita päivä."),
        ({"approved_on": "10.9.2009"}, "Tämä päivä on vasta tulossa."),
        ({"approved_on": "1.1.1900"}, "omana vuonnaan tai edellisenä vuonna"),
        ({"approved_on": "31.12.2006"}, "omana vuonnaan tai edellisenä vuonna"),
        ({"approved_on": "1.1.2009"}, "omana vuonnaan tai edellisenä vuonna"),
    ],
)
def test_a_day_that_cannot_be_is_told(office, typed, told):
    start(office)
    fill_in(office)
    page = office.post(f"{PLAN}elsewhere/", PAPER | typed, follow=True)
    assert told in page.text
    assert the_plan().state == "draft"


def test_an_empty_plan_or_one_with_holes_is_not_recorded(office):
    start(office)
    office.post(f"{PLAN}elsewhere/", PAPER)
    assert the_plan().state == "draft"
    row = fill_in(office)
    Action.objects.filter(pk=row.pk).update(responsible=None)
    page = office.post(f"{PLAN}elsewhere/", PAPER, follow=True)
    assert f"{row.text}: Vastuu" in page.text
    assert the_plan().state == "draft"


def test_a_plan_of_this_year_goes_its_own_way(office):
    office.post(f"{GROUP}draw-up/", {"year": "2009"})
    assert "Hyväksytty ennen portaalia" not in office.get(f"{GROUP}2009/").text
    office.post(f"{GROUP}2009/elsewhere/", PAPER)
    assert not WorkProgramme.objects.filter(group__code="WG-LI", made_elsewhere=True).exists()


def stand_in_the_group(group):
    for persona, role in (("coordinator-mr", "coordinator"), ("chair-mr", "chair"), ("member-mr", "member")):
        Membership.objects.create(
            group=group, user=person(persona), role=role, starts_on=datetime.date(2008, 1, 1)
        )


def test_nobody_but_the_office_records_it(office, group):
    """Neither those who write for the group nor its chair."""
    stand_in_the_group(group)
    start(office)
    fill_in(office)
    told = {
        "coordinator-mr": 403,
        "chair-mr": 403,
        "member-mr": 403,
        "coordinator-hp": 404,
        "presenter": 403,
        "auditor": 403,
        "secretary": 404,
        "admin": 404,
    }
    statuses = {
        persona: client.post(f"{PLAN}elsewhere/", PAPER).status_code
        for persona, client in clients_by_persona(told).items()
    }
    assert statuses == told
    assert the_plan().state == "draft"
    assert office.post(f"{PLAN}elsewhere/", PAPER).status_code == 302
    assert the_plan().made_elsewhere


@pytest.mark.parametrize("returned", [False, True])
def test_what_was_handed_on_here_is_its_chairs_to_approve(office, group, returned):
    stand_in_the_group(group)
    start(office)
    row = fill_in(office)
    row.targets.set(AnnualTarget.objects.filter(year=2008)[:1])
    approval.submit_work_programme(the_plan(), actor=person("coordinator-mr"))
    if returned:
        approval.return_work_programme(
            the_plan(), actor=person("chair-mr"), version=the_plan().version, reason="Tarkenna."
        )
    state = the_plan().state
    assert "Hyväksytty ennen portaalia" not in office.get(PLAN).text
    page = office.post(f"{PLAN}elsewhere/", PAPER, follow=True)
    assert (the_plan().state, the_plan().made_elsewhere) == (state, False)
    assert ("puheenjohtaja hyväksyy sen" in page.text) is returned
    with pytest.raises(ValidationError):
        approval.approve_elsewhere(
            the_plan(), actor=person("office"), approved_on=datetime.date(2008, 2, 8), number=3
        )


def test_its_actions_are_amended_without_targets(office):
    start(office)
    row = fill_in(office)
    office.post(f"{PLAN}elsewhere/", PAPER)
    standing = {
        name: text for name, text in cells.for_form(cells.cells_of(the_plan().actions.get())).items() if text
    }
    changed = standing | {"output": "Selvitys", "amendment_reason": "Puuttui."}
    assert office.post(f"/ako/actions/{row.code}/amend/", changed).status_code == 302
    added = standing | {"text": "Toinen", "amendment_reason": "Puuttui."}
    assert office.post(f"{PLAN}amend/", added).status_code == 302
    assert sorted(Amendment.objects.values_list("kind", flat=True)) == ["add", "change"]
