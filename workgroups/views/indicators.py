"""A value of an indicator: entered with a draft of its own, accepted, or returned with a reason."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from priorities.models import Indicator, IndicatorValue
from priorities.units import doubts_of_unit
from programme import sessions, text
from programme.breadcrumbs import Step
from programme.generic import (
    RefusedByState,
    RefusedWithWords,
    programme_of,
    signed_in,
    visible_or_404,
)
from programme.models import Municipality, ReportingPeriod
from programme.sending import do_and_tell, saved, sent, status_of
from programme.trail import last_saving
from workgroups import drafts, services
from workgroups.forms import ReturnForm
from workgroups.indicators import entering
from workgroups.indicators.forms import ValueDraftForm, ValueForm
from workgroups.indicators.pages import step_to_indicators
from workgroups.indicators.visibility import values_visible_to
from workgroups.models import FollowUpDraft, Measured
from workgroups.views import drafts as draft_pages


@dataclass
class ValuePlace:
    """The series, the period and the place that an address names."""

    indicator: Indicator
    period: ReportingPeriod
    municipality: Municipality | None
    municipalities: list[Municipality]

    @property
    def written(self) -> Measured:
        return Measured(self.indicator, self.municipality)

    @property
    def address(self) -> str:
        return self.indicator.value_address(self.period, self.municipality)

    @property
    def draft_address(self) -> str:
        return self.indicator.value_address(self.period, self.municipality, verb="draft")

    @property
    def row(self) -> IndicatorValue | None:
        """What stands there now."""
        rows = self.indicator.values.filter(period=self.period, municipality=self.municipality)
        return rows.select_related("entered_by", "entered_for", "accepted_by", "accepted_for").first()


def _place(request: HttpRequest, programme: str, code: str, period: str, place: str) -> ValuePlace:
    """Find what an address names; of series that a group answers for, and municipalities of that time."""
    found = programme_of(request, programme)
    answered_for = Indicator.objects.filter(ownership__isnull=False)
    indicator = visible_or_404(
        answered_for.select_related("programme", "ownership__group__programme"), programme=found, code=code
    )
    periods = ReportingPeriod.objects.select_related("programme")
    told = visible_or_404(periods, programme=found, code=period)
    municipalities = entering.municipalities_of(told)
    named = {row.code: row for row in municipalities}
    if place and place not in named:
        raise Http404(_("There is no such page, or it is not yours to see."))
    return ValuePlace(indicator, told, named.get(place), municipalities)


def _must_enter(request: HttpRequest, place: ValuePlace) -> None:
    if not request.user.has_perm("workgroups.enter_indicator_value", place.indicator.ownership.group):
        raise PermissionDenied(
            _("Values are entered by the coordinators of the group that answers, and the programme office.")
        )


def _must_be_asked(request: HttpRequest, place: ValuePlace) -> None:
    """Refuse everybody where no value is taken; what was sent is kept as its writer's draft."""
    try:
        services.must_be_open(place.period)
        entering.must_be_asked(place.indicator, place.period, place.municipality)
        entering.must_be_entered_by_itself(place.indicator, place.period, place.municipality)
    except ValidationError as refused:
        reason = " ".join(refused.messages)
        draft = _keep(request, place) if request.method == "POST" else None
        sent_words = ValueDraftForm(request.POST)
        words = ValueForm.told(sent_words.typed()) if draft and sent_words.is_valid() else []
        if not words:
            raise RefusedByState(reason) from refused
        raise RefusedWithWords(f"{reason} {_('Your text is kept as your draft.')}", words) from refused


@require_http_methods(["GET", "HEAD", "POST"])
@draft_pages.opened_anew
def value_edit(
    request: HttpRequest, programme: str, code: str, period: str, municipality: str = ""
) -> HttpResponse:
    """Show and take the value of an indicator in a period, of the region or of a municipality."""
    place = _place(request, programme, code, period, municipality)
    _must_enter(request, place)
    _must_be_asked(request, place)
    if request.method != "POST":
        return _page(request, place, *_fresh_form(request, place))
    form = ValueForm(sent(request), instance=place.row or IndicatorValue(), indicator=place.indicator)
    language = get_language() or settings.LANGUAGE_CODE
    save = partial(
        entering.enter_value,
        place.indicator,
        place.period,
        place.municipality,
        actor=signed_in(request),
        language=language,
    )
    if saved(form, save) is None:
        return _not_saved(request, place, form)
    messages.success(
        request,
        _("Saved: %(line)s. It is told to others once it is accepted.") % {"line": code},
        extra_tags=draft_pages.key_of(request, place),
    )
    for doubt in doubts_of_unit(place.indicator.unit, form.cleaned_data["value"]):
        messages.warning(request, f"{code}: {doubt}")
    return redirect(f"{place.indicator.get_absolute_url()}#{place.period.code}")


def _fresh_form(request: HttpRequest, place: ValuePlace) -> tuple[ValueForm, FollowUpDraft | None]:
    """Open the form with the reader's draft, else what is stored, else empty."""
    draft = draft_pages.own_draft(request, place)
    form = ValueForm(instance=place.row or IndicatorValue(), indicator=place.indicator)
    if draft is not None:
        form.initial |= draft.typed | {"drafted": draft.stamp}
    return form, draft


