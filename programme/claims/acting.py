"""The way of a claim: to the board, its decision, to the funder, the funder's decision, the money."""

import datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from programme import clock, text
from programme.attachments.checking import CheckedFile
from programme.claims.documents import keep_documents
from programme.claims.drafting import locked_claim, locked_draft, locked_grant
from programme.claims.figures import costs_between, costs_entries, work_out
from programme.decisions import enter_decision, in_language_of_minutes
from programme.ledger.writing import lock_ledger
from programme.models import Body, ClaimedEntry, LedgerEntry, Matter, Meeting, PaymentClaim, User


@transaction.atomic
def hand_on(claim: PaymentClaim, *, version: int, matter: Matter | None = None) -> None:
    """Put a draft, in the version that was read, before the board; its entries are its own from then on.

    Raises ValidationError where its days are not over, the ledger says something else by now, a line that is
    not eligible is in no import that stands, or the matter is none that may handle it.
    """
    # What the ledger is compared to and what is written down of it must be the same entries.
    lock_ledger(claim.programme)
    locked = _as_read(locked_draft(claim), version)
    if locked.ends_on >= clock.today():
        raise ValidationError(_("The days of the claim are not over: its costs still come in."))
    if matter is not None and not matters_to_handle(locked).filter(pk=matter.pk).exists():
        raise ValidationError({"matter": _("Choose a matter of the board that has not been decided.")})
    _must_agree_with_the_ledger(locked)
    figures = (locked.not_eligible, locked.rate, locked.state_share)
    work_out(locked, locked_grant(locked))
    if (locked.not_eligible, locked.rate, locked.state_share) != figures:
        raise ValidationError(
            _("What is left of the grant has changed meanwhile. Work the claim out anew first.")
        )
    if locked.state_share <= 0:
        raise ValidationError(_("There is nothing to claim: the state share is 0 €."))
    entries = costs_entries(locked.programme, locked.starts_on, locked.ends_on)
    ClaimedEntry.objects.bulk_create(
        (ClaimedEntry(claim=locked, entry_id=entry) for entry in entries.values_list("pk", flat=True)),
        batch_size=5000,
    )
    locked.hand_on(matter)
    _save(locked, "state", "matter")


@transaction.atomic
def take_back(claim: PaymentClaim) -> None:
    """Make a claim a draft again until the board has decided. Raises ValidationError later."""
    locked = locked_claim(claim)
    locked.take_back()
    _save(locked, "state", "matter")
    ClaimedEntry.objects.filter(claim=locked).delete()


def meetings_to_decide(claim: PaymentClaim) -> QuerySet[Meeting]:
    """Return the meetings, held since a claim's days ended, of bodies that decide under a §."""
    return _meetings_since(claim).filter(held_on__lte=clock.today())


def matters_to_handle(claim: PaymentClaim) -> QuerySet[Matter]:
    """Return the undecided matters of such meetings, the planned ones included."""
    return Matter.objects.filter(meeting__in=_meetings_since(claim), decision__isnull=True)


def _meetings_since(claim: PaymentClaim) -> QuerySet[Meeting]:
    return Meeting.objects.filter(
        body__programme=claim.programme,
        body__decides=True,
        body__numbering=Body.Numbering.SECTION_PER_YEAR,
        held_on__gt=claim.ends_on,
    )


@transaction.atomic
def enter_boards_decision(
    claim: PaymentClaim, *, meeting: Meeting, number: int, text: str, this_matter: int | None = None
) -> None:
    """Enter under which § the board approved a claim.

    Raises ValidationError where it is not before the board, the meeting is none that decides, or the matter
    is to be confirmed: see `enter_decision`. The matter that the claim was put into needs no confirming.
    """
    locked = locked_claim(claim)
    if not meetings_to_decide(locked).filter(pk=meeting.pk).exists():
        raise ValidationError(_("Choose the meeting that decided it, and its section."))
    known = locked.matter
    if known is not None and (known.meeting_id, known.section) == (meeting.pk, number):
        this_matter = known.pk
    with in_language_of_minutes():
        title = _("Payment claim %(code)s") % {"code": locked.code}
    decision = enter_decision(meeting, number=number, title=title, text=text, this_matter=this_matter)
    locked.decide(decision)
    _save(locked, "matter", "decision")


@transaction.atomic
def send(claim: PaymentClaim, *, claimed_on: datetime.date) -> None:
    """Record that a claim was sent to the funder. Raises ValidationError at the field `claimed_on`."""
    locked = locked_claim(claim)
    locked.send(on=claimed_on)
    _save(locked, "state", "claimed_on")


@transaction.atomic
def record_funders_decision(
    claim: PaymentClaim,
    *,
    actor: User,
    version: int,
    decided_on: datetime.date,
    decided_amount: Decimal,
    decided_reason: str = "",
    papers: list[CheckedFile] | None = None,
) -> None:
    """Record what the funder decided, with its papers; said anew, it mends what was said before.

    Raises ValidationError at the fields, and where the claim has gone on since it was read.
    """
    locked = _as_read(locked_claim(claim), version)
    locked.settle(on=decided_on, amount=decided_amount, reason=decided_reason)
    _save(locked, "state", "decided_on", "decided_amount", "decided_reason")
    keep_documents(locked, papers or [], actor=actor)


@transaction.atomic
def record_payment(
    claim: PaymentClaim, *, version: int, paid_on: datetime.date, paid_amount: Decimal
) -> None:
    """Record what the funder paid; said anew, it mends what was said before.

    Raises ValidationError at the fields, and where the claim has gone on since it was read.
    """
    locked = _as_read(locked_claim(claim), version)
    locked.pay(on=paid_on, amount=paid_amount)
    _save(locked, "state", "paid_on", "paid_amount")


def _as_read(locked: PaymentClaim, version: int) -> PaymentClaim:
    if locked.version != version:
        raise ValidationError(_("The claim has changed since this page was opened. Look at it again."))
    return locked


def _save(locked: PaymentClaim, *fields: str) -> None:
    locked.version += 1
    locked.save(update_fields=[*fields, "version"])


def _must_agree_with_the_ledger(claim: PaymentClaim) -> None:
    now = costs_between(claim.programme, claim.starts_on, claim.ends_on)
    if now != claim.costs:
        raise ValidationError(
            _("The ledger now says %(now)s, the claim %(costs)s. Take the figure anew first.")
            % {"now": text.exact_euros(now), "costs": text.exact_euros(claim.costs)}
        )
    left_out = LedgerEntry.objects.filter(exclusions__claim=claim)
    if left_out.exclude(ledger_import__reverted_at__isnull=True).exists():
        raise ValidationError(
            _("A line that is not eligible is of an import that was reverted. Remove it from the claim.")
        )
