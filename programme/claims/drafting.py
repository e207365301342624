"""Drawing up a claim: its days, its figures and what in it is not eligible. Each act locks the claim."""

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from programme import text
from programme.attachments.keeping import let_go
from programme.claims.figures import costs_between, costs_entries, work_out
from programme.codes import next_number
from programme.models import ClaimExclusion, Grant, LedgerEntry, PaymentClaim, Programme
from programme.saving import Saved, merge_into


@transaction.atomic
def draft_claim(
    programme: Programme, *, starts_on: datetime.date, ends_on: datetime.date, other_income: Decimal
) -> PaymentClaim:
    """Draw up a claim with the next code of its year; its costs are those of the ledger.

    Raises ValidationError at the fields: where the days are not of one year with a grant, are outside of the
    grant's own, are claimed already, or more income is deducted than there are costs.
    """
    programme.must_not_be_closed()
    Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    series = f"MAK-{starts_on.year}-"
    known = PaymentClaim.objects.filter(programme=programme).values_list("code", flat=True)
    claim = PaymentClaim(
        programme=programme,
        code=f"{series}{next_number(series, known)}",
        starts_on=starts_on,
        ends_on=ends_on,
        other_income=other_income,
    )
    _take_costs(claim)
    _work_out_and_save(claim)
    return claim


@transaction.atomic
def save_claim(claim: PaymentClaim, *, values: Mapping[str, Any], base: Mapping[str, str]) -> Saved:
    """Save a draft's days and other income; `base` are the cells as the form was opened on them.

    Other days take other costs from the ledger. Where somebody else changed the same cell meanwhile, nothing
    is saved. Raises ValidationError as `draft_claim` does, where the claim is no draft any more, and where a
    line that is not eligible is not of the days.
    """
    locked = locked_draft(claim)
    days = (locked.starts_on, locked.ends_on)
    saved = merge_into(locked, values, base)
    if saved.conflicts:
        return saved
    if (locked.starts_on, locked.ends_on) != days:
        outside = locked.exclusions.exclude(entry=None).exclude(
            entry__booked_on__range=(locked.starts_on, locked.ends_on)
        )
        if outside.exists():
            raise ValidationError(
                _("Lines that are not eligible were booked on other days. Remove them from the claim first.")
            )
        _take_costs(locked)
    _work_out_and_save(locked)
    return saved


@transaction.atomic
def retake_costs(claim: PaymentClaim) -> None:
    """Take a draft's costs from the ledger anew."""
    locked = locked_draft(claim)
    _take_costs(locked)
    _work_out_and_save(locked)


@transaction.atomic
def remove_claim(claim: PaymentClaim) -> None:
    """Remove a draft with its lines and papers; the trail keeps that there was one."""
    locked = locked_draft(claim)
    attachments = list(locked.documents.values_list("attachment", flat=True))
    locked.delete()
    let_go(attachments)


def eligible_entries(claim: PaymentClaim) -> QuerySet[LedgerEntry]:
    """Return the costs of a draft of which nothing has been left out yet."""
    entries = costs_entries(claim.programme, claim.starts_on, claim.ends_on)
    return entries.exclude(exclusions__claim=claim)


@transaction.atomic
def save_exclusion(exclusion: ClaimExclusion, *, values: Mapping[str, Any], base: Mapping[str, str]) -> Saved:
    """Save a cost that is not eligible, and let the claim's sums follow.

    Raises ValidationError at the fields: where it is more than the line itself, or more than is left of the
    claim's costs; and where the line is not of the claim, or has been left out already.
    """
    claim = locked_draft(exclusion.claim)
    exclusion = _as_it_stands(exclusion, claim)
    saved = merge_into(exclusion, values, base)
    if saved.conflicts:
        return saved
    _must_be_part_of_the_line(exclusion)
    exclusion.save()
    _work_out_and_save(claim, at="amount")
    return saved


def _as_it_stands(exclusion: ClaimExclusion, claim: PaymentClaim) -> ClaimExclusion:
    """Return a line without what its form has set on it, or a new one where its entry can be left out."""
    if exclusion.pk:
        stored = ClaimExclusion.objects.select_related("entry").filter(pk=exclusion.pk).first()
        if stored is None:
            raise ValidationError(_("This line has been removed meanwhile: the cost is eligible again."))
        return stored
    entry = exclusion.entry
    if entry is not None and not eligible_entries(claim).filter(pk=entry.pk).exists():
        raise ValidationError(_("This line is not among the costs of the claim, or it is left out already."))
    return ClaimExclusion(claim=claim, entry=entry)


