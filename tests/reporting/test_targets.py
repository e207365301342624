"""The list of annual targets, and the page of one."""

import re
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from priorities.models import AnnualTarget, StrategicGoal
from reporting import services as reporting_services
from tests.factories import ako, make_follow_up, make_report, make_target, the_period, the_target
from tests.personas import client_of, person
from workgroups import services

pytestmark = pytest.mark.django_db

LIST = "/ako/targets/"


def codes(client, query=""):
    return [target["code"] for target in client.get(LIST + query).context["targets"]]


@pytest.fixture
def office():
    return client_of("office")


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("", 12),
        ("?period=2009-T2", 12),
        ("?priority=P1", 3),
        ("?priority=none", 3),
        ("?status=on_track", 5),
        ("?status=not_updated", 6),
        ("?status=will_not_be_achieved", 1),
        ("?status=going_well", 5),
        ("?status=deviating", 1),
        ("?priority=P3&status=deviating", 1),
        ("?priority=P1&status=deviating", 0),
        ("?period=2009-T1&status=going_well", 11),
        ("?period=2009-T1&status=not_started", 1),
        ("?priority=P9", 0),
        ("?status=wonderful", 0),
        ("?binding=on&priority=P1", 1),
    ],
)
def test_filters_let_through_what_they_say(office, query, number):
    assert len(codes(office, query)) == number


def test_changed_lists_those_whose_status_moved(office):
    changed = codes(office, "?changed=on")
    moved = [
        target["code"]
        for target in office.get(LIST).context["targets"]
        if target["status"] not in ("not_updated", target["previous"]["status"])
    ]
    assert changed == moved != []


def test_each_row_carries_its_code_its_status_and_its_address(office):
    page = office.get(LIST).content.decode()
    targets = office.get(LIST).context["targets"]
    rows = re.findall(r'<tr[^>]* id="(VT-[^"]+)".*?</tr>', page, re.DOTALL)
    assert rows == [target["code"] for target in targets]
    for target in targets:
        row = re.search(rf'<tr[^>]* id="{target["code"]}".*?</tr>', page, re.DOTALL)[0]
        assert re.findall(r'data-status="([^"]+)"', row)[0] == target["status"]
        assert f'href="/ako/targets/{target["code"]}/"' in row


# --- One target ------------------------------------------------------------------------------------------


def test_the_page_carries_its_code_and_the_status_of_the_open_period(office):
    page = office.get("/ako/targets/VT-2009-HP-1/")
    assert page.context["status_now"] == "on_track"
    assert page.content.decode().count('id="VT-2009-HP-1"') == 1
    assert page.content.decode().count('data-status="on_track"') >= 1


def test_silence_is_not_last_periods_colour(office):
    page = office.get("/ako/targets/VT-2009-MR-1/")
    assert page.context["status_now"] == "not_updated"
    assert [telling.status for telling in page.context["tellings"]] == ["not_updated", "on_track"]


def test_what_was_told_names_the_reports_that_told_it(office):
    told = office.get("/ako/targets/VT-2009-MR-1/").context["tellings"][1]
    assert [report.code for report in told.reports] == [
        "RAP-2009-T1-TVK",
        "RAP-2009-T1-SH",
        "RAP-2009-T1-YK",
        "RAP-2009-T1-SID",
    ]
    assert told.is_imported is True


def test_a_reader_who_reads_what_was_told_sees_the_telling_of_their_own_report():
    [telling] = client_of("anonymous").get("/ako/targets/VT-2009-MR-1/").context["tellings"]
    assert (telling.period.code, telling.status) == ("2009-T1", "on_track")
    assert [report.code for report in telling.reports] == ["RAP-2009-T1-SID"]


def test_only_those_who_may_write_are_led_to_the_form():
    address = "/ako/targets/VT-2009-MR-2/"
    form = f"{address}follow-up/2009-T2/"
    assert client_of("coordinator-mr").get(address).context["update_address"] == form
    for persona in ("coordinator-hp", "chair-mr", "office", "elected", "anonymous"):
        assert client_of(persona).get(address).context["update_address"] is None


