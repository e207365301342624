"""The three-minute update of a line in a period: its form, its draft, and “no change”."""

from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from priorities.models import AnnualTarget
from programme import sessions, text
from programme.breadcrumbs import Step, step_to
from programme.generic import RefusedByState, RefusedWithWords, signed_in
from programme.merging import differing
from workgroups import drafts, services
from workgroups.contradictions import contradictions_of, of_typed_estimate
from workgroups.evidence import files_at_hand
from workgroups.evidence_decisions import decisions_about
from workgroups.evidence_forms import EvidenceForm
from workgroups.forms import DraftForm, FollowUpForm
from workgroups.lines import PEOPLE, RoundLine, indicator_of, lines_of_round
from workgroups.models import Action, FollowUp, FollowUpDraft
from workgroups.views import drafts as draft_pages
from workgroups.views.evidence import evidence_of, keep_files
from workgroups.views.place import Place, meeting_address, place_of

# What a form may leave out; a status is always chosen anew.
STANDING = [name for name in FollowUpForm.Meta.fields if name != "status"]


def _must_be_writer(request: HttpRequest, place: Place) -> None:
    """Refuse those who see the line but may not write of it."""
    if not request.user.has_perm("workgroups.follow_up", place.group):
        raise PermissionDenied(
            _("Only the coordinators of the group update its lines. Ask the programme office for the right.")
        )


def _must_be_open(request: HttpRequest, place: Place, stored: FollowUp | None) -> None:
    """Refuse everybody when nothing may be written; what was sent is kept, and the writer's draft shown."""
    reason = _why_not(place, stored)
    if reason is None:
        return
    sent = DraftForm(request.POST)
    words = sent.typed() if request.method == "POST" and sent.is_valid() else {}
    draft = _keep(request, place) or draft_pages.own_draft(request, place)
    if draft is None:
        raise RefusedByState(reason)
    kept = _("Your text is kept as your draft: it is in the form again when the line can be written of.")
    is_kept = words.items() <= draft.typed.items()
    raise RefusedWithWords(
        f"{reason} {kept}" if is_kept else reason, FollowUpForm.told(draft.typed if is_kept else words)
    )


def _why_not(place: Place, stored: FollowUp | None) -> str | None:
    """Return why nothing may be written of a line in a period, or None where it may."""
    if isinstance(place.line, Action) and place.line.removed_at is not None:
        return _("This action has been taken out of its plan: nothing more is asked of it.")
    if not place.period.is_open:
        return _("The round is closed. The programme office may reopen it with a reason.")
    if stored is not None and stored.state == FollowUp.State.APPROVED:
        return _("This follow-up has been accepted and no longer changes in this round.")
    is_returned = stored is not None and stored.state == FollowUp.State.RETURNED
    if not is_returned and services.closing_report(place.group, place.period) is not None:
        return services.closed_by_report()
    return None


def _keep(
    request: HttpRequest, place: Place, evidence: EvidenceForm | None = None, base_version: int | None = None
) -> FollowUpDraft | None:
    """Keep what was sent as its writer's draft, where it holds a word and they wrote no other elsewhere.

    Files that are in order are kept with it, or with that other one.
    """
    form = DraftForm(request.POST)
    if not (request.method == "POST" and form.is_valid()):
        return None
    added = evidence is not None and evidence.change.added
    if not (added or any(form.typed().values())):
        return None
    try:
        draft, other = draft_pages.save(request, place, form, base_version=base_version), None
    except drafts.NewerDraftError as newer:
        draft, other = None, newer.kept
    if evidence is not None and added and (with_draft := draft or other):
        keep_files(request, evidence, with_draft, _stored(place))
    return draft


def _stored(place: Place) -> FollowUp | None:
    rows = FollowUp.objects.filter(period=place.period, **services.line_lookup(place.line))
    return rows.select_related(*PEOPLE).first()