@transaction.atomic
def remove_exclusion(exclusion: ClaimExclusion) -> None:
    """Take a cost back among the eligible ones."""
    claim = locked_draft(exclusion.claim)
    ClaimExclusion.objects.filter(pk=exclusion.pk).delete()
    _work_out_and_save(claim)


def locked_draft(claim: PaymentClaim) -> PaymentClaim:
    """Return a claim, locked. Raises ValidationError where it is no draft any more."""
    locked = locked_claim(claim)
    locked.must_be_draft()
    return locked


def locked_claim(claim: PaymentClaim) -> PaymentClaim:
    """Return a claim as it stands, locked until the end of the transaction."""
    claim.programme.must_not_be_closed()
    rows = PaymentClaim.objects.select_related("programme", "decision__matter__meeting", "matter")
    locked = rows.select_for_update(of=("self",), no_key=True).filter(pk=claim.pk).first()
    if locked is None:
        raise ValidationError(_("This claim has been removed meanwhile."))
    return locked


def locked_grant(claim: PaymentClaim) -> Grant:
    """Return the grant that a claim is of, locked: two claims do not take the same euros of it."""
    grants = Grant.objects.select_for_update(no_key=True)
    grant = grants.filter(programme=claim.programme, year=claim.starts_on.year).first()
    if grant is None:
        raise ValidationError(
            {
                "starts_on": _("No grant decision has been recorded for %(year)s. Record it first.")
                % {"year": claim.starts_on.year}
            }
        )
    return grant


def _take_costs(claim: PaymentClaim) -> None:
    claim.costs = costs_between(claim.programme, claim.starts_on, claim.ends_on)


def _work_out_and_save(claim: PaymentClaim, *, at: str = "other_income") -> None:
    """Check a draft against its grant and the other claims and save it; `at` is the field of its sum."""
    claim.year = claim.starts_on.year
    grant = locked_grant(claim)
    _must_be_of_the_grant(claim, grant)
    _must_be_claimed_once(claim)
    work_out(claim, grant)
    if claim.eligible < 0:
        raise ValidationError(
            {
                at: _("More is deducted than the costs are: they are %(costs)s.")
                % {"costs": text.exact_euros(claim.costs)}
            }
        )
    if claim.pk:
        claim.version += 1
    claim.save()


def _must_be_of_the_grant(claim: PaymentClaim, grant: Grant) -> None:
    if claim.ends_on < claim.starts_on:
        raise ValidationError({"ends_on": _("The last day is before the first.")})
    if claim.ends_on.year != claim.starts_on.year:
        raise ValidationError({"ends_on": _("A claim is of one year. Make one for each.")})
    days = {"days": text.period(grant.starts_on, grant.ends_on)}
    said = _("The grant is for costs of %(days)s.") % days
    if claim.starts_on < grant.starts_on:
        raise ValidationError({"starts_on": said})
    if claim.ends_on > grant.ends_on:
        raise ValidationError({"ends_on": said})


def _must_be_claimed_once(claim: PaymentClaim) -> None:
    others = PaymentClaim.objects.filter(
        programme=claim.programme, starts_on__lte=claim.ends_on, ends_on__gte=claim.starts_on
    )
    other = others.exclude(pk=claim.pk).first()
    if other is not None:
        raise ValidationError(
            {
                "starts_on": _("%(code)s claims days of these already: %(days)s.")
                % {"code": other.code, "days": text.period(other.starts_on, other.ends_on)}
            }
        )


def _must_be_part_of_the_line(exclusion: ClaimExclusion) -> None:
    entry, amount = exclusion.entry, exclusion.amount
    if entry is None:
        if amount <= 0:
            raise ValidationError({"amount": _("Write a sum above zero.")})
        return
    whole = entry.amount
    if not (0 < amount <= whole or whole <= amount < 0):
        raise ValidationError(
            {
                "amount": _("The line is %(whole)s: not more of it can be left out.")
                % {"whole": text.exact_euros(whole)}
            }
        )
