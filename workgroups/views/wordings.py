"""The wordings of a body's proposals and decisions, kept by who keeps its meetings."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from programme.breadcrumbs import Step, step_to
from programme.generic import programme_of, refused_with_reason, visible_or_404
from programme.meetings.keepers import KEEP
from programme.meetings.wording_forms import WordingForm
from programme.meetings.wordings import add_wording, save_wording, wordings_of
from programme.models import Body, DecisionTemplate
from programme.sending import saved, sent, status_of, taken
from programme.trail import last_saving


def _body(request: HttpRequest, slug: str, code: str, *, writes: bool = True) -> Body:
    programme = programme_of(request, slug)
    rows = Body.objects.select_related("programme", "replaces", "working_group__programme")
    body = visible_or_404(rows, programme=programme, code=code)
    if not request.user.has_perm(KEEP, body):
        raise PermissionDenied(
            _("The secretary and the programme office keep wordings; those of a group its coordinator too.")
        )
    if writes:
        with refused_with_reason():
            programme.must_not_be_closed()
    return body


@require_safe
def wording_list(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Show how a body words its proposals and decisions, use by use."""
    body = _body(request, programme, code, writes=False)
    used = sorted(wordings_of(body).values(), key=lambda wording: wording.use)
    context = {
        "programme": body.programme,
        "body": body,
        "wordings": [wording for wording in used if wording.body_id == body.pk],
        "inherited": [wording for wording in used if wording.body_id != body.pk],
        "breadcrumbs": [*_steps_to(body), Step(_("Wordings"))],
    }
    return render(request, "workgroups/wording_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def wording_create(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Show and take a new wording."""
    body = _body(request, programme, code)
    form = WordingForm(sent(request), instance=DecisionTemplate(body=body))
    if taken(form, lambda: add_wording(body, values=form.typed()["values"])):
        messages.success(request, _("Added: %(line)s") % {"line": form.instance.get_use_display()})
        return redirect("workgroups:wording-list", programme, code)
    return _form(request, body, form)


@require_http_methods(["GET", "HEAD", "POST"])
def wording_edit(request: HttpRequest, programme: str, code: str, wording: int) -> HttpResponse:
    """Show and take a wording that the body has."""
    body = _body(request, programme, code)
    row = visible_or_404(body.decision_templates.all(), pk=wording)
    form = WordingForm(sent(request), instance=row)
    if saved(form, partial(save_wording, row)) is None:
        return _form(request, body, form)
    messages.success(request, _("Saved: %(line)s") % {"line": row.get_use_display()})
    return redirect("workgroups:wording-list", programme, code)


def _steps_to(body: Body) -> list[Step]:
    return [Step(_("Meetings"), reverse("programme:meeting-list", args=[body.programme.slug])), step_to(body)]


def _form(request: HttpRequest, body: Body, form: WordingForm) -> HttpResponse:
    address = reverse("workgroups:wording-list", args=[body.programme.slug, body.code])
    row = form.instance if form.instance.pk else None
    title = row.get_use_display() if row else _("Add a wording")
    context = {
        "programme": body.programme,
        "body": body,
        "form": form,
        "title": title,
        "back": address,
        "saving": last_saving(row) if row and form.differing else None,
        "breadcrumbs": [*_steps_to(body), Step(_("Wordings"), address), Step(title)],
    }
    return render(request, "workgroups/wording_form.html", context, status=status_of(form))
