"""The rounds of self-evaluation: all of them, one with its results, and all that an evaluator needs."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from programme.breadcrumbs import Step
from programme.generic import programme_of, signed_in, visible_or_404
from programme.models import Programme
from reporting.evaluation_package.bundle import bundle_of
from reporting.evaluation_package.forms import PackageForm
from reporting.evaluations import COLUMNS, parts_of, too_few
from workgroups import rules
from workgroups.evaluations import rounds
from workgroups.evaluations.pages import steps_to_evaluations
from workgroups.evaluations.results import GroupResult, Results, comments_on, previous_round, results_of
from workgroups.models import Evaluation, EvaluationGroup


def _read(request: HttpRequest, slug: str) -> Programme:
    """Return the programme of an address to officials and groups; for others there are no rounds."""
    programme = programme_of(request, slug)
    if not rules.reads_approved_work(request.user, programme):
        raise Http404(_("There is no such page, or it is not yours to see."))
    return programme


@require_safe
def evaluation_list(request: HttpRequest, programme: str) -> HttpResponse:
    """Show the rounds of a programme, the newest first; to those who evaluate, the package too."""
    return _list(request, _read(request, programme))


def _list(request: HttpRequest, programme: Programme, form: PackageForm | None = None) -> HttpResponse:
    user = signed_in(request)
    may_export = user.has_perm("reporting.export_evaluation_package", programme)
    form = form or PackageForm(programme=programme)
    steps = steps_to_evaluations(programme)
    context = {
        "programme": programme,
        "evaluations": list(Evaluation.objects.visible_to(user, programme).select_related("programme")),
        "to_answer": rounds.rounds_to_answer(user, programme),
        "may_keep": user.has_perm("workgroups.keep_evaluations", programme),
        "package_form": form if may_export else None,
        "breadcrumbs": [*steps[:-1], steps[-1]._replace(address=None)],
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "reporting/evaluation_list.html", context, status=status)


@require_safe
def evaluation_package(request: HttpRequest, programme: str) -> HttpResponse:
    """Give all that an evaluator needs, as one ZIP file."""
    found = _read(request, programme)
    reader = signed_in(request)
    if not reader.has_perm("reporting.export_evaluation_package", found):
        raise PermissionDenied(
            _("Evaluation packages are made by the programme office, the presenting officer and the auditor.")
        )
    form = PackageForm(request.GET, programme=found)
    if not form.is_valid():
        return _list(request, found, form)
    bundle = bundle_of(form.cleaned_data["period"], form.cleaned_data["kind"], reader=reader)
    return HttpResponse(
        bundle.content,
        content_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{bundle.name}"'},
    )


@require_safe
def evaluation_detail(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Show a round: before and while it is open what is asked, after it has closed what was answered."""
    found = _read(request, programme)
    user = signed_in(request)
    rows = Evaluation.objects.visible_to(user, found).select_related("programme")
    evaluation = visible_or_404(rows, code=code)
    evaluation.programme = found
    steps = steps_to_evaluations(found)
    context = {
        "programme": found,
        "evaluation": evaluation,
        "may_keep": user.has_perm("workgroups.keep_evaluations", found),
        "breadcrumbs": [*steps, Step(evaluation.code)],
        "too_few": too_few(evaluation.smallest),
        "moved_from": rounds.moved_from(evaluation),
        **(_results(request, evaluation) if evaluation.is_closed else _round(request, evaluation)),
    }
    return render(request, "reporting/evaluation.html", context)


def _round(request: HttpRequest, evaluation: Evaluation) -> dict[str, Any]:
    """Return what is asked, of whom, and to those who see to it how many have answered."""
    user = signed_in(request)
    places = list(
        EvaluationGroup.objects.filter(evaluation=evaluation)
        .select_related("group__programme")
        .order_by("group__order", "group__code")
    )
    open_to = {place.group_id for place in rounds.rounds_to_answer(user, evaluation.programme)}
    for place in places:
        place.evaluation = evaluation
        place.group.programme = evaluation.programme
    counted = [place for place in places if user.has_perm("workgroups.count_evaluation_answers", place.group)]
    asked = rounds.people_asked(evaluation) if counted else {}
    answered = rounds.people_who_answered(evaluation) if counted else {}
    may_keep = user.has_perm("workgroups.keep_evaluations", evaluation.programme)
    return {
        "statements": list(evaluation.statements.all()),
        "places": [
            (
                place,
                (answered.get(place.group_id, 0), asked.get(place.group_id, 0)) if place in counted else None,
            )
            for place in places
        ],
        "counts_are_told": bool(counted) and evaluation.is_open,
        "own": [
            (place, place.group_id in open_to)
            for place in places
            if evaluation.is_open and user.has_perm("workgroups.answer_evaluation", place.group)
        ],
        "is_reworded": evaluation.is_planned
        and may_keep
        and not rounds.is_worded_as_the_programme(evaluation),
    }


def _results(request: HttpRequest, evaluation: Evaluation) -> dict[str, Any]:
    """Return what was answered: of the group that is asked for, else of all together."""
    results = results_of(evaluation)
    chosen = _chosen(request, results)
    previous = previous_round(evaluation)
    before = results_of(previous) if previous else None
    reads_comments = chosen is not None and request.user.has_perm(
        "workgroups.read_evaluation_comments", chosen.group
    )
    comments = comments_on(results, chosen) if chosen and reads_comments else {}
    return {
        "results": results,
        "chosen": chosen,
        "previous": previous,
        "reads_comments": reads_comments,
        "general": comments.get("", []),
        "columns": [str(rating.label) for rating in COLUMNS],
        "parts": parts_of(results, before, chosen.group.code if chosen else None, comments),
    }


def _chosen(request: HttpRequest, results: Results) -> GroupResult | None:
    code = request.GET.get("group")
    if not code:
        return None
    found = results.of_group(code)
    if found is None:
        raise Http404(_("There is no such page, or it is not yours to see."))
    return found