def _not_saved(request: HttpRequest, place: ValuePlace, form: ValueForm) -> HttpResponse:
    """Show the form as it was sent, with what stands against it; its words are kept as the writer's draft."""
    words = {str(name): str(said) for name, said in form.data.items()}
    draft = _keep(request, place, instead={"base": words["base"]} if form.differing else {})
    form.data = words | ({"drafted": draft.stamp} if draft else {})
    return _page(request, place, form)


def _keep(
    request: HttpRequest, place: ValuePlace, instead: dict[str, str] | None = None
) -> FollowUpDraft | None:
    """Keep what was sent as its writer's draft, where it holds a word and they wrote no other elsewhere."""
    form = ValueDraftForm(request.POST)
    if not (form.is_valid() and form.has_words()):
        return None
    try:
        return draft_pages.save(request, place, form, instead=instead)
    except drafts.NewerDraftError:
        return None


def _page(
    request: HttpRequest,
    place: ValuePlace,
    form: ValueForm,
    draft: FollowUpDraft | None = None,
    *,
    status: int | None = None,
    **more: Any,
) -> HttpResponse:
    indicator, period, row = place.indicator, place.period, place.row
    context = {
        "place": place,
        "indicator": indicator,
        "period": period,
        "row": row,
        "form": form,
        "draft": draft,
        "draft_key": draft_pages.key_of(request, place),
        "session_seconds": sessions.seconds_left(request),
        "writing": drafts.writing_now(place.written, period, besides=signed_in(request)),
        "saving": last_saving(row) if row and form.differing else None,
        "told_with": entering.told_with_follow_up(indicator, period),
        "breadcrumbs": [
            step_to_indicators(indicator.programme),
            Step(indicator.code, indicator.get_absolute_url()),
            Step(text.period(period.starts_on, period.ends_on)),
        ],
        **more,
    }
    answer = status_of(form) if status is None else status
    return render(request, "workgroups/indicator_value.html", context, status=answer)


@require_POST
def value_draft(
    request: HttpRequest, programme: str, code: str, period: str, municipality: str = ""
) -> HttpResponse:
    """Keep what is being typed, for its writer alone; with `discard` it goes."""
    place = _place(request, programme, code, period, municipality)
    _must_enter(request, place)
    return draft_pages.keep(
        request, place, ValueDraftForm(request.POST), show_other=partial(_other_draft, request, place)
    )


def _other_draft(request: HttpRequest, place: ValuePlace, kept: FollowUpDraft) -> HttpResponse:
    """Show what the writer has typed elsewhere meanwhile beside this text; to save again takes this one."""
    form = ValueForm(instance=place.row or IndicatorValue(), indicator=place.indicator)
    form.initial.update(request.POST.dict() | {"drafted": kept.stamp})
    return _page(request, place, form, status=409, elsewhere=kept, words=ValueForm.told(kept.typed))


def _to_be_judged(request: HttpRequest, place: ValuePlace) -> IndicatorValue:
    """Return the value that an address names, for those who may accept or return it."""
    indicator = place.indicator
    seen = values_visible_to(request.user, indicator.programme).select_related(
        "indicator__programme", "indicator__ownership__group__programme"
    )
    value = visible_or_404(seen, indicator=indicator, period=place.period, municipality=place.municipality)
    if not request.user.has_perm("workgroups.accept_for_group", indicator.ownership.group):
        raise PermissionDenied(_("The chair of the group accepts and returns its values."))
    if not request.user.has_perm("workgroups.accept_indicator_value", value):
        raise PermissionDenied(_("Nobody accepts what they entered themselves. Ask another who may."))
    return value


def _after_judging(request: HttpRequest, place: ValuePlace) -> HttpResponse:
    if request.GET.get("to") == "approvals":
        return redirect("workgroups:approvals")
    return redirect(place.indicator.get_absolute_url())


@require_POST
def value_accept(
    request: HttpRequest, programme: str, code: str, period: str, municipality: str = ""
) -> HttpResponse:
    """Accept a value: from now on it is told to others."""
    place = _place(request, programme, code, period, municipality)
    value = _to_be_judged(request, place)
    do_and_tell(
        request,
        lambda: entering.accept_value(value, actor=signed_in(request), seen=request.POST.get("seen", "")),
        said=_("Accepted: %(line)s") % {"line": code},
    )
    return _after_judging(request, place)


@require_POST
def value_return(
    request: HttpRequest, programme: str, code: str, period: str, municipality: str = ""
) -> HttpResponse:
    """Return a value to its writer, with a reason."""
    place = _place(request, programme, code, period, municipality)
    value = _to_be_judged(request, place)
    form, seen = ReturnForm(request.POST), request.POST.get("seen", "")
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            entering.return_value(value, actor=signed_in(request), reason=reason, seen=seen)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            key = draft_pages.typed_key(request, request.path)
            messages.success(request, _("Returned to its writer: %(line)s") % {"line": code}, extra_tags=key)
            return _after_judging(request, place)
    value.refresh_from_db()
    context = {
        "place": place,
        "value": value,
        "form": form,
        "breadcrumbs": [
            step_to_indicators(place.indicator.programme),
            Step(place.indicator.code, place.indicator.get_absolute_url()),
            Step(_("Return")),
        ],
    }
    status = 422 if form.errors.get("reason") else 409
    return render(request, "workgroups/indicator_value_return.html", context, status=status)
