"""The history of a line: every wording with its acts, what changed, how reports told it, any two compared."""

import re
from decimal import Decimal

import pytest

from tests.factories import (
    make_amendment,
    make_follow_up,
    the_action,
    the_period,
    the_target,
)
from tests.personas import client_of, person
from workgroups import drafts, services

pytestmark = pytest.mark.django_db

TARGET, ACTION = "/ako/targets/VT-2009-MR-2/history/", "/ako/actions/TP-2009-MR-06/history/"
DELAYED = {
    "status": "delayed",
    "text": "Kustannusarviot puuttuvat viidestä kunnasta.",
    "reason": "Kunnat ovat lomalla.",
    "corrective_action": "Pyydetään uudelleen.",
}


def twice_worded(line=None):
    """Let a line be submitted, returned with a reason, submitted anew and accepted."""
    line = line or the_target()
    writer, chair = person("coordinator-mr"), person("chair-mr")
    first = services.submit_follow_up(line, the_period(), actor=writer, version=0, values=DELAYED)
    services.return_follow_up(first, actor=chair, version=first.version, reason="Mainitse kunnat nimeltä.")
    first.refresh_from_db()
    mended = DELAYED | {"text": "Kustannusarviot puuttuvat kolmesta kunnasta."}
    second = services.submit_follow_up(line, the_period(), actor=writer, version=first.version, values=mended)
    services.accept_follow_up(second, actor=chair, version=second.version)


def history_of(persona, address=TARGET, **chosen):
    response = client_of(persona).get(address, chosen)
    assert response.status_code == 200
    return response


def wordings_of(response, period="2009-T2"):
    [found] = [said for said in response.context["said"] if said.period.code == period]
    return found.wordings


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", response.content.decode()))


def test_each_wording_stands_with_who_did_what_with_it():
    twice_worded()
    latest, first = wordings_of(history_of("coordinator-mr"))
    assert first.telling.text == DELAYED["text"]
    assert [(step.state, step.who) for step in first.steps] == [
        ("submitted", str(person("coordinator-mr"))),
        ("returned", str(person("chair-mr"))),
    ]
    assert first.steps[1].reason == "Mainitse kunnat nimeltä."
    assert latest.telling.text == "Kustannusarviot puuttuvat kolmesta kunnasta."
    assert [step.state for step in latest.steps] == ["submitted", "approved"]


def test_of_two_wordings_handed_over_only_the_latest_waits():
    writer = person("coordinator-mr")
    first = services.submit_follow_up(the_target(), the_period(), actor=writer, version=0, values=DELAYED)
    mended = DELAYED | {"text": "Arviot puuttuvat."}
    services.submit_follow_up(the_target(), the_period(), actor=writer, version=first.version, values=mended)
    waiting = [wording.telling.is_submitted for wording in wordings_of(history_of("coordinator-mr"))]
    assert waiting == [True, False]


@pytest.mark.parametrize("persona", ["coordinator-hp", "secretary", "finance", "admin"])
def test_who_may_not_see_a_wording_before_acceptance_sees_no_trace_of_it(persona):
    twice_worded()
    for view in ("statuses", "changes", "texts"):
        page = history_of(persona, view=view).content.decode()
        assert "viidestä" not in page
        assert "Mainitse kunnat" not in page
    [only] = wordings_of(history_of(persona))
    assert only.telling.text == "Kustannusarviot puuttuvat kolmesta kunnasta."


@pytest.mark.parametrize("persona", ["elected", "municipal", "anonymous"])
def test_who_reads_what_was_told_reads_nothing_of_the_open_round(persona):
    twice_worded()
    for view in ("statuses", "changes", "texts"):
        page = history_of(persona, view=view)
        assert "puuttuvat" not in page.content.decode()
        assert "2009-T2" not in {said.period.code for said in page.context["said"]}


def test_the_words_before_acceptance_cannot_be_compared_by_who_may_not_see_them():
    twice_worded()
    latest, first = wordings_of(history_of("coordinator-mr"))
    address = f"{TARGET}?a={first.key}&b={latest.key}"
    assert client_of("chair-mr").get(address).status_code == 200
    assert client_of("auditor").get(address).status_code == 200
    assert client_of("coordinator-hp").get(address).status_code == 404
    assert client_of("anonymous").get(address).status_code == 404


def test_two_wordings_are_compared_word_by_word_and_in_words():
    twice_worded()
    latest, first = wordings_of(history_of("coordinator-mr"))
    page = history_of("coordinator-mr", a=first.key, b=latest.key)
    [differing] = page.context["differences"]
    assert [(piece.kind, piece.text) for piece in differing.pieces] == [
        ("same", "Kustannusarviot puuttuvat"),
        ("removed", "viidestä"),
        ("added", "kolmesta"),
        ("same", "kunnasta."),
    ]
    assert '<del><span class="visually-hidden">poistettu: </span>viidestä</del>' in page.content.decode()
    assert '<ins><span class="visually-hidden">lisätty: </span>kolmesta</ins>' in page.content.decode()


