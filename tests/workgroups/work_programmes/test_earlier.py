"""Work programmes of past years: read from a spreadsheet, shown, brought in whole as approved elsewhere."""

import datetime
import hashlib
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction

from tests.earlier_plans import GROUP, a_book, book_to_fill, make_young_group, the_plan
from tests.factories import make_plan
from tests.personas import client_of, person
from workgroups.models import Action, PlanSource, WorkProgramme

pytestmark = pytest.mark.django_db

BASE = f"/ako/workgroups/{GROUP}/earlier/"


@pytest.fixture
def group():
    return make_young_group()


def send(content, persona="office", **typed):
    told = {"year": "2008", "approved_on": "4.2.2008", "meeting": "", "body": "", "number": ""} | typed
    return client_of(persona).post(BASE, told | {"spreadsheet": SimpleUploadedFile("to2008.xlsx", content)})


def token_of(response):
    return re.search(r'name="token" value="([^"]+)"', response.content.decode())[1]


def bring_in(content, **typed):
    shown = send(content, **typed)
    assert shown.status_code == 200
    return client_of("office").post(f"{BASE}confirm/", {"token": token_of(shown)})


def faults_of(response):
    assert response.status_code == 422
    found = response.context["preview"].faults
    return [(f"{fault.letter}{fault.row}", fault.column) for fault in found]


def test_nothing_is_saved_before_it_is_confirmed_and_then_all_of_it(group):
    content = a_book(group)
    shown = send(content)
    assert not WorkProgramme.objects.filter(group=group).exists()
    assert [row.kind for row in shown.context["preview"].rows] == ["added", "added"]
    answer = client_of("office").post(f"{BASE}confirm/", {"token": token_of(shown)})
    plan = the_plan()
    assert (answer.status_code, answer["Location"]) == (302, f"/ako/workgroups/{GROUP}/2008/")
    assert (plan.state, plan.made_elsewhere) == ("approved", True)
    assert (plan.approved_on, plan.approved_number) == (datetime.date(2008, 2, 4), None)
    assert (plan.approval, plan.submitted_by, plan.submitted_at) == (None, None, None)
    rows = plan.actions.order_by("order")
    assert [row.code for row in rows] == ["TP-2008-UU-01", "TP-2008-UU-02"]
    assert [str(row.planned_euros) for row in rows] == ["1250.50", "1250.50"]
    source = plan.source
    assert (source.file_name, source.size) == ("to2008.xlsx", len(content))
    assert source.sha256 == hashlib.sha256(content).hexdigest()
    assert source.brought_in_by == str(person("office"))
    [version] = plan.versions.all()
    assert (version.number, version.occasion, len(version.rows)) == (1, "brought_in", 2)


def test_a_meeting_of_the_group_tells_body_and_day(group):
    meeting = group.body.meetings.get()
    bring_in(a_book(group), meeting=meeting.pk, approved_on="", number="4")
    plan = the_plan()
    source = plan.source
    assert (plan.approved_on, source.meeting, source.body, plan.approved_number) == (
        meeting.held_on,
        meeting,
        group.body,
        4,
    )
    page = client_of("chair-mr").get(plan.get_absolute_url()).content.decode()
    assert "Uusi alatyöryhmä 1/2008" in page
    assert "tehty muualla" in page
    assert source.sha256 in page
    assert "tehty muualla" in client_of("chair-mr").get(group.get_absolute_url()).content.decode()


def test_only_the_day_is_demanded_of_the_approval(group):
    answer = send(a_book(group), approved_on="")
    assert set(answer.context["form"].errors) == {"approved_on"}
    bring_in(a_book(group))
    assert the_plan().source.where == ""


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        ({"approved_on": "helmikuussa"}, {"approved_on"}),
        ({"approved_on": "31.12.2009"}, {"approved_on"}),
        ({"year": "2009"}, {"year"}),
        ({"year": "2006"}, {"year"}),
        ({"meeting": "0", "approved_on": ""}, {"meeting"}),
        ({"number": "nolla"}, {"number"}),
    ],
)
def test_a_wrong_field_is_told_and_nothing_is_saved(group, typed, fields):
    answer = send(a_book(group), **typed)
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, fields)
    assert not WorkProgramme.objects.filter(group=group).exists()


