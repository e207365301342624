"""What belongs to a claim: costs that are not eligible, the entries it is made of, its papers."""

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programme.models.attachments import Attachment
from programme.models.claims import PaymentClaim
from programme.models.claims_kept import documents_kept, kept_with_its_claim
from programme.models.ledger import LedgerEntry


@pghistory.track()
class ClaimExclusion(models.Model):
    """A cost that is not eligible, whole or in part, and on what ground; outside the ledger, a sum alone."""

    claim = models.ForeignKey(PaymentClaim, on_delete=models.CASCADE, related_name="exclusions")
    entry = models.ForeignKey(
        LedgerEntry, on_delete=models.PROTECT, null=True, blank=True, related_name="exclusions"
    )
    amount = models.DecimalField(_("not eligible, euros"), max_digits=14, decimal_places=2)
    ground = models.TextField(_("ground"))

    class Meta:
        ordering = ["claim", "entry__booked_on", "pk"]
        verbose_name = _("cost that is not eligible")
        verbose_name_plural = _("costs that are not eligible")
        constraints = [
            models.UniqueConstraint(fields=["claim", "entry"], name="an_entry_is_left_out_of_a_claim_once"),
            models.CheckConstraint(condition=~Q(amount=0), name="what_is_not_eligible_is_not_zero"),
            models.CheckConstraint(condition=~Q(ground=""), name="what_is_not_eligible_has_a_ground"),
        ]
        triggers = kept_with_its_claim("lines_of_a_claim_change_in_a_draft_only")

    def __str__(self) -> str:
        return f"{self.claim_id} {self.amount}"


class ClaimedEntry(models.Model):
    """An entry of the ledger that a claim's costs are made of, from when the claim is handed on.

    It has no trail: the claim has one, and entries never change.
    """

    claim = models.ForeignKey(PaymentClaim, on_delete=models.CASCADE, related_name="claimed_entries")
    entry = models.ForeignKey(LedgerEntry, on_delete=models.PROTECT, related_name="claimed_in")

    class Meta:
        ordering = ["claim", "entry"]
        verbose_name = _("entry of a claim")
        verbose_name_plural = _("entries of claims")
        constraints = [
            models.UniqueConstraint(fields=["claim", "entry"], name="an_entry_is_in_a_claim_once"),
        ]
        triggers = kept_with_its_claim("entries_of_a_claim_change_in_a_draft_only")

    def __str__(self) -> str:
        return f"{self.claim_id} {self.entry_id}"


@pghistory.track()
class ClaimDocument(models.Model):
    """A paper that belongs to a claim: an appendix, the funder's decision, a proof."""

    claim = models.ForeignKey(PaymentClaim, on_delete=models.CASCADE, related_name="documents")
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="claim_documents")

    class Meta:
        ordering = ["pk"]
        verbose_name = _("document of a claim")
        verbose_name_plural = _("documents of claims")
        constraints = [
            models.UniqueConstraint(fields=["claim", "attachment"], name="a_document_is_in_a_claim_once"),
        ]
        triggers = documents_kept()

    def __str__(self) -> str:
        return f"{self.attachment_id}"
