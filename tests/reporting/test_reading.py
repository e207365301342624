"""Who reads which figures: live, as told to a body, or as published."""

import datetime
import re

import pytest
from django.template.loader import render_to_string

from programme.models import BodySeat, ReportingPeriod
from reporting.datasets import canonical_json
from reporting.depths import at_depth
from reporting.models import Dataset, Report
from reporting.reading import read_period
from tests.factories import ako, make_programme, make_report, the_target
from tests.personas import GROUP_PEOPLE, OFFICIALS, client_of, clients_by_persona, make_browser, person
from workgroups.models import FollowUp

pytestmark = pytest.mark.django_db


def reading_of(persona, period=None):
    return (
        client_of(persona).get("/ako/dashboard/" + (f"?period={period}" if period else "")).context["reading"]
    )


def dataset_of(period="2009-T1"):
    return Dataset.objects.filter(period__code=period).latest("version")


def test_officials_and_groups_read_the_open_period_live():
    for client in clients_by_persona([*OFFICIALS, *GROUP_PEOPLE]).values():
        reading = client.get("/ako/dashboard/").context["reading"]
        assert (reading.period.code, reading.is_live, reading.told_by) == ("2009-T2", True, None)


def test_officials_read_a_closed_period_as_it_was_frozen():
    FollowUp.objects.filter(target=the_target(), period__code="2009-T1").update(status="achieved")
    reading = reading_of("office", "2009-T1")
    [target] = [target for target in reading.facts["targets"] if target["code"] == "VT-2009-MR-2"]
    assert (reading.is_live, target["status"]) == (False, "not_started")
    assert reading.facts == dataset_of().facts


def test_what_is_accepted_after_the_freezing_shows_to_officials_and_not_to_those_who_were_told():
    frozen = dataset_of()
    said = FollowUp.objects.get(target=the_target(), period__code="2009-T1")
    said.text = "Hyväksytty jälkikäteen."
    said.accepted_at = frozen.frozen_at + datetime.timedelta(minutes=1)
    said.save(update_fields=["text", "accepted_at"])
    [line] = [
        target
        for target in reading_of("office", "2009-T1").facts["targets"]
        if target["code"] == "VT-2009-MR-2"
    ]
    assert line["follow_up"]["text"] == "Hyväksytty jälkikäteen."
    assert reading_of("office", "2009-T1").is_live is True
    assert reading_of("elected", "2009-T1").facts == frozen.facts


def test_a_dataset_frozen_before_the_round_closed_is_not_the_round():
    ReportingPeriod.objects.filter(code="2009-T1").update(
        reopened_until="2009-09-08T16:00:00+03:00", reopening_reason="Lausunnot myöhästyivät."
    )
    assert reading_of("office", "2009-T1").is_live is True


@pytest.mark.parametrize(
    ("persona", "told_by"),
    [("elected", "RAP-2009-T1-SH"), ("municipal", "RAP-2009-T1-YK"), ("anonymous", "RAP-2009-T1-SID")],
)
def test_others_read_what_was_told_to_them_at_its_depth(persona, told_by):
    reading = reading_of(persona)
    report = Report.objects.get(code=told_by)
    assert (reading.period.code, reading.is_live, reading.told_by) == ("2009-T1", False, report)
    assert reading.facts == at_depth(dataset_of().facts, report.depth)


def test_the_open_period_does_not_exist_for_those_who_read_what_was_told():
    for client in clients_by_persona(["elected", "municipal", "anonymous"]).values():
        for page in (
            "/ako/",
            "/ako/dashboard/",
            "/ako/targets/",
            "/ako/finance/2009/",
            "/ako/priorities/P1/",
        ):
            assert client.get(f"{page}?period=2009-T2").status_code == 404
            assert client.get(f"{page}?period=NO").status_code == 404


def test_a_report_reaches_its_body_when_it_stands_on_a_published_agenda():
    report = make_report()
    Report.objects.filter(pk=report.pk).update(
        state=Report.State.FROZEN, dataset=dataset_of(), frozen_at="2009-09-09T10:00:00+03:00"
    )
    meeting = report.body.meetings.upcoming(datetime.date(2009, 9, 9)).first()
    Report.objects.filter(pk=report.pk).update(meeting=meeting)
    meeting.agenda_published_on = None
    meeting.save(update_fields=["agenda_published_on"])
    address = "/ako/reports/RAP-2009-T2-SH/"
    elected = client_of("elected")
    assert elected.get(address).status_code == 404
    meeting.agenda_published_on = datetime.date(2009, 9, 10)
    meeting.save(update_fields=["agenda_published_on"])
    assert elected.get(address).status_code == 404
    meeting.agenda_published_on = datetime.date(2009, 9, 9)
    meeting.save(update_fields=["agenda_published_on"])
    assert elected.get(address).status_code == 200
    assert client_of("anonymous").get(address).status_code == 404


