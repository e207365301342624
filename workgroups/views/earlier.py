"""Bringing in a past year's work programme of a group: a spreadsheet, a preview, a confirmation."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from programme.breadcrumbs import Step, step_to
from programme.generic import programme_of, refused_with_reason, signed_in, visible_or_404
from workgroups.models import WorkingGroup
from workgroups.work_programmes import earlier
from workgroups.work_programmes.forms import EarlierWorkProgrammeForm
from workgroups.work_programmes.spreadsheets.writing import CONTENT_TYPE, spreadsheet_of


def _group(request: HttpRequest, programme: str, code: str) -> WorkingGroup:
    """Return the group that an address names, for those who bring in its past."""
    found = programme_of(request, programme)
    groups = WorkingGroup.objects.select_related("programme", "body", "cost_centre")
    group = visible_or_404(groups, programme=found, code=code)
    if not request.user.has_perm("workgroups.bring_in_the_past", group):
        raise PermissionDenied(_("The programme office brings in what was made elsewhere."))
    with refused_with_reason():
        found.must_not_be_closed()
    return group


@require_http_methods(["GET", "HEAD", "POST"])
def bring_in(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Take a spreadsheet and where its plan was approved, and show its rows; nothing is saved."""
    group = _group(request, programme, code)
    years = earlier.years_to_bring_in(group)
    if request.method != "POST":
        return _page(request, group, years, EarlierWorkProgrammeForm(group=group, years=years))
    form = EarlierWorkProgrammeForm(request.POST, request.FILES, group=group, years=years)
    if not form.is_valid():
        return _page(request, group, years, form, status=422)
    try:
        preview = earlier.preview_of(
            group, form.cleaned_data["year"], form.table, form.source(), reader=signed_in(request)
        )
    except ValidationError as error:
        form.add_error("spreadsheet", error)
        return _page(request, group, years, form, status=422)
    status = 422 if preview.faults else 200
    return _page(request, group, years, form, preview=preview, status=status)


@require_POST
def confirm(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Make the plan that its reader was shown, all of it or nothing."""
    group = _group(request, programme, code)
    reader = signed_in(request)
    try:
        brought = earlier.unsealed(request.POST.get("token", ""), group, reader=reader)
        plan = earlier.bring_in(group, brought, actor=reader)
    except ValidationError as error:
        years = earlier.years_to_bring_in(group)
        form = EarlierWorkProgrammeForm(group=group, years=years)
        return _page(request, group, years, form, refusals=error.messages, status=422)
    messages.success(request, _("Brought in: %(line)s") % {"line": plan.code})
    return redirect(plan)


@require_safe
def template(request: HttpRequest, programme: str, code: str, year: int) -> HttpResponse:
    """Give an empty spreadsheet of a past year, with the codes to choose from."""
    group = _group(request, programme, code)
    if year not in earlier.years_to_bring_in(group):
        raise Http404(_("There is no such page, or it is not yours to see."))
    plan = earlier.plan_to_be(group, year)
    return HttpResponse(
        spreadsheet_of(plan),
        content_type=CONTENT_TYPE,
        headers={"Content-Disposition": f'attachment; filename="{plan.code}.xlsx"'},
    )


def _page(
    request: HttpRequest,
    group: WorkingGroup,
    years: list[int],
    form: EarlierWorkProgrammeForm,
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    context = {
        "group": group,
        "years": years,
        "form": form,
        "breadcrumbs": [step_to(group), Step(_("An earlier year"))],
        **more,
    }
    return render(request, "workgroups/earlier_work_programme.html", context, status=status)
