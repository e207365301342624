"""Keeping meetings: called, moved, their agendas and minutes. For groups their coordinators do it."""

from functools import partial
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from programme.breadcrumbs import Step
from programme.generic import programme_of, refused_with_reason, signed_in
from programme.meetings import agenda, calling, minutes
from programme.meetings.finding import matter_at, meeting_at, steps_to_meeting
from programme.meetings.forms import MatterOfAgendaForm, MeetingForm, MinutesForm, NewMeetingForm
from programme.meetings.keepers import KEEP, WRITE, bodies_kept_by
from programme.models import Body, Matter, Meeting, Programme
from programme.saving import RememberingForm
from programme.sending import do_and_tell, saved, sent, status_of, taken
from programme.trail import last_saving
from workgroups.annual_clock import moves_first
from workgroups.annual_clock.telling import tell_of_moves
from workgroups.seats import seats_on


def _who_keeps() -> str:
    return _("The secretary and the programme office keep meetings; those of a group its coordinator too.")


def _who_writes() -> str:
    return _("The secretary writes what was decided; in a group its coordinator.")


def _meeting(request: HttpRequest, slug: str, code: str, permission: str = KEEP) -> Meeting:
    programme = programme_of(request, slug)
    meeting = meeting_at(programme, code)
    if not request.user.has_perm(permission, meeting.body):
        raise PermissionDenied(_who_writes() if permission == WRITE else _who_keeps())
    with refused_with_reason():
        programme.must_not_be_closed()
    return meeting


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_create(request: HttpRequest, programme: str) -> HttpResponse:
    """Show and take the form of a new meeting; `?body=` names whose."""
    found = programme_of(request, programme)
    bodies = bodies_kept_by(request.user, found)
    if not bodies.exists():
        raise PermissionDenied(_who_keeps())
    with refused_with_reason():
        found.must_not_be_closed()
    chosen = bodies.filter(code=request.GET.get("body", "")).first()
    form = NewMeetingForm(sent(request), bodies=bodies, initial=_as_the_last(chosen))
    called: list[Meeting] = []

    def call() -> None:
        values = form.typed()["values"]
        tell = partial(tell_of_moves, by=signed_in(request))
        called.append(calling.call_meeting(values.pop("body"), values=values, tell=tell))

    if taken(form, call):
        messages.success(request, _("Added: %(line)s") % {"line": called[0].code})
        return redirect(called[0])
    address = reverse("programme:meeting-list", args=[found.slug])
    return _form(request, found, form, _("Add a meeting"), back=address)


