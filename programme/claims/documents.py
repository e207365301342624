"""The papers of a claim: kept like every file, served under the claim's own address."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from programme.attachments.checking import CheckedFile
from programme.attachments.keeping import keep, let_go
from programme.claims.drafting import locked_claim
from programme.models import ClaimDocument, PaymentClaim, User

MOST_DOCUMENTS = 50


def documents_for(user: User, claim: PaymentClaim) -> QuerySet[ClaimDocument]:
    """Return a claim's papers that a person who sees the claim gets; secret ones as drafts are read."""
    documents = claim.documents.select_related("attachment__added_by")
    if user.has_perm("programme.read_drafted_claims", claim.programme):
        return documents
    return documents.filter(attachment__secrecy_ground="")


@transaction.atomic
def add_documents(
    claim: PaymentClaim, checked: list[CheckedFile], *, actor: User, secrecy_ground: str = ""
) -> None:
    """Add papers to a claim, at any time. Raises ValidationError where they are too many."""
    keep_documents(locked_claim(claim), checked, actor=actor, secrecy_ground=secrecy_ground)


def keep_documents(
    locked: PaymentClaim, checked: list[CheckedFile], *, actor: User, secrecy_ground: str = ""
) -> None:
    """Keep papers with a locked claim: the same file once."""
    known = set(locked.documents.values_list("attachment__sha256", flat=True))
    new = {file.sha256: file for file in checked if file.sha256 not in known}
    if len(known) + len(new) > MOST_DOCUMENTS:
        raise ValidationError(
            _("At most %(number)s documents can be added to a claim.") % {"number": MOST_DOCUMENTS}
        )
    for file in new.values():
        attachment = keep(file, actor=actor, secrecy_ground=secrecy_ground)
        ClaimDocument.objects.create(claim=locked, attachment=attachment)


@transaction.atomic
def remove_document(claim: PaymentClaim, document: ClaimDocument) -> None:
    """Remove a paper of a claim that has not been sent. Raises ValidationError afterwards: papers stay."""
    locked = locked_claim(claim)
    if locked.is_sent:
        raise ValidationError(_("The claim has been sent: its documents stay."))
    ClaimDocument.objects.filter(pk=document.pk).delete()
    let_go([document.attachment_id])
