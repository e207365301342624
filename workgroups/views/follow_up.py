"""The follow-up of a line in a period: its form, and the verbs confirm, draft, accept and return."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from priorities.models import AnnualTarget
from programme import text
from programme.breadcrumbs import Step, step_to
from programme.generic import do_and_tell, programme_of, signed_in, visible_or_404
from programme.merging import differing
from programme.models import Programme, ReportingPeriod
from workgroups import services
from workgroups.forms import DraftForm, FollowUpForm, ReturnForm
from workgroups.lines import RoundLine, follow_up_address, lines_of_round
from workgroups.models import Action, FollowUp, FollowUpDraft, WorkingGroup, WorkProgramme
from workgroups.services import Line


@dataclass
class Place:
    """The line, the period and the group that an address names."""

    programme: Programme
    line: Line
    period: ReportingPeriod
    group: WorkingGroup

    @property
    def address(self) -> str:
        return follow_up_address(self.line, self.programme.slug, self.period.code)


def _place(request: HttpRequest, programme: str, kind: str, code: str, period: str) -> Place:
    """Find what an address names, among what its reader may see."""
    found = programme_of(request, programme)
    line: Line
    if kind == "target":
        targets = AnnualTarget.objects.decided().select_related("ownership__group__programme")
        line = visible_or_404(targets, programme=found, code=code)
    else:
        actions = Action.objects.visible_to(request.user, found).select_related(
            "work_programme__group__programme"
        )
        line = visible_or_404(actions, work_programme__state__in=WorkProgramme.SEEN_BY_ALL_GROUPS, code=code)
    period_found = ReportingPeriod.objects.filter(programme=found, code=period).first()
    if period_found is None or period_found.year != services.year_of(line):
        raise Http404(_("This line is not followed up in such a period."))
    try:
        group = services.answering_group_of(line)
    except ValidationError as nobody:
        raise Http404(nobody.message) from nobody
    return Place(found, line, period_found, group)


def _must_be_writer(request: HttpRequest, place: Place) -> None:
    """Refuse those who see the line but may not write of it, and everybody when nothing may be written."""
    if not request.user.has_perm("workgroups.follow_up", place.group):
        raise PermissionDenied(
            _("Only the coordinators of the group update its lines. Ask the programme office for the right.")
        )
    if not place.period.is_open:
        raise PermissionDenied(_("The round is closed. The programme office may reopen it with a reason."))
    stored = _stored(place)
    if stored is not None and stored.state == FollowUp.State.APPROVED:
        raise PermissionDenied(_("This follow-up has been accepted and no longer changes in this round."))


def _stored(place: Place) -> FollowUp | None:
    rows = FollowUp.objects.filter(period=place.period, **services.line_lookup(place.line))
    return rows.select_related("submitted_by", "accepted_by").first()


@require_http_methods(["GET", "HEAD", "POST"])
def follow_up(request: HttpRequest, programme: str, kind: str, code: str, period: str) -> HttpResponse:
    """Show and take the three-minute update of a line."""
    place = _place(request, programme, kind, code, period)
    _must_be_writer(request, place)
    stored = _stored(place)
    if request.method != "POST":
        return _page(request, place, _fresh_form(request, place, stored), stored)
    form = FollowUpForm(request.POST, instance=FollowUp(), period=place.period, of_target=kind == "target")
    if not form.is_valid():
        return _page(request, place, form, stored, status=422)
    try:
        services.submit_follow_up(
            place.line,
            place.period,
            actor=signed_in(request),
            version=form.cleaned_data["version"],
            values=form.values() | {"language": get_language() or settings.LANGUAGE_CODE},
        )
    except services.StaleVersionError as conflict:
        return _conflict(request, place, form, conflict.stored)
    except ValidationError as error:
        form.add_error(None, error)
        return _page(request, place, form, stored, status=422)
    messages.success(request, _("Submitted to the chair: %(line)s") % {"line": code})
    return redirect(_next_address(request, place))


def _fresh_form(request: HttpRequest, place: Place, stored: FollowUp | None) -> FollowUpForm:
    """Open the form with the reader's draft, else what is stored, else empty."""
    draft = FollowUpDraft.objects.filter(
        user=signed_in(request), period=place.period, **services.line_lookup(place.line)
    ).first()
    initial: dict[str, Any] = {"version": stored.version if stored else 0}
    if draft is not None:
        initial |= draft.typed | {"version": draft.base_version}
    form = FollowUpForm(
        instance=stored or FollowUp(),
        initial=initial,
        period=place.period,
        of_target=isinstance(place.line, AnnualTarget),
    )
    form.draft = draft  # type: ignore[attr-defined]
    return form


