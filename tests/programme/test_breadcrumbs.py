"""The way to a page, and who writes it."""

import pytest
from django.utils import translation

from programme.breadcrumbs import Step, step_to
from tests.factories import ako
from tests.personas import client_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "way"),
    [
        ("/ako/bodies/BODY-SH/", ["/ako/meetings/", None]),
        ("/ako/targets/?period=2009-T1", ["/ako/dashboard/?period=2009-T1", None]),
        ("/ako/targets/VT-2009-MR-2/", ["/ako/targets/", "/ako/workgroups/WG-MR/", None]),
        (
            "/ako/actions/TP-2009-MR-06/",
            ["/ako/workgroups/WG-MR/", "/ako/workgroups/WG-MR/2009/", None],
        ),
        (
            "/ako/targets/VT-2009-MR-2/follow-up/2009-T2/",
            ["/desk/", "/ako/workgroups/WG-MR/", "/ako/targets/VT-2009-MR-2/", None],
        ),
        ("/ako/workgroups/WG-MR/", ["/ako/workgroups/", None]),
        ("/ako/networks/", ["/ako/", None]),
        ("/ako/networks/NET-A1/", ["/ako/", "/ako/networks/", "/ako/networks/NET-A/", None]),
        ("/ako/measures/P1-M2/", ["/ako/", "/ako/priorities/P1/", None]),
        ("/ako/reports/RAP-2009-T1-SH.html", ["/ako/reports/", "/ako/reports/RAP-2009-T1-SH/", None]),
    ],
)
def test_a_page_knows_the_way_to_itself(address, way):
    page = client_of("coordinator-mr").get(address)
    assert [step.address for step in page.context["breadcrumbs"]] == way
    assert page.content.decode().count('<nav class="breadcrumbs"') == 1


def test_a_name_that_is_in_another_language_says_so():
    programme = ako()
    programme.name_fi, programme.name_sv = "Vain suomeksi", ""
    with translation.override("sv"):
        assert step_to(programme) == Step("Vain suomeksi", "/ako/", "fi")
    assert step_to(programme, is_here=True) == Step("Vain suomeksi")
