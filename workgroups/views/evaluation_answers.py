"""Answering a round of self-evaluation for one's group: the form, its draft, and what stands of it."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from programme import sessions, text
from programme.breadcrumbs import Step
from programme.generic import RefusedByState, RefusedWithWords, programme_of, signed_in, visible_or_404
from programme.sending import sent
from workgroups.drafts import NewerDraftError
from workgroups.evaluations import answering
from workgroups.evaluations.answering import Answers
from workgroups.evaluations.forms import AnswerDraftForm, AnswerForm, as_typed
from workgroups.evaluations.pages import steps_to_evaluations
from workgroups.models import Evaluation, EvaluationDraft, EvaluationGroup, EvaluationStatement
from workgroups.services import StaleVersionError
from workgroups.views.drafts import build_on, newer, opened_anew


def _place(request: HttpRequest, programme: str, code: str, group: str) -> EvaluationGroup:
    """Return the group of a round that an address names, for those who answer for it."""
    found = programme_of(request, programme)
    seen = Evaluation.objects.visible_to(request.user, found)
    places = EvaluationGroup.objects.filter(evaluation__in=seen).select_related(
        "evaluation__programme", "group__programme"
    )
    place = visible_or_404(places, evaluation__code=code, group__code=group)
    if not request.user.has_perm("workgroups.answer_evaluation", place.group):
        raise PermissionDenied(
            _(
                "Only those who belong to the group answer for it, each for themselves. Nobody stands in for"
                " them."
            )
        )
    return place


def _statements(place: EvaluationGroup) -> list[EvaluationStatement]:
    return list(place.evaluation.statements.all())


@require_http_methods(["GET", "HEAD", "POST"])
@opened_anew
def evaluation_answer(request: HttpRequest, programme: str, code: str, group: str) -> HttpResponse:
    """Show and take one person's answers for a group."""
    place, reader = _place(request, programme, code, group), signed_in(request)
    statements = _statements(place)
    given = answering.participation_of(place.evaluation, place.group, reader)
    is_final = place.evaluation.is_anonymous and given is not None
    reason = _why_not(place)
    if request.method != "POST":
        if reason:
            raise RefusedByState(reason)
        return _page(request, place, None if is_final else _fresh_form(request, place, statements))
    if reason or is_final:
        raise _refused_with_words(request, statements, reason or _already())
    form = AnswerForm(sent(request), statements=statements)
    if not form.is_valid():
        build_on(form, _keep(request, place, statements))
        return _page(request, place, form, status=422)
    try:
        answering.submit_answers(
            place,
            actor=reader,
            version=form.cleaned_data["version"],
            answers=form.answers(),
            language=get_language() or settings.LANGUAGE_CODE,
            drafted=form.cleaned_data["drafted"],
        )
    except StaleVersionError as conflict:
        return _conflict(request, place, form, conflict.stored)
    except ValidationError as error:
        raise _refused_with_words(request, statements, " ".join(error.messages)) from error
    return _told(request, place, _("Thank you: your answer has been received."))


def _why_not(place: EvaluationGroup) -> str | None:
    try:
        answering.must_be_answered_now(place.evaluation)
    except ValidationError as error:
        return " ".join(error.messages)
    return None


def _already() -> str:
    return _("You have answered for this group already, and an anonymous answer is not changed.")


def _refused_with_words(
    request: HttpRequest, statements: list[EvaluationStatement], reason: str
) -> RefusedByState:
    """Return the refusal that gives back what was sent."""
    draft = AnswerDraftForm(request.POST, statements=statements)
    words = draft.typed() if draft.is_valid() else {}
    if not any(words.values()):
        return RefusedByState(reason)
    return RefusedWithWords(reason, AnswerForm(statements=statements).told(words))


def _keep(
    request: HttpRequest,
    place: EvaluationGroup,
    statements: list[EvaluationStatement],
    base_version: int | None = None,
) -> EvaluationDraft | None:
    """Keep what was sent as its writer's draft, where it holds a word and they wrote no other elsewhere."""
    form = AnswerDraftForm(request.POST, statements=statements)
    if not (form.is_valid() and any(form.typed().values())):
        return None
    try:
        return _save(request, place, form, base_version)
    except NewerDraftError:
        return None


def _save(
    request: HttpRequest, place: EvaluationGroup, form: AnswerDraftForm, base_version: int | None = None
) -> EvaluationDraft:
    return answering.save_draft(
        place,
        actor=signed_in(request),
        typed=form.typed(),
        base_version=form.cleaned_data["version"] or 0 if base_version is None else base_version,
        grown_from=form.cleaned_data["drafted"],
    )


