"""The three-minute update of a line in a period: its form, its draft, and “no change”."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from priorities.models import AnnualTarget
from programme import sessions, text
from programme.breadcrumbs import Step, step_to
from programme.generic import RefusedWithWords, signed_in
from programme.merging import differing
from workgroups import drafts, services
from workgroups.contradictions import contradictions
from workgroups.forms import DraftForm, FollowUpForm
from workgroups.lines import RoundLine, lines_of_round
from workgroups.models import FollowUp, FollowUpDraft
from workgroups.views.place import Place, meeting_address, place_of


def _must_be_writer(request: HttpRequest, place: Place) -> None:
    """Refuse those who see the line but may not write of it."""
    if not request.user.has_perm("workgroups.follow_up", place.group):
        raise PermissionDenied(
            _("Only the coordinators of the group update its lines. Ask the programme office for the right.")
        )


def _must_be_open(request: HttpRequest, place: Place) -> None:
    """Refuse everybody when nothing may be written; what was sent is kept, and the writer's draft shown."""
    reason = _why_not(place)
    if reason is None:
        return
    draft = _keep(request, place) or drafts.draft_of(place.line, place.period, signed_in(request))
    if draft is None:
        raise PermissionDenied(reason)
    kept = _("Your text is kept as your draft: it is in the form again when the line can be written of.")
    raise RefusedWithWords(f"{reason} {kept}", FollowUpForm.told(draft.typed))


def _why_not(place: Place) -> str | None:
    """Return why nothing may be written of a line in a period, or None where it may."""
    if not place.period.is_open:
        return _("The round is closed. The programme office may reopen it with a reason.")
    stored = _stored(place)
    if stored is not None and stored.state == FollowUp.State.APPROVED:
        return _("This follow-up has been accepted and no longer changes in this round.")
    return None


def _keep(request: HttpRequest, place: Place, base_version: int | None = None) -> FollowUpDraft | None:
    """Keep what was sent as its writer's draft, where it holds a word."""
    form = DraftForm(request.POST)
    if not (request.method == "POST" and form.is_valid() and any(form.typed().values())):
        return None
    return drafts.save_draft(
        place.line,
        place.period,
        actor=signed_in(request),
        typed=form.typed(),
        base_version=form.cleaned_data["version"] or 0 if base_version is None else base_version,
    )


def _stored(place: Place) -> FollowUp | None:
    rows = FollowUp.objects.filter(period=place.period, **services.line_lookup(place.line))
    return rows.select_related("submitted_by", "accepted_by").first()


@require_http_methods(["GET", "HEAD", "POST"])
def follow_up(request: HttpRequest, programme: str, kind: str, code: str, period: str) -> HttpResponse:
    """Show and take the three-minute update of a line."""
    place = place_of(request, programme, kind, code, period)
    _must_be_writer(request, place)
    _must_be_open(request, place)
    stored = _stored(place)
    if request.method != "POST":
        return _page(request, place, _fresh_form(request, place, stored), stored)
    form = FollowUpForm(request.POST, instance=FollowUp(), period=place.period, of_target=kind == "target")
    if not form.is_valid():
        _keep(request, place)
        return _page(request, place, form, stored, status=422)
    try:
        submitted = services.submit_follow_up(
            place.line,
            place.period,
            actor=signed_in(request),
            version=form.cleaned_data["version"],
            values=form.values() | {"language": get_language() or settings.LANGUAGE_CODE},
        )
    except services.StaleVersionError as conflict:
        return _conflict(request, place, form, conflict.stored)
    except ValidationError as error:
        _keep(request, place)
        form.add_error(None, error)
        return _page(request, place, form, stored, status=422)
    said = _("Submitted to the chair: %(line)s") % {"line": code}
    messages.success(
        request, said, extra_tags=drafts.browser_key(place.line, place.period, signed_in(request))
    )
    for doubt in contradictions(place.line, place.period, submitted.status, submitted.indicator_value):
        messages.warning(request, f"{code}: {doubt}")
    return redirect(_next_address(request, place))


def _fresh_form(request: HttpRequest, place: Place, stored: FollowUp | None) -> FollowUpForm:
    """Open the form with the reader's draft, else what is stored, else empty."""
    draft = drafts.draft_of(place.line, place.period, signed_in(request))
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
    position = _position(lines, place)
    context = {
        "form": form,
        "draft": getattr(form, "draft", None),
        "stored": stored,
        "here": lines[position],
        "previous": lines[position - 1] if position else None,
        "next": lines[position + 1] if position + 1 < len(lines) else None,
        "has_euros": not place.line.no_cost,
        "place": place,
        "breadcrumbs": [
            Step(_("My work"), reverse("workgroups:desk")),
            step_to(place.group),
            Step(place.line.code, place.line.get_absolute_url()),
            Step(text.period(place.period.starts_on, place.period.ends_on)),
        ],
        "draft_key": drafts.browser_key(place.line, place.period, signed_in(request)),
        "writing": drafts.writing_now(place.line, place.period, besides=signed_in(request)),
        "session_seconds": sessions.seconds_left(request),
        "answered": sum(line.is_answered for line in lines),
        "total": len(lines),
        **more,
    }
    return render(request, "workgroups/follow_up.html", context, status=status)


def _conflict(request: HttpRequest, place: Place, form: FollowUpForm, stored: FollowUp) -> HttpResponse:
    """Show both texts, who and when; the form keeps what was typed and now builds on what is stored."""
    between = differing(form, stored)
    version = stored.version if stored.pk else 0
    _keep(request, place, base_version=version)
    typed = request.POST.copy()
    typed["version"] = str(version)
    form.data = typed
    return _page(
        request, place, form, stored if stored.pk else None, status=409, conflict=stored, differing=between
    )


def _position(lines: list[RoundLine], place: Place) -> int:
    return next(index for index, line in enumerate(lines) if line.line == place.line)


def _next_address(request: HttpRequest, place: Place) -> str:
    """Return the group's next line without an answer; when all are answered, the desk.

    In a meeting the line stays in view until the chair has accepted it.
    """
    if request.GET.get("to") == "meeting":
        return meeting_address(place)
    lines = lines_of_round([place.group], place.period, signed_in(request))
    position = _position(lines, place)
    onward: list[RoundLine] = [*lines[position + 1 :], *lines[:position]]
    unanswered = next((line for line in onward if not line.is_answered), None)
    return unanswered.address if unanswered else "workgroups:desk"


@require_POST
def confirm(request: HttpRequest, programme: str, kind: str, code: str, period: str) -> HttpResponse:
    """Say that the situation is as it was in the previous period."""
    place = place_of(request, programme, kind, code, period)
    _must_be_writer(request, place)
    _must_be_open(request, place)
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
    place = place_of(request, programme, kind, code, period)
    _must_be_writer(request, place)
    form = DraftForm(request.POST)
    if not form.is_valid():
        raise BadRequest(_("The draft is too long, or holds characters that no text has."))
    typed = form.typed()
    if "base" in request.POST:
        typed |= _based_on_previous(place, typed)
    saved = drafts.save_draft(
        place.line,
        place.period,
        actor=signed_in(request),
        typed=typed,
        base_version=form.cleaned_data["version"] or 0,
    )
    if request.headers.get("HX-Request"):
        return render(request, "_draft_state.html", {"draft": saved})
    messages.success(
        request,
        _("The draft is saved. Only you see it."),
        extra_tags=drafts.browser_key(place.line, place.period, signed_in(request)),
    )
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