def _as_the_last(body: Body | None) -> dict[str, Any]:
    """Return what a body's next meeting begins with: time, place and seats as in its last one."""
    if body is None:
        return {}
    last = body.meetings.order_by("-held_on").first()
    if last is None:
        return {"body": body}
    return {"body": body, "starts_at": last.starts_at, "place": last.place, "seats": last.seats}


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_edit(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Show and take when and where a meeting is."""
    meeting = _meeting(request, programme, code)
    form = MeetingForm(sent(request), instance=meeting)
    save = partial(calling.save_meeting, meeting, tell=moves_first.told(request))
    outcome, moving = None, None
    try:
        outcome = saved(form, save)
    except moves_first.MovesFirstError as first:
        moving = first.moving_of(meeting)
    if outcome is None:
        standing = Meeting.objects.select_related("body__programme").get(pk=meeting.pk)
        return _form_of(request, standing, form, _("Edit"), moving=moving)
    messages.success(request, _("Saved: %(line)s") % {"line": meeting.code})
    return redirect(meeting)


@require_POST
def meeting_remove(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Take a meeting that is to come out of the calendar."""
    meeting = _meeting(request, programme, code)
    with refused_with_reason():
        calling.take_back(meeting, tell=partial(tell_of_moves, by=signed_in(request)))
    messages.success(request, _("Removed: %(line)s") % {"line": meeting.code})
    return redirect("programme:meeting-list", programme)


@require_http_methods(["GET", "HEAD", "POST"])
def matter_create(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Show and take a new matter of an agenda."""
    meeting = _meeting(request, programme, code)
    form = MatterOfAgendaForm(sent(request), instance=Matter(meeting=meeting), meeting=meeting)
    if taken(form, lambda: agenda.add_matter(meeting, values=form.columns())):
        messages.success(request, _("Added: %(line)s") % {"line": form.cleaned_data["title"]})
        return redirect(meeting)
    return _form_of(request, meeting, form, _("Add a matter"))


@require_http_methods(["GET", "HEAD", "POST"])
def matter_edit(request: HttpRequest, programme: str, code: str, number: int) -> HttpResponse:
    """Show and take a matter that has not been decided."""
    meeting = _meeting(request, programme, code)
    matter = matter_at(meeting, number)
    if hasattr(matter, "decision"):
        raise PermissionDenied(_("This matter has been decided: it stays as it is."))
    form = MatterOfAgendaForm(sent(request), instance=matter, meeting=meeting)
    if saved(form, partial(agenda.save_matter, matter)) is None:
        title = str(_("Edit the matter"))
        return _form_of(request, meeting, form, title, matter=matter)
    messages.success(request, _("Saved: %(line)s") % {"line": form.cleaned_data["title"]})
    return redirect(meeting)


@require_POST
def matter_remove(request: HttpRequest, programme: str, code: str, number: int) -> HttpResponse:
    """Take a matter off the agenda."""
    meeting = _meeting(request, programme, code)
    matter = matter_at(meeting, number)
    said = _("Taken off the agenda: %(line)s") % {"line": matter.title}
    do_and_tell(request, lambda: agenda.take_off(matter), said=said)
    return redirect(meeting)


@require_POST
def agenda_publish(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Let everybody read the agenda."""
    meeting = _meeting(request, programme, code)
    publish = partial(agenda.publish_agenda, meeting, actor=signed_in(request))
    do_and_tell(request, publish, said=_("The agenda is public now."))
    return redirect(meeting)


@require_http_methods(["GET", "HEAD", "POST"])
def meeting_minutes(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Show and take what was decided, all matters of a meeting on one page."""
    meeting = _meeting(request, programme, code, WRITE)
    with refused_with_reason():
        minutes.must_have_been_held(meeting)
    form = MinutesForm(
        sent(request),
        meeting=meeting,
        sentences=minutes.sentences_of(meeting.body),
        seats=seats_on(meeting.body, meeting.held_on),
    )
    refused: list[str] = []
    stored: dict[int, str] = {}
    if form.is_valid():
        try:
            minutes.write_minutes(meeting, **form.typed())
        except minutes.ChangedMeanwhileError as error:
            refused, stored = error.messages, dict(error.stored)
            form.build_on(stored)
        except ValidationError as error:
            refused = form.placed(error)
        else:
            messages.success(request, _("Saved: %(line)s") % {"line": meeting.code})
            return redirect(meeting)
    context = {
        "programme": meeting.body.programme,
        "meeting": meeting,
        "form": form,
        "refused": refused,
        "stored": stored,
        "breadcrumbs": [*steps_to_meeting(meeting), Step(_("Minutes"))],
    }
    status = HTTPStatus.CONFLICT if stored else HTTPStatus.OK
    if not stored and (refused or form.errors):
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "workgroups/minutes.html", context, status=status)


def _form_of(
    request: HttpRequest,
    meeting: Meeting,
    form: RememberingForm,
    title: str,
    *,
    matter: Matter | None = None,
    **more: Any,
) -> HttpResponse:
    row = matter or (meeting if form.instance.pk == meeting.pk and isinstance(form, MeetingForm) else None)
    return _form(
        request,
        meeting.body.programme,
        form,
        title,
        back=meeting.get_absolute_url(),
        steps=steps_to_meeting(meeting),
        meeting=meeting,
        saving=last_saving(row) if row and form.differing else None,
        **more,
    )


def _form(
    request: HttpRequest,
    programme: Programme,
    form: RememberingForm,
    title: str,
    *,
    back: str,
    steps: list[Step] | None = None,
    **more: Any,
) -> HttpResponse:
    steps = steps or [Step(_("Meetings"), back)]
    context = {"programme": programme, "form": form, "title": title, "back": back}
    context |= {"breadcrumbs": [*steps, Step(title)], **more}
    return render(request, "workgroups/meeting_form.html", context, status=status_of(form))