def _page(
    request: HttpRequest,
    place: Place,
    form: FollowUpForm,
    stored: FollowUp | None,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    lines = lines_of_round([place.group], place.period, signed_in(request))
    context = {
        "form": form,
        "draft": getattr(form, "draft", None),
        "stored": stored,
        "here": next(line for line in lines if line.line == place.line),
        "place": place,
        "breadcrumbs": [
            Step(_("My work"), reverse("workgroups:desk")),
            step_to(place.group),
            Step(place.line.code, place.line.get_absolute_url()),
            Step(text.period(place.period.starts_on, place.period.ends_on)),
        ],
        "answered": sum(line.is_answered for line in lines),
        "total": len(lines),
        **more,
    }
    return render(request, "workgroups/follow_up.html", context, status=status)


def _conflict(request: HttpRequest, place: Place, form: FollowUpForm, stored: FollowUp) -> HttpResponse:
    """Show both texts, who and when; the form keeps what was typed and now builds on what is stored."""
    between = differing(form, stored)
    typed = request.POST.copy()
    typed["version"] = str(stored.version if stored.pk else 0)
    form.data = typed
    return _page(
        request, place, form, stored if stored.pk else None, status=409, conflict=stored, differing=between
    )


def _next_address(request: HttpRequest, place: Place) -> str:
    """Return the group's next line without an answer; when all are answered, the desk.

    In a meeting the line stays in view until the chair has accepted it.
    """
    if request.GET.get("to") == "meeting":
        return _meeting_address(place)
    lines = lines_of_round([place.group], place.period, signed_in(request))
    position = next(index for index, line in enumerate(lines) if line.line == place.line)
    onward: list[RoundLine] = [*lines[position + 1 :], *lines[:position]]
    unanswered = next((line for line in onward if not line.is_answered), None)
    return unanswered.address if unanswered else "workgroups:desk"


def _meeting_address(place: Place) -> str:
    address = reverse(
        "workgroups:meeting-mode", args=[place.programme.slug, place.group.code, place.period.code]
    )
    return f"{address}?line={place.line.code}"


@require_POST
def confirm(request: HttpRequest, programme: str, kind: str, code: str, period: str) -> HttpResponse:
    """Say that the situation is as it was in the previous period."""
    place = _place(request, programme, kind, code, period)
    _must_be_writer(request, place)
    try:
        services.confirm_unchanged(place.line, place.period, actor=signed_in(request))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(place.address)
    messages.success(request, _("Confirmed unchanged: %(line)s") % {"line": code})
    return redirect("workgroups:desk")


@require_POST
def draft(request: HttpRequest, programme: str, kind: str, code: str, period: str) -> HttpResponse:
    """Keep what is being typed, for its writer alone; with `base` add what was said in the last period."""
    place = _place(request, programme, kind, code, period)
    _must_be_writer(request, place)
    form = DraftForm(request.POST)
    if not form.is_valid():
        raise BadRequest(_("The draft is too long, or holds characters that no text has."))
    typed = form.typed()
    if "base" in request.POST:
        typed |= _based_on_previous(place, typed)
    services.save_draft(
        place.line,
        place.period,
        actor=signed_in(request),
        typed=typed,
        base_version=form.cleaned_data["version"] or 0,
    )
    messages.success(request, _("The draft is saved. Only you see it."))
    return redirect(place.address)


def _based_on_previous(place: Place, typed: dict[str, str]) -> dict[str, str]:
    """Return status and text with those of the last period: nothing that was typed gives way to them."""
    before = services.previous_follow_up(place.line, place.period)
    if before is None:
        return {}
    written = typed.get("text", "").strip()
    return {
        "status": typed.get("status") or before.status,
        "text": written if before.text in written else f"{written}\n{before.text}".strip(),
    }


def _to_be_accepted(request: HttpRequest, place: Place) -> FollowUp:
    """Return the follow-up that waits, for those who may accept it."""
    waiting = FollowUp.objects.visible_to(request.user, place.programme).filter(
        **services.line_lookup(place.line)
    )
    follow_up = visible_or_404(waiting.select_related("group__programme"), period=place.period)
    if not request.user.has_perm("workgroups.accept_for_group", follow_up.group):
        raise PermissionDenied(_("The chair of the group accepts and returns its follow-up."))
    if not request.user.has_perm("workgroups.accept_follow_up", follow_up):
        raise PermissionDenied(_("Nobody accepts their own follow-up. Ask another who may."))
    return follow_up


def _after_judging(request: HttpRequest, place: Place) -> str:
    return _meeting_address(place) if request.GET.get("to") == "meeting" else "workgroups:approvals"


@require_POST
def accept(request: HttpRequest, programme: str, kind: str, code: str, period: str) -> HttpResponse:
    """Accept what was submitted: from now on it is counted."""
    place = _place(request, programme, kind, code, period)
    follow_up = _to_be_accepted(request, place)
    do_and_tell(
        request,
        lambda: services.accept_follow_up(follow_up, actor=signed_in(request)),
        said=_("Accepted: %(line)s") % {"line": code},
    )
    return redirect(_after_judging(request, place))


@require_POST
def give_back(request: HttpRequest, programme: str, kind: str, code: str, period: str) -> HttpResponse:
    """Return what was submitted to its writer, with a reason."""
    place = _place(request, programme, kind, code, period)
    follow_up = _to_be_accepted(request, place)
    form = ReturnForm(request.POST)
    if not form.is_valid():
        context = {"place": place, "follow_up": follow_up, "form": form}
        return render(request, "workgroups/return.html", context, status=422)
    reason = form.cleaned_data["reason"]
    do_and_tell(
        request,
        lambda: services.return_follow_up(follow_up, actor=signed_in(request), reason=reason),
        said=_("Returned to its writer: %(line)s") % {"line": code},
    )
    return redirect(_after_judging(request, place))
