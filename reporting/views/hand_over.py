"""Handing a meeting over to the authority's case management: case numbers, and the package to take there."""

from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from programme.breadcrumbs import Step
from programme.generic import programme_of, refused_with_reason
from programme.meetings.case_numbers import CaseNumberForm, number_cases
from programme.meetings.finding import meeting_at, steps_to_meeting
from programme.meetings.keepers import WRITE
from programme.meetings.minutes import ChangedMeanwhileError, must_have_been_held
from programme.models import Meeting
from reporting.hand_over.package import package_of
from reporting.hand_over.papers import papers_of


def _meeting(request: HttpRequest, slug: str, code: str) -> Meeting:
    """Return a meeting that has been held, to who writes its minutes."""
    programme = programme_of(request, slug)
    meeting = meeting_at(programme, code)
    if not request.user.has_perm(WRITE, meeting.body):
        raise PermissionDenied(
            _("A meeting is handed over by the secretary; that of a group by its coordinator.")
        )
    with refused_with_reason():
        must_have_been_held(meeting)
    return meeting


@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Show a meeting's papers by matter, and take the case numbers of the matters."""
    meeting = _meeting(request, programme, code)
    papers = papers_of(meeting)
    data = request.POST if request.method == "POST" else None
    forms = [CaseNumberForm(data, matter=case.matter) for case in papers.cases]
    status = HTTPStatus.OK
    if data is not None:
        if all(form.is_valid() for form in forms):
            with refused_with_reason():
                meeting.body.programme.must_not_be_closed()
            try:
                number_cases(meeting, {form.matter.pk: form.numbered() for form in forms})
            except ChangedMeanwhileError as error:
                for form in forms:
                    if form.matter.pk in error.stored:
                        form.build_on(error.stored[form.matter.pk])
                status = HTTPStatus.CONFLICT
            else:
                messages.success(request, _("Saved: %(line)s") % {"line": meeting.code})
                return redirect("reporting:hand-over", programme, code)
        else:
            status = HTTPStatus.UNPROCESSABLE_ENTITY
    context = {
        "programme": meeting.body.programme,
        "meeting": meeting,
        "rows": list(zip(papers.cases, forms, strict=True)),
        "others": papers.others,
        "is_conflict": status == HTTPStatus.CONFLICT,
        "breadcrumbs": [*steps_to_meeting(meeting), Step(_("Handing over"))],
    }
    return render(request, "reporting/hand_over.html", context, status=status)


@require_safe
def hand_over_package(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Give the package: papers, their metadata, a manifest of hashes."""
    meeting = _meeting(request, programme, code)
    response = HttpResponse(package_of(meeting), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{meeting.code}.zip"'
    response["Cache-Control"] = "private, no-store"
    return response
