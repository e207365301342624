"""Tasks from decisions: given by who keeps the minutes or the office, reported on, verified by others."""

from collections.abc import Callable
from functools import partial
from http import HTTPStatus

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from programme.breadcrumbs import Step
from programme.generic import programme_of, refused_with_reason, signed_in, visible_or_404
from programme.meetings import tasks
from programme.meetings.finding import matter_at, meeting_at, steps_to_meeting
from programme.meetings.rules import GIVE_TASKS, READ_WORK, REPORT, VERIFY
from programme.meetings.task_forms import NoteForm, TaskForm
from programme.models import Decision, DecisionTask, Matter, User
from programme.sending import do_and_tell, saved, sent, status_of, taken
from workgroups.seats import people_of

Act = Callable[..., None]


def _who_gives() -> str:
    return _("Who keeps the minutes gives tasks, and the programme office.")


def _who_reports() -> str:
    return _("Who answers for the task writes how it goes and says when it is done.")


def _who_verifies() -> str:
    return _(
        "The secretary, the programme office or the presenting officer verifies a task: somebody else than"
        " who did it."
    )


def _task(request: HttpRequest, slug: str, number: int) -> DecisionTask:
    """Return a task of a programme for those who read its body's work, or answer for it."""
    programme = programme_of(request, slug)
    rows = DecisionTask.objects.with_places().select_related(
        "decision__matter__meeting__body__audience",
        "decision__matter__meeting__body__working_group__programme",
        "done_by",
        "verified_by",
    )
    task = visible_or_404(rows, pk=number, decision__matter__body__programme=programme)
    if not (request.user.has_perm(READ_WORK, task.body) or request.user.has_perm(REPORT, task)):
        raise Http404(_("There is no such page, or it is not yours to see."))
    return task


def _must_be_writable(task: DecisionTask) -> None:
    with refused_with_reason():
        task.body.programme.must_not_be_closed()
        task.must_be_open()


