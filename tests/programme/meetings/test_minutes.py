"""The minutes of a meeting: all its matters on one page, taken whole or not at all."""

import datetime

import pytest

from programme.meetings.minutes import sentences_of
from programme.models import Body, Decision, Matter, Meeting
from tests.factories import make_meeting
from tests.personas import client_of, make_browser

pytestmark = pytest.mark.django_db

HELD = "/ako/meetings/KOK-SH-2009-77/"
MINUTES = f"{HELD}minutes/"


@pytest.fixture
def matters() -> list[Matter]:
    meeting = make_meeting("KOK-SH-2009-77", held_on=datetime.date(2009, 9, 2), seats=13)
    return [
        Matter.objects.create(meeting=meeting, section=900 + count, title=title)
        for count, title in enumerate(("Avaus", "Osavuosikatsaus", "Muut asiat"))
    ]


def typed(matters, *decisions, **more):
    """Return the form as its page shows it, with these decisions typed into its rows."""
    form = client_of("secretary").get(MINUTES).context["form"]
    sent = {"present": ""}
    for row, decision in zip(form.rows, decisions, strict=False):
        sent[row.add_prefix("text")] = decision
    for row in form.rows:
        sent.setdefault(row.add_prefix("text"), row["text"].value())
        sent[row.add_prefix("seen")] = row["seen"].value()
    return sent | more


def decided() -> list[str]:
    rows = Matter.objects.filter(meeting__code="KOK-SH-2009-77").order_by("section")
    return [row.decision.text if hasattr(row, "decision") else "" for row in rows]


def test_all_decisions_of_a_meeting_are_written_at_once_and_public(matters):
    response = client_of("secretary").post(
        MINUTES, typed(matters, "Avattiin.", "Hyväksyttiin.", present="12")
    )
    assert response["Location"] == HELD
    assert decided() == ["Avattiin.", "Hyväksyttiin.", ""]
    page = make_browser().get(HELD).content.decode()
    assert "Hyväksyttiin." in page
    assert Meeting.objects.get(code="KOK-SH-2009-77").present == 12


def test_a_ready_sentence_of_the_body_stands_where_nothing_is_typed(matters):
    [sentence] = sentences_of(Body.objects.get(code="BODY-SH"))
    sent = typed(matters, "", "Omin sanoin.")
    sent |= {f"matter-{matters[0].pk}-sentence": sentence}
    client_of("secretary").post(MINUTES, sent)
    assert decided() == [sentence, "Omin sanoin.", ""]


def test_matters_beyond_the_agenda_are_numbered_on(matters):
    more = {"added-1-title": "Lisäasia", "added-1-text": "Merkittiin."}
    client_of("secretary").post(MINUTES, typed(matters, "Avattiin.", **more))
    added = Matter.objects.get(meeting__code="KOK-SH-2009-77", title="Lisäasia")
    assert (added.section, added.decision.text) == (903, "Merkittiin.")


def test_a_decision_without_a_title_is_told_and_nothing_is_saved(matters):
    response = client_of("secretary").post(MINUTES, typed(matters, "Avattiin.", **{"added-1-text": "Näin."}))
    assert response.status_code == 422
    assert response.context["form"].added[0]["text"].value() == "Näin."
    assert decided() == ["", "", ""]


def test_more_than_there_are_seats_are_not_present(matters):
    response = client_of("secretary").post(MINUTES, typed(matters, "Avattiin.", present="14"))
    assert (response.status_code, decided()) == (422, ["", "", ""])
    assert "13" in response.context["form"].present.errors["present"][0]


def test_what_somebody_else_wrote_meanwhile_is_shown_beside_ones_own(matters):
    mine = typed(matters, "Avattiin.", "Minun.")
    Decision.objects.create(matter=matters[1], text="Toisen.")
    response = client_of("secretary").post(MINUTES, mine)
    page = response.content.decode()
    assert response.status_code == 409
    assert "Minun." in page
    assert "Toisen." in page
    assert decided() == ["", "Toisen.", ""]
    form = response.context["form"]
    again = {row.add_prefix("seen"): row["seen"].value() for row in form.rows}
    assert client_of("secretary").post(MINUTES, mine | again).status_code == 302
    assert decided() == ["Avattiin.", "Minun.", ""]


def test_rows_that_one_leaves_alone_keep_what_somebody_else_wrote(matters):
    mine = typed(matters, "Avattiin.")
    Decision.objects.create(matter=matters[1], text="Toisen.")
    assert client_of("secretary").post(MINUTES, mine).status_code == 302
    assert decided() == ["Avattiin.", "Toisen.", ""]


def test_an_entered_decision_is_not_emptied(matters):
    Decision.objects.create(matter=matters[0], text="Avattiin.")
    response = client_of("secretary").post(MINUTES, typed(matters, ""))
    assert (response.status_code, list(response.context["form"].rows[0].errors)) == (422, ["text"])
    assert decided() == ["Avattiin.", "", ""]


def test_a_ready_sentence_takes_the_place_of_what_stands_and_never_of_what_is_typed(matters):
    [sentence] = sentences_of(Body.objects.get(code="BODY-SH"))
    Decision.objects.create(matter=matters[0], text="Avattiin.")
    chosen = {f"matter-{matters[0].pk}-sentence": sentence}
    refused = client_of("secretary").post(MINUTES, typed(matters, "Uusi.", **chosen))
    assert (refused.status_code, decided()[0]) == (422, "Avattiin.")
    client_of("secretary").post(MINUTES, typed(matters, **chosen))
    assert decided()[0] == sentence


def test_a_matter_beyond_the_agenda_is_numbered_before_the_next_meeting(matters):
    later = make_meeting("KOK-SH-2009-78", held_on=datetime.date(2009, 9, 30))
    Matter.objects.create(meeting=later, section=910, title="Seuraavan kokouksen asia")
    more = {"added-1-title": "Lisäasia", "added-2-title": "Toinen", "added-2-number": "907"}
    client_of("secretary").post(MINUTES, typed(matters, **more))
    added = Matter.objects.filter(meeting__code="KOK-SH-2009-77", title__in=("Lisäasia", "Toinen"))
    assert list(added.order_by("section").values_list("section", flat=True)) == [903, 907]


def test_a_number_that_the_next_meeting_has_is_told_and_nothing_is_saved(matters):
    later = make_meeting("KOK-SH-2009-78", held_on=datetime.date(2009, 9, 30))
    Matter.objects.create(meeting=later, section=910, title="Seuraavan kokouksen asia")
    more = {"added-1-title": "Lisäasia", "added-1-number": "910"}
    response = client_of("secretary").post(MINUTES, typed(matters, "Avattiin.", **more))
    assert (response.status_code, decided()) == (422, ["", "", ""])


def test_how_many_were_present_stays_as_somebody_else_wrote_it_meanwhile(matters):
    mine = typed(matters, "Avattiin.", present_seen="")
    Meeting.objects.filter(code="KOK-SH-2009-77").update(present=11)
    assert client_of("secretary").post(MINUTES, mine).status_code == 302
    assert Meeting.objects.get(code="KOK-SH-2009-77").present == 11
    assert client_of("secretary").post(MINUTES, mine | {"present": "12"}).status_code == 422
    assert Meeting.objects.get(code="KOK-SH-2009-77").present == 11


def test_the_minutes_of_a_meeting_to_come_are_not_written(matters):
    Meeting.objects.filter(code="KOK-SH-2009-77").update(held_on=datetime.date(2009, 9, 30))
    assert client_of("secretary").get(MINUTES).status_code == 403
