"""Rows of the table of access: who keeps the meetings of bodies and of groups, and writes their minutes."""

import datetime

from programme.models import Matter, Meeting
from tests.access_members import closed_programme
from tests.access_rows import Answers, Row, signed_in, verb
from tests.factories import make_meeting

NEW = "/ako/meetings/new/"
BOARD, GROUP = "/ako/meetings/KOK-SH-2009-77/", "/ako/meetings/KOK-WG-MR-2009-77/"
SHUT, MISSING = signed_in(403), signed_in(404)
CALLED = {"body": "BODY-SH", "held_on": "28.10.2009", "starts_at": "9.00"}
MOVED = {"held_on": "7.10.2009", "number": "77/2009"}
PAST = datetime.date(2009, 9, 2)


def kept(secretary: int, *, of_group: int = 403, office: int | None = None) -> Answers:
    """Return the answers of an act on a meeting: of a group its coordinator acts too."""
    office = secretary if office is None else office
    return signed_in(403, secretary=secretary, office=office, coordinator_mr=of_group)


def planned() -> None:
    make_meeting("KOK-SH-2009-77")


def planned_of_group() -> None:
    make_meeting("KOK-WG-MR-2009-77", body="BODY-WG-MR")


def with_a_matter() -> None:
    meeting = make_meeting("KOK-SH-2009-77")
    Matter.objects.create(meeting=meeting, section=900, title="Asia")


def held() -> None:
    make_meeting("KOK-SH-2009-77", held_on=PAST)


def held_by_group() -> None:
    make_meeting("KOK-WG-MR-2009-77", body="BODY-WG-MR", held_on=PAST)


def is_gone() -> bool:
    return not Meeting.objects.filter(code="KOK-SH-2009-77").exists()


def has_no_matter() -> bool:
    return not Matter.objects.filter(meeting__code="KOK-SH-2009-77").exists()


def is_published() -> bool:
    return Meeting.objects.get(code="KOK-SH-2009-77").agenda_published_on is not None


# Every coordinator has a group of their own to call.
COORDINATORS: Answers = {f"coordinator-{group}": 200 for group in ("mr", "hp", "eo")}
EMPTY: Answers = dict.fromkeys(COORDINATORS, 422)

MEETINGS = [
    Row(
        "workgroups:meeting-create",
        NEW,
        signed_in(403, secretary=200, office=200) | COORDINATORS,
        signed_in(403, secretary=422, office=422) | EMPTY,
    ),
    Row(
        "workgroups:meeting-create",
        NEW,
        signed_in(403, secretary=200, office=200) | COORDINATORS,
        signed_in(403, secretary=302, office=302) | EMPTY,
        typed=CALLED,
        state="of the board",
    ),
    Row("workgroups:meeting-create", NEW, SHUT, SHUT, closed_programme, state="closed programme"),
    Row("workgroups:meeting-edit", f"{BOARD}edit/", kept(200), kept(422), planned),
    Row(
        "workgroups:meeting-edit", f"{BOARD}edit/", kept(200), kept(302), planned, typed=MOVED, state="moved"
    ),
    Row(
        "workgroups:meeting-edit",
        f"{GROUP}edit/",
        kept(200, of_group=200),
        kept(302, of_group=302),
        planned_of_group,
        typed=MOVED,
        state="of a group",
    ),
    Row("workgroups:meeting-edit", f"{BOARD}edit/", MISSING, MISSING, state="of no meeting"),
    verb("workgroups:meeting-remove", f"{BOARD}remove/", kept(302), given=planned, is_done=is_gone),
    verb("workgroups:meeting-remove", f"{BOARD}remove/", SHUT, given=held, state="held"),
    Row("workgroups:matter-create", f"{BOARD}matters/new/", kept(200), kept(422), planned),
    Row(
        "workgroups:matter-create",
        f"{GROUP}matters/new/",
        kept(200, of_group=200),
        kept(302, of_group=302),
        planned_of_group,
        typed={"title": "Asia"},
        state="of a group",
    ),
    Row("workgroups:matter-edit", f"{BOARD}matters/900/edit/", kept(200), kept(422), with_a_matter),
    Row(
        "workgroups:matter-edit", f"{BOARD}matters/900/edit/", kept(404), kept(404), planned, state="of none"
    ),
    verb(
        "workgroups:matter-remove",
        f"{BOARD}matters/900/remove/",
        kept(302),
        given=with_a_matter,
        is_done=has_no_matter,
    ),
    verb(
        "workgroups:agenda-publish", f"{BOARD}publish/", kept(302), given=with_a_matter, is_done=is_published
    ),
    Row("workgroups:meeting-minutes", f"{BOARD}minutes/", kept(200, office=403), kept(302, office=403), held),
    Row(
        "workgroups:meeting-minutes",
        f"{GROUP}minutes/",
        kept(200, office=403, of_group=200),
        kept(302, office=403, of_group=302),
        held_by_group,
        state="of a group",
    ),
    Row("workgroups:meeting-minutes", f"{BOARD}minutes/", SHUT, SHUT, planned, state="planned"),
]
