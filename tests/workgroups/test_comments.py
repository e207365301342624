"""Comments on lines: who sees them, who is asked to look, who settles."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import make_plan, the_action, the_target
from tests.personas import client_of, person
from workgroups.comments import settle_comment, write_comment
from workgroups.models import LineComment

pytestmark = pytest.mark.django_db

TARGET = "/ako/targets/VT-2009-MR-2/"


def write(by="member-mr", address=TARGET, **typed):
    return client_of(by).post(f"{address}comment/", {"text": "Kuka hoitaa?"} | typed)


def the_comment():
    return LineComment.objects.select_related("comment").get()


def test_a_member_asks_the_coordinator_to_look():
    response = write(mentions=[person("coordinator-mr").pk])
    assert (response.status_code, response["Location"]) == (302, f"{TARGET}#comments")
    assert "Kuka hoitaa?" in client_of("chair-mr").get(TARGET).content.decode()
    desks = {
        who: [row.comment.text for row in client_of(who).get("/desk/").context["desk"].comments]
        for who in ("coordinator-mr", "chair-mr")
    }
    assert desks == {"coordinator-mr": ["Kuka hoitaa?"], "chair-mr": []}


def test_it_is_settled_and_stays_readable():
    write(mentions=[person("coordinator-mr").pk])
    settled = client_of("coordinator-mr").post(f"/ako/comments/{the_comment().pk}/settle/")
    assert settled["Location"] == f"{TARGET}#comments"
    comment = the_comment().comment
    assert (comment.settled_by.persona, comment.settled_at is not None) == ("coordinator-mr", True)
    assert client_of("coordinator-mr").get("/desk/").context["desk"].comments == []
    page = client_of("member-mr").get(TARGET)
    assert [row.comment.text for row in page.context["talk"].settled] == ["Kuka hoitaa?"]
    client_of("chair-mr").post(f"/ako/comments/{the_comment().pk}/settle/")
    assert the_comment().comment.settled_by.persona == "coordinator-mr"


@pytest.mark.parametrize("who", ["coordinator-hp", "secretary", "finance", "elected", "municipal", "admin"])
def test_outside_the_group_nobody_sees_or_writes_them(who):
    write()
    assert "Kuka hoitaa?" not in client_of(who).get(TARGET).content.decode()
    assert write(who).status_code == 403
    assert client_of(who).post(f"/ako/comments/{the_comment().pk}/settle/").status_code == 404


def test_the_public_sees_none(client):
    write()
    assert "Kuka hoitaa?" not in client.get(TARGET).content.decode()


def test_the_auditor_reads_and_does_not_write():
    write()
    page = client_of("auditor").get(TARGET)
    assert "Kuka hoitaa?" in page.content.decode()
    assert page.context["talk"].form is None
    assert write("auditor").status_code == 403


def test_only_members_of_the_group_are_asked():
    response = write(mentions=[person("coordinator-hp").pk])
    assert response.status_code == 422
    assert not LineComment.objects.exists()


def test_an_empty_comment_is_told():
    assert write(text=" ").status_code == 422


def test_a_row_of_a_draft_is_talked_about_too():
    plan = make_plan()
    row = plan.actions.first()
    assert write(address=f"/ako/actions/{row.code}/").status_code == 302
    assert "Kuka hoitaa?" in client_of("coordinator-mr").get(f"/ako/actions/{row.code}/").content.decode()


def test_comments_cost_the_same_however_many():
    line, writer = the_target("VT-2009-MR-2"), person("member-mr")
    reader = client_of("coordinator-mr")
    reader.get(TARGET)
    for number in range(2):
        write_comment(line, author=writer, text=f"Huomio {number}", mentions=[person("coordinator-mr")])
    few = _queries(reader)
    for number in range(20):
        write_comment(line, author=writer, text=f"Huomio {number}", mentions=[person("coordinator-mr")])
    assert _queries(reader) == few
    assert the_action("TP-2009-MR-06").comments.count() == 0


def _queries(reader):
    with CaptureQueriesContext(connection) as captured:
        reader.get(TARGET)
    return len(captured)


def test_rows_say_how_many_comments_wait_to_be_settled_to_those_who_read_them():
    line, author = the_action(), person("chair-mr")
    written = [write_comment(line, author=author, text=words) for words in ("Kunnat?", "Ja eurot?", "Selvä.")]
    settle_comment(written[2], actor=author)
    plan = "/ako/workgroups/WG-MR/2009/"
    page = client_of("coordinator-mr").get(plan).content.decode()
    assert f'href="/ako/actions/{line.code}/#comments">2 kommenttia' in page
    assert "kommenttia<" not in client_of("coordinator-hp").get(plan).content.decode()


def test_the_editor_says_it_too_also_after_a_cell_has_been_saved():
    plan = make_plan(rows=1)
    action = plan.actions.get()
    write_comment(action, author=person("chair-mr"), text="Kunnat?")
    client = client_of("coordinator-mr")
    assert "1 kommentti<" in client.get(plan.address("workgroups:work-programme-edit")).content.decode()
    address = action.address("workgroups:action-edit")
    base = {"output": action.output}
    row = client.post(
        address, {"output": "Raportti", "base": json.dumps(base)}, headers={"hx-request": "true"}
    )
    assert row.status_code == 200
    assert "1 kommentti<" in row.content.decode()
