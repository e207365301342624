"""The turn of a group's year, line by line."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from programme.breadcrumbs import Step, step_to
from programme.generic import programme_of, signed_in, visible_or_404
from programme.sending import taken
from workgroups import rules
from workgroups.amendments.lines import is_amendable_plan
from workgroups.models import WorkingGroup, WorkProgramme
from workgroups.year_turn.forms import TurnForm
from workgroups.year_turn.lines import TurnLine, form_of, turn_lines
from workgroups.year_turn.turning import take_turn_back, turn_line


def _group(request: HttpRequest, programme: str, code: str) -> WorkingGroup:
    """Return the group that an address names, for those who write for it."""
    found = programme_of(request, programme)
    if not rules.reads_approved_work(request.user, found):
        raise Http404(_("There is no such page, or it is not yours to see."))
    groups = WorkingGroup.objects.filter(programme=found).select_related("programme", "cost_centre", "body")
    group = visible_or_404(groups, code=code)
    if not request.user.has_perm("workgroups.plan", group):
        raise PermissionDenied(
            _("Only the coordinators of the group turn its year. Ask the programme office.")
        )
    return group


def _lines(
    request: HttpRequest, group: WorkingGroup, year: int, typed: dict[str, TurnForm] | None = None
) -> list[TurnLine]:
    lines = turn_lines(group, year, reader=signed_in(request), typed=typed)
    if not lines:
        raise Http404(_("The group has no decided lines in this year."))
    return lines


def _page(
    request: HttpRequest, group: WorkingGroup, year: int, lines: list[TurnLine], *, status: int = 200
) -> HttpResponse:
    handed_on = group.work_programmes.filter(year=year + 1).exclude(state__in=WorkProgramme.EDITABLE).first()
    context = {
        "programme": group.programme,
        "group": group,
        "year": year,
        "next_year": year + 1,
        "handed_on": handed_on,
        "may_amend": handed_on is not None and is_amendable_plan(handed_on),
        "lines": lines,
        "turned": sum(line.turn is not None for line in lines),
        "breadcrumbs": [step_to(group), Step(_("Turn of the year %(year)s") % {"year": year})],
    }
    return render(request, "workgroups/year_turn.html", context, status=status)


@require_safe
def year_turn(request: HttpRequest, programme: str, code: str, year: int) -> HttpResponse:
    """Show each line of the year: what was said last, and what becomes of it."""
    group = _group(request, programme, code)
    return _page(request, group, year, _lines(request, group, year))


@require_POST
def turn(request: HttpRequest, programme: str, code: str, year: int, line: str) -> HttpResponse:
    """Take what becomes of one line, and lead to the next."""
    group = _group(request, programme, code)
    lines = _lines(request, group, year)
    found = _named(lines, line)
    form = form_of(found.line, found.twin, request.POST)
    if taken(form, lambda: turn_line(found.line, actor=signed_in(request), **form.cleaned_data)):
        return redirect(f"{_address(group, year)}#{_next_of(lines, found)}")
    return _page(request, group, year, _lines(request, group, year, {line: form}), status=422)


@require_POST
def undo(request: HttpRequest, programme: str, code: str, year: int, line: str) -> HttpResponse:
    """Forget what was said of a line, with what was carried on from it."""
    group = _group(request, programme, code)
    found = _named(_lines(request, group, year), line)
    try:
        if found.turn is not None:
            take_turn_back(found.turn, actor=signed_in(request))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect(f"{_address(group, year)}#{line}")


def _named(lines: list[TurnLine], code: str) -> TurnLine:
    found = next((line for line in lines if line.line.code == code), None)
    if found is None:
        raise Http404(_("There is no such page, or it is not yours to see."))
    return found


def _next_of(lines: list[TurnLine], found: TurnLine) -> str:
    """Return the code of the next line without a turn; when all have one, of this line."""
    place = lines.index(found)
    onward = [line for line in lines[place + 1 :] + lines[:place] if line.turn is None]
    return onward[0].line.code if onward else found.line.code


def _address(group: WorkingGroup, year: int) -> str:
    return reverse("workgroups:year-turn", args=[group.programme.slug, group.code, year])
