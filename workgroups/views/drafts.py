"""Drafts of what is written in a round, of a line or a group's report: how pages keep and tell of them."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control

from programme.generic import signed_in
from programme.models import ReportingPeriod
from workgroups import drafts
from workgroups.drafts import Written
from workgroups.forms import TypedForm
from workgroups.models import FollowUpDraft
from workgroups.models.drafts import Draft

# A browser that goes back asks for the page anew: an older copy would build on a draft that has grown since.
opened_anew = cache_control(private=True, no_store=True)


class WritingPlace(Protocol):
    """What an address names: the line or the group that is written of, in a period."""

    period: ReportingPeriod

    @property
    def written(self) -> Written: ...

    @property
    def address(self) -> str: ...


def key_of(request: HttpRequest, place: WritingPlace) -> str:
    """Return the name by which the writer's browser keeps their text."""
    return drafts.browser_key(place.written, place.period, signed_in(request))


def typed_key(request: HttpRequest, address: str) -> str:
    """Return the name by which the browser keeps a reason or a comment that goes to an address (kept.js)."""
    return f"draft:{signed_in(request).pk}:{address}"


def own_draft(request: HttpRequest, place: WritingPlace) -> FollowUpDraft | None:
    return drafts.draft_of(place.written, place.period, signed_in(request))


def opened_with(draft: FollowUpDraft | None, stored: Any) -> dict[str, Any]:
    """Return what a form opens with beside what is stored: the draft, and the version that it builds on."""
    if draft is None:
        return {"version": stored.version if stored else 0}
    return draft.typed | {"version": draft.base_version, "drafted": draft.stamp}


def save(
    request: HttpRequest,
    place: WritingPlace,
    form: TypedForm,
    *,
    base_version: int | None = None,
    instead: dict[str, str] | None = None,
) -> FollowUpDraft:
    """Save what a draft's form holds, and other words instead of some of them.

    Raises NewerDraftError where its writer has typed other words elsewhere since.
    """
    return drafts.save_draft(
        place.written,
        place.period,
        actor=signed_in(request),
        typed=form.typed() | (instead or {}),
        base_version=form.cleaned_data["version"] or 0 if base_version is None else base_version,
        grown_from=form.cleaned_data["drafted"],
    )


def keep(
    request: HttpRequest,
    place: WritingPlace,
    form: TypedForm,
    *,
    show_other: Callable[[FollowUpDraft], HttpResponse],
    instead: dict[str, str] | None = None,
    with_draft: Callable[[FollowUpDraft], None] | None = None,
    why_not: str | None = None,
    doubts: Sequence[str] = (),
) -> HttpResponse:
    """Keep what is being typed, for its writer alone; with `discard` it goes.

    Answers the page that saves by itself and the button alike. `with_draft` keeps what goes with the words;
    `show_other` is the page for who has typed other words elsewhere meanwhile; `why_not` why nothing can be
    handed over any more, and `doubts` what speaks against the words, which are told
    beside. Raises BadRequest where they are none that a draft takes.
    """
    by_itself = bool(request.headers.get("HX-Request"))
    if not form.is_valid():
        raise BadRequest(_("The draft is too long, or holds characters that no text has."))
    if "discard" in request.POST:
        drafts.discard_draft(place.written, place.period, actor=signed_in(request))
        answer = told(request, place, _("The draft is discarded."))
        # What is closed has no page to go back to.
        return redirect("workgroups:desk") if request.GET.get("to") == "desk" else answer
    try:
        saved = save(request, place, form, instead=instead)
    except drafts.NewerDraftError as other:
        return newer(other.kept) if by_itself else show_other(other.kept)
    if with_draft is not None:
        with_draft(saved)
    if by_itself:
        return render(request, "_draft_state.html", {"draft": saved, "why_not": why_not, "doubts": doubts})
    return told(request, place, _("The draft is saved. Only you see it."))


def build_on(form: forms.BaseForm, draft: Draft | None, **more: str) -> None:
    """Let a form that was sent go on from the draft that its words are kept in."""
    data = QueryDict.copy(form.data)  # type: ignore[arg-type]  # a sent form's data
    for name, value in (more | ({"drafted": draft.stamp} if draft else {})).items():
        data[name] = value
    form.data = data


def told(request: HttpRequest, place: WritingPlace, said: str) -> HttpResponse:
    """Say what became of a text; what the browser keeps of it is no longer needed."""
    messages.success(request, said, extra_tags=key_of(request, place))
    return redirect(place.address)


def newer(kept: Draft) -> JsonResponse:
    """Answer a page that saves by itself with what its writer has typed elsewhere meanwhile."""
    told_of = {"typed": kept.typed, "stamp": kept.stamp, "version": kept.base_version}
    return JsonResponse(told_of, status=409)
