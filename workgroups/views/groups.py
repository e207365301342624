"""The working groups: all of them, and one."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _

from programme import clock
from programme.breadcrumbs import Step, step_to
from programme.generic import DetailView, visible_or_404
from programme.models import ReportingPeriod
from workgroups import group_page, rules
from workgroups.models import GroupReport, WorkingGroup, WorkProgramme
from workgroups.targets.drafting import year_to_plan
from workgroups.work_programmes.forms import DrawUpForm


@method_decorator(login_not_required, name="dispatch")
class GroupDetail(DetailView):
    """Who a group is, and for those who read its work how it stands."""

    template_name = "workgroups/group.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        groups = WorkingGroup.objects.select_related(
            "priority__programme", "body__programme", "cost_centre", "programme", "parent__programme"
        )
        user = self.request.user
        group = visible_or_404(groups, programme=self.programme, code=self.kwargs["code"])
        reads_work = bool(rules.reads_approved_work(user, self.programme))
        programmes = WorkProgramme.objects.visible_to(user, self.programme).filter(group=group)
        return super().get_context_data(
            group=group,
            breadcrumbs=[
                Step(_("Working groups"), reverse("workgroups:group-list", args=[self.programme.slug])),
                *([step_to(group.parent)] if group.parent else []),
                step_to(group, is_here=True),
            ],
            round_in_meeting=self._round_in_meeting(group),
            sub_groups=group.sub_groups.select_related("programme"),
            work_programmes=programmes.select_related("group__programme"),
            reads_work=reads_work,
            may_found=user.has_perm("workgroups.found_groups", self.programme),
            reports=self._reports(group) if reads_work else [],
            evaluations=group.evaluations.select_related("programme") if reads_work else [],
            year_to_plan=year_to_plan(self.programme) if reads_work else None,
            draw_up=DrawUpForm(group=group, past=user.has_perm("workgroups.bring_in_the_past", group))
            if user.has_perm("workgroups.plan", group)
            else None,
            **(group_page.work_of(group) if reads_work else {}),
            **group_page.members_of(group, reader=user, reads_work=reads_work),
            **kwargs,
        )

    def _round_in_meeting(self, group: WorkingGroup) -> ReportingPeriod | None:
        """Return the open round, to those who go through it in the group's meeting."""
        user = self.request.user
        may = user.has_perm("workgroups.follow_up", group) or user.has_perm(
            "workgroups.accept_for_group", group
        )
        periods = ReportingPeriod.objects.filter(programme=self.programme).order_by("-ends_on")
        return next((period for period in periods if period.is_open), None) if may else None

    def _reports(self, group: WorkingGroup) -> Any:
        seen = GroupReport.objects.visible_to(self.request.user, self.programme).filter(group=group)
        return seen.select_related("group__programme", "period").order_by("-period__ends_on")


@method_decorator(login_not_required, name="dispatch")
class GroupList(DetailView):
    """The working groups: their names are public, their work is not."""

    template_name = "workgroups/group_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        groups = WorkingGroup.objects.filter(programme=self.programme).select_related(
            "priority", "programme", "parent"
        )
        user = self.request.user
        reads_work = bool(rules.reads_approved_work(user, self.programme))
        return super().get_context_data(
            groups=groups,
            may_found=user.has_perm("workgroups.found_groups", self.programme),
            year=clock.today().year,
            rows=group_page.rows_of(groups, reader=user, programme=self.programme) if reads_work else [],
            **kwargs,
        )