def test_once_accepted_nobody_is_led_to_the_form():
    said = make_follow_up(the_target(), state="submitted", submitted_by=person("coordinator-mr"))
    client, address = client_of("coordinator-mr"), "/ako/targets/VT-2009-MR-2/"
    assert client.get(address).context["update_address"] is not None
    said.approve(by=person("chair-mr"))
    said.save()
    assert client.get(address).context["update_address"] is None


def test_the_form_takes_the_same_from_a_waiting_line_that_another_wrote():
    make_follow_up(the_target(), state="returned", submitted_by=person("coordinator-hp"))
    page = client_of("coordinator-mr").get("/ako/targets/VT-2009-MR-2/")
    assert page.context["now"].is_returned is True
    assert "Lisää mittari." in page.content.decode()


def test_a_target_of_another_programme_or_year_is_not_there(office):
    assert office.get("/ako/targets/VT-1999-MR-1/").status_code == 404
    assert office.get("/other/targets/VT-2009-MR-1/").status_code == 404


def test_text_that_people_wrote_is_escaped_and_in_its_language():
    make_follow_up(the_target(), text="<script>alert('x')</script> på svenska", language="sv")
    page = client_of("office").get("/ako/targets/VT-2009-MR-2/").content.decode()
    assert "<script>alert" not in page
    assert '<p lang="sv">&lt;script&gt;' in page


def test_a_name_in_one_language_falls_back_marked():
    make_target("VT-2009-MR-92", name_fi="Vain suomeksi kirjoitettu tavoite")
    client = client_of("office")
    client.cookies["language"] = "en"
    page = client.get("/ako/targets/VT-2009-MR-92/").content.decode()
    assert '<span lang="fi">Vain suomeksi kirjoitettu tavoite</span>' in page.replace("\xad", "")


# --- A target that no group answers for ------------------------------------------------------------------


@pytest.fixture
def nobodys():
    target = AnnualTarget.objects.create(
        programme=ako(), code="VT-2009-XX-1", year=2009, order=950, name_fi="Kenenkään tavoite"
    )
    target.goals.add(StrategicGoal.objects.get(priority__programme=ako(), code="P1-G1"))
    target.state = AnnualTarget.State.DECIDED
    target.save(update_fields=["state"])
    return target


@pytest.mark.parametrize(
    "address",
    ["/ako/targets/", "/ako/targets/VT-2009-XX-1/", "/ako/dashboard/", "/ako/?open=all", "/ako/goals/P1-G1/"],
)
def test_pages_show_a_target_that_no_group_answers_for(office, nobodys, address):
    page = office.get(address)
    assert page.status_code == 200
    assert "Kenenkään" in page.content.decode().replace("\xad", "")


def test_its_page_says_that_nobody_answers_for_it(office, nobodys):
    assert "yksikään työryhmä ei vielä vastaa" in office.get("/ako/targets/VT-2009-XX-1/").content.decode()


def test_nobody_follows_it_up(nobodys):
    coordinator = client_of("coordinator-mr")
    assert coordinator.get("/ako/targets/VT-2009-XX-1/follow-up/2009-T2/").status_code == 404
    assert coordinator.get("/desk/").status_code == 200
    with pytest.raises(ValidationError, match="Yksikään työryhmä"):
        services.submit_follow_up(
            nobodys,
            the_period(),
            actor=person("coordinator-mr"),
            version=0,
            values={"status": "on_track", "text": "Etenee."},
        )


def test_it_is_told_as_not_updated(nobodys):
    report = reporting_services.freeze_report(make_report(), actor=person("office"))
    [told] = [target for target in report.dataset.facts["targets"] if target["code"] == "VT-2009-XX-1"]
    assert (told["group"], told["priority"], told["status"]) == (None, None, "not_updated")


def test_the_page_of_a_decided_target_says_all_that_was_decided():
    make_target(
        "VT-2009-MR-92",
        own_euros=Decimal("12500.50"),
        no_cost=False,
        indicator_fi="Hyväksyneet kunnat",
        baseline=Decimal("1.5"),
        target_value=Decimal(8),
        direction="down",
    )
    page = client_of("office").get("/ako/targets/VT-2009-MR-92/").content.decode()
    for shown in ("12 500,50", "1,5 kpl", "Mitä vähemmän", "Hyväksyneet kunnat"):
        assert shown in page.replace("\u00a0", " ")
    assert "<dd></dd>" not in page
