"""The pages of a spreadsheet: the file out, its preview, its confirmation."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories import make_plan
from tests.personas import client_of
from tests.workgroups.work_programmes.spreadsheets.files import Book
from workgroups.models import Action
from workgroups.work_programmes.spreadsheets.writing import spreadsheet_of

pytestmark = pytest.mark.django_db

BASE = "/ako/workgroups/WG-MR/2010"
IMPORT, CONFIRM = f"{BASE}/import/", f"{BASE}/import/confirm/"


@pytest.fixture
def plan():
    return make_plan(rows=2)


def send(content, *, by="coordinator-mr"):
    upload = SimpleUploadedFile("TO-2010-MR.xlsx", content)
    return client_of(by).post(IMPORT, {"spreadsheet": upload})


def changed(plan):
    return Book(spreadsheet_of(plan)).write("TP-2010-MR-01", text="Uusi sanamuoto").save()


def text():
    return Action.objects.get(code="TP-2010-MR-01").text


def test_the_file_is_given_out_by_the_plans_code(plan):
    answer = client_of("coordinator-mr").get(f"{BASE}.xlsx")
    assert answer["Content-Disposition"] == 'attachment; filename="TO-2010-MR.xlsx"'
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")
    assert answer["Cache-Control"] == "private, no-cache"
    assert answer.content.startswith(b"PK")


def test_out_in_and_confirmed(plan):
    out = client_of("coordinator-mr").get(f"{BASE}.xlsx").content
    preview = send(Book(out).write("TP-2010-MR-01", text="Uusi sanamuoto").save())
    assert preview.status_code == 200
    assert text() == "Toimi 1"
    page = preview.content.decode()
    assert "<del>Toimi 1</del> → <ins>Uusi sanamuoto</ins>" in page
    answer = client_of("coordinator-mr").post(CONFIRM, {"token": preview.context["preview"].sealed})
    assert (answer.status_code, answer["Location"]) == (302, f"{BASE}/edit/")
    assert text() == "Uusi sanamuoto"


def test_an_unchanged_file_has_nothing_to_confirm(plan):
    answer = send(spreadsheet_of(plan))
    assert answer.status_code == 200
    assert "Ei eroja" in answer.content.decode()
    assert 'name="token"' not in answer.content.decode()


def test_faults_are_shown_with_their_cells_and_nothing_can_be_confirmed(plan):
    answer = send(Book(spreadsheet_of(plan)).write("TP-2010-MR-01", start_month=13.0).save())
    page = answer.content.decode()
    assert answer.status_code == 422
    assert '<th scope="row">G6</th>' in page
    assert 'name="token"' not in page


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "Tiedosto on tyhjä."),
        (
            b"Koodi;Toimi\n",
            "Tiedosto ei ole luettavissa oleva XLSX-taulukko. Tallenna se XLSX-muodossa ilman salasanaa.",
        ),
        (b"PK\x03\x04" + bytes(2 * 1024 * 1024), "Tiedosto on suurempi kuin 2\u00a0Mt."),
    ],
)
def test_what_cannot_be_read_is_told_at_its_field(plan, content, message):
    answer = send(content)
    assert answer.status_code == 422
    assert answer.context["upload"].errors == {"spreadsheet": [message]}


def test_without_a_file_the_form_asks_for_one(plan):
    assert client_of("coordinator-mr").post(IMPORT).status_code == 422


def test_what_was_previewed_is_refused_when_the_plan_has_changed_since(plan):
    sealed = send(changed(plan)).context["preview"].sealed
    Action.objects.filter(code="TP-2010-MR-02").update(text="Toisen sanat")
    answer = client_of("coordinator-mr").post(CONFIRM, {"token": sealed})
    assert answer.status_code == 409
    assert answer.context["was_changed"]
    assert text() == "Toimi 1"


@pytest.mark.parametrize("change", ["", "x", "missing"])
def test_a_proposal_that_nobody_was_shown_is_refused(plan, change):
    sealed = send(changed(plan)).context["preview"].sealed
    typed = {} if change == "missing" else {"token": change + sealed[: -1 if change == "" else None]}
    assert client_of("coordinator-mr").post(CONFIRM, typed).status_code == 422
    assert text() == "Toimi 1"


def test_a_proposal_is_its_readers_own(plan):
    sealed = send(changed(plan)).context["preview"].sealed
    assert client_of("office").post(CONFIRM, {"token": sealed}).status_code == 422


def test_the_editor_and_the_plan_lead_to_the_file(plan):
    browser = client_of("coordinator-mr")
    for address in (f"{BASE}/", f"{BASE}/edit/", IMPORT):
        assert f'href="{BASE}.xlsx"' in browser.get(address).content.decode()
    assert f'action="{IMPORT}"' in browser.get(f"{BASE}/edit/").content.decode()


def test_the_form_of_a_page_that_was_refused_gives_no_token_back(plan):
    sealed = send(changed(plan)).context["preview"].sealed
    answer = client_of("member-mr").post(CONFIRM, {"token": sealed})
    assert answer.status_code == 403
    assert sealed not in answer.content.decode()
