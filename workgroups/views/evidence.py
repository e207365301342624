"""The files that show what a follow-up says, each under the address of its line and period."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from programme.attachments.secrecy import change_secrecy
from programme.attachments.serving import response_of
from programme.breadcrumbs import Step, step_to
from programme.generic import programme_of, refused_with_reason, signed_in, visible_or_404
from workgroups import drafts
from workgroups.evidence import files_at_hand, keep_with_draft
from workgroups.evidence_forms import EvidenceForm, SecrecyForm
from workgroups.models import EvidenceFile, FollowUp, FollowUpDraft
from workgroups.views.place import Place

# What the page of a file tells of the line and its period.
OF_LINE = (
    "follow_up__period",
    "follow_up__group__programme",
    "follow_up__target__programme",
    "follow_up__action__work_programme__group__programme",
)


@require_safe
def attachment(
    request: HttpRequest, programme: str, kind: str, code: str, period: str, number: int
) -> HttpResponse:
    """Give a file to those who see the follow-up that it belongs to."""
    seen = EvidenceFile.objects.visible_to(request.user, programme_of(request, programme))
    files = seen.of(kind, code, period).select_related("attachment")
    return response_of(visible_or_404(files, attachment=number).attachment)


@require_http_methods(["GET", "HEAD", "POST"])
def secrecy(
    request: HttpRequest, programme: str, kind: str, code: str, period: str, number: int
) -> HttpResponse:
    """Show whether a file is secret and how that has changed, and change it."""
    seen = EvidenceFile.objects.visible_to(request.user, programme_of(request, programme))
    files = seen.of(kind, code, period).filter(follow_up__isnull=False)
    file = visible_or_404(files.select_related("attachment", *OF_LINE), attachment=number)
    follow_up, attachment = file.follow_up, file.attachment
    assert follow_up is not None  # noqa: S101  asked for above
    if not request.user.has_perm("workgroups.change_secrecy", follow_up.group):
        raise PermissionDenied(
            _("The coordinators of the group and the programme office say which files are secret.")
        )
    if request.method == "POST":
        with refused_with_reason():
            follow_up.group.programme.must_not_be_closed()
    form = SecrecyForm(
        request.POST if request.method == "POST" else None,
        initial={"seen": attachment.secrecy_ground, "secrecy_ground": attachment.secrecy_ground},
        is_secret=attachment.is_secret,
        may_open=request.user.has_perm("workgroups.lift_secrecy", follow_up.group),
    )
    if request.method == "POST" and form.is_valid():
        try:
            change_secrecy(
                attachment,
                follow_up.group.programme,
                actor=signed_in(request),
                seen=form.cleaned_data["seen"],
                ground=form.cleaned_data["secrecy_ground"],
                reason=form.cleaned_data["reason"],
            )
        except ValidationError as error:
            form.add_error(None, error)
            attachment.refresh_from_db()
            typed = request.POST.copy()
            typed["seen"] = attachment.secrecy_ground
            form.data = typed
        else:
            messages.success(request, _("The secrecy of %(file)s is changed.") % {"file": attachment.name})
            return redirect(follow_up.line)
    context = {
        "file": file,
        "follow_up": follow_up,
        "line": follow_up.line,
        "form": form,
        "changes": attachment.secrecy_changes.select_related("changed_by"),
        "breadcrumbs": [
            step_to(follow_up.group),
            Step(follow_up.line.code, follow_up.line.get_absolute_url()),
            Step(attachment.name),
        ],
    }
    return render(request, "workgroups/secrecy.html", context, status=422 if form.errors else 200)


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
