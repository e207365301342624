"""Rows of payment claims: drafts for who makes and watches them, sent ones for officials, groups, the board.

A municipal contact and the public are told of a claim by the decision with its § and by the reports.
"""

from collections.abc import Callable

from programme.models import ClaimExclusion, PaymentClaim
from tests.access_rows import Answers, Row, page, signed_in, verb
from tests.programme.claims import claims

CLAIMS = "/ako/finance/claims/"
ONE = f"{CLAIMS}MAK-2009-2/"
SENT = f"{CLAIMS}MAK-2009-1/"
GROUND = "JulkL 24 § 1 mom. 20 k"

# The elected persona sits on the board, which approved MAK-2009-1.
TOLD = signed_in(200, municipal=404)


def makers(answer: int) -> dict[str, int]:
    return {"finance": answer, "office": answer}


def drafts(answer: int) -> Answers:
    """Return the answers of an act on a draft: those who watch are refused, others see no draft."""
    return signed_in(404, read_unfinished=403) | makers(answer)


def before_the_board(answer: int) -> Answers:
    return signed_in(404, read_unfinished=403, secretary=403) | makers(answer)


def sent(answer: int) -> Answers:
    return signed_in(403, municipal=404) | makers(answer)


def line() -> None:
    claim = claims.drafted()
    claims.left_out(claim, "10")


def of_line(place: str = "") -> Callable[[], str]:
    return lambda: f"{ONE}not-eligible/{ClaimExclusion.objects.latest('pk').pk}/{place}"


def document(ground: str = "", *, make: Callable[[], PaymentClaim] = claims.drafted) -> Callable[[], None]:
    def given() -> None:
        claims.with_document(make(), ground=ground)

    return given


def of_document(place: str = "") -> Callable[[], str]:
    return lambda: f"{ONE}attachments/{claims.the_claim().documents.latest('pk').attachment_id}/{place}"


def is_in(state: str) -> Callable[[], bool]:
    return lambda: claims.the_claim().state == state


def meeting() -> None:
    claims.before_the_board()
    claims.make_meeting("KOK-SH-X", held_on=claims.HELD_ON)


NAME = "programme:claim"
WATCHED = signed_in(404, read_unfinished=200, finance=200)
HANDED_ON = WATCHED | {"secretary": 200}

CLAIM_ROWS = [
    page(f"{NAME}-list", CLAIMS, TOLD),
    page(f"{NAME}-detail", SENT, TOLD, state="sent"),
    page(f"{NAME}-detail", ONE, WATCHED, given=claims.drafted, state="drafted"),
    page(
        f"{NAME}-detail",
        ONE,
        WATCHED | {"secretary": 200},
        given=claims.before_the_board,
        state="at the board",
    ),
    page(f"{NAME}-detail", ONE, TOLD, given=claims.paid, state="paid"),
    page(f"{NAME}-package", f"{SENT}package.zip", TOLD | {"elected": 403}, state="sent"),
    page(f"{NAME}-package", f"{ONE}package.zip", WATCHED, given=claims.drafted, state="drafted"),
    Row(f"{NAME}-create", f"{CLAIMS}new/", sent(200), sent(422)),
    Row("programme:grant-edit", f"{CLAIMS}grants/2009/", sent(200), sent(422)),
    Row(f"{NAME}-edit", f"{ONE}edit/", drafts(200), drafts(422), claims.drafted),
    Row(f"{NAME}-edit", f"{SENT}edit/", sent(403), sent(403), state="sent"),
    verb(f"{NAME}-retake", f"{ONE}retake/", drafts(302), given=claims.drafted),
    verb(f"{NAME}-remove", f"{ONE}remove/", drafts(302), given=claims.drafted),
    verb(f"{NAME}-remove", f"{SENT}remove/", sent(403), state="sent"),
    page(f"{NAME}-line-list", f"{ONE}not-eligible/", drafts(200), given=claims.drafted),
    Row("programme:exclusion-create", f"{ONE}not-eligible/new/", drafts(200), drafts(422), claims.drafted),
    Row("programme:exclusion-edit", of_line(), drafts(200), drafts(422), line),
    verb(
        "programme:exclusion-remove",
        of_line("remove/"),
        drafts(302),
        given=line,
        is_done=lambda: not claims.the_claim().exclusions.exists(),
    ),
    verb(
        f"{NAME}-hand-on",
        f"{ONE}hand-on/",
        drafts(302),
        given=claims.drafted,
        typed={"version": "1"},
        is_done=is_in("at_board"),
    ),
    verb(
        f"{NAME}-take-back",
        f"{ONE}take-back/",
        before_the_board(302),
        given=claims.before_the_board,
        is_done=is_in("drafted"),
    ),
    verb(
        f"{NAME}-decision",
        f"{ONE}decision/",
        signed_in(404, read_unfinished=403, finance=403, secretary=302),
        given=meeting,
        typed={"meeting": "KOK-SH-X", "number": "901", "text": "Hyväksyttiin."},
        is_done=lambda: claims.the_claim().decision is not None,
    ),
    verb(
        f"{NAME}-send",
        f"{ONE}send/",
        before_the_board(302) | {"elected": 403},
        given=claims.approved,
        typed={"claimed_on": "9.9.2009"},
        is_done=is_in("sent"),
    ),
    verb(
        f"{NAME}-funder",
        f"{SENT}funder/",
        sent(302),
        typed={"version": "1", "decided_on": "9.9.2009", "decided_amount": "123529"},
        is_done=lambda: claims.the_claim("MAK-2009-1").state == "decided",
    ),
    verb(
        f"{NAME}-payment",
        f"{ONE}payment/",
        sent(302),
        given=claims.decided,
        typed={"version": "5", "paid_on": "9.9.2009", "paid_amount": "1"},
        is_done=is_in("paid"),
    ),
    verb(f"{NAME}-attachment-add", f"{SENT}attachments/", sent(422), state="sent"),
    page(f"{NAME}-attachment", of_document(), WATCHED, given=document(), state="drafted"),
    page(f"{NAME}-attachment", of_document(), TOLD, given=document(make=claims.sent), state="sent"),
    page(
        f"{NAME}-attachment",
        of_document(),
        WATCHED,
        given=document(GROUND, make=claims.sent),
        state="sent and secret",
    ),
    verb(
        f"{NAME}-attachment-remove",
        of_document("remove/"),
        drafts(302),
        given=document(),
        is_done=lambda: not claims.the_claim().documents.exists(),
    ),
]
