"""The group's report of a period: its page, its draft, and what the chair does with it."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from programme import sessions, text
from programme.breadcrumbs import Step, step_to
from programme.generic import RefusedByState, RefusedWithWords, programme_of, signed_in, visible_or_404
from programme.merging import differing
from programme.models import ReportingPeriod
from programme.sending import do_and_tell, version_read
from workgroups import drafts, group_reports, rules, services
from workgroups.forms import ReturnForm
from workgroups.lines import follow_up_address, lines_of_round
from workgroups.models import FollowUpDraft, GroupReport, WorkingGroup
from workgroups.report_forms import GroupReportForm, ReportDraftForm
from workgroups.views import drafts as draft_pages


@dataclass
class ReportPlace:
    """The group and the period that an address names, and the report where its reader may see it."""

    group: WorkingGroup
    period: ReportingPeriod
    report: GroupReport | None
    reads_round: bool  # its lines and their answers, accepted or not

    @property
    def written(self) -> WorkingGroup:
        return self.group

    @property
    def address(self) -> str:
        return follow_up_address(self.group, self.group.programme.slug, self.period.code)

    @property
    def draft_address(self) -> str:
        return follow_up_address(self.group, self.group.programme.slug, self.period.code, verb="draft")


def _place_of(request: HttpRequest, programme: str, code: str, period: str) -> ReportPlace:
    """Find what an address names: what is not accepted exists for the group and the office alone."""
    found = programme_of(request, programme)
    groups = WorkingGroup.objects.filter(programme=found).select_related("programme")
    group = visible_or_404(groups, code=code)
    told = visible_or_404(ReportingPeriod.objects.select_related("reopened_by"), programme=found, code=period)
    report = group_reports.report_of(group, told)
    reads_round = request.user.has_perm("workgroups.read_round", group)
    is_shown = reads_round or (
        report is not None
        and report.state == GroupReport.State.APPROVED
        and rules.reads_approved_work(request.user, found)
    )
    if not is_shown:
        raise Http404(_("There is no such page, or it is not yours to see."))
    return ReportPlace(group, told, report, reads_round)


def _must_write(request: HttpRequest, place: ReportPlace) -> None:
    if not request.user.has_perm("workgroups.write_group_report", place.group):
        raise PermissionDenied(
            _("Only the coordinators of the group write its report. Ask the programme office for the right.")
        )


def _why_not(place: ReportPlace) -> str | None:
    """Return why nothing may be written now, or None where it may."""
    if not place.period.is_open:
        return _("The round is closed. The programme office may reopen it with a reason.")
    if place.report is not None and place.report.state == GroupReport.State.APPROVED:
        return _("The report has been accepted. The chair can return it with a reason.")
    return None


@require_http_methods(["GET", "HEAD", "POST"])
@draft_pages.opened_anew
def group_report(request: HttpRequest, programme: str, code: str, period: str) -> HttpResponse:
    """Show a group's report to those who read it, and take it from those who write it."""
    place = _place_of(request, programme, code, period)
    if request.method != "POST":
        writes = request.user.has_perm("workgroups.write_group_report", place.group)
        return _page(request, place, _fresh_form(request, place) if writes and not _why_not(place) else None)
    _must_write(request, place)
    _must_be_open(request, place)
    form = GroupReportForm(request.POST, instance=GroupReport())
    if not form.is_valid():
        return _refused(request, place, form)
    try:
        group_reports.submit_group_report(
            place.group,
            place.period,
            actor=signed_in(request),
            version=form.cleaned_data["version"],
            values=form.values() | {"language": get_language() or settings.LANGUAGE_CODE},
            drafted=form.cleaned_data["drafted"],
        )
    except services.StaleVersionError as conflict:
        return _conflict(request, place, form, conflict.stored)
    except ValidationError as error:
        form.add_error(None, error)
        return _refused(request, place, form)
    return draft_pages.told(request, place, _("The report is submitted for acceptance."))


def _must_be_open(request: HttpRequest, place: ReportPlace) -> None:
    """Refuse everybody when nothing may be written; what was sent is kept as its writer's draft."""
    reason = _why_not(place)
    if reason is None:
        return
    draft = _keep(request, place)
    sent = ReportDraftForm(request.POST)
    words = sent.typed() if sent.is_valid() else {}
    if not any(words.values()):
        raise RefusedByState(reason)
    kept = _("Your text is kept as your draft.")
    raise RefusedWithWords(f"{reason} {kept}" if draft else reason, GroupReportForm.told(words))


def _refused(request: HttpRequest, place: ReportPlace, form: GroupReportForm) -> HttpResponse:
    """Show the form again as it was sent; its words are kept as the writer's draft."""
    draft_pages.build_on(form, _keep(request, place))
    return _page(request, place, form, status=422)


def _keep(request: HttpRequest, place: ReportPlace, base_version: int | None = None) -> FollowUpDraft | None:
    """Keep what was sent as its writer's draft, where it holds a word and they wrote no other elsewhere."""
    form = ReportDraftForm(request.POST)
    if not (form.is_valid() and any(form.typed().values())):
        return None
    try:
        return draft_pages.save(request, place, form, base_version=base_version)
    except drafts.NewerDraftError:
        return None


