"""`load_sample` on the day of the portal's sample, 9.9.2009, and what it refuses."""

import datetime
from collections import Counter
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from priorities.models import AnnualTarget
from programme import clock
from programme.models import (
    Meeting,
    PaymentClaim,
    Programme,
    ReportingPeriod,
    User,
)
from reporting.facts import collect_facts
from reporting.loading.sample.load import SAMPLE_FILE
from reporting.loading.sample.rounds import working_day_after
from reporting.models import Rendering, Report
from tests.reporting.test_load_programme import count_trail_rows
from workgroups.models import FollowUp, WorkProgramme

pytestmark = pytest.mark.django_db
DAY = "2009-09-09"


def load(*arguments: str) -> str:
    output = StringIO()
    call_command("load_sample", *arguments, stdout=output)
    return output.getvalue()


@pytest.fixture
def facts():
    return collect_facts(ReportingPeriod.objects.get(code="2009-T2"))


def test_round_is_open_until_the_working_day_after_the_groups_date():
    period = ReportingPeriod.objects.get(code="2009-T2")
    assert period.opens_at == clock.at(datetime.date(2009, 9, 1), 0)
    assert period.closes_at == clock.at(datetime.date(2009, 9, 11), 16)
    assert period.is_open


def test_targets_stand_as_the_model_says(facts):
    assert Counter(target["status"] for target in facts["targets"]) == {
        "on_track": 5,
        "will_not_be_achieved": 1,
        "not_updated": 6,
    }


def test_lines_and_groups_stand_as_the_model_says(facts):
    lines = [*facts["targets"], *facts["actions"]]
    answered = Counter(line["group"] for line in lines if line["status"] != "not_updated")
    silent = Counter(line["group"] for line in lines if line["status"] == "not_updated")
    assert (facts["coverage"]["updated"], facts["coverage"]["lines"]) == (21, 40)
    assert answered == {"WG-HP": 10, "WG-EO": 11}
    assert silent == {"WG-MR": 11, "KV": 8}
    assert facts["coverage"]["waiting"] == []


def test_money_stands_as_the_model_says(facts):
    total = facts["finance"]["total"]
    assert (total["actual"], total["amended"]) == ("305241.00", "530000.00")
    assert (total["actual_percent"], total["expected_percent"]) == ("57.6", "66.7")
    assert {row["code"]: row["forecast"] for row in facts["finance"]["rows"]} == {
        "KP-2100": None,
        "KP-2110": None,
        "KP-2120": "119000.00",
        "KP-2130": "103000.00",
    }


def test_answers_are_accepted_on_the_day_of_their_groups_meeting():
    said = FollowUp.objects.filter(period__code="2009-T2").values_list("group__code", "accepted_at__date")
    assert set(said) == {("WG-HP", datetime.date(2009, 9, 9)), ("WG-EO", datetime.date(2009, 9, 8))}


def test_states_are_those_of_the_day():
    states = dict(AnnualTarget.objects.order_by().values_list("year", "state").distinct())
    claim = PaymentClaim.objects.get(code="MAK-2009-1")
    assert states == {2007: "closed", 2008: "closed", 2009: "decided"}
    assert (claim.state, claim.decided_on, claim.paid_on) == (PaymentClaim.State.SENT, None, None)
    assert claim.decision.matter.section == 57
    assert set(WorkProgramme.objects.values_list("state", flat=True)) == {WorkProgramme.State.NOTED}
    assert WorkProgramme.objects.get(code="TO-2009-KV").approval is None


def test_reports_were_told_by_the_chain_and_bodies_of_their_time():
    told = Report.objects.filter(period__code="2009-T1").select_related("body", "matter", "dataset")
    assert [
        (report.code, report.state, report.body and report.body.code, report.matter and report.matter.section)
        for report in told
    ] == [
        ("RAP-2009-T1-TVK", "presented", "BODY-KJK", 23),
        ("RAP-2009-T1-SH", "presented", "BODY-SH", 40),
        ("RAP-2009-T1-YK", "presented", "BODY-YK", 5),
        ("RAP-2009-T1-SID", "published", None, None),
    ]
    assert {report.dataset.frozen_at for report in told} == {clock.at(datetime.date(2009, 5, 15), 12)}
    assert Report.objects.get(code="RAP-2007-T1-TVK").body.code == "BODY-TVK"
    assert not Report.objects.filter(period__code="2009-T2").exists()


