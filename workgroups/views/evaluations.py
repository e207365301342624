"""Rounds of self-evaluation as the programme office keeps them: a new one, changed until it opens."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from programme.breadcrumbs import Step
from programme.generic import RefusedByState, programme_of, refused_with_reason, visible_or_404
from programme.models import Programme
from programme.sending import saved, sent, status_of, taken
from programme.trail import last_saving
from workgroups import rules
from workgroups.evaluations import rounds
from workgroups.evaluations.forms import EvaluationForm, LaterClosingForm
from workgroups.evaluations.pages import steps_to_evaluations
from workgroups.models import Evaluation


def _must_keep(request: HttpRequest, programme: Programme) -> None:
    if not rules.reads_approved_work(request.user, programme):
        raise Http404(_("There is no such page, or it is not yours to see."))
    if not request.user.has_perm("workgroups.keep_evaluations", programme):
        raise PermissionDenied(_("The programme office starts and keeps rounds of evaluation."))
    with refused_with_reason():
        programme.must_not_be_closed()


@require_http_methods(["GET", "HEAD", "POST"])
def evaluation_create(request: HttpRequest, programme: str) -> HttpResponse:
    """Show and take the form of a new round."""
    found = programme_of(request, programme)
    _must_keep(request, found)
    form = EvaluationForm(sent(request), instance=Evaluation(programme=found), programme=found)
    started: list[Evaluation] = []
    if not taken(form, lambda: started.append(rounds.start_round(found, values=form.typed()["values"]))):
        return _form(request, found, form)
    messages.success(request, _("Saved: %(line)s") % {"line": started[0].code})
    return redirect(started[0])


@require_http_methods(["GET", "HEAD", "POST"])
def evaluation_edit(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Show and take the form of a round: all of it before it opens, then its closing day alone."""
    found = programme_of(request, programme)
    visible = Evaluation.objects.visible_to(request.user, found).select_related("programme")
    evaluation = visible_or_404(visible, code=code)
    _must_keep(request, found)
    if evaluation.is_closed:
        raise RefusedByState(_("The round has closed, and its results are counted."))
    if evaluation.is_planned:
        form: EvaluationForm | LaterClosingForm = EvaluationForm(
            sent(request), instance=evaluation, programme=found
        )
        save = partial(rounds.save_round, evaluation)
    else:
        form = LaterClosingForm(sent(request), instance=evaluation)
        save = partial(rounds.close_later, evaluation)
    if saved(form, save) is None:
        return _form(request, found, form, evaluation)
    messages.success(request, _("Saved: %(line)s") % {"line": evaluation.code})
    return redirect(evaluation)


@require_POST
def evaluation_remove(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Remove a round that has not opened: one made by mistake asks nothing of anybody."""
    found = programme_of(request, programme)
    visible = Evaluation.objects.visible_to(request.user, found).select_related("programme")
    evaluation = visible_or_404(visible, code=code)
    _must_keep(request, found)
    with refused_with_reason():
        rounds.remove_round(evaluation)
    messages.success(request, _("Removed: %(line)s") % {"line": evaluation.code})
    return redirect("reporting:evaluation-list", found.slug)


def _form(
    request: HttpRequest,
    programme: Programme,
    form: EvaluationForm | LaterClosingForm,
    evaluation: Evaluation | None = None,
) -> HttpResponse:
    # A form that was refused has set its values on its own row: the page tells what stands.
    standing = Evaluation.objects.select_related("programme").get(pk=evaluation.pk) if evaluation else None
    here = [Step(standing.code, standing.get_absolute_url())] if standing else []
    context = {
        "programme": programme,
        "form": form,
        "evaluation": standing,
        "saving": last_saving(standing) if standing and form.differing else None,
        "breadcrumbs": [
            *steps_to_evaluations(programme),
            *here,
            Step(_("Edit") if standing else _("New round")),
        ],
    }
    return render(request, "workgroups/evaluation_form.html", context, status=status_of(form))