def test_where_nothing_has_been_told_the_programme_itself_is_read():
    make_programme()
    for client in clients_by_persona(["office", "elected", "anonymous"]).values():
        for page in ("/oske/dashboard/", "/oske/finance/2009/", "/oske/targets/"):
            response = client.get(page)
            assert (response.status_code, response.context["reading"]) == (200, None)
        assert client.get("/oske/").status_code == 200


def test_a_reader_without_programme_reads_nothing():
    assert read_period(person("office"), ako(), "2010-T1") is None


# --- Depths --------------------------------------------------------------------------------------------


@pytest.fixture
def facts():
    """Facts of the year 2008, which has deviations: reasons and corrective actions to leave out."""
    return dataset_of("2008-T2").facts


def test_the_board_is_told_everything(facts):
    assert at_depth(facts, "board") == facts
    assert at_depth(facts, "executive") == facts


def test_the_public_is_told_every_target_without_reasons_actions_and_rows(facts):
    public = at_depth(facts, "public")
    assert [target["code"] for target in public["targets"]] == [target["code"] for target in facts["targets"]]
    assert [target["status"] for target in public["targets"]] == [
        target["status"] for target in facts["targets"]
    ]
    assert (public["actions"], public["finance"]["rows"], public["sources"]) == ([], [], [])
    assert public["finance"]["total"] == facts["finance"]["total"]
    reasons = [
        follow_up[name]
        for target in public["targets"]
        if (follow_up := target["follow_up"])
        for name in ("reason", "effect", "corrective_action", "decision_needed")
    ]
    assert set(reasons) == {""}


def test_no_word_of_a_reason_stands_in_what_the_public_gets(facts):
    reasons = {
        follow_up[name]
        for target in facts["targets"]
        if (follow_up := target["follow_up"])
        for name in ("reason", "effect", "corrective_action")
        if follow_up[name]
    }
    assert len(reasons) >= 6
    told = canonical_json(at_depth(facts, "public")).decode()
    assert [reason for reason in reasons if reason in told] == []
    anonymous = client_of("anonymous")
    pages = [
        anonymous.get(f"/ako/reports/RAP-2008-T2-SID{suffix}").content.decode()
        for suffix in ("/", ".html", ".json")
    ]
    pages += [
        anonymous.get(f"{page}?period=2008-T2").content.decode()
        for page in ("/ako/", "/ako/dashboard/", "/ako/targets/")
    ]
    pages += [
        anonymous.get(f"/ako/targets/{target['code']}/").content.decode() for target in facts["targets"]
    ]
    assert [reason for reason in reasons for page in pages if reason in page] == []


def test_the_assembly_is_told_the_reasons_of_what_binds_it(facts):
    told = at_depth(facts, "assembly")
    for before, after in zip(facts["targets"], told["targets"], strict=True):
        if before["follow_up"] and before["binding"]:
            assert after["follow_up"] == before["follow_up"]
        elif before["follow_up"]:
            assert after["follow_up"]["reason"] == ""


def test_a_depth_computes_nothing(facts):
    original = canonical_json(facts)
    at_depth(facts, "public")
    assert canonical_json(facts) == original


def test_coverage_of_a_depth_counts_its_own_lines():
    coverage = at_depth(dataset_of().facts, "public")["coverage"]
    assert (coverage["lines"], coverage["updated"]) == (12, 12)
    assert [code for code in coverage["not_updated"] if not code.startswith("VT-")] == []


def test_a_seat_is_what_makes_an_elected_reader():
    BodySeat.objects.filter(user=person("elected")).delete()
    assert reading_of("elected").told_by.code == "RAP-2009-T1-SID"


@pytest.mark.parametrize("persona", ["elected", "municipal", "anonymous", "member-mr"])
@pytest.mark.parametrize("address", ["/ako/?open=all", "/ako/priorities/P1/", "/ako/dashboard/"])
def test_no_link_leads_to_a_page_that_is_not_its_readers(persona, address):
    client = clients_by_persona([persona])[persona]
    found = set(re.findall(r'href="(/ako/(?:targets|actions)/[^"#?]+/)"', client.get(address).text))
    assert {link: client.get(link).status_code for link in found} == dict.fromkeys(found, 200)
    assert any("/actions/" in link for link in found) == (persona == "member-mr")
    assert any("/targets/" in link for link in found) or address == "/ako/dashboard/"


def test_a_report_without_a_day_of_presenting_is_told_by_the_day_of_publishing_or_by_none():
    page = make_browser().get("/ako/finance/2009/")
    report = page.context["reading"].told_by
    assert f"{report.code}, –" not in page.text
    for presented, published, said in (
        (None, datetime.date(2009, 6, 1), "julkaistu 1.6.2009."),
        (datetime.date(2009, 5, 20), datetime.date(2009, 6, 1), f"{report.code}, 20.5.2009."),
    ):
        report.presented_on, report.published_on = presented, published
        told = render_to_string("reporting/_whose_figures.html", {"reading": page.context["reading"]})
        assert said in told
