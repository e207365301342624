"""The page of a body: what is coming, the papers for it, what was decided and what became of it."""

import datetime

import pytest

from programme.models import Body, BodySeat, Meeting
from reporting import services
from tests.factories import make_body, make_report
from tests.factories_meetings import make_decision, make_done_task, make_matter, make_task_of
from tests.personas import client_of, make_browser, person

pytestmark = pytest.mark.django_db

BODY = "/ako/bodies/BODY-SH/"
TOMORROW = datetime.date(2009, 9, 10)


def context(persona="elected", address=BODY):
    client = make_browser() if persona == "anonymous" else client_of(persona)
    return client.get(address).context


def decided(**asked):
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    return context(address=f"{BODY}?{query}")["decided"]


def test_the_next_meeting_stands_first_with_its_published_matters():
    make_matter("KOK-SH-2009-78", held_on=TOMORROW)
    shown = context()["next"]
    assert (shown.meeting.code, [row.matter.section for row in shown.rows]) == ("KOK-SH-2009-78", [910])
    page = client_of("elected").get(BODY).text
    assert page.index('id="next"') < page.index('id="decided"') < page.index('id="coming"')


def test_what_is_not_published_yet_is_its_keepers():
    make_matter("KOK-SH-2009-78", held_on=TOMORROW, agenda_published_on=None)
    assert context()["next"].rows == []
    assert context("anonymous")["next"].rows == []
    assert [row.matter.section for row in context("secretary")["next"].rows] == [910]


def test_the_report_handed_to_the_meeting_is_among_its_papers_for_its_own_people():
    matter = make_matter("KOK-SH-2009-78", held_on=TOMORROW)
    services.freeze_report(make_report(meeting=matter.meeting), actor=person("office"))
    assert [report.code for report in context()["handed"]] == ["RAP-2009-T2-SH"]
    assert "/ako/reports/RAP-2009-T2-SH/" in client_of("elected").get(BODY).text
    assert list(context("anonymous")["handed"]) == []


def test_a_body_without_a_coming_meeting_says_so():
    Meeting.objects.filter(body__code="BODY-SH", held_on__gte="2009-09-09").delete()
    assert context()["next"] is None
    assert "Kokouksia ei ole suunniteltu." in client_of("elected").get(BODY).text


def test_decisions_stand_by_year_with_their_tasks_and_how_these_stand():
    task = make_task_of()
    shown = decided(year=2009)
    [row] = [row for row in shown.rows if row.decision.matter.section == 900]
    assert ([one.pk for one in row.tasks], shown.year, shown.years[:1]) == ([task.pk], 2009, [2009])
    assert {row.decision.matter.year for row in decided(year=2008).rows} == {2008}
    assert [one.pk for one in decided(year=2008).open_tasks] == [task.pk]


@pytest.mark.parametrize("year", ["1999", "soon", ""])
def test_a_year_without_decisions_is_the_latest_one(year):
    make_decision()
    assert decided(year=year).year == 2009


def test_decisions_are_filtered_by_what_became_of_them():
    make_task_of(make_decision(section=901))
    make_done_task(decision=make_decision(section=902), verified_on=datetime.date(2009, 9, 8))
    waiting = make_done_task(decision=make_decision(section=903))

    def sections(**asked):
        return sorted(row.decision.matter.section for row in decided(year=2009, **asked).rows)

    assert sections(tasks="open") == [901, waiting.decision.matter.section]
    assert sections(tasks="done") == [902]
    assert set(sections()) > {901, 902, 903}
    assert sections(tasks="wrong") == sections()


def test_the_public_reads_what_was_decided_and_nothing_of_the_tasks():
    task = make_task_of()
    shown = context("anonymous", f"{BODY}?year=2009&tasks=open")["decided"]
    assert (shown.reads_tasks, shown.open_tasks) == (False, [])
    assert 900 in [row.decision.matter.section for row in shown.rows]
    assert task.text not in make_browser().get(BODY).text


def test_the_successors_page_carries_on_what_the_body_before_it_decided():
    task = make_task_of()
    Body.objects.filter(code="BODY-SH").update(valid_until=datetime.date(2009, 9, 8))
    successor = make_body("BODY-UH", valid_from=datetime.date(2009, 9, 9))
    BodySeat.objects.filter(user=person("elected")).update(body=successor)
    shown = context(address="/ako/bodies/BODY-UH/")["decided"]
    assert [one.pk for one in shown.open_tasks] == [task.pk]
    assert client_of("elected").get(task.get_absolute_url()).status_code == 200
    assert "/ako/bodies/BODY-UH/" in client_of("elected").get(BODY).text


def test_a_members_desk_leads_to_the_page():
    assert [body.code for body in context(address="/desk/")["desk"].bodies] == ["BODY-SH"]
    assert BODY in client_of("elected").get("/desk/").text
    assert context("office", "/desk/")["desk"].bodies == []
