"""Reports: their list, one report from composing to its stored bytes, and the check that anybody may make."""

from copy import copy
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Max, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from programme.breadcrumbs import Step
from programme.generic import ListView, RefusedByState, programme_of, signed_in, visible_or_404
from programme.models import Audience, ReportingPeriod
from programme.sending import do_and_tell, taken
from reporting import document, documents, rules, services
from reporting.agenda import agenda_has_other_words, put_on_agenda
from reporting.datasets import canonical_json
from reporting.depths import at_depth
from reporting.earlier.bringing_in import told_before
from reporting.fact_types import Facts
from reporting.facts import collect_facts
from reporting.filters import ReportFilter
from reporting.forms import NarrativeForm
from reporting.models import EarlierReport, Rendition, Report
from reporting.proposals import drafts_of, situation_of
from reporting.tables import ReportTable

STORED_FOR_EVER = "private, max-age=31536000, immutable"


@method_decorator(login_not_required, name="dispatch")
class ReportList(ListView):
    """The reports that a reader may see."""

    table_class = ReportTable
    filterset_class = ReportFilter
    template_name = "reporting/report_list.html"

    def get_queryset(self) -> QuerySet[Report]:
        reports = Report.objects.visible_to(self.request.user, self.programme)
        return reports.select_related("programme", "period", "audience")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_compose = bool(rules.may_compose_reports(self.request.user, self.programme))
        return super().get_context_data(
            title=_("Reports"),
            to_compose=services.reports_to_compose(self.programme) if may_compose else [],
            may_compose=may_compose,
            earlier=self._earlier(),
            **kwargs,
        )

    def _earlier(self) -> QuerySet[EarlierReport]:
        """Return the reports made elsewhere that the list's filters let through; each was presented."""
        earlier = EarlierReport.objects.visible_to(self.request.user, self.programme).for_lists()
        wanted = self.filterset.form.cleaned_data if self.filterset.form.is_valid() else {}
        if wanted.get("state") not in ("", None, Report.State.PRESENTED):
            return earlier.none()
        return earlier.of_year(wanted["year"]) if wanted.get("year") else earlier


def _visible_report(
    request: HttpRequest,
    programme: str,
    code: str,
    version: int | None = None,
    *,
    only_frozen: bool = False,
) -> Report:
    """Return the newest report, the one in force, or an exact version, among those its reader may see."""
    found = programme_of(request, programme)
    reports = Report.objects.visible_to(request.user, found).filter(code=code)
    if version is not None:
        reports = reports.filter(version=version)
    if only_frozen:
        reports = reports.frozen()
    related = (
        "programme",
        "period__programme",
        "audience",
        "body",
        "meeting__body",
        "matter__decision",
        "matter__meeting__body",
    )
    newest = reports.select_related(*related).order_by("-version").first()
    if newest is None:
        raise Http404(_("There is no such page, or it is not yours to see."))
    return newest