@require_safe
def decision_task(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    """Show a task: what, who, by when, what was said of it, and what its reader may do."""
    return _page(request, _task(request, programme, number))


def _page(request: HttpRequest, task: DecisionTask, sent_form: NoteForm | None = None) -> HttpResponse:
    notes = list(task.notes.select_related("author"))
    is_open = task.verified_on is None and not task.body.programme.is_closed
    reports = is_open and request.user.has_perm(REPORT, task)
    verifies = is_open and task.done_on is not None and request.user.has_perm(VERIFY, task)
    gives = is_open and task.done_on is None and request.user.has_perm(GIVE_TASKS, task.body)
    offered = []
    if reports:
        offered += ["progress"] + (["done"] if task.done_on is None else [])
    if verifies:
        offered += ["verify", "send_back"]
    forms = {act: _form(act, written=len(notes)) for act in offered}
    if sent_form is not None:
        forms[sent_form.act] = sent_form
    context = {
        "programme": task.body.programme,
        "task": task,
        "matter": task.decision.matter,
        "notes": notes,
        "forms": forms,
        "may_give": gives,
        "may_take_back": gives and not notes,
        "breadcrumbs": [*steps_to_meeting(task.decision.matter.meeting), Step(_("Task"))],
    }
    stale = sent_form is not None and sent_form.has_error("__all__", tasks.WrittenMeanwhileError.CODE)
    status = HTTPStatus.CONFLICT if stale else status_of(sent_form) if sent_form else HTTPStatus.OK
    return render(request, "workgroups/decision_task.html", context, status=status)


def _form(act: str, *, written: int, data: object = None) -> NoteForm:
    if act == "progress":
        return NoteForm(
            data, act=act, label=_("How it goes"), missing=_("Write how it goes."), written=written
        )
    if act == "send_back":
        missing = _("Write what is missing: who answers for the task reads it.")
        return NoteForm(data, act=act, label=_("What is missing"), missing=missing, written=written)
    return NoteForm(data, act=act, label=_("In your own words"), written=written)


def _act(
    request: HttpRequest, slug: str, number: int, *, act: str, permission: str, do: Act, said: str
) -> HttpResponse:
    """Take words on a task, or show its page with them where they are not taken."""
    task = _task(request, slug, number)
    if not request.user.has_perm(permission, task):
        raise PermissionDenied(_who_reports() if permission == REPORT else _who_verifies())
    _must_be_writable(task)
    form = _form(act, written=0, data=request.POST)
    if form.is_valid():
        language = get_language() or settings.LANGUAGE_CODE
        try:
            do(task, actor=signed_in(request), language=language, **form.cleaned_data)
        except tasks.WrittenMeanwhileError as error:
            task = _task(request, slug, number)
            form.add_error(None, error)
            form.rebased_on(task.notes.count())
        except ValidationError as error:
            task = _task(request, slug, number)
            form.add_error(None, error)
        else:
            messages.success(request, said)
            return redirect(task)
    return _page(request, task, form)


@require_POST
def task_progress(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    """Take how a task goes."""
    said = _("Kept: how the task goes.")
    return _act(
        request, programme, number, act="progress", permission=REPORT, do=tasks.report_progress, said=said
    )


@require_POST
def task_done(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    """Take that a task is done; somebody else verifies it."""
    said = _("You have said that the task is done. Somebody else verifies it.")
    return _act(request, programme, number, act="done", permission=REPORT, do=tasks.say_done, said=said)


@require_POST
def task_verify(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    """Close a task that is done."""
    said = _("The task is verified done.")
    return _act(request, programme, number, act="verify", permission=VERIFY, do=tasks.verify_task, said=said)


@require_POST
def task_send_back(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    """Send back, with a reason, what was said to be done."""
    said = _("The task is sent back.")
    return _act(request, programme, number, act="send_back", permission=VERIFY, do=tasks.send_back, said=said)


@require_http_methods(["GET", "HEAD", "POST"])
def task_create(request: HttpRequest, programme: str, code: str, number: int) -> HttpResponse:
    """Show and take a new task from a decision."""
    found = programme_of(request, programme)
    meeting = meeting_at(found, code)
    if not request.user.has_perm(GIVE_TASKS, meeting.body):
        raise PermissionDenied(_who_gives())
    matter = matter_at(meeting, number, Matter.objects.filter(decision__isnull=False))
    with refused_with_reason():
        found.must_not_be_closed()
    matter.decision.matter = matter
    form = _task_form(request, DecisionTask(decision=matter.decision), matter.decision)
    if taken(form, lambda: tasks.give_task(matter.decision, values=form.typed()["values"])):
        messages.success(request, _("The task is given."))
        return redirect(meeting)
    return _task_page(request, matter, form, _("Give a task"), back=matter.get_absolute_url())


@require_http_methods(["GET", "HEAD", "POST"])
def task_edit(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    """Show and take what a task is, until it is said to be done."""
    task = _task_to_give(request, programme, number)
    if task.done_on is not None:
        raise PermissionDenied(_("It has been said that this task is done: verify it or send it back first."))
    form = _task_form(request, task, task.decision)
    if saved(form, partial(tasks.save_task, task)) is None:
        title = _("Edit the task")
        return _task_page(request, task.decision.matter, form, title, back=task.get_absolute_url())
    messages.success(request, _("Saved: %(line)s") % {"line": form.cleaned_data["text"]})
    return redirect(task)


@require_POST
def task_remove(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    """Take back a task of which nothing has been said."""
    task = _task_to_give(request, programme, number)
    meeting = task.decision.matter.meeting
    if task.notes.exists():
        raise PermissionDenied(_("Something has been written of this task: it stays."))
    said = _("Taken back: %(line)s") % {"line": task.text}
    do_and_tell(request, lambda: tasks.take_back_task(task), said=said)
    return redirect(meeting)


def _task_to_give(request: HttpRequest, slug: str, number: int) -> DecisionTask:
    task = _task(request, slug, number)
    if not request.user.has_perm(GIVE_TASKS, task.body):
        raise PermissionDenied(_who_gives())
    _must_be_writable(task)
    return task


def _task_form(request: HttpRequest, task: DecisionTask, decision: Decision) -> TaskForm:
    body = decision.matter.meeting.body
    people = people_of(body)
    if task.person_id is not None:  # who has left the body answers for it until somebody else is chosen
        people |= User.objects.filter(pk=task.person_id)
    return TaskForm(sent(request), instance=task, posts=body.programme.posts.all(), people=people)


def _task_page(
    request: HttpRequest, matter: Matter, form: TaskForm, title: str, *, back: str
) -> HttpResponse:
    context = {
        "programme": matter.meeting.body.programme,
        "matter": matter,
        "form": form,
        "title": title,
        "back": back,
        "breadcrumbs": [*steps_to_meeting(matter.meeting), Step(title)],
    }
    return render(request, "workgroups/decision_task_form.html", context, status=status_of(form))
