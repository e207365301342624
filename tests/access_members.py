"""Rows of the table of access: the programme office and the administrator keep the members of groups."""

from programme.models import Programme
from tests.access_rows import Row, signed_in
from tests.factories import the_group

NEW = "/ako/workgroups/WG-MR/members/new/"
KEPT, SENT_EMPTY = signed_in(403, office=200, admin=200), signed_in(403, office=422, admin=422)
SAVED = signed_in(403, office=302, admin=302)
MISSING, SHUT = signed_in(404), signed_in(403)
EXPERT = {"role": "expert", "title": "Liikennesuunnittelija", "starts_on": "1.9.2009"}


def closed_programme() -> None:
    Programme.objects.filter(slug="ako").update(closed_on="2009-09-09")


def membership_of(group: str) -> str:
    """Return the address, under WG-MR, of some membership of a group."""
    membership = the_group(group).memberships.filter(role="member").order_by("pk")[0]
    return f"/ako/workgroups/WG-MR/members/{membership.pk}/"


MEMBERS = [
    Row("workgroups:membership-create", NEW, KEPT, SENT_EMPTY),
    Row("workgroups:membership-create", NEW, KEPT, SAVED, typed=EXPERT, state="filled in"),
    Row("workgroups:membership-create", NEW, SHUT, SHUT, closed_programme, state="closed programme"),
    Row(
        "workgroups:membership-create",
        "/ako/workgroups/WG-NONE/members/new/",
        MISSING,
        MISSING,
        state="of no group",
    ),
    Row("workgroups:membership-edit", lambda: membership_of("WG-MR"), KEPT, SENT_EMPTY),
    Row(
        "workgroups:membership-edit",
        lambda: membership_of("WG-MR"),
        KEPT,
        SAVED,
        typed=EXPERT,
        state="filled in",
    ),
    Row(
        "workgroups:membership-edit",
        lambda: membership_of("WG-HP"),
        signed_in(403, office=404, admin=404),
        signed_in(403, office=404, admin=404),
        state="another group's",
    ),
]
