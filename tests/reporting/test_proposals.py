"""The proposal for decision: drafted from the situation, worded by the presenter, put on the agenda."""

import datetime

import pytest

from programme import clock
from programme.models import Body, Decision, DecisionTemplate, Matter, Meeting
from reporting import services
from reporting.facts import collect_facts
from reporting.models import Report
from reporting.presenting import present_decided
from reporting.proposals import Use, drafts_of, plain_proposal, situation_of
from tests.factories import ako, make_report, the_period
from tests.personas import client_of, person
from tests.workgroups.budget_amendments.steps import FEES, OTHER_CENTRE, propose
from workgroups.models import BudgetProposal

pytestmark = pytest.mark.django_db

REPORT = "/ako/reports/RAP-2009-T2-SH/"


def words(**typed):
    return {"wording": "1", "summary": "Yhteenveto.", "proposal": "Merkitään tiedoksi."} | typed


@pytest.fixture
def report():
    return services.compose_report(the_period(), ako().audiences.get(code="AUD-SH"))


def drafts(report):
    return drafts_of(report, situation_of(report, collect_facts(report.period)))


# --- Drafts ----------------------------------------------------------------------------------------------


def test_a_deviation_is_named_with_its_measure_in_the_bodys_own_wording(report):
    draft = drafts(report)[0]
    assert (draft.use, draft.is_fitting) == (Use.WITH_DEVIATIONS, True)
    assert draft.text.startswith("Seutuhallitus päättää 1. hyväksyä")
    assert "1.1.–31.8.2009" in draft.text
    target = next(
        target
        for target in collect_facts(report.period)["targets"]
        if target["status"] == "will_not_be_achieved"
    )
    measure = target["follow_up"]["corrective_action"].rstrip(".")
    assert f"{target['code']} {target['name']['fi'].rstrip('.')} (ei toteudu, {measure}" in draft.text
    assert "{" not in draft.text


def test_without_deviations_the_draft_says_so():
    report = make_report()
    facts = collect_facts(report.period)
    facts["targets"] = [one for one in facts["targets"] if one["status"] == "on_track"]
    for row in facts["finance"]["rows"]:
        row["must_explain"] = False
    situation = situation_of(report, facts)
    assert [draft.use for draft in drafts_of(report, situation)] == [Use.WITHOUT_DEVIATIONS]
    assert "ei katsaus anna aihetta" in drafts_of(report, situation)[0].text
    assert list(situation.reasons()) == []


def test_a_change_that_the_federation_meeting_decides_is_asked_for_with_its_sum(report):
    proposal = propose({FEES: 20000})
    assert proposal.decider == BudgetProposal.Decider.ASSEMBLY
    draft = drafts(report)[0]
    assert draft.use == Use.WITH_BUDGET_CHANGE
    assert "määräraha on 550\u00a0000 euroa" in draft.text
    assert proposal.code in " ".join(situation_of(report, collect_facts(report.period)).reasons())


def test_a_change_that_is_decided_elsewhere_is_not_asked_for(report):
    assert propose({FEES: -1000, OTHER_CENTRE: 1000}).decider == BudgetProposal.Decider.BOARD
    assert Use.WITH_BUDGET_CHANGE not in [draft.use for draft in drafts(report)]


def test_silence_is_told_beside_the_draft(report):
    assert "6 tavoitetta on päivittämättä" in client_of("office").get(REPORT).content.decode()


def test_a_body_without_a_wording_for_the_situation_has_its_plain_one_once(report):
    DecisionTemplate.objects.filter(body=report.body).exclude(use=Use.INTERIM_REPORT).delete()
    found = drafts(report)
    assert [draft.text for draft in found] == [plain_proposal(report.period, report.body)]


# --- Worded ----------------------------------------------------------------------------------------------


def test_a_draft_stands_in_the_form_unsaved_and_what_was_typed_beside_it(report):
    page = client_of("presenter").post(
        f"{REPORT}write/", words(proposal="Oma sanamuoto.", draft=str(Use.WITH_DEVIATIONS))
    )
    form = page.context["form"]
    assert page.status_code == 200
    assert form["proposal"].value() == drafts(report)[0].text
    assert form["summary"].value() == "Yhteenveto."
    assert "Oma sanamuoto." in page.content.decode()
    assert Report.objects.get(pk=report.pk).wording == 1


def test_a_draft_that_is_none_is_not_found(report):
    assert client_of("office").post(f"{REPORT}write/", words(draft="muu")).status_code == 404


def test_the_presenting_officer_words_the_proposal_but_does_not_freeze(report):
    presenter = client_of("presenter")
    assert presenter.post(f"{REPORT}write/", words()).status_code == 302
    assert Report.objects.get(pk=report.pk).proposal == "Merkitään tiedoksi."
    assert presenter.post(f"{REPORT}freeze/").status_code == 403
    assert "report-freeze" not in presenter.get(REPORT).content.decode()


# --- On the agenda ---------------------------------------------------------------------------------------