@require_http_methods(["GET", "HEAD", "POST"])
@draft_pages.opened_anew
def follow_up(request: HttpRequest, programme: str, kind: str, code: str, period: str) -> HttpResponse:
    """Show and take the three-minute update of a line."""
    place = place_of(request, programme, kind, code, period)
    _must_be_writer(request, place)
    if request.method != "POST":
        return _open(request, place)
    stored = _stored(place)
    _must_be_open(request, place, stored)
    evidence = evidence_of(request, place, stored)
    completed = _completed(request, place, stored)
    form = _form(place, completed, stored=stored, has_files=evidence.leaves_files)
    if not all([form.is_valid(), evidence.is_valid()]):
        return _refused(request, place, form, stored, evidence)
    try:
        submitted = services.submit_follow_up(
            place.line,
            place.period,
            actor=signed_in(request),
            version=form.cleaned_data["version"],
            values=form.values() | {"language": get_language() or settings.LANGUAGE_CODE},
            drafted=form.cleaned_data["drafted"],
            change=evidence.change,
        )
    except services.StaleVersionError as conflict:
        return _conflict(request, place, form, conflict.stored, evidence)
    except ValidationError as error:
        form.add_error(None, error)
        return _refused(request, place, form, stored, evidence)
    said = _("Submitted for acceptance: %(line)s") % {"line": code}
    messages.success(request, said, extra_tags=draft_pages.key_of(request, place))
    for doubt in contradictions_of(place.line, submitted):
        messages.warning(request, f"{code}: {doubt}")
    return redirect(_next_address(request, place))


def _open(request: HttpRequest, place: Place) -> HttpResponse:
    """Open the form of a line: the lines of its round know all that stands in it."""
    lines = lines_of_round([place.group], place.period, signed_in(request))
    here = next((line for line in lines if line.line == place.line), None)
    if here is None or not (here.may_be_written and place.period.is_open):
        _must_be_open(request, place, _stored(place))
    stored, draft = (here.said, here.draft) if here else (None, None)
    form = _fresh_form(place, stored, draft)
    evidence = EvidenceForm(at_hand=files_at_hand(stored, draft))
    return _page(request, place, form, stored, evidence=evidence, lines=lines)


def _fresh_form(place: Place, stored: FollowUp | None, draft: FollowUpDraft | None) -> FollowUpForm:
    """Open the form with the reader's draft, else what is stored, else empty."""
    initial = draft_pages.opened_with(draft, stored)
    form = _form(place, stored=stored, instance=stored or FollowUp(), initial=initial)
    form.draft = draft  # type: ignore[attr-defined]
    return form


def _form(
    place: Place, sent: QueryDict | None = None, *, stored: FollowUp | None, **given: Any
) -> FollowUpForm:
    standing = stored.decision_id if stored else None
    made: dict[str, Any] = {"instance": FollowUp(), "series": indicator_of(place.line)}
    return FollowUpForm(
        sent,
        period=place.period,
        of_target=isinstance(place.line, AnnualTarget),
        decisions=decisions_about(place.line, place.group, place.period, standing=standing),
        **made | given,
    )


def _completed(request: HttpRequest, place: Place, stored: FollowUp | None) -> QueryDict:
    """Return what was sent; a form with fewer fields, as in a meeting, leaves the others as they stand."""
    standing = _fresh_form(place, stored, draft_pages.own_draft(request, place))
    sent = request.POST.copy()
    for name in standing.fields:
        if name in STANDING and name not in sent:
            sent[name] = "" if (value := standing[name].value()) is None else value
    return sent


def _refused(
    request: HttpRequest,
    place: Place,
    form: FollowUpForm,
    stored: FollowUp | None,
    evidence: EvidenceForm,
) -> HttpResponse:
    """Show the form again as it was sent; its words are kept as the writer's draft."""
    draft_pages.build_on(form, _keep(request, place, evidence))
    return _page(request, place, form, stored, status=422, evidence=evidence)


