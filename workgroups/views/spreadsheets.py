"""A work programme as a spreadsheet: given out, and brought in again by a preview and a confirmation."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from programme.breadcrumbs import Step
from programme.generic import signed_in
from workgroups.models import WorkProgramme
from workgroups.views.plan import must_edit, plan_of, steps_to
from workgroups.work_programmes.forms import SpreadsheetForm
from workgroups.work_programmes.spreadsheets import importing
from workgroups.work_programmes.spreadsheets.preview import preview_of, unsealed
from workgroups.work_programmes.spreadsheets.writing import CONTENT_TYPE, spreadsheet_of


@require_safe
def work_programme_xlsx(request: HttpRequest, programme: str, code: str, year: int) -> HttpResponse:
    """Give the plan out as it stands, to everybody who sees it."""
    plan = plan_of(request, programme, code, year)
    return HttpResponse(
        spreadsheet_of(plan),
        content_type=CONTENT_TYPE,
        headers={"Content-Disposition": f'attachment; filename="{plan.code}.xlsx"'},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def import_spreadsheet(request: HttpRequest, programme: str, code: str, year: int) -> HttpResponse:
    """Take a spreadsheet and show what it would change; nothing is saved."""
    plan = plan_of(request, programme, code, year)
    must_edit(request, plan)
    if request.method != "POST":
        return _page(request, plan, SpreadsheetForm())
    form = SpreadsheetForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, plan, form, status=422)
    try:
        preview = preview_of(plan, form.table, reader=signed_in(request))
    except ValidationError as error:
        form.add_error("spreadsheet", error)
        return _page(request, plan, form, status=422)
    return _page(request, plan, SpreadsheetForm(), preview=preview, status=422 if preview.faults else 200)


@require_POST
def confirm_import(request: HttpRequest, programme: str, code: str, year: int) -> HttpResponse:
    """Change the plan as its reader was shown, all of it or nothing."""
    plan = plan_of(request, programme, code, year)
    must_edit(request, plan)
    reader = signed_in(request)
    try:
        proposal = unsealed(request.POST.get("token", ""), plan, reader=reader)
        importing.carry_out(plan, proposal, actor=reader)
    except importing.ChangedMeanwhileError:
        return _page(request, plan, SpreadsheetForm(), was_changed=True, status=409)
    except ValidationError as error:
        return _page(request, plan, SpreadsheetForm(), refusals=error.messages, status=422)
    messages.success(request, _("The spreadsheet was brought in."))
    return redirect(plan.address("workgroups:work-programme-edit"))


def _page(
    request: HttpRequest, plan: WorkProgramme, upload: SpreadsheetForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {
        "plan": plan,
        "upload": upload,
        "breadcrumbs": [
            *steps_to(plan),
            Step(_("Edit"), plan.address("workgroups:work-programme-edit")),
            Step(_("From a spreadsheet")),
        ],
        **more,
    }
    return render(request, "workgroups/spreadsheet_import.html", context, status=status)
