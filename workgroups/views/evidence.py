"""The files that show what a follow-up says, each under the address of its line and period."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from programme.attachments.serving import response_of
from programme.generic import programme_of, signed_in, visible_or_404
from workgroups import drafts
from workgroups.evidence import files_at_hand, keep_with_draft
from workgroups.evidence_forms import EvidenceForm
from workgroups.models import EvidenceFile, FollowUp, FollowUpDraft
from workgroups.views.place import Place


@require_safe
def attachment(
    request: HttpRequest, programme: str, kind: str, code: str, period: str, number: int
) -> HttpResponse:
    """Give a file to those who see the follow-up that it belongs to."""
    seen = EvidenceFile.objects.visible_to(request.user, programme_of(request, programme))
    files = seen.of(kind, code, period).select_related("attachment")
    return response_of(visible_or_404(files, attachment=number).attachment)


def evidence_of(request: HttpRequest, place: Place, stored: FollowUp | None) -> EvidenceForm:
    """Return the part of the form with files: those at hand, and on sending what is added and taken away."""
    draft = drafts.draft_of(place.line, place.period, signed_in(request))
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    return EvidenceForm(*sent, at_hand=files_at_hand(stored, draft))


def keep_files(
    request: HttpRequest, evidence: EvidenceForm, draft: FollowUpDraft, stored: FollowUp | None
) -> None:
    """Keep with a writer's draft the files that are in order."""
    keep_with_draft(draft, stored, evidence.change, actor=signed_in(request))
    evidence.at_hand = list(files_at_hand(stored, draft))