def test_one_chosen_alone_asks_for_the_other():
    twice_worded()
    latest, _first = wordings_of(history_of("coordinator-mr"))
    page = history_of("coordinator-mr", a=latest.key)
    assert page.context["compared"] is None
    assert "Valitse kaksi" in text_of(page)


def test_a_late_wording_says_so():
    late = the_period().closes_at.replace(day=20)
    make_follow_up(the_target(), submitted_at=late, accepted_at=late)
    [wording] = wordings_of(history_of("office"))
    assert wording.is_late
    assert "myöhässä" in text_of(history_of("office"))


def test_a_wording_loaded_from_a_file_says_so_and_knows_nobody():
    [wording] = wordings_of(history_of("office"), "2009-T1")
    assert wording.telling.is_imported
    assert [(step.state, step.who) for step in wording.steps] == [("approved", "")]


def test_reports_stand_with_their_period_and_version():
    page = history_of("office")
    [first] = [said for said in page.context["said"] if said.period.code == "2009-T1"]
    assert "RAP-2009-T1-SH/1" in {told.key for told in first.told}
    [second] = [said for said in page.context["said"] if said.period.code == "2009-T2"]
    assert (second.status, second.told) == ("not_updated", [])


def test_texts_of_reports_stand_at_each_reports_own_depth():
    seen = {persona: history_of(persona, view="texts").context["told"] for persona in ("office", "anonymous")}
    assert {told.key for told in seen["anonymous"]} < {told.key for told in seen["office"]}
    assert {told.report.state for told in seen["anonymous"]} == {"published"}
    assert {told.telling.reason for told in seen["anonymous"]} == {""}


def test_a_public_report_tells_of_no_action():
    told = history_of("office", ACTION, view="texts").context["told"]
    assert {one.report.depth for one in told} <= {"board", "executive"}


def test_an_amendment_stands_among_the_changes_with_its_old_and_new():
    amendment = make_amendment(the_target(), name_fi="Uusi tavoite.")
    page = history_of("coordinator-mr", view="changes")
    [entry] = [entry for entry in page.context["entries"] if entry.amendment == amendment]
    [differing] = entry.differences
    assert (differing.label, differing.after) == ("Tavoite suomeksi", "Uusi tavoite.")
    assert "Uusi tavoite." not in history_of("anonymous", view="changes").content.decode()


def test_sums_that_differ_in_cents_read_differently():
    services.submit_follow_up(
        the_action(),
        the_period(),
        actor=person("coordinator-mr"),
        version=0,
        values={"status": "on_track", "text": "Etenee.", "forecast": Decimal("1234.40")},
    )
    row = the_action().follow_ups.get(period=the_period())
    services.submit_follow_up(
        the_action(),
        the_period(),
        actor=person("coordinator-mr"),
        version=row.version,
        values={"status": "on_track", "text": "Etenee.", "forecast": Decimal("1234.45")},
    )
    page = history_of("coordinator-mr", ACTION)
    latest, first = wordings_of(page)
    assert "1 234,45 €" in text_of(page).replace("\u00a0", " ")
    compared = history_of("coordinator-mr", ACTION, view="statuses", a=first.key, b=latest.key)
    assert "1 234,40 €" in text_of(compared).replace("\u00a0", " ")


def test_a_related_row_stands_by_its_name():
    changes = history_of("coordinator-mr", ACTION, view="changes").context["entries"]
    by_label = {one.label: one.after for entry in changes for one in entry.differences}
    assert the_action().responsible.name_fi in by_label["Vastuu"]
    assert "VT-2009-MR" in by_label["Tavoitteet"]


def test_decisions_about_a_line_lead_to_their_sections():
    page = history_of("anonymous")
    matters = [decided.matter for decided in page.context["decisions"]]
    assert matters
    assert all(matter.get_absolute_url() in page.content.decode() for matter in matters)


@pytest.mark.parametrize("line", ["targets/VT-2009-MR-2", "actions/TP-2009-MR-06"])
def test_the_line_leads_to_its_history_and_back(line):
    assert f'href="/ako/{line}/history/"' in client_of("office").get(f"/ako/{line}/").content.decode()
    assert f'href="/ako/{line}/"' in history_of("office", f"/ako/{line}/history/").content.decode()


def test_what_is_being_typed_never_stands_in_a_history():
    drafts.save_draft(
        the_target(),
        the_period(),
        actor=person("coordinator-mr"),
        typed={"text": "Kesken jäänyt lause"},
        base_version=0,
    )
    for view in ("statuses", "changes", "texts"):
        assert "Kesken" not in history_of("chair-mr", view=view).content.decode()
