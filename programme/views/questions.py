"""Questions to who prepares a matter: left by who sits in the body, answered before the meeting begins."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from programme.breadcrumbs import Step
from programme.generic import programme_of, refused_with_reason, signed_in, visible_or_404
from programme.meetings import questions
from programme.meetings.finding import matter_at, meeting_at, steps_to_meeting
from programme.meetings.keepers import KEEP
from programme.meetings.rules import ANSWER, ASK
from programme.models import Matter, Question
from programme.sending import sent, status_of, taken


class QuestionForm(forms.Form):
    """A question to who prepares a matter."""

    text = forms.CharField(
        label=gettext_lazy("Your question"),
        max_length=questions.LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": gettext_lazy("Write your question.")},
    )


class AnswerForm(forms.Form):
    """The answer to a question."""

    text = forms.CharField(
        label=gettext_lazy("Your answer"),
        max_length=questions.LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": gettext_lazy("Write your answer.")},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def question_create(request: HttpRequest, programme: str, code: str, number: int) -> HttpResponse:
    """Show and take a question about a matter of a published agenda."""
    found = programme_of(request, programme)
    meeting = meeting_at(found, code)
    matter = matter_at(meeting, number, Matter.objects.published().select_related("preparer", "presenter"))
    if not request.user.has_perm(ASK, meeting.body):
        raise PermissionDenied(_("Those who sit in the body leave questions about its matters."))
    with refused_with_reason():
        found.must_not_be_closed()
        questions.must_be_before(meeting)
    form = QuestionForm(sent(request))
    if taken(form, lambda: questions.ask(matter, actor=signed_in(request), **form.cleaned_data)):
        messages.success(request, _("Your question is on its way. The answer comes to the page of the body."))
        return redirect(meeting.body)
    context = {
        "programme": found,
        "matter": matter,
        "form": form,
        "breadcrumbs": [*steps_to_meeting(meeting), Step(_("Ask"))],
    }
    return render(request, "programme/question_form.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
def question_detail(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    """Show a question to those three whom it concerns, and take the answer."""
    found = programme_of(request, programme)
    rows = Question.objects.select_related(
        "author",
        "answered_by",
        "matter__preparer",
        "matter__meeting__body__programme",
        "matter__meeting__body__working_group__programme",
    )
    question = visible_or_404(rows, pk=number, matter__body__programme=found)
    if not questions.may_read(request.user, question):
        raise Http404(_("There is no such page, or it is not yours to see."))
    meeting = question.matter.meeting
    answers = request.user.has_perm(ANSWER, question.matter)
    if request.method == "POST":
        if not answers:
            raise PermissionDenied(_("Who prepares the matter answers questions about it."))
        with refused_with_reason():
            found.must_not_be_closed()
            questions.must_be_before(meeting)
    form = AnswerForm(sent(request))
    if taken(form, lambda: questions.answer(question, actor=signed_in(request), **form.cleaned_data)):
        messages.success(request, _("Answered. Who asked sees it."))
        return redirect("programme:question-detail", found.slug, question.pk)
    context = {
        "programme": found,
        "question": question,
        "matter": question.matter,
        "is_closed": questions.is_closed(meeting),
        "answers": answers,
        "form": form,
        "may_keep": request.user.has_perm(KEEP, meeting.body),
        "breadcrumbs": [*steps_to_meeting(meeting), Step(_("Question"))],
    }
    return render(request, "programme/question.html", context, status=status_of(form))
