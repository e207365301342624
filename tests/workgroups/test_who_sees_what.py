"""Words seeded into what is not accepted: who finds them, and that nobody else does, on any page."""

import pytest

from tests.access_rows import OF_MR
from tests.factories import back_to_draft, make_follow_up, make_report, make_target, the_action, the_target
from tests.personas import EVERYBODY, READ_UNFINISHED, client_of, clients_by_persona
from workgroups import services

pytestmark = pytest.mark.django_db

GROUP = ("coordinator-mr", "chair-mr", "member-mr")
MARKS = {
    "text": "Merkkisana-Kuikka",
    "reason": "Merkkisana-Telkkä",
    "corrective_action": "Merkkisana-Haapana",
    "effect": "Merkkisana-Tavi",
    "decision_needed": "Merkkisana-Sotka",
    "evidence": "Merkkisana-Uivelo",
}
OF_A_PROPOSAL = "Merkkisana-Heinätavi"
OF_A_DRAFT = "Merkkisana-Lapasorsa"
# Everything that tells of the line, or of the period, in any format.
TELLING = [
    "/ako/",
    "/ako/?open=all",
    "/ako/dashboard/",
    "/ako/dashboard/?period=2009-T2",
    "/ako/targets/",
    "/ako/targets/?status=delayed",
    "/ako/targets/?period=2009-T2",
    "/ako/targets/VT-2009-EO-1/",
    "/ako/finance/2009/",
    "/ako/priorities/P1/",
    "/ako/goals/P1-G3/",
    "/ako/measures/P1-M2/",
    "/ako/networks/",
    "/ako/workgroups/WG-MR/",
    "/ako/workgroups/WG-MR/2009/",
    "/ako/meetings/",
    "/ako/reports/",
    "/ako/reports/RAP-2009-T1-SH/",
    "/ako/reports/RAP-2009-T1-SH.json",
    "/ako/reports/RAP-2009-T1-SID.html",
    "/ako/reports/RAP-2009-T2-SH/",
    "/ako/reports/RAP-2009-T2-SH.html",
    "/ako/reports/RAP-2009-T2-SH.json",
    "/ako/reports/RAP-2009-T2-SH/freeze/",
    "/desk/",
    "/approvals/",
]


def say_all(line, **fields):
    return make_follow_up(line, status="delayed", **(MARKS | fields))


def found_by(clients, addresses):
    """Return persona → the pages on which a seeded word stands."""
    found = {persona: set() for persona in clients}
    for persona, client in clients.items():
        for address in addresses:
            page = client.get(address).content.decode()
            if any(mark in page for mark in (*MARKS.values(), OF_A_PROPOSAL, OF_A_DRAFT)):
                found[persona].add(address)
    return found


@pytest.mark.parametrize(
    ("line", "address"),
    [(the_target, "/ako/targets/VT-2009-MR-2/"), (the_action, "/ako/actions/TP-2009-MR-06/")],
    ids=["target", "action"],
)
@pytest.mark.parametrize("state", ["submitted", "returned"])
def test_before_acceptance_the_group_office_presenter_and_auditor_read_it_on_its_own_page(
    line, address, state
):
    say_all(line(), state=state)
    found = found_by(clients_by_persona(EVERYBODY), [address])
    assert {persona for persona, pages in found.items() if pages} == {*GROUP, *READ_UNFINISHED}


def seed_a_proposed_target():
    make_target("VT-2009-MR-99", name_fi=OF_A_PROPOSAL, state="proposed")


def seed_a_work_programme_in_draft():
    action = the_action("TP-2009-EO-01")
    back_to_draft(pk=action.work_programme_id)
    action.text = OF_A_DRAFT
    action.save(update_fields=["text"])


def test_nothing_unfinished_is_read_on_any_page_but_its_own():
    """The desk and the queue of the chair who is to accept it hold a follow-up's words, no other page."""
    say_all(the_target(), state="submitted")
    seed_a_proposed_target()
    seed_a_work_programme_in_draft()
    make_report()
    found = found_by(clients_by_persona(EVERYBODY), TELLING)
    assert {persona: pages for persona, pages in found.items() if pages} == {
        "chair-mr": {"/approvals/", "/desk/"}
    }


def test_before_acceptance_others_see_that_something_waits_and_not_its_status():
    say_all(the_target(), state="submitted")
    for persona in ("coordinator-hp", "secretary", "finance", "admin"):
        page = client_of(persona).get("/ako/targets/VT-2009-MR-2/")
        assert page.context["status_now"] == "waiting"
        assert 'data-status="delayed"' not in page.content.decode()
    for persona in ("elected", "municipal", "anonymous"):
        page = client_of(persona).get("/ako/targets/VT-2009-MR-2/")
        assert page.context["status_now"] == "not_started"
        assert page.context["now"].period.code == "2009-T1"


def test_after_acceptance_groups_and_officials_read_it_and_the_told_do_not():
    said = say_all(the_target(), state="submitted")
    chair = said.group.memberships.get(role="chair", user__isnull=False).user
    services.accept_follow_up(said, actor=chair, version=said.version)
    make_report()
    readers = found_by(clients_by_persona(EVERYBODY), ["/ako/targets/VT-2009-MR-2/"])
    told = {"elected", "municipal", "anonymous"}
    assert {persona for persona, pages in readers.items() if pages} == set(EVERYBODY) - told
    everywhere = found_by(clients_by_persona(told), TELLING)
    assert {persona: pages for persona, pages in everywhere.items() if pages} == {}


def test_actions_of_a_work_programme_in_draft_are_seen_by_its_group_office_presenter_and_auditor():
    seed_a_work_programme_in_draft()
    readers = {"coordinator-eo", "chair-eo", *READ_UNFINISHED}
    own_pages = {"/ako/actions/TP-2009-EO-01/", "/ako/workgroups/WG-EO/2009/"}
    found = found_by(clients_by_persona(EVERYBODY), own_pages)
    assert found == {persona: own_pages if persona in readers else set() for persona in EVERYBODY}


def test_a_proposed_target_is_seen_by_its_group_office_presenter_and_auditor():
    seed_a_proposed_target()
    clients = clients_by_persona(EVERYBODY)
    answers = {who: client.get("/ako/targets/VT-2009-MR-99/").status_code for who, client in clients.items()}
    assert {who for who, status in answers.items() if status == 200} == {*OF_MR, *READ_UNFINISHED}
    assert set(answers.values()) == {200, 404}
