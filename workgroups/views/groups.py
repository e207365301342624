"""A working group, and its work programme of a year."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.utils.decorators import method_decorator

from programme.generic import DetailView, visible_or_404
from workgroups import rules
from workgroups.models import WorkingGroup, WorkProgramme
from workgroups.targets.drafting import year_to_plan
from workgroups.work_programmes.forms import DrawUpForm


@method_decorator(login_not_required, name="dispatch")
class GroupDetail(DetailView):
    """Who a group is, and its work programmes."""

    template_name = "workgroups/group.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        groups = WorkingGroup.objects.select_related(
            "priority", "body__programme", "cost_centre", "programme"
        )
        group = visible_or_404(groups, programme=self.programme, code=self.kwargs["code"])
        reads_work = bool(rules.reads_approved_work(self.request.user, self.programme))
        programmes = WorkProgramme.objects.visible_to(self.request.user, self.programme).filter(group=group)
        return super().get_context_data(
            group=group,
            work_programmes=programmes.select_related("group__programme"),
            memberships=group.memberships.select_related("municipality", "user") if reads_work else [],
            reads_work=reads_work,
            year_to_plan=year_to_plan(self.programme) if reads_work else None,
            draw_up=DrawUpForm(group=group) if self.request.user.has_perm("workgroups.plan", group) else None,
            **kwargs,
        )


@method_decorator(login_not_required, name="dispatch")
class GroupList(DetailView):
    """The working groups: their names are public, their work is not."""

    template_name = "workgroups/group_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        groups = WorkingGroup.objects.filter(programme=self.programme)
        return super().get_context_data(groups=groups.select_related("priority", "programme"), **kwargs)
