"""Every address answers every person as the table says: one matrix, made from the URLconf."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from programme.models import User
from tests.access_rows import DOOR, LOGIN, Answers, Row
from tests.access_table import TABLE
from tests.factories import make_person
from tests.personas import (
    ANONYMOUS,
    EVERYBODY,
    PEOPLE,
    client_of,
    clients_by_persona,
    clients_of,
    make_browser,
)

pytestmark = pytest.mark.django_db

SIGN_IN = "/account/login/"


def patterns(resolver: Any, namespace: str = "", route: str = "") -> Iterator[str]:
    """Give the name of every address of the URLconf, or its route where it has none."""
    for entry in resolver.url_patterns:
        here = route + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from patterns(entry, inner, here)
        else:
            assert isinstance(entry, URLPattern)
            yield namespace + entry.name if entry.name else here


def test_every_address_has_a_row_and_no_row_is_stale():
    assert {row.name for row in TABLE} == set(patterns(get_resolver()))


def test_no_row_is_told_twice():
    assert [key for key, times in Counter((row.name, row.state) for row in TABLE).items() if times > 1] == []


def answer(client: Client, method: str, row: Row) -> int | str:
    """Return what an address answers; what it changed is undone."""
    with transaction.atomic():
        response = getattr(client, method)(row.address(), row.typed if method == "post" else None)
        is_done = row.is_done() if row.is_done else response.status_code == 302
        transaction.set_rollback(True)
    leads_to = response["Location"].partition("?")[0] if response.status_code == 302 else ""
    if row.is_done and method == "post" and is_done != (response.status_code == 302):
        return f"{response.status_code}, and {'done' if is_done else 'not done'}"
    return {SIGN_IN: LOGIN, "/admin/login/": DOOR}.get(leads_to, response.status_code)


def asked(expected: Answers) -> dict[str, Client]:
    """Return whom to ask: everybody; of a verb that is wrong whoever asks, the office and the anonymous."""
    is_wrong_verb = set(expected.values()) <= {401, 405, LOGIN}
    return clients_by_persona(["office", ANONYMOUS] if is_wrong_verb else EVERYBODY)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("row", TABLE, ids=str)
def test_every_person_gets_the_answer_of_the_table(row, method):
    if row.given:
        row.given()
    expected = getattr(row, method)
    answered = {persona: answer(client, method, row) for persona, client in asked(expected).items()}
    assert answered == {persona: expected[persona] for persona in answered}


def test_the_personas_are_the_samples_people():
    assert set(User.objects.values_list("persona", flat=True)) == set(PEOPLE)


# --- A form without its proof of origin ------------------------------------------------------------------


@pytest.mark.parametrize("row", [row for row in TABLE if 302 in row.post.values()], ids=str)
def test_no_address_takes_a_form_without_its_token(row):
    if row.given:
        row.given()
    client = make_browser(checks_tokens=True)
    assert client.post(row.address(), row.typed).status_code == 403


def test_a_form_that_is_too_old_gives_back_what_was_typed():
    client = client_of("coordinator-mr", checks_tokens=True)
    typed = {
        "status": "delayed",
        "text": "Lausunnot puuttuvat <b>viidestä</b> kunnasta.",
        "password": "salainen lause",
        "csrfmiddlewaretoken": "vanhentunut",
    }
    response = client.post("/ako/targets/VT-2009-MR-2/follow-up/2009-T2/", typed)
    page = response.content.decode()
    assert response.status_code == 403
    assert re.findall(r"<dd>(.*?)</dd>", page) == [
        "Viivästynyt",
        "Lausunnot puuttuvat &lt;b&gt;viidestä&lt;/b&gt; kunnasta.",
    ]
    assert "salainen lause" not in page
    assert "vanhentunut" not in page


# --- Rights follow from posts and memberships ------------------------------------------------------------


def test_a_person_without_post_or_membership_reads_what_the_public_reads():
    [client] = clients_of([make_person("Vieras")])
    addresses = [
        "/ako/dashboard/?period=2009-T2",
        "/ako/actions/TP-2009-MR-06/",
        "/ako/workgroups/WG-MR/2009/",
        "/ako/reports/RAP-2009-T1-SH/",
        "/ako/reports/RAP-2009-T1-SID/",
        "/approvals/",
    ]
    assert [client.get(address).status_code for address in addresses] == [404, 404, 404, 404, 200, 403]


def test_rights_end_with_the_day_a_post_or_membership_ends():
    office, chair = client_of("office"), client_of("chair-mr")
    assert (office.get("/ako/actions/TP-2009-MR-06/").status_code, chair.get("/approvals/").status_code) == (
        200,
        200,
    )
    for persona in ("office", "chair-mr"):
        person = User.objects.get(persona=persona)
        person.holdings.update(until="2009-09-08")
        person.memberships.update(until="2009-09-08")
    assert (office.get("/ako/actions/TP-2009-MR-06/").status_code, chair.get("/approvals/").status_code) == (
        404,
        403,
    )


def test_a_deactivated_person_is_signed_out_at_once():
    client = client_of("office")
    User.objects.filter(persona="office").update(is_active=False)
    response = client.get("/desk/")
    assert (response.status_code, response["Location"]) == (302, f"{SIGN_IN}?next=/desk/")


def test_a_form_sent_after_the_session_ended_gives_back_what_was_typed():
    typed = {
        "status": "delayed",
        "text": "Lausunnot puuttuvat.",
        "version": "0",
        "password": "salainen lause",
    }
    response = make_browser().post("/ako/targets/VT-2009-MR-2/follow-up/2009-T2/", typed)
    page = response.content.decode()
    assert response.status_code == 401
    assert re.findall(r"<dd>(.*?)</dd>", page) == ["Viivästynyt", "Lausunnot puuttuvat."]
    assert "salainen lause" not in page


def test_a_refused_form_gives_back_what_was_typed():
    typed = {"status": "delayed", "text": "Lausunnot puuttuvat."}
    response = client_of("coordinator-hp").post("/ako/targets/VT-2009-MR-2/follow-up/2009-T2/", typed)
    assert response.status_code == 403
    assert "Lausunnot puuttuvat." in response.content.decode()
