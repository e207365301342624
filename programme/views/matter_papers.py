"""The papers of a matter, each under the matter's own address."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from programme.attachments.forms import FilesField, SecrecyGroundField
from programme.attachments.serving import response_of
from programme.breadcrumbs import Step
from programme.decisions import is_decided
from programme.generic import programme_of, refused_with_reason, signed_in, visible_or_404
from programme.meetings.finding import matter_at, matters_for, meeting_at, steps_to_meeting
from programme.meetings.keepers import KEEP
from programme.meetings.papers import add_papers, papers_for, remove_paper
from programme.models import Matter
from programme.sending import do_and_tell, status_of, taken


class MatterPapersForm(forms.Form):
    """Papers to add to a matter, and the ground where they are secret."""

    papers = FilesField(
        label=gettext_lazy("Papers"),
        help_text=format_lazy(
            gettext_lazy("PDF, picture, office file without macros, or text; at most {size} MB each."),
            size=settings.LARGEST_FILE // (1024 * 1024),
        ),
    )
    secrecy_ground = SecrecyGroundField(
        help_text=gettext_lazy(
            "Section and item of the Act on the Openness of Government Activities, when the files you add are"
            " secret. Only those who sit in the body, who keeps its meetings, the presenting officer and the"
            " auditor get them."
        )
    )

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("papers"):
            self.add_error("papers", _("Choose the file."))
        return cleaned


def _matter(request: HttpRequest, slug: str, code: str, number: int) -> Matter:
    """Return a matter for those who see it: whoever reads the agenda."""
    programme = programme_of(request, slug)
    meeting = meeting_at(programme, code)
    return matter_at(meeting, number, matters_for(request.user, meeting))


def _kept(request: HttpRequest, slug: str, code: str, number: int) -> Matter:
    matter = _matter(request, slug, code, number)
    if not request.user.has_perm(KEEP, matter.meeting.body):
        raise PermissionDenied(_("Who keeps the meeting adds the papers of its matters."))
    with refused_with_reason():
        matter.meeting.body.programme.must_not_be_closed()
    if is_decided(matter):
        raise PermissionDenied(_("This matter has been decided: it stays as it is."))
    return matter


@require_http_methods(["GET", "HEAD", "POST"])
def matter_papers(request: HttpRequest, programme: str, code: str, number: int) -> HttpResponse:
    """Show a matter's papers to who keeps them, and take more."""
    matter = _kept(request, programme, code, number)
    form = MatterPapersForm(*((request.POST, request.FILES) if request.method == "POST" else ()))

    def add() -> None:
        typed = form.cleaned_data
        add_papers(matter, typed["papers"], actor=signed_in(request), secrecy_ground=typed["secrecy_ground"])

    if taken(form, add):
        messages.success(request, _("The papers are added."))
        return redirect("programme:matter-papers", programme, code, number)
    context = {
        "programme": matter.meeting.body.programme,
        "matter": matter,
        "papers": papers_for(request.user, matter.meeting).filter(matter=matter),
        "form": form,
        "breadcrumbs": [*steps_to_meeting(matter.meeting), Step(_("Papers"))],
    }
    return render(request, "programme/matter_papers.html", context, status=status_of(form))


@login_not_required
@require_safe
def matter_paper(
    request: HttpRequest, programme: str, code: str, number: int, attachment: int
) -> HttpResponse:
    """Give a paper to those who see its matter; a secret one to the body's own people."""
    matter = _matter(request, programme, code, number)
    papers = papers_for(request.user, matter.meeting).filter(matter=matter)
    return response_of(visible_or_404(papers, attachment=attachment).attachment)


@require_POST
def matter_paper_remove(
    request: HttpRequest, programme: str, code: str, number: int, attachment: int
) -> HttpResponse:
    """Remove a paper of a matter that has not been decided."""
    matter = _kept(request, programme, code, number)
    papers = papers_for(request.user, matter.meeting).filter(matter=matter)
    paper = visible_or_404(papers, attachment=attachment)
    said = _("Removed: %(line)s") % {"line": paper.attachment.name}
    do_and_tell(request, lambda: remove_paper(paper), said=said)
    return redirect("programme:matter-papers", programme, code, number)
