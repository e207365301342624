"""The clock is laid for every round and budget season whose meetings are known, and moves with them."""

import datetime

import pytest

from programme import clock
from programme.administration import bodies, periods
from programme.deadlines.laying import lay_clock
from programme.meetings import calling
from programme.models import Audience, Body, Deadline, DeadlineStep, Meeting, ReportingPeriod
from programme.working_days import is_working_day
from tests.factories import ako, make_meeting, the_period
from tests.programme.deadlines.clock_rows import (
    BOARD,
    EXECUTIVE,
    GROUP,
    days_of,
    deadline,
    move,
    the_meeting,
)

pytestmark = pytest.mark.django_db


def all_days() -> list[tuple[int, datetime.date]]:
    return list(Deadline.objects.order_by("pk").values_list("pk", "due_on"))


def test_a_rounds_deadlines_are_counted_back_from_the_meetings_of_the_chain():
    assert days_of(EXECUTIVE) == {
        "LEDGER": "2009-09-07",
        "UNIT-TEXT": "2009-09-10",
        "UNIT-APPROVAL": "2009-09-11",
        "TVK-REPORT": "2009-09-15",
        "TVK-PAPERS": "2009-09-16",
    }
    assert days_of(BOARD) == {
        "SH-REPORT": "2009-09-21",
        "SH-APPROVAL": "2009-09-22",
        "SH-AGENDA": "2009-09-23",
    }


def test_a_groups_deadlines_are_counted_back_from_its_own_meeting_in_the_round():
    assert days_of(GROUP) == {"GROUP-TEXT": "2009-09-09", "GROUP-APPROVAL": "2009-09-10"}


def test_a_budget_seasons_deadlines_are_counted_back_from_the_meetings_that_handle_it():
    days = Deadline.objects.filter(budget_year=2010).values_list("step__code", "due_on", "meeting__code")
    assert {(code, day.isoformat(), meeting) for code, day, meeting in days} == {
        ("BUDGET-FRAME", "2009-06-15", "KOK-SH-2009-06"),
        ("BUDGET-TARGETS", "2009-10-23", "KOK-TVK-2009-10"),
        ("BUDGET-TVK-DRAFT", "2009-11-09", "KOK-TVK-2009-10"),
        ("BUDGET-PROPOSAL", "2009-11-16", "KOK-SH-2009-10"),
        ("BUDGET-SH-AGENDA", "2009-11-18", "KOK-SH-2009-10"),
        ("BUDGET-DECISION", "2009-12-17", "KOK-YK-2009-02"),
    }
    assert Deadline.objects.filter(budget_year=2010, step__code="BUDGET-TARGETS").count() == 3


def test_the_year_ends_reports_go_to_the_meetings_that_handled_them():
    counted = Deadline.objects.filter(period__code="2008-TP", meeting__body__audience__isnull=False)
    assert set(counted.values_list("meeting__code", flat=True)) == {
        "KOK-TVK-2009-03",
        "KOK-SH-2009-03",
        "KOK-YK-2009-01",
    }


def test_a_meeting_to_which_two_rounds_come_has_one_agenda():
    agendas = Deadline.objects.filter(
        meeting__code="KOK-YK-2009-01", step__act=DeadlineStep.Act.AGENDA_PUBLISHED
    )
    assert agendas.count() == 1


def test_nothing_is_due_on_a_weekend_or_a_holiday():
    assert [day for _pk, day in all_days() if not is_working_day(day)] == []


def test_laying_the_clock_again_changes_nothing():
    before = all_days()
    assert lay_clock(ako()) == []
    assert all_days() == before


def test_moving_a_meeting_by_seven_days_moves_its_open_deadlines_and_no_others():
    others = {pk: day for pk, day in all_days() if pk not in _of(BOARD)}
    move(BOARD, "2009-10-07")
    assert days_of(BOARD) == {
        "SH-REPORT": "2009-09-28",
        "SH-APPROVAL": "2009-09-29",
        "SH-AGENDA": "2009-09-30",
    }
    assert {pk: day for pk, day in all_days() if pk in others} == others


def _of(meeting: str) -> set[int]:
    return set(Deadline.objects.filter(meeting__code=meeting).values_list("pk", flat=True))


def test_what_is_done_stays():
    Deadline.objects.filter(pk=deadline("SH-REPORT").pk).update(done_on=datetime.date(2009, 9, 8))
    told = []
    move(BOARD, "2009-10-07", tell=told.extend)
    assert days_of(BOARD)["SH-REPORT"] == "2009-09-21"
    assert {row.deadline.step.code for row in told} == {"SH-APPROVAL", "SH-AGENDA"}
    assert {(row.before.isoformat(), row.after.isoformat()) for row in told} == {
        ("2009-09-22", "2009-09-29"),
        ("2009-09-23", "2009-09-30"),
    }


def test_a_move_over_a_holiday_counts_working_days_anew():
    move("KOK-SH-2009-09", "2009-11-03")  # no deadline is counted from this one
    move(BOARD, "2010-01-08")
    assert days_of(BOARD) == {
        "SH-REPORT": "2009-12-28",
        "SH-APPROVAL": "2009-12-29",
        "SH-AGENDA": "2009-12-31",  # a week before is New Year's Day
    }


def test_a_deadline_of_a_group_never_passes_the_closing_of_the_round():
    move(GROUP, "2009-09-23")
    assert days_of(GROUP) == {"GROUP-TEXT": "2009-09-11", "GROUP-APPROVAL": "2009-09-11"}
    period = the_period()
    period.closes_at = clock.at(datetime.date(2009, 9, 18), 16)
    periods.change_round(period)
    assert days_of(GROUP) == {"GROUP-TEXT": "2009-09-18", "GROUP-APPROVAL": "2009-09-18"}


