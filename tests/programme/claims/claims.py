"""Claims at every step of their way, as the portal's own services make them."""

import datetime
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile

from programme.attachments.checking import check
from programme.claims import acting, drafting
from programme.claims.documents import add_documents
from programme.models import ClaimDocument, ClaimExclusion, Grant, LedgerEntry, PaymentClaim
from tests.factories import a_pdf, ako, make_meeting
from tests.personas import person

FIRST, LAST = datetime.date(2009, 7, 1), datetime.date(2009, 8, 31)
HELD_ON = datetime.date(2009, 9, 8)


def the_claim(code: str = "MAK-2009-2") -> PaymentClaim:
    return PaymentClaim.objects.select_related("programme").get(programme=ako(), code=code)


def the_grant(year: int = 2009) -> Grant:
    return Grant.objects.select_related("programme").get(programme=ako(), year=year)


def drafted(
    other_income: str = "1000", *, first: datetime.date = FIRST, last: datetime.date = LAST
) -> PaymentClaim:
    """Make a draft for July and August 2009."""
    made = drafting.draft_claim(ako(), starts_on=first, ends_on=last, other_income=Decimal(other_income))
    return the_claim(made.code)


def some_entry(claim: PaymentClaim) -> LedgerEntry:
    """Return the largest cost of a draft."""
    entry = drafting.eligible_entries(claim).order_by("-amount", "pk").first()
    assert entry is not None
    return entry


def left_out(
    claim: PaymentClaim, amount: str, *, entry: LedgerEntry | None = None, ground: str = "Tarjoilu"
) -> ClaimExclusion:
    """Leave a cost out of a draft."""
    line = ClaimExclusion(claim=claim, entry=entry)
    values = {"amount": Decimal(amount), "ground": ground}
    drafting.save_exclusion(line, values=values, base={"amount": "", "ground": ""})
    return ClaimExclusion.objects.select_related("claim__programme").latest("pk")


def before_the_board(first: datetime.date = FIRST) -> PaymentClaim:
    claim = drafted(first=first)
    acting.hand_on(claim, version=claim.version)
    return the_claim(claim.code)


def approved() -> PaymentClaim:
    """Make a claim that the board approved on 8.9.2009 under § 901."""
    claim = before_the_board()
    meeting = make_meeting("KOK-SH-X", held_on=HELD_ON)
    acting.enter_boards_decision(claim, meeting=meeting, number=901, text="Hyväksyttiin.")
    return the_claim()


def sent() -> PaymentClaim:
    acting.send(approved(), claimed_on=HELD_ON)
    return the_claim()


def decided(amount: str | None = None, reason: str = "") -> PaymentClaim:
    """Make a claim of which the funder decided all, unless told otherwise."""
    claim = sent()
    acting.record_funders_decision(
        claim,
        actor=person("finance"),
        version=claim.version,
        decided_on=datetime.date(2009, 9, 9),
        decided_amount=claim.state_share if amount is None else Decimal(amount),
        decided_reason=reason,
    )
    return the_claim()


def paid() -> PaymentClaim:
    claim = decided()
    acting.record_payment(
        claim, version=claim.version, paid_on=datetime.date(2009, 9, 9), paid_amount=claim.state_share
    )
    return the_claim()


def with_document(claim: PaymentClaim, name: str = "liite", *, ground: str = "") -> ClaimDocument:
    """Add a PDF to a claim."""
    checked = check(SimpleUploadedFile(f"{name}.pdf", a_pdf(name)))
    add_documents(claim, [checked], actor=person("finance"), secrecy_ground=ground)
    return ClaimDocument.objects.select_related("attachment").latest("pk")


def for_the_browser() -> None:
    """Draw up a claim with a line that is not eligible and a paper, and put another before the board."""
    draft = drafted(last=datetime.date(2009, 7, 31))
    left_out(draft, "10.50", entry=some_entry(draft))
    with_document(draft, "Kustannuserittely-ja-tositejaljennokset-heinakuu-2009")
    before_the_board(first=datetime.date(2009, 8, 1))
