"""A working group, and its work programme of a year."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Prefetch, Sum
from django.utils.decorators import method_decorator

from programme.breadcrumbs import Step, step_to
from programme.generic import DetailView, visible_or_404
from programme.models import ReportingPeriod
from programme.statuses import NOT_UPDATED, WAITING
from workgroups import rules
from workgroups.forms import ReturnForm
from workgroups.models import Action, FollowUp, WorkingGroup, WorkProgramme, targets_visible_to
from workgroups.targets.drafting import year_to_plan
from workgroups.work_programmes.forms import DrawUpForm, MeetingForm


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


class WorkProgrammeDetail(DetailView):
    """A group's plan of a year: its actions, and what has been said of each period by period."""

    template_name = "workgroups/work_programme.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        programmes = WorkProgramme.objects.visible_to(self.request.user, self.programme).select_related(
            "group__programme",
            "group__body",
            "group__cost_centre",
            "approval__matter__meeting__body",
            "submitted_by",
        )
        work_programme = visible_or_404(
            programmes,
            group__programme=self.programme,
            group__code=self.kwargs["code"],
            year=self.kwargs["year"],
        )
        periods = list(
            ReportingPeriod.objects.filter(programme=self.programme, year=work_programme.year).order_by(
                "ends_on"
            )
        )
        actions = (
            Action.objects.filter(work_programme=work_programme)
            .select_related("responsible", "measure", "network", "role_statement", "follow_up_principle")
            .prefetch_related(Prefetch("targets", targets_visible_to(self.request.user, self.programme)))
        )
        said = {
            (follow_up.action_id, follow_up.period_id): (
                follow_up.status if follow_up.state == FollowUp.State.APPROVED else WAITING
            )
            for follow_up in FollowUp.objects.filter(action__work_programme=work_programme).exclude(
                state=FollowUp.State.RETURNED
            )
        }
        rows = [
            (action, [(period, said.get((action.pk, period.pk), NOT_UPDATED)) for period in periods])
            for action in actions
        ]
        return super().get_context_data(
            work_programme=work_programme,
            group=work_programme.group,
            breadcrumbs=[step_to(work_programme.group), Step(str(work_programme.year))],
            periods=periods,
            rows=rows,
            planned=actions.aggregate(sum=Sum("planned_euros"))["sum"],
            **self._acts(work_programme),
            **kwargs,
        )

    def _acts(self, plan: WorkProgramme) -> dict[str, Any]:
        """Return what the reader may do with the plan now, each act with its form."""
        user, state = self.request.user, plan.state
        waits = state == WorkProgramme.State.SUBMITTED and user.has_perm(
            "workgroups.accept_work_programme", plan
        )
        notes = state == WorkProgramme.State.APPROVED and user.has_perm(
            "workgroups.note_work_programme", self.programme
        )
        return {
            "may_edit": plan.is_editable and user.has_perm("workgroups.plan", plan.group),
            "may_accept": waits,
            "return_form": ReturnForm(auto_id="return-%s") if waits else None,
            "meeting_form": MeetingForm.of_group(plan) if waits and plan.group.body else None,
            "noting_form": MeetingForm.of_board(plan) if notes else None,
        }


@method_decorator(login_not_required, name="dispatch")
class GroupList(DetailView):
    """The working groups: their names are public, their work is not."""

    template_name = "workgroups/group_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        groups = WorkingGroup.objects.filter(programme=self.programme)
        return super().get_context_data(groups=groups.select_related("priority", "programme"), **kwargs)