@login_not_required
@require_safe
def report_detail(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Show a report: while composed its coverage, words and preview; once frozen what stays."""
    return _report_page(request, _visible_report(request, programme, code))


def _report_page(
    request: HttpRequest, report: Report, form: NarrativeForm | None = None, *, status: int = HTTPStatus.OK
) -> HttpResponse:
    may_compose = bool(rules.may_compose_reports(request.user, report.programme))
    may_word = request.user.has_perm("reporting.word_report", report.programme)
    facts = at_depth(report.dataset.facts, report.depth) if report.dataset else collect_facts(report.period)
    form = form or (NarrativeForm(instance=report) if may_word and not report.is_frozen else None)
    context = {
        "report": report,
        "breadcrumbs": [_step_to_reports(report), Step(report.code)],
        "may_compose": may_compose,
        "may_word": may_word,
        "form": form,
        **(_drafts(report, facts) if form else {}),
        "agenda_differs": may_word and agenda_has_other_words(report),
        "coverage": facts["coverage"],
        "renditions": report.renditions.defer("content"),
        "rendering": report.renderings.filter(language="fi").first(),
        "document": _document(report, facts),
        "told_before": None if report.is_frozen else told_before(report),
    }
    return render(request, "reporting/report.html", context, status=status)


def _step_to_reports(report: Report) -> Step:
    return Step(_("Reports"), reverse("reporting:report-list", args=[report.programme.slug]))


def _document(report: Report, facts: Any) -> dict[str, Any]:
    """Return the report's document in the reader's language: frozen words, or a draft of them."""
    language = get_language() or "fi"
    if report.is_frozen:
        return documents.document_of(report, language=language)
    return document.build(
        at_depth(facts, report.depth, audience=report.audience.code),
        particulars=services.draft_particulars(report),
        summary=report.summary,
        proposal=report.proposal,
        narrative_language=report.language,
        language=language,
        verify_url=documents.verify_url(report),
    )


@require_POST
def report_compose(request: HttpRequest, programme: str, period: str, audience: str) -> HttpResponseBase:
    """Begin the report of a period to an audience."""
    found = programme_of(request, programme)
    if not request.user.has_perm("reporting.compose_report", found):
        raise PermissionDenied(_("The programme office assembles reports."))
    period_found = visible_or_404(ReportingPeriod.objects.all(), programme=found, code=period)
    audience_found = visible_or_404(Audience.objects.all(), programme=found, code=audience)
    try:
        report = services.compose_report(period_found, audience_found)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("reporting:report-list", found.slug)
    return redirect(report)


def _drafts(report: Report, facts: Facts) -> dict[str, Any]:
    situation = situation_of(report, at_depth(facts, report.depth))
    return {"situation": situation, "drafts": drafts_of(report, situation)}


@require_POST
def report_write(request: HttpRequest, programme: str, code: str) -> HttpResponseBase:
    """Save a composed report's own words; `draft` names one that is to stand in the form, unsaved."""
    report = _visible_report(request, programme, code)
    if not request.user.has_perm("reporting.word_report", report.programme):
        raise PermissionDenied(_("The programme office and the presenting officer word reports."))
    _must_not_be_frozen(report)
    form = NarrativeForm(request.POST, instance=copy(report))
    if "draft" in request.POST:
        drafts = _drafts(report, collect_facts(report.period))["drafts"]
        chosen = next((draft for draft in drafts if draft.use == request.POST["draft"]), None)
        if chosen is None:
            raise Http404(_("There is no such draft for this report now."))
        return _report_page(request, report, form.with_proposal(chosen.text))
    language = get_language() or "fi"
    try:
        if not taken(form, lambda: services.write_narrative(report, language=language, **form.cleaned_data)):
            return _report_page(request, report, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    except services.StaleWordingError as conflict:
        return _report_page(
            request, conflict.stored, form.rebased_on(conflict.stored), status=HTTPStatus.CONFLICT
        )
    messages.success(request, _("Saved. The preview below shows it."))
    return redirect(report)


def _must_be_composing(request: HttpRequest, report: Report) -> None:
    if not request.user.has_perm("reporting.compose_report", report.programme):
        raise PermissionDenied(_("The programme office assembles and freezes reports."))
    _must_not_be_frozen(report)


def _must_not_be_frozen(report: Report) -> None:
    if report.is_frozen:
        raise RefusedByState(_("This report is frozen. Make a corrected version instead."))


@require_POST
def report_to_agenda(request: HttpRequest, programme: str, code: str) -> HttpResponseBase:
    """Put a report and its proposal on the agenda of its meeting, or renew the words that stand there."""
    report = _visible_report(request, programme, code)
    if not request.user.has_perm("reporting.word_report", report.programme):
        raise PermissionDenied(_("The programme office and the presenting officer put reports on agendas."))
    seen = request.POST.get("seen", "").replace("\r\n", "\n")
    do_and_tell(
        request, lambda: put_on_agenda(report, seen=seen), said=_("The proposal stands on the agenda.")
    )
    return redirect(report)


@require_http_methods(["GET", "HEAD", "POST"])
def report_freeze(request: HttpRequest, programme: str, code: str) -> HttpResponseBase:
    """Say exactly what is frozen and which lines will print as not updated; then freeze it."""
    report = _visible_report(request, programme, code)
    _must_be_composing(request, report)
    if request.method == "POST":
        try:
            services.freeze_report(report, actor=signed_in(request))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("Frozen. The PDF is being made."))
        return redirect(report)
    facts = at_depth(collect_facts(report.period), report.depth, audience=report.audience.code)
    return render(request, "reporting/report_freeze.html", {"report": report, "facts": facts})


@require_POST
def report_render(request: HttpRequest, programme: str, code: str) -> HttpResponseBase:
    """Ask again for the PDF of a frozen report whose making failed or was never asked for."""
    report = _visible_report(request, programme, code)
    if not request.user.has_perm("reporting.compose_report", report.programme) or not report.is_frozen:
        raise PermissionDenied(_("The programme office makes the PDFs of frozen reports."))
    services.queue_rendering(report)
    return redirect(report)


@login_not_required
@require_safe
def report_progress(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Show how far the making of the PDF is: a fragment for the page that waits, a page by itself."""
    report = _visible_report(request, programme, code)
    context = {
        "report": report,
        "rendering": report.renderings.filter(language="fi").first(),
        "renditions": report.renditions.defer("content"),
        "may_compose": bool(rules.may_compose_reports(request.user, report.programme)),
    }
    template = "reporting/_progress.html" if request.headers.get("HX-Request") else "reporting/progress.html"
    return render(request, template, context)


@login_not_required
@require_safe
def report_pdf(
    request: HttpRequest, programme: str, code: str, language: str = "fi", version: int | None = None
) -> HttpResponse:
    """Serve the stored bytes, as stored. Nothing is ever rendered here."""
    report = _visible_report(request, programme, code, version, only_frozen=True)
    rendition = report.renditions.filter(format=Rendition.Format.PDF, language=language).first()
    if rendition is None:
        raise Http404(_("This report has no PDF in this language."))
    response = HttpResponse(bytes(rendition.content), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{report.code}-{report.version}.pdf"'
    response["ETag"] = f'"{rendition.sha256}"'
    response["Cache-Control"] = STORED_FOR_EVER if version is not None else "private, no-cache"
    return response


@login_not_required
@require_safe
def report_html(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Show the HTML twin: the accessible original, the same content in the same order."""
    report = _visible_report(request, programme, code)
    facts = report.dataset.facts if report.dataset else collect_facts(report.period)
    context = {
        "report": report,
        "breadcrumbs": [
            _step_to_reports(report),
            Step(report.code, report.get_absolute_url()),
            Step("HTML"),
        ],
        "document": _document(report, facts),
    }
    return render(request, "reporting/report_html.html", context)


@login_not_required
@require_safe
def report_json(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Give a frozen report's facts at its depth, as the canonical JSON whose hash it prints."""
    report = _visible_report(request, programme, code, only_frozen=True)
    assert report.dataset is not None  # noqa: S101  a constraint says so of every frozen report
    facts = at_depth(report.dataset.facts, report.depth, audience=report.audience.code)
    return HttpResponse(canonical_json(facts), content_type="application/json")


@login_not_required
@require_safe
def report_verify(request: HttpRequest, code: str, version: int) -> HttpResponse:
    """Answer anybody about a frozen report: its number, state and hashes; its content only if published.

    The address has no programme in it: where two programmes have such a report, both answer.
    """
    everywhere = Report.objects.frozen().filter(code=code)
    found = everywhere.filter(version=version).select_related("programme", "dataset").order_by("programme")
    if not found:
        raise Http404(_("There is no frozen report with this number and version."))
    request.programme = found[0].programme  # type: ignore[attr-defined]
    context = {"code": code, "version": version, "answers": [_answer(request, report) for report in found]}
    return render(request, "reporting/verify.html", context)


def _answer(request: HttpRequest, report: Report) -> dict[str, Any]:
    versions = Report.objects.frozen().filter(programme=report.programme, code=report.code)
    readable = Report.objects.visible_to(request.user, report.programme)
    return {
        "report": report,
        "newest": versions.aggregate(Max("version"))["version__max"],
        "renditions": report.renditions.defer("content"),
        "is_readable": readable.filter(pk=report.pk).exists(),
    }
