"""Deadlines know what the portal sees done; the rest is marked by hand by whoever does it."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from programme.budget.drawing_up import begin_budget, propose_budget, take_budget_back
from programme.deadlines import known, marking
from programme.ledger import acting
from programme.meetings import agenda
from programme.models import Deadline, LedgerImport, Matter
from reporting import services
from tests.factories import ako, make_report, the_period
from tests.personas import client_of, person
from tests.programme.deadlines.clock_rows import BOARD, GROUP, deadline, move, the_meeting
from workgroups.group_reports import accept_group_report, return_group_report, submit_group_report
from workgroups.models import FollowUp, WorkingGroup

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2009, 9, 9)


def stands(row: Deadline) -> tuple[datetime.date | None, str]:
    row.refresh_from_db()
    return row.done_on, str(row.done_by or "")


def test_a_groups_report_is_submitted_accepted_and_returned():
    text = deadline("GROUP-TEXT", body="BODY-WG-MR")
    approval = deadline("GROUP-APPROVAL", body="BODY-WG-MR")
    coordinator, chair = person("coordinator-mr"), person("chair-mr")
    group = WorkingGroup.objects.get(code="WG-MR")
    period = text.period
    report = submit_group_report(group, period, actor=coordinator, version=0, values={"done": "Tehtiin."})
    assert stands(text) == (TODAY, str(coordinator))
    assert stands(approval) == (None, "")
    FollowUp.objects.filter(group=group, period=period, state="submitted").delete()
    accept_group_report(report, actor=chair, version=1)
    assert stands(approval) == (TODAY, str(chair))
    report.refresh_from_db()
    return_group_report(report, actor=chair, version=report.version, reason="Lisää luvut.")
    assert (stands(text), stands(approval)) == ((None, ""), (None, ""))


def test_the_offices_own_unit_has_deadlines_of_its_own():
    text = deadline("UNIT-TEXT")
    unit = WorkingGroup.objects.get(code="KV")
    submit_group_report(unit, text.period, actor=person("office"), version=0, values={"done": "Tehtiin."})
    assert stands(text)[0] == TODAY
    assert deadline("GROUP-TEXT", body="BODY-WG-MR").done_on is None


def test_a_group_without_a_body_has_no_deadlines_and_does_those_of_nobody():
    sub_group = WorkingGroup.objects.create(
        programme=ako(), code="WG-ALA", name_fi="Alatyöryhmä", parent=WorkingGroup.objects.get(code="WG-MR")
    )
    submit_group_report(
        sub_group, the_period(), actor=person("office"), version=0, values={"done": "Tehtiin."}
    )
    assert deadline("UNIT-TEXT").done_on is None


def test_an_agenda_that_is_published_is_dispatched():
    meeting = the_meeting(BOARD)
    Matter.objects.create(meeting=meeting, section=900, title="Osavuosikatsaus")
    agenda.publish_agenda(meeting, actor=person("secretary"))
    assert stands(deadline("SH-AGENDA")) == (TODAY, str(person("secretary")))
    move(BOARD, "2009-10-07")
    assert deadline("SH-AGENDA").due_on == datetime.date(2009, 9, 23)


def test_a_report_is_frozen_for_its_own_audience():
    services.freeze_report(make_report(), actor=person("office"))
    assert stands(deadline("SH-REPORT"))[0] == TODAY
    assert deadline("YK-REPORT").done_on is None


def test_actuals_are_in_until_their_import_is_reverted():
    ledger = deadline("LEDGER")
    assert ledger.done_on == datetime.date(2009, 8, 31)
    for made in LedgerImport.objects.filter(
        entries__booked_on__range=("2009-08-01", "2009-08-31")
    ).distinct():
        acting.revert(made, actor=person("finance"), reason="Väärä tiedosto.")
    assert stands(ledger) == (None, "")
    assert deadline("LEDGER", "2009-T1").done_on is not None
    assert known.ledger_brought_in_on(ledger.period) is None


def test_what_is_taken_back_goes_to_where_its_meeting_has_moved_meanwhile():
    group, chair = WorkingGroup.objects.get(code="WG-MR"), person("chair-mr")
    text, period = deadline("GROUP-TEXT", body="BODY-WG-MR"), the_period()
    coordinator = person("coordinator-mr")
    report = submit_group_report(group, period, actor=coordinator, version=0, values={"done": "Tehtiin."})
    move(GROUP, "2009-09-11")
    assert deadline("GROUP-TEXT", body="BODY-WG-MR").due_on == text.due_on == TODAY
    report.refresh_from_db()
    return_group_report(report, actor=chair, version=report.version, reason="Lisää luvut.")
    text.refresh_from_db()
    assert (text.done_on, text.due_on) == (None, datetime.date(2009, 9, 10))


def test_a_budget_is_proposed_and_taken_back():
    budget = begin_budget(ako(), 2010, like_last=True)
    propose_budget(budget, actor=person("finance"))
    proposal = deadline("BUDGET-PROPOSAL", 2010)
    assert stands(proposal) == (TODAY, str(person("finance")))
    take_budget_back(budget)
    assert stands(proposal) == (None, "")


def test_what_the_portal_does_not_see_is_marked_by_hand_and_taken_back():
    approval = deadline("SH-APPROVAL")
    presenter = client_of("presenter")
    assert presenter.post(f"/clock/deadlines/{approval.pk}/done/").status_code == 302
    assert stands(approval) == (TODAY, str(person("presenter")))
    move(BOARD, "2009-10-07")
    assert stands(approval)[0] == TODAY
    assert approval.due_on == datetime.date(2009, 9, 22)
    assert presenter.post(f"/clock/deadlines/{approval.pk}/open/").status_code == 302
    assert stands(approval) == (None, "")
    assert approval.due_on == datetime.date(2009, 9, 29)  # where its meeting has gone meanwhile


def test_what_the_portal_sees_is_not_marked_by_hand():
    with pytest.raises(ValidationError):
        marking.mark_done(deadline("SH-AGENDA"), actor=person("secretary"))
    assert deadline("SH-AGENDA").done_on is None


def test_the_office_marks_what_the_portal_does_not_see_any_more_when_its_round_is_over():
    report = deadline("SH-REPORT", "2009-T1")
    Deadline.objects.filter(pk=report.pk).update(done_on=None)
    assert report.step.act == report.step.Act.REPORT_FROZEN
    address = f"/clock/deadlines/{report.pk}"
    office = client_of("office")
    assert f'action="{address}/done/"' in office.get("/clock/?year=2009").text
    office.post(f"{address}/done/")
    assert stands(report) == (TODAY, str(person("office")))
    office.post(f"{address}/open/")
    assert stands(report) == (None, "")
    # While the round goes on, or for somebody else, the portal's own word stands.
    for row, actor in ((deadline("SH-REPORT"), "office"), (deadline("SH-AGENDA", "2009-T1"), "secretary")):
        Deadline.objects.filter(pk=row.pk).update(done_on=None)
        with pytest.raises(ValidationError):
            marking.mark_done(row, actor=person(actor))


def test_a_closed_programme_marks_nothing():
    approval = deadline("SH-APPROVAL")
    ako_row = ako()
    ako_row.closed_on = TODAY
    ako_row.save(update_fields=["closed_on"])
    with pytest.raises(ValidationError):
        marking.mark_done(approval, actor=person("presenter"))
    assert stands(approval) == (None, "")