def test_what_contradicts_the_meeting_is_told(group):
    meeting = group.body.meetings.get()
    answer = send(a_book(group), meeting=meeting.pk, approved_on="5.2.2008")
    assert set(answer.context["form"].errors) == {"approved_on"}


def test_holes_and_wrong_cells_are_told_by_row_and_column_all_at_once(group):
    content = a_book(group, text="", responsible="EI-OLE", end_month=1, planned_euros="")
    assert faults_of(send(content)) == [
        ("B6", "Toimi"),
        ("E6", "Vastuu"),
        ("H6", "Päättyy (kk)"),
        ("K6", "Suunniteltu, €"),
    ]
    assert not WorkProgramme.objects.filter(group=group).exists()


def test_a_code_in_the_file_is_told(group):
    assert ("A6", "Koodi") in faults_of(send(a_book(group, code="TP-2008-UU-01")))


@pytest.mark.parametrize("content", [b"%PDF-1.7", b"PK\x03\x04 broken", b"x" * 2_100_000])
def test_what_is_no_spreadsheet_is_told(group, content):
    answer = send(content)
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, {"spreadsheet"})


def test_a_file_without_rows_is_told(group):
    answer = send(book_to_fill(group).save())
    assert set(answer.context["form"].errors) == {"spreadsheet"}
    assert 'value="4.2.2008"' in answer.content.decode()


def test_the_empty_spreadsheet_of_a_year_is_given_and_read(group):
    answer = client_of("office").get(f"{BASE}2008.xlsx")
    assert answer["Content-Disposition"] == 'attachment; filename="TO-2008-UU.xlsx"'
    assert answer.content.startswith(b"PK")


def test_the_same_year_is_brought_in_once(group):
    shown = send(a_book(group))
    bring_in(a_book(group))
    again = client_of("office").post(f"{BASE}confirm/", {"token": token_of(shown)})
    assert again.status_code == 422
    assert "on jo" in again.content.decode()
    assert send(a_book(group)).context["form"].errors.keys() == {"year"}


def test_nobody_confirms_what_another_was_shown(group):
    token = token_of(send(a_book(group)))
    assert client_of("office").post(f"{BASE}confirm/", {"token": token[:-2]}).status_code == 422
    other = make_young_group("WG-TOI")
    elsewhere = f"/ako/workgroups/{other.code}/earlier/confirm/"
    assert client_of("office").post(elsewhere, {"token": token}).status_code == 422
    assert not PlanSource.objects.exists()


def test_it_is_as_locked_as_any_other_that_was_approved(group):
    bring_in(a_book(group))
    plan = the_plan()
    for address in ("edit/", "import/"):
        assert client_of("office").get(f"{plan.get_absolute_url()}{address}").status_code == 403
    action = plan.actions.first()
    with pytest.raises(DatabaseError, match="by amendment only"), transaction.atomic():
        Action.objects.filter(pk=action.pk).update(text="Toinen teksti")
    with pytest.raises(DatabaseError, match="by amendment only"), transaction.atomic():
        WorkProgramme.objects.filter(pk=plan.pk).update(approved_on="2008-01-01")
    for statement in ("UPDATE {} SET id = id + 1", "DELETE FROM {}", "TRUNCATE {}"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement.format("workgroups_plansource"))


def test_its_version_is_compared_and_its_year_is_turned(group):
    bring_in(a_book(group))
    plan = the_plan()
    versions = client_of("office").get(f"{plan.get_absolute_url()}versions/?a=1&b=now")
    assert versions.status_code == 200
    assert versions.context["differences"] == []
    turn = client_of("office").get(f"{plan.get_absolute_url()}turn/")
    assert turn.status_code == 200
    assert "TP-2008-UU-01" in turn.content.decode()


def test_its_groups_page_offers_the_years_that_are_missing(group):
    def page(persona):
        return client_of(persona).get(group.get_absolute_url()).content.decode()

    assert BASE in page("office")
    assert BASE not in page("chair-mr")
    bring_in(a_book(group))
    make_plan(GROUP, 2007, state="approved")
    assert BASE not in page("office")


def test_its_pdf_tells_from_which_file_it_came(group):
    bring_in(a_book(group), number="4")
    address = f"{the_plan().get_absolute_url()}pdf/make/"
    assert client_of("office").post(address).status_code == 302
    told = the_plan().prints.get().content["particulars"]
    assert any(the_plan().source.sha256 in str(row) for row in told)