def test_one_press_puts_the_proposal_on_the_agenda_and_a_second_changes_nothing(report):
    presenter = client_of("presenter")
    for _ in range(2):
        assert presenter.post(f"{REPORT}agenda/", {"seen": report.proposal})["Location"] == REPORT
    matter = Matter.objects.get(reports=report)
    assert matter.meeting == report.meeting
    assert matter.title == "Osavuosikatsaus 1.1.–31.8.2009"
    assert matter.proposal == report.proposal
    assert (matter.presenter.code, matter.preparer.code) == ("ROLE-SJ", "ROLE-KO-AKO")
    page = client_of("secretary").get(matter.meeting.get_absolute_url()).content.decode()
    assert report.proposal in page


def test_other_words_are_told_and_renewed(report):
    office = client_of("office")
    office.post(f"{REPORT}agenda/")
    office.post(f"{REPORT}write/", words(proposal="Uudet sanat."))
    page = office.get(REPORT)
    assert "toiset sanat" in page.content.decode()
    office.post(f"{REPORT}agenda/", {"seen": page.context["report"].matter.proposal})
    assert Matter.objects.get(reports=report).proposal == "Uudet sanat."
    assert "toiset sanat" not in office.get(REPORT).content.decode()


def test_words_that_the_secretary_wrote_on_the_agenda_meanwhile_are_not_overwritten(report):
    office = client_of("office")
    office.post(f"{REPORT}agenda/")
    seen = Matter.objects.get(reports=report).proposal
    Matter.objects.filter(reports=report).update(proposal="Sihteerin sanat.")
    office.post(f"{REPORT}write/", words(proposal="Uudet sanat."))
    page = office.post(f"{REPORT}agenda/", {"seen": seen}, follow=True).content.decode()
    assert "sillä välin" in page
    assert "Sihteerin sanat." in page
    assert Matter.objects.get(reports=report).proposal == "Sihteerin sanat."
    office.post(f"{REPORT}agenda/", {"seen": "Sihteerin sanat."})
    assert Matter.objects.get(reports=report).proposal == "Uudet sanat."


def test_what_has_been_decided_is_not_renewed(report):
    office = client_of("office")
    office.post(f"{REPORT}agenda/")
    matter = Matter.objects.get(reports=report)
    Decision.objects.create(matter=matter, text="Hyväksyttiin.")
    office.post(f"{REPORT}write/", words(proposal="Uudet sanat."))
    page = office.post(f"{REPORT}agenda/", follow=True).content.decode()
    assert "Asia on jo päätetty" in page
    assert Matter.objects.get(pk=matter.pk).proposal == report.proposal


@pytest.mark.parametrize("why", ["no proposal", "no meeting", "held"])
def test_why_a_report_cannot_be_put_on_an_agenda_is_told(report, why):
    if why == "no proposal":
        Report.objects.filter(pk=report.pk).update(proposal=" ")
    if why == "no meeting":
        Report.objects.filter(pk=report.pk).update(meeting=None)
        Meeting.objects.filter(body=report.body, held_on__gt=clock.today()).update(
            body=Body.objects.get(code="BODY-TVK")
        )
    if why == "held":
        held = Meeting.objects.filter(body=report.body, held_on__lt=clock.today()).first()
        Report.objects.filter(pk=report.pk).update(meeting=held)
    before = Matter.objects.count()
    page = client_of("office").post(f"{REPORT}agenda/", follow=True)
    assert len(page.context["messages"]) == 1
    assert Matter.objects.count() == before


def test_the_number_on_the_agenda_is_frozen_with_the_report(report):
    client_of("office").post(f"{REPORT}agenda/")
    report.refresh_from_db()
    frozen = services.freeze_report(report, actor=person("office"))
    assert frozen.particulars["section"] == report.matter.section


# --- Presented -------------------------------------------------------------------------------------------


def held_with(report):
    """Put a report on the agenda of a meeting that was held a week ago."""
    client_of("office").post(f"{REPORT}agenda/")
    report.refresh_from_db()
    day = clock.today() - datetime.timedelta(7)
    Meeting.objects.filter(pk=report.meeting_id).update(held_on=day)
    return report.matter, day


def enter(matter):
    typed = {f"matter-{matter.pk}-text": "Hyväksyttiin.", f"matter-{matter.pk}-seen": ""}
    answer = client_of("secretary").post(f"{matter.meeting.get_absolute_url()}minutes/", typed)
    assert answer.status_code == 302


def test_what_the_minutes_decide_presents_the_frozen_report(report):
    matter, day = held_with(report)
    services.freeze_report(report, actor=person("office"))
    assert client_of("elected").get(REPORT).status_code == 404
    assert present_decided() == 0
    enter(matter)
    assert (present_decided(), present_decided()) == (1, 0)
    report.refresh_from_db()
    assert (report.state, report.presented_on) == (Report.State.PRESENTED, day)
    assert client_of("elected").get(REPORT).status_code == 200


def test_a_report_that_nobody_has_frozen_is_not_presented(report):
    matter, _day = held_with(report)
    enter(matter)
    assert present_decided() == 0
    report.refresh_from_db()
    assert (report.state, report.presented_on) == (Report.State.COMPOSED, None)
