"""The municipality's page: whose it is, what stands on it, and who reads names."""

import datetime

import pytest

from programme.models import Body, BodySeat, MunicipalContact, Municipality
from tests.factories import ako, make_person
from tests.personas import PEOPLE, client_of, clients_by_persona, clients_of, person

pytestmark = pytest.mark.django_db

LIST, PAGE, OTHER = "/ako/municipalities/", "/ako/municipalities/KUN-211/", "/ako/municipalities/KUN-837/"


def statuses(address):
    return {who: client.get(address).status_code for who, client in clients_by_persona(PEOPLE).items()}


def test_officials_and_groups_open_every_page_and_the_contact_their_own():
    assert statuses(PAGE) == dict.fromkeys(PEOPLE, 200) | {"elected": 404}
    assert statuses(OTHER) == dict.fromkeys(PEOPLE, 200) | {"elected": 404, "municipal": 404}


def test_who_sits_for_a_municipality_opens_its_page_while_the_seat_lasts():
    seat = BodySeat.objects.get(user=person("elected"))
    seat.municipality = Municipality.objects.get(code="KUN-837")
    seat.save()
    client = client_of("elected")
    assert (client.get(OTHER).status_code, client.get(PAGE).status_code) == (200, 404)
    BodySeat.objects.filter(pk=seat.pk).update(until="2009-09-08")
    assert client.get(OTHER).status_code == 404


def test_the_page_ends_with_the_contacts_term():
    MunicipalContact.objects.filter(user=person("municipal")).update(until="2009-09-08")
    assert client_of("municipal").get(PAGE).status_code == 404


def test_the_list_holds_what_the_reader_may_open():
    lists = {
        who: [row.code for row in client_of(who).get(LIST).context["municipalities"]]
        for who in ("office", "municipal", "elected")
    }
    assert len(lists["office"]) == 8
    assert (lists["municipal"], lists["elected"]) == (["KUN-211"], [])


def test_a_municipality_of_no_programme_has_no_page():
    Municipality.objects.create(code="KUN-020", number="020", name_fi="Akaa")
    assert client_of("office").get("/ako/municipalities/KUN-020/").status_code == 404


def test_the_page_tells_its_own_years_and_no_others():
    page = client_of("municipal").get(PAGE)
    years = {row.year: row for row in page.context["years"]}
    assert list(years) == [2009, 2008, 2007]
    assert (years[2009].share, years[2008].share) == (20_593, 18_802)
    assert years[2009].carried == years[2008].after
    assert years[2008].after == years[2007].settled.carried_over + years[2008].settled.carried_over
    assert "152" + "\u00a0" + "977" not in page.content.decode()


def test_a_row_of_the_page_is_that_of_the_years_page():
    own = client_of("municipal").get(PAGE).context["years"][1]
    told = client_of("municipal").get("/ako/finance/2008/contributions/").context["told"]
    row = next(row for row in told.rows if row.municipality.code == "KUN-211")
    assert (own.share, own.carried, own.to_bill, own.settled, own.after) == (
        row.share,
        row.carried,
        row.to_bill,
        row.settled,
        row.after,
    )


def test_names_are_for_those_who_read_them_elsewhere_too():
    municipality = Municipality.objects.get(code="KUN-211")
    board = Body.objects.get(programme=ako(), code="BODY-SH")
    seated = make_person("Istuva Edustaja")
    BodySeat.objects.create(
        body=board, municipality=municipality, user=seated, starts_on=datetime.date(2009, 1, 1)
    )
    contact = person("municipal").name
    office, own = client_of("office").get(PAGE), client_of("municipal").get(PAGE)
    assert "Istuva Edustaja" in office.content.decode()
    assert "Istuva Edustaja" not in own.content.decode()
    assert contact in office.content.decode()
    assert own.context["reads_contacts"] is True
    [sitting] = clients_of([seated])
    theirs = sitting.get(PAGE)
    assert theirs.status_code == 200
    assert theirs.context["reads_contacts"] is False
    assert contact not in theirs.content.decode()


def test_the_seats_of_the_sample_stand_on_the_page():
    seats = client_of("office").get(PAGE).context["seats"]
    groups = [seat.holder.code for seat in seats if seat.holder.code.startswith("WG-")]
    assert sorted(groups) == ["WG-EO", "WG-HP", "WG-HP", "WG-MR"]


def test_reports_are_those_told_to_the_federation_meeting_and_no_others():
    reports = client_of("municipal").get(PAGE).context["reports"]
    assert [report.code for report in reports] == ["RAP-2009-T1-YK", "RAP-2008-TP-YK", "RAP-2008-T2-YK"]
    assert {report.depth for report in reports} == {"assembly"}
    assert all("YK" in report.code for report in client_of("office").get(PAGE).context["reports"])


def test_what_was_decided_leads_to_its_section():
    decisions = client_of("municipal").get(PAGE).context["decisions"]
    assert decisions
    assert {decision.matter.meeting.body.code for decision in decisions} == {"BODY-YK"}
    page = client_of("municipal").get(PAGE).content.decode()
    assert decisions[0].get_absolute_url() in page


def test_the_contacts_desk_leads_to_their_page():
    desk = client_of("municipal").get("/desk/").content.decode()
    assert PAGE in desk
    assert OTHER not in desk
    assert PAGE not in client_of("elected").get("/desk/").content.decode()


def test_the_contributions_lead_to_the_pages_that_the_reader_may_open():
    address = "/ako/finance/2009/contributions/"
    own = client_of("municipal").get(address).content.decode()
    assert PAGE in own
    assert OTHER not in own
    assert PAGE not in client_of("anonymous").get(address).content.decode()
