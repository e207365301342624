"""Rows of the table of access: handing a meeting over, and how its papers are filed."""

from tests.access_rows import Row, page, signed_in
from tests.factories_meetings import make_decision

MEETING = "/ako/meetings/KOK-SH-2009-77/"
SECRETARY = signed_in(403, secretary=200)


def held() -> None:
    make_decision()


HAND_OVER = [
    Row(
        "reporting:hand-over",
        f"{MEETING}hand-over/",
        SECRETARY,
        signed_in(403, secretary=302),
        held,
    ),
    Row(
        "reporting:hand-over",
        f"{MEETING}hand-over/",
        signed_in(404),
        signed_in(404),
        state="of no meeting",
    ),
    page("reporting:hand-over-package", f"{MEETING}hand-over.zip", SECRETARY, given=held),
]
