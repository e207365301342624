"""What the pages of annual targets on their way show."""

from typing import Any

from django.forms import BoundField
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from priorities.goal_check import Remark
from priorities.models import AnnualTarget
from programme.breadcrumbs import Step, step_to
from programme.models import Programme
from programme.trail import last_saving
from workgroups.comments import talk_on
from workgroups.indicators.forms import SeriesForm
from workgroups.indicators.ties import series_to_tie
from workgroups.models import WorkingGroup
from workgroups.targets import cells, drafting
from workgroups.targets.forms import DecideForm, GroupForm, TargetForm
from workgroups.targets.outlook import outlook_of
from workgroups.targets.plan import draft_remarks, plan_of

Checked = tuple[BoundField, list[Remark]]


def plan_page(
    request: HttpRequest, programme: Programme, year: int, form: DecideForm | None
) -> dict[str, Any]:
    """Return the plan of a year, what its reader may do, and the form of the decision for who enters it."""
    plan = plan_of(programme, year, reader=request.user)
    open_years = drafting.open_years(programme)
    writes = [group.pk for group in drafting.groups_to_write_for(request.user, programme)]
    outlook = outlook_of(programme, year) if form else None
    is_waiting = plan.proposed or (outlook and outlook.budget and outlook.budget.waits)
    decide_form = form if is_waiting or (form and form.is_bound) else None
    return {
        "programme": programme,
        "breadcrumbs": [step_to_targets(programme), Step(str(year))],
        "plan": plan,
        "years": range(programme.starts_on.year, programme.ends_on.year + 1),
        "is_open": year in open_years and (plan.proposed or not plan.is_all_decided),
        "may_draft": bool(writes) and year in open_years,
        "removed": drafting.removed_targets_of(programme, year, writes) if year in open_years else [],
        "decide_form": decide_form,
        "outlook": outlook,
    }


def step_to_targets(programme: Programme) -> Step:
    return Step(_("Annual targets"), reverse("reporting:target-list", args=[programme.slug]))


def _step_to_plan(programme: Programme, year: int) -> Step:
    return Step(
        _("Annual targets %(year)s") % {"year": year},
        reverse("workgroups:target-plan", args=[programme.slug, year]),
    )


def form_page(
    form: TargetForm,
    *,
    programme: Programme,
    year: int,
    target: AnnualTarget | None = None,
    group_form: GroupForm | None = None,
    only: WorkingGroup | None = None,
    **more: Any,
) -> dict[str, Any]:
    """Return a target's form, field by field with the goal check of what is saved."""
    remarks = draft_remarks(target) if target else []
    here = Step(_("Edit") if target else _("Draft a target"))
    way = [Step(target.code, target.get_absolute_url()), here] if target else [here]
    return {
        "form": form,
        "breadcrumbs": [_step_to_plan(programme, year), *way],
        "year": year,
        "target": target,
        "group": target.ownership.group if target else only,
        "group_form": group_form,
        "sections": [
            (
                title,
                [_checked(form[name], remarks) for name in names],
                [form[name] for name in in_other_languages],
            )
            for title, names, in_other_languages in _sections()
        ],
        "parts": [_checked(form[name], remarks) for name in cells.SEVERAL],
        "remarks": remarks,
        **more,
    }


def _sections() -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    return [
        (_("What is to be reached"), ("name_fi", "binding"), ("name_sv", "name_en")),
        (
            _("How it is measured"),
            ("indicator_fi", "unit", "baseline", "target_value", "direction", "due_on"),
            ("indicator_sv", "indicator_en"),
        ),
        (_("Who and with what"), ("responsible", "cost_centre", "own_euros", "no_cost"), ()),
    ]


def _checked(field: BoundField, remarks: list[Remark]) -> Checked:
    return field, [remark for remark in remarks if remark.field == field.name]


def draft_page(request: HttpRequest, target: AnnualTarget) -> dict[str, Any]:
    """Return what the page of an undecided target shows: its goal check, and what the reader may do."""
    group = target.ownership.group
    may_draft = request.user.has_perm("workgroups.draft_targets", group)
    is_draft = target.state == AnnualTarget.State.DRAFT
    return {
        "target": target,
        "breadcrumbs": [_step_to_plan(target.programme, target.year), step_to(group), Step(target.code)],
        "group": group,
        "remarks": draft_remarks(target),
        "may_edit": may_draft,
        "may_propose": may_draft and is_draft and target.year in drafting.open_years(target.programme),
        "may_take_back": may_draft and not is_draft,
        "may_remove": is_draft and request.user.has_perm("workgroups.remove_target", target),
        "measured": getattr(target, "measured", None),
        "series_form": _series_form(request, target),
        "saving": last_saving(target),
        "talk": talk_on(target, group, reader=request.user),
    }


def _series_form(request: HttpRequest, target: AnnualTarget) -> SeriesForm | None:
    """Return the form that ties a draft to the series that it will tell, for those who keep the series."""
    if not target.unit or not request.user.has_perm("workgroups.keep_indicators", target.programme):
        return None
    measured = getattr(target, "measured", None)
    form = SeriesForm(indicators=series_to_tie(target))
    form.initial["series"] = measured.indicator.code if measured else ""
    return form