def _fresh_form(request: HttpRequest, place: ReportPlace) -> GroupReportForm:
    """Open the form with the reader's draft, else what is stored, else empty."""
    draft = draft_pages.own_draft(request, place)
    initial = draft_pages.opened_with(draft, place.report)
    form = GroupReportForm(instance=place.report or GroupReport(), initial=initial)
    form.draft = draft
    return form


def _page(
    request: HttpRequest, place: ReportPlace, form: GroupReportForm | None, *, status: int = 200, **more: Any
) -> HttpResponse:
    reader = signed_in(request)
    lines = lines_of_round([place.group], place.period, reader) if place.reads_round else []
    report = place.report
    context = {
        "place": place,
        "group": place.group,
        "period": place.period,
        "report": report,
        "why_not": _why_not(place),
        "form": form,
        "draft": getattr(form, "draft", None),
        "draft_key": draft_pages.key_of(request, place),
        "session_seconds": sessions.seconds_left(request),
        "writing": drafts.writing_now(place.group, place.period, besides=reader) if form else [],
        "lines": lines,
        "silent": [row for row in lines if row.said is None],
        "returned": [row for row in lines if row.is_returned],
        "answered": sum(row.is_answered for row in lines),
        **_what_the_chair_may(request, place),
        "breadcrumbs": [
            Step(_("My work"), reverse("workgroups:desk")),
            step_to(place.group),
            Step(_("The group’s report")),
            Step(text.period(place.period.starts_on, place.period.ends_on)),
        ],
        **more,
    }
    return render(request, "workgroups/group_report.html", context, status=status)


def _what_the_chair_may(request: HttpRequest, place: ReportPlace) -> dict[str, Any]:
    report = place.report
    judges = report is not None and request.user.has_perm("workgroups.accept_group_report", report)
    waits = report is not None and report.state == GroupReport.State.SUBMITTED
    is_accepted = report is not None and report.state == GroupReport.State.APPROVED
    return {
        "may_accept": judges and waits,
        "may_return": judges and (waits or (is_accepted and place.period.is_open)),
        "return_form": ReturnForm(auto_id="return-%s"),
    }


def _conflict(
    request: HttpRequest, place: ReportPlace, form: GroupReportForm, stored: GroupReport
) -> HttpResponse:
    """Show both texts, who and when; the form keeps what was typed and now builds on what is stored."""
    between = differing(form, stored)
    version = stored.version if stored.pk else 0
    draft_pages.build_on(form, _keep(request, place, base_version=version), version=str(version))
    return _page(request, place, form, status=409, conflict=stored, differing=between)


@require_POST
def draft(request: HttpRequest, programme: str, code: str, period: str) -> HttpResponse:
    """Keep what is being typed, for its writer alone; with `discard` it goes."""
    place = _place_of(request, programme, code, period)
    _must_write(request, place)
    return draft_pages.keep(
        request,
        place,
        ReportDraftForm(request.POST),
        show_other=partial(_other_draft, request, place),
        why_not=_why_not(place),
    )


def _other_draft(request: HttpRequest, place: ReportPlace, kept: FollowUpDraft) -> HttpResponse:
    """Show what the writer has typed elsewhere meanwhile beside this text; to save again takes this one."""
    form = GroupReportForm(initial=request.POST.dict() | {"drafted": kept.stamp})
    return _page(request, place, form, status=409, elsewhere=kept, words=GroupReportForm.told(kept.typed))


def _to_be_judged(request: HttpRequest, place: ReportPlace) -> GroupReport:
    """Return the report that waits, for those who may accept it."""
    if place.report is None:
        raise Http404(_("There is no such page, or it is not yours to see."))
    if not request.user.has_perm("workgroups.accept_for_group", place.group):
        raise PermissionDenied(_("The chair of the group accepts and returns its report."))
    if not request.user.has_perm("workgroups.accept_group_report", place.report):
        raise PermissionDenied(_("Nobody accepts their own report. Ask another who may."))
    return place.report


@require_POST
def accept(request: HttpRequest, programme: str, code: str, period: str) -> HttpResponse:
    """Accept the report: the group's round closes."""
    place = _place_of(request, programme, code, period)
    report = _to_be_judged(request, place)
    version = version_read(request)
    try:
        do_and_tell(
            request,
            lambda: group_reports.accept_group_report(report, actor=signed_in(request), version=version),
            said=_("The report is accepted, and the group’s round is closed."),
        )
    except services.StaleVersionError:
        messages.error(request, _("The report was written anew while you read it. Read it again."))
    return redirect(place.address)


@require_POST
def give_back(request: HttpRequest, programme: str, code: str, period: str) -> HttpResponse:
    """Return the report to its writer, with a reason."""
    place = _place_of(request, programme, code, period)
    report = _to_be_judged(request, place)
    version = version_read(request)
    form = ReturnForm(request.POST, auto_id="return-%s")
    if not form.is_valid():
        return _page(request, place, None, status=422, return_form=form)
    reason = form.cleaned_data["reason"]
    try:
        do_and_tell(
            request,
            lambda: group_reports.return_group_report(
                report, actor=signed_in(request), version=version, reason=reason
            ),
            said=_("The report is returned to its writer."),
            received=draft_pages.typed_key(request, request.path),
        )
    except services.StaleVersionError:
        messages.error(request, _("The report was written anew while you read it. Read it again."))
        return _page(request, _place_of(request, programme, code, period), None, status=409, return_form=form)
    return redirect(place.address)
