"""From the day a programme is closed it is read and never written."""

import pytest
from django.core.exceptions import ValidationError

from programme.models import Programme
from reporting import services as report_services
from reporting.models import Report
from tests.factories import make_follow_up, make_report, the_period, the_target
from tests.personas import client_of, person
from workgroups import services
from workgroups.models import FollowUp

pytestmark = pytest.mark.django_db

FORM = "/ako/targets/VT-2009-MR-2/follow-up/2009-T2/"


@pytest.fixture
def closed():
    Programme.objects.filter(slug="ako").update(closed_on="2009-09-09")


def test_nothing_is_said_accepted_or_returned(closed):
    said = make_follow_up(the_target(), state="submitted", submitted_by=person("coordinator-mr"))
    chair = person("chair-mr")
    with pytest.raises(ValidationError):
        services.accept_follow_up(said, actor=chair, version=1)
    with pytest.raises(ValidationError):
        services.return_follow_up(said, actor=chair, version=1, reason="Lisää mittari.")
    with pytest.raises(ValidationError):
        services.confirm_unchanged(the_target("VT-2009-MR-1"), the_period(), actor=person("coordinator-mr"))
    typed = {"status": "on_track", "text": "Etenee.", "version": "1"}
    assert client_of("coordinator-mr").post(FORM, typed).status_code == 422
    said.refresh_from_db()
    assert (said.state, said.version) == ("submitted", 1)
    assert FollowUp.objects.filter(group__code="WG-MR", period=the_period()).count() == 1


def test_no_report_is_begun_written_or_frozen(closed):
    report = make_report()
    office = client_of("office")
    office.post("/ako/reports/compose/2009-T2/AUD-TVK/")
    office.post("/ako/reports/RAP-2009-T2-SH/write/", {"wording": 1, "summary": "Uusi.", "proposal": "Uusi."})
    office.post("/ako/reports/RAP-2009-T2-SH/freeze/")
    with pytest.raises(ValidationError):
        report_services.freeze_report(report, actor=person("office"))
    report.refresh_from_db()
    assert (report.state, report.summary) == ("composed", "")
    assert list(Report.objects.filter(period=the_period())) == [report]


def test_the_day_before_everything_is_as_before():
    Programme.objects.filter(slug="ako").update(closed_on="2009-09-10")
    typed = {"status": "on_track", "text": "Etenee.", "version": "0"}
    assert client_of("coordinator-mr").post(FORM, typed).status_code == 302


def test_it_is_read_as_before(closed):
    client = client_of("office")
    for address in ("/ako/", "/ako/dashboard/", "/ako/targets/VT-2009-MR-2/", "/ako/reports/"):
        assert client.get(address).status_code == 200