def test_a_group_that_does_not_meet_in_a_round_is_asked_by_its_closing_until_it_calls_a_meeting():
    def approval() -> Deadline:
        return deadline("GROUP-APPROVAL", "2009-TP", "BODY-WG-MR")

    assert (approval().meeting, approval().due_on.isoformat()) == (None, "2010-02-05")
    body = Body.objects.get(programme=ako(), code="BODY-WG-MR")
    called = calling.call_meeting(body, values={"held_on": datetime.date(2010, 2, 2), "number": ""})
    assert (approval().meeting, approval().due_on.isoformat()) == (called, "2010-02-02")
    calling.take_back(called)
    assert (approval().meeting, approval().due_on.isoformat()) == (None, "2010-02-05")


def test_deadlines_of_a_meeting_that_is_taken_back_go_to_the_bodys_next_one():
    calling.take_back(the_meeting(BOARD))
    assert days_of("KOK-SH-2009-09") == {
        "SH-REPORT": "2009-10-19",
        "SH-APPROVAL": "2009-10-20",
        "SH-AGENDA": "2009-10-21",
    }


def test_deadlines_come_with_the_first_meeting_that_they_can_be_counted_from():
    assert not Deadline.objects.filter(period__code="2009-TP", step__code="SH-AGENDA").exists()
    board = Body.objects.get(programme=ako(), code="BODY-SH")
    calling.call_meeting(board, values={"held_on": datetime.date(2010, 3, 31), "number": ""})
    assert deadline("SH-AGENDA", "2009-TP").due_on == datetime.date(2010, 3, 24)


def test_no_deadline_is_made_of_a_round_that_is_over_and_those_that_stand_stay():
    past = Deadline.objects.filter(period__code__in=["2008-TP", "2009-T1"])
    removed = past.filter(step__code="SH-REPORT")
    standing = past.exclude(step__code="SH-REPORT").count()
    assert removed.delete()[0] == 2
    lay_clock(ako())
    assert (removed.count(), past.count()) == (0, standing)
    lay_clock(ako(), with_past=True)
    assert removed.count() == 2


def test_a_round_that_is_open_again_gets_its_deadlines():
    text = Deadline.objects.filter(period__code="2009-T1", step__code="GROUP-TEXT")
    number = text.count()
    text.delete()
    lay_clock(ako())
    assert not text.exists()
    ReportingPeriod.objects.filter(code="2009-T1").update(
        reopened_until=clock.at(datetime.date(2009, 9, 30), 16), reopening_reason="Puuttui lukuja."
    )
    lay_clock(ako())
    assert text.count() == number


def test_the_first_meeting_of_a_body_does_not_take_rounds_of_earlier_years():
    Deadline.objects.filter(step__code="SH-REPORT").delete()
    Body.objects.filter(programme=ako(), code="BODY-SH").update(valid_from=clock.today())
    lay_clock(ako())
    rounds = set(Deadline.objects.filter(step__code="SH-REPORT").values_list("period__code", flat=True))
    assert "2008-TP" not in rounds
    assert "2009-T2" in rounds


def test_the_sample_has_the_deadlines_of_its_past_rounds_done():
    past = Deadline.objects.filter(period__code__in=["2008-TP", "2009-T1"])
    assert past.exists()
    assert [row for row in past.filter(meeting__held_on__lt=clock.today()) if not row.is_done] == []


def test_a_round_that_is_added_gets_its_deadlines():
    period = ReportingPeriod(
        programme=ako(),
        year=2010,
        kind="T1",
        opens_at=clock.at(datetime.date(2010, 5, 3), 0),
        closes_at=clock.at(datetime.date(2010, 5, 14), 16),
    )
    periods.add_round(period)
    assert deadline("GROUP-TEXT", "2010-T1", "BODY-WG-EO").due_on == datetime.date(2010, 5, 12)


def test_when_a_body_is_abolished_its_successors_meeting_is_counted_from():
    """The board takes the place of the federation meeting, by dates alone."""
    assembly = Body.objects.get(programme=ako(), code="BODY-YK")
    assembly.valid_until = datetime.date(2009, 11, 30)
    bodies.end_body(assembly)
    assert not Deadline.objects.filter(
        period__code="2009-T2", step__audience__depth=Audience.Depth.ASSEMBLY
    ).exists()
    successor = Body(
        programme=ako(),
        code="BODY-UUSI",
        name_fi="Uusi kokous",
        audience=assembly.audience,
        replaces=assembly,
        valid_from=datetime.date(2009, 12, 1),
        numbering=Body.Numbering.SECTION_PER_YEAR,
        document=Body.Document.MINUTES,
    )
    bodies.add_body(successor)
    calling.call_meeting(successor, values={"held_on": datetime.date(2009, 12, 14), "number": ""})
    assert deadline("YK-AGENDA").due_on == datetime.date(2009, 12, 7)
    assert deadline("YK-AGENDA").meeting.body == successor


def test_another_programme_has_a_clock_of_its_own():
    make_meeting("KOK-SH-2009-77", held_on=datetime.date(2009, 9, 15))
    before = Deadline.objects.count()
    assert lay_clock(ako()) == []
    assert Deadline.objects.count() == before
    assert Meeting.objects.get(code="KOK-SH-2009-77").deadlines.count() == 0
