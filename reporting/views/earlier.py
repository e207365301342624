"""Reports made elsewhere: one page each, its file as it was handed over, and how one comes in."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from programme.breadcrumbs import Step
from programme.generic import programme_of, refused_with_reason, signed_in, visible_or_404
from programme.models import Programme
from programme.sending import taken
from reporting.earlier import bringing_in
from reporting.earlier.forms import EarlierReportForm, WithdrawalForm
from reporting.models import EarlierReport


def _must_compose(request: HttpRequest, programme: Programme) -> None:
    if not request.user.has_perm("reporting.compose_report", programme):
        raise PermissionDenied(_("The programme office brings earlier reports in."))
    with refused_with_reason():
        programme.must_not_be_closed()


def _step_to_reports(programme: Programme) -> Step:
    return Step(_("Reports"), reverse("reporting:report-list", args=[programme.slug]))


def _report(request: HttpRequest, programme: str, code: str) -> EarlierReport:
    found = programme_of(request, programme)
    rows = EarlierReport.objects.visible_to(request.user, found).for_lists()
    return visible_or_404(rows.select_related("meeting__body__programme", "period"), code=code)


@require_safe
def earlier_report_detail(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Show what is known of a report made elsewhere."""
    return _page(request, _report(request, programme, code))


def _page(
    request: HttpRequest, report: EarlierReport, form: WithdrawalForm | None = None, *, status: int = 200
) -> HttpResponse:
    may_withdraw = not report.is_withdrawn and request.user.has_perm(
        "reporting.compose_report", report.programme
    )
    has_file = EarlierReport.objects.with_file_for(request.user, report.programme).filter(pk=report.pk)
    context = {
        "programme": report.programme,
        "report": report,
        "may_have_the_file": has_file.exists(),
        "form": (form or WithdrawalForm()) if may_withdraw else None,
        "breadcrumbs": [_step_to_reports(report.programme), Step(report.code)],
    }
    return render(request, "reporting/earlier_report.html", context, status=status)


@require_safe
def earlier_report_pdf(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Give the bytes as they were handed over, to be kept and not to be opened here: they are not ours."""
    found = programme_of(request, programme)
    report = visible_or_404(EarlierReport.objects.with_file_for(request.user, found), code=code)
    return HttpResponse(
        bytes(report.content),
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'attachment; filename="{report.code}.pdf"',
            "ETag": f'"{report.sha256}"',
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def earlier_report_create(request: HttpRequest, programme: str) -> HttpResponse:
    """Show and take the form by which a report made elsewhere comes in."""
    found = programme_of(request, programme)
    _must_compose(request, found)
    posted = request.method == "POST"
    form = EarlierReportForm(*((request.POST, request.FILES) if posted else ()), programme=found)
    if posted and form.is_valid():
        try:
            report = bringing_in.bring_in(
                found, actor=signed_in(request), content=form.content, values=form.values()
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Brought in: %(line)s") % {"line": report.code})
            return redirect(report)
    context: dict[str, Any] = {
        "programme": found,
        "form": form,
        "breadcrumbs": [_step_to_reports(found), Step(_("Bring in an earlier report"))],
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if posted else HTTPStatus.OK
    return render(request, "reporting/earlier_report_form.html", context, status=status)


@require_POST
def earlier_report_withdraw(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Say that a report was brought in wrongly, and why."""
    report = _report(request, programme, code)
    _must_compose(request, report.programme)
    form = WithdrawalForm(request.POST)

    def withdraw() -> None:
        bringing_in.withdraw(report, actor=signed_in(request), reason=form.cleaned_data["reason"])

    if taken(form, withdraw):
        messages.success(request, _("Withdrawn: %(line)s") % {"line": report.code})
        return redirect(report)
    return _page(request, report, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
