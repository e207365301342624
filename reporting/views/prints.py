"""A work programme's PDF: asked for, waited for, and given as it was made."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from programme.breadcrumbs import Step
from reporting import prints
from workgroups.models import WorkProgramme
from workgroups.views.plan import plan_of, steps_to


@require_safe
def work_programme_print(request: HttpRequest, programme: str, code: str, year: int) -> HttpResponse:
    """Show whether the plan's PDF is made, and how far it is; a fragment for the page that waits."""
    plan = plan_of(request, programme, code, year)
    context = {
        "plan": plan,
        "print": prints.print_of(plan, _language()),
        "breadcrumbs": [*steps_to(plan), Step("PDF")],
    }
    waits = request.headers.get("HX-Request")
    return render(request, "reporting/_plan_print.html" if waits else "reporting/plan_print.html", context)


@require_POST
def make_print(request: HttpRequest, programme: str, code: str, year: int) -> HttpResponse:
    """Ask for the PDF of what the plan says now. Whoever sees the plan may print it."""
    plan = plan_of(request, programme, code, year)
    prints.ask_for_print(plan, _language())
    return redirect(plan.address("reporting:work-programme-print"))


@require_safe
def work_programme_pdf(request: HttpRequest, programme: str, code: str, year: int) -> HttpResponse:
    """Serve the stored bytes of what the plan says now; where there are none, lead to their making."""
    plan: WorkProgramme = plan_of(request, programme, code, year)
    made = prints.print_of(plan, _language())
    if made is None or made.made_at is None:
        return redirect(plan.address("reporting:work-programme-print"))
    response = HttpResponse(bytes(made.pdf), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{plan.code}.pdf"'
    response["ETag"] = f'"{made.sha256}"'
    return response


def _language() -> str:
    return get_language() or "fi"