def _fresh_form(
    request: HttpRequest, place: EvaluationGroup, statements: list[EvaluationStatement]
) -> AnswerForm:
    """Open the form with the reader's draft, else with what they have said by name, else empty."""
    reader = signed_in(request)
    draft = answering.draft_of(place, reader)
    initial: dict[str, Any] = {}
    if not place.evaluation.is_anonymous:
        given = answering.participation_of(place.evaluation, place.group, reader)
        initial = as_typed(answering.own_answers(place, reader)) | {"version": given.version if given else 0}
    if draft is not None:
        initial = draft.typed | {"version": draft.base_version, "drafted": draft.stamp}
    form = AnswerForm(initial=initial, statements=statements)
    form.draft = draft
    return form


def _page(
    request: HttpRequest, place: EvaluationGroup, form: AnswerForm | None, *, status: int = 200, **more: Any
) -> HttpResponse:
    reader = signed_in(request)
    evaluation = place.evaluation
    given = answering.participation_of(evaluation, place.group, reader)
    context = {
        "programme": evaluation.programme,
        "place": place,
        "evaluation": evaluation,
        "group": place.group,
        "form": form,
        "has_answered": given is not None,
        "draft": getattr(form, "draft", None),
        "draft_key": answering.browser_key(place, reader),
        "session_seconds": sessions.seconds_left(request),
        "breadcrumbs": [
            *steps_to_evaluations(evaluation.programme),
            Step(evaluation.code, evaluation.get_absolute_url()),
            Step(text.words_of(place.group, "name")[0]),
        ],
        **more,
    }
    return render(request, "workgroups/evaluation_answer.html", context, status=status)


def _conflict(
    request: HttpRequest, place: EvaluationGroup, form: AnswerForm, stored: Answers
) -> HttpResponse:
    """Show what the same person has answered elsewhere since; the form keeps what was typed just now."""
    given = answering.participation_of(place.evaluation, place.group, signed_in(request))
    version = given.version if given else 0
    standing = as_typed(stored)
    differing = []
    for name, field in form.fields.items():
        yours, saved = form[name].value() or "", standing.get(name, "")
        if name not in ("version", "drafted") and str(yours).replace("\r\n", "\n") != saved.replace(
            "\r\n", "\n"
        ):
            words = dict(getattr(field, "choices", []))
            differing.append((field.label, words.get(yours, yours), words.get(saved, saved)))
    statements = form.statements
    build_on(form, _keep(request, place, statements, base_version=version), version=str(version))
    return _page(request, place, form, status=409, differing=differing)


def _told(request: HttpRequest, place: EvaluationGroup, said: str) -> HttpResponse:
    """Say what became of a text; what the browser keeps of it is no longer needed."""
    messages.success(request, said, extra_tags=answering.browser_key(place, signed_in(request)))
    return redirect(place.get_absolute_url())


@require_POST
def draft(request: HttpRequest, programme: str, code: str, group: str) -> HttpResponse:
    """Keep what is being typed, for its writer alone; with `discard` it goes."""
    place = _place(request, programme, code, group)
    statements = _statements(place)
    form = AnswerDraftForm(request.POST, statements=statements)
    if not form.is_valid():
        raise BadRequest(_("The draft is too long, or holds characters that no text has."))
    if "discard" in request.POST:
        answering.discard_draft(place, actor=signed_in(request))
        return _told(request, place, _("The draft is discarded."))
    try:
        saved = _save(request, place, form)
    except NewerDraftError as other:
        return _other_draft(request, place, other, statements)
    except ValidationError as error:
        raise _refused_with_words(request, statements, " ".join(error.messages)) from error
    if request.headers.get("HX-Request"):
        return render(request, "_draft_state.html", {"draft": saved})
    return _told(request, place, _("The draft is saved. Only you see it."))


def _other_draft(
    request: HttpRequest,
    place: EvaluationGroup,
    other: NewerDraftError,
    statements: list[EvaluationStatement],
) -> HttpResponse:
    """Show what the writer has typed elsewhere meanwhile beside this text; to save again takes this one."""
    if request.headers.get("HX-Request"):
        return newer(other.kept)
    initial = request.POST.dict() | {"drafted": other.kept.stamp}
    form = AnswerForm(initial=initial, statements=statements)
    words = form.told(other.kept.typed)
    return _page(request, place, form, status=409, elsewhere=other.kept, words=words)