def _page(
    request: HttpRequest,
    place: Place,
    form: FollowUpForm,
    stored: FollowUp | None,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    lines = more.pop("lines", None) or lines_of_round([place.group], place.period, signed_in(request))
    position = _position(lines, place)
    form.beside = more.pop("evidence", None) or evidence_of(request, place, stored)
    context = {
        "form": form,
        "evidence": form.beside,
        "draft": getattr(form, "draft", None),
        "stored": stored,
        "here": lines[position],
        "previous": lines[position - 1] if position else None,
        "next": lines[position + 1] if position + 1 < len(lines) else None,
        "estimate_doubts": of_typed_estimate(place.line, form["new_due_on"].value()),
        "has_euros": not place.line.no_cost,
        "place": place,
        "breadcrumbs": [
            Step(_("Meeting"), meeting_address(place))
            if _is_of_meeting(request)
            else Step(_("My work"), reverse("workgroups:desk")),
            step_to(place.group),
            Step(place.line.code, place.line.get_absolute_url()),
            Step(text.period(place.period.starts_on, place.period.ends_on)),
        ],
        "draft_key": draft_pages.key_of(request, place),
        "writing": drafts.writing_now(place.line, place.period, besides=signed_in(request)),
        "session_seconds": sessions.seconds_left(request),
        "in_meeting": meeting_address(place) if _is_of_meeting(request) else "",
        "answered": sum(line.is_answered for line in lines),
        "total": len(lines),
        **more,
    }
    return render(request, "workgroups/follow_up.html", context, status=status)


def _conflict(
    request: HttpRequest, place: Place, form: FollowUpForm, stored: FollowUp, evidence: EvidenceForm
) -> HttpResponse:
    """Show both texts, who and when; the form keeps what was typed and now builds on what is stored."""
    between = differing(form, stored)
    version = stored.version if stored.pk else 0
    draft_pages.build_on(form, _keep(request, place, evidence, base_version=version), version=str(version))
    return _page(
        request,
        place,
        form,
        stored if stored.pk else None,
        status=409,
        conflict=stored,
        differing=between,
        evidence=evidence,
    )


def _position(lines: list[RoundLine], place: Place) -> int:
    return next(index for index, line in enumerate(lines) if line.line == place.line)


def _is_of_meeting(request: HttpRequest) -> bool:
    return request.GET.get("to") == "meeting"


def _next_address(request: HttpRequest, place: Place) -> str:
    """Return the group's next line without an answer; when all are answered, the desk.

    In a meeting the line stays in view until the chair has accepted it.
    """
    if _is_of_meeting(request):
        return meeting_address(place)
    lines = lines_of_round([place.group], place.period, signed_in(request))
    position = _position(lines, place)
    onward: list[RoundLine] = [*lines[position + 1 :], *lines[:position]]
    unanswered = next((line for line in onward if not (line.is_answered or line.is_closed)), None)
    return unanswered.address if unanswered else "workgroups:desk"


@require_POST
def confirm(request: HttpRequest, programme: str, kind: str, code: str, period: str) -> HttpResponse:
    """Say that the situation is as it was in the previous period; in a round the next line follows."""
    place = place_of(request, programme, kind, code, period)
    _must_be_writer(request, place)
    _must_be_open(request, place, _stored(place))
    try:
        services.confirm_unchanged(place.line, place.period, actor=signed_in(request))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(place.address)
    messages.success(request, _("Confirmed unchanged: %(line)s") % {"line": code})
    goes_on = request.GET.get("to") == "next"
    return redirect(_next_address(request, place) if goes_on else "workgroups:desk")


@require_POST
def draft(request: HttpRequest, programme: str, kind: str, code: str, period: str) -> HttpResponse:
    """Keep what is being typed, for its writer alone; with `base` add what was said in the last period.

    With `discard` it goes: only what is stored of the line is left.
    """
    place = place_of(request, programme, kind, code, period)
    _must_be_writer(request, place)
    form = DraftForm(request.POST)
    typed = form.typed() if form.is_valid() else {}
    return draft_pages.keep(
        request,
        place,
        form,
        show_other=partial(_other_draft, request, place),
        instead=_based_on_previous(place, typed) if "base" in request.POST else None,
        with_draft=partial(_keep_files_with, request, place),
        why_not=_why_not(place, _stored(place)),
        doubts=of_typed_estimate(place.line, typed.get("new_due_on")),
    )


def _keep_files_with(request: HttpRequest, place: Place, draft: FollowUpDraft) -> None:
    stored = _stored(place)
    if not request.FILES or _why_not(place, stored) is not None:
        return
    evidence = evidence_of(request, place, stored)
    keep_files(request, evidence, draft, stored)
    for problems in evidence.errors.values():
        for problem in problems:
            messages.error(request, str(problem))


def _other_draft(request: HttpRequest, place: Place, kept: FollowUpDraft) -> HttpResponse:
    """Show what the writer has typed elsewhere meanwhile beside this text; to save again takes this one."""
    stored = _stored(place)
    initial = _completed(request, place, stored).dict() | {"drafted": kept.stamp}
    form = _form(place, stored=stored, initial=initial)
    words = FollowUpForm.told(kept.typed)
    return _page(request, place, form, stored, status=409, elsewhere=kept, words=words)


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
