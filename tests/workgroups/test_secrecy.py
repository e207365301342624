"""The secrecy of a file changed afterwards: by whom, on which ground, with a reason, never silently."""

import pytest
from django.db import DatabaseError, transaction

from programme.models import Attachment, Programme, SecrecyChange
from programme.trail import trail_of
from tests.factories import make_evidence, the_action, the_target
from tests.personas import client_of, person

pytestmark = pytest.mark.django_db

LINE = "/ako/targets/VT-2009-MR-2/"
GROUND, OTHER = "JulkL 24 § 1 mom. 20 k", "JulkL 24 § 1 mom. 17 k"
WHY = "Liitteessä on palkkiotietoja."


def the_file(**fields):
    return make_evidence(the_target(), **fields).attachment


def page_of(attachment):
    return f"{LINE}follow-up/2009-T2/attachments/{attachment.pk}/secrecy/"


def change(persona, attachment, *, ground=GROUND, reason=WHY, seen="", **more):
    typed = {"secrecy_ground": ground, "reason": reason, "seen": seen} | more
    return client_of(persona).post(page_of(attachment), typed)


def ground_of(attachment):
    return Attachment.objects.get(pk=attachment.pk).secrecy_ground


def gets_it(persona, attachment):
    return client_of(persona).get(page_of(attachment).removesuffix("secrecy/")).status_code == 200


@pytest.mark.parametrize("persona", ["coordinator-mr", "office"])
def test_a_file_is_made_secret_with_a_ground_and_a_reason(persona):
    file = the_file()
    assert gets_it("member-mr", file)
    assert gets_it("coordinator-hp", file)
    assert change(persona, file).status_code == 302
    assert ground_of(file) == GROUND
    assert not gets_it("coordinator-hp", file)
    [told] = SecrecyChange.objects.all()
    assert (told.before, told.after, told.reason, told.changed_by) == ("", GROUND, WHY, person(persona))
    assert trail_of(Attachment).filter(pgh_obj_id=file.pk, secrecy_ground=GROUND).exists()
    page = client_of("coordinator-mr").get(page_of(file)).content.decode()
    assert f"”{WHY}”" in page


def test_in_a_closed_programme_it_is_read_and_no_longer_changed():
    file = the_file(secrecy_ground=OTHER)
    Programme.objects.filter(slug="ako").update(closed_on="2009-09-09")
    refused = change("office", file, seen=OTHER)
    assert (refused.status_code, ground_of(file)) == (403, OTHER)
    assert "Ohjelma on päätetty" in refused.content.decode()
    page = client_of("office").get(page_of(file))
    assert (page.status_code, b"Ohjelma on p" in page.content, b'name="reason"' in page.content) == (
        200,
        True,
        False,
    )


def test_a_ground_names_its_section():
    file = the_file(secrecy_ground=GROUND)
    refused = change("office", file, ground="salainen", seen=GROUND)
    assert set(refused.context["form"].errors) == {"secrecy_ground"}
    assert ground_of(file) == GROUND


@pytest.mark.parametrize(
    ("missing", "field"), [({"ground": " "}, "secrecy_ground"), ({"reason": " "}, "reason")]
)
def test_without_either_nothing_changes_and_what_was_typed_stays(missing, field):
    file = the_file()
    answer = change("coordinator-mr", file, **missing)
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, {field})
    assert (ground_of(file), SecrecyChange.objects.count()) == ("", 0)
    assert (GROUND in answer.content.decode()) == (field == "reason")


def test_a_coordinator_gives_another_ground_and_opens_nothing():
    file = the_file(secrecy_ground=GROUND)
    assert change("coordinator-mr", file, ground=OTHER, seen=GROUND).status_code == 302
    refused = change("coordinator-mr", file, ground="", seen=OTHER, opens="on")
    assert set(refused.context["form"].errors) == {"secrecy_ground"}
    assert ground_of(file) == OTHER


def test_the_office_opens_a_file_when_it_says_so_twice():
    file = the_file(secrecy_ground=GROUND)
    refused = change("office", file, ground="", seen=GROUND)
    assert set(refused.context["form"].errors) == {"opens"}
    both = change("office", file, ground=GROUND, seen=GROUND, opens="on")
    assert set(both.context["form"].errors) == {"opens"}
    assert change("office", file, ground="", seen=GROUND, opens="on").status_code == 302
    assert ground_of(file) == ""
    assert gets_it("coordinator-hp", file)


def test_what_was_changed_meanwhile_is_looked_at_again():
    file = the_file()
    change("office", file)
    answer = change("coordinator-mr", file, ground=OTHER)
    assert answer.status_code == 422
    assert ground_of(file) == GROUND
    assert answer.context["form"]["seen"].value() == GROUND


def test_the_same_once_more_is_no_change():
    file = the_file(secrecy_ground=GROUND)
    assert change("coordinator-mr", file, seen=GROUND).status_code == 422
    assert not SecrecyChange.objects.exists()


@pytest.mark.parametrize(
    ("persona", "status"), [("member-mr", 403), ("chair-mr", 403), ("coordinator-hp", 404)]
)
def test_others_are_refused(persona, status):
    file = the_file(secrecy_ground=GROUND)
    assert client_of(persona).get(page_of(file)).status_code == status
    assert change(persona, file, ground=OTHER, seen=GROUND).status_code == status
    assert ground_of(file) == GROUND


def test_the_line_leads_to_it_those_who_may():
    for file, line in (
        (the_file(), LINE),
        (make_evidence(the_action()).attachment, "/ako/actions/TP-2009-MR-06/"),
    ):
        address = f"{line}follow-up/2009-T2/attachments/{file.pk}/secrecy/"
        assert f'href="{address}"' in client_of("coordinator-mr").get(line).content.decode()
        assert f'href="{address}"' in client_of("office").get(line).content.decode()
        assert f'href="{address}"' not in client_of("chair-mr").get(line).content.decode()
        assert client_of("coordinator-mr").get(address).status_code == 200


def test_the_database_changes_no_secrecy_silently():
    file = the_file(secrecy_ground=GROUND)
    with pytest.raises(DatabaseError, match="with a reason"), transaction.atomic():
        Attachment.objects.filter(pk=file.pk).update(secrecy_ground="")
    change("office", file, ground="", seen=GROUND, opens="on")
    with pytest.raises(DatabaseError, match="with a reason"), transaction.atomic():
        Attachment.objects.filter(pk=file.pk).update(secrecy_ground=OTHER)
    with pytest.raises(DatabaseError, match="change_of_secrecy"), transaction.atomic():
        SecrecyChange.objects.update(reason="Muu syy")