def test_told_reports_to_the_board_are_queued_once_after_loading():
    queued = Rendering.objects.values_list("report__code", flat=True)
    board = Report.objects.filter(depth="board").values_list("code", flat=True)
    assert sorted(queued) == sorted(board)


def test_next_meeting_is_planned_only():
    meeting = Meeting.objects.get(code="KOK-MR-2009-04")
    assert (meeting.present, meeting.seats, meeting.matters.count()) == (None, 10, 0)


def test_loading_again_as_of_the_same_day_says_so_and_changes_nothing():
    before = count_trail_rows()
    assert load("--as-of", DAY) == (
        "AKO-TRE-2007 holds the sample already, as of 2009-09-09. Nothing was changed.\n"
    )
    assert count_trail_rows() == before


@pytest.mark.parametrize("arguments", [[], ["--as-of", "2009-06-17"]])
def test_loading_as_of_another_day_is_refused(arguments):
    with pytest.raises(CommandError, match=r"holds the sample already, as of 2009-09-09, not .+\."):
        load(*arguments)


def test_wrong_day_is_refused():
    with pytest.raises(CommandError, match="is no date; write YYYY-MM-DD"):
        load("--as-of", "9.9.2009")


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("programme: AKO-TRE-2007", "programme: AKO-TRE-1999", "the programme AKO-TRE-1999 is not loaded"),
        ("total_eur: 480000", "total_eur: 480001", "“total_eur” is 480001, but the file's rows make 480000"),
        (
            "state_share: 86746",
            "state_share: 86747",
            "“state_share” is 86747, but the file's rows make 86746",
        ),
        ("amended_budget: 18558", "amended_budget: 18559", "the file's rows make 18558"),
        ("{toteutunut: 9, osittain: 3}", "{toteutunut: 8, osittain: 3}", "the file's targets make 9"),
        ("total: 57840", "total: 57841", "the file's rows make 57840"),
        ("total_seats: 19", "total_seats: 18", "the file's rows make 19"),
        ("status: etenee", "status: punainen", "“status” is “punainen”, but may be only"),
    ],
)
def test_broken_file_is_refused_with_its_line(tmp_path, old, new, reason):
    text = SAMPLE_FILE.read_text()
    path = tmp_path / "broken.yaml"
    path.write_text(text.replace(old, new, 1))
    before = count_trail_rows()
    with pytest.raises(CommandError) as error:
        load(str(path))

    line = text.split(old)[0].count("\n") + 1
    assert str(error.value).startswith(f"broken.yaml, line {line}: ")
    assert reason in str(error.value)
    assert count_trail_rows() == before


def test_closing_days_skip_weekends_and_finnish_holidays():
    assert working_day_after(datetime.date(2009, 9, 10)) == datetime.date(2009, 9, 11)
    assert working_day_after(datetime.date(2009, 9, 11)) == datetime.date(2009, 9, 14)
    assert working_day_after(datetime.date(2009, 4, 9)) == datetime.date(2009, 4, 14)
    assert working_day_after(datetime.date(2009, 12, 31)) == datetime.date(2010, 1, 4)


def test_personas_are_listed_for_whoever_starts_the_portal():
    output = StringIO()
    call_command("list_personas", stdout=output)
    lines = output.getvalue().splitlines()
    assert len(lines) == User.objects.exclude(persona="").count() == 15
    assert lines[0] == "coordinator-mr — Koordinaattori, rakenne"


def test_everything_is_marked_as_sample():
    assert Programme.objects.get().is_sample
