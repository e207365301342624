"""Rows of the table of access: networks are public, and the programme office writes what is told of them."""

from programme.models import Programme
from tests.access_rows import Row, answers, page, signed_in

PUBLIC, NOBODY = answers(200), answers(404)
OFFICE_WRITES, OFFICE_SAVES = signed_in(403, office=200), signed_in(403, office=302)
MISSING, SHUT = signed_in(404), signed_in(403)


def closed_programme() -> None:
    Programme.objects.filter(slug="ako").update(closed_on="2009-09-09")


NETWORKS = [
    page("reporting:network-list", "/ako/networks/", PUBLIC),
    Row("reporting:network-list", "/no/networks/", NOBODY, NOBODY, state="of no programme"),
    page("reporting:network-detail", "/ako/networks/NET-A1/", PUBLIC),
    page("reporting:network-detail", "/ako/networks/NET-LEAD/", PUBLIC, state="the root"),
    page("reporting:network-detail", "/ako/networks/NET-C1/", NOBODY, state="missing"),
    Row(
        "programme:network-edit",
        "/ako/networks/NET-A1/edit/",
        OFFICE_WRITES,
        OFFICE_SAVES,
        typed={"themes": "Rakenne"},
    ),
    Row("programme:network-edit", "/ako/networks/NET-C1/edit/", MISSING, MISSING, state="missing"),
    Row(
        "programme:network-edit",
        "/ako/networks/NET-A1/edit/",
        SHUT,
        SHUT,
        closed_programme,
        state="closed programme",
    ),
    Row(
        "programme:network-year-edit",
        "/ako/networks/NET-A1/years/2009/",
        OFFICE_WRITES,
        OFFICE_SAVES,
        typed={"text": "Tavattiin neljästi."},
    ),
    Row(
        "programme:network-year-edit",
        "/ako/networks/NET-A1/years/2010/",
        SHUT | {"office": 404},
        SHUT | {"office": 404},
        state="year to come",
    ),
]
