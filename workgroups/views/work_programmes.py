"""A work programme as its readers see it: with what was said of it, along the months, and as euros."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Prefetch, QuerySet, Sum
from django.forms import Form

from programme import clock
from programme.breadcrumbs import Step, step_to
from programme.generic import DetailView, visible_or_404
from programme.models import ReportingPeriod
from programme.statuses import NOT_UPDATED, WAITING
from workgroups.amendments.lines import is_amendable_plan
from workgroups.comments import may_read, open_comments_in
from workgroups.forms import ReturnForm
from workgroups.models import PARTS, Action, Amendment, FollowUp, WorkProgramme, targets_visible_to
from workgroups.work_programmes.drafting import totals_of
from workgroups.work_programmes.forms import ElsewhereForm, MeetingForm
from workgroups.work_programmes.layouts import MONTHS, euros_of, milestones_of, timeline_of
from workgroups.work_programmes.waiting import those_who_may_accept, undecided_targets_of


def return_form(data: Any = None) -> ReturnForm:
    """Return the form of a plan's return; its fields stand beside those of the approval."""
    return ReturnForm(data, auto_id="return-%s")


class WorkProgrammePage(DetailView):
    """What the pages of a plan share: the plan, and what its reader may do with it now.

    `sent_forms` are those that were sent and not taken: they stand in place of the empty ones.
    """

    sent_forms: Mapping[str, Form] = {}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        plan = self._plan()
        return super().get_context_data(
            work_programme=plan,
            group=plan.group,
            breadcrumbs=[step_to(plan.group), Step(str(plan.year))],
            **self._sent_instead(self._acts(plan)),
            **self.rows_of(plan),
            **kwargs,
        )

    def rows_of(self, plan: WorkProgramme) -> dict[str, Any]:
        """Return the plan's rows, as this page lays them out."""
        raise NotImplementedError(f"{type(self).__name__} does not say how it lays its rows out.")

    def actions_of(self, plan: WorkProgramme) -> QuerySet[Action]:
        return Action.objects.filter(work_programme=plan).select_related(
            *PARTS, "work_programme__group__programme", "responsible", "cost_centre", "funding_source"
        )

    def _plan(self) -> WorkProgramme:
        plans = WorkProgramme.objects.visible_to(self.request.user, self.programme).select_related(
            "group__programme",
            "group__body",
            "group__cost_centre",
            "approval__matter__meeting__body__programme",
            "noting__matter__meeting__body__programme",
            "submitted_by",
            "submitted_for",
            "judged_by",
            "judged_for",
        )
        return visible_or_404(
            plans,
            group__programme=self.programme,
            group__code=self.kwargs["code"],
            year=self.kwargs["year"],
        )

    def _sent_instead(self, acts: dict[str, Any]) -> dict[str, Any]:
        return acts | {name: form for name, form in self.sent_forms.items() if acts[name] is not None}

    def _acts(self, plan: WorkProgramme) -> dict[str, Any]:
        """Return what the reader may do with the plan now, each act with its form."""
        user, state = self.request.user, plan.state
        is_submitted = state == WorkProgramme.State.SUBMITTED
        waits = is_submitted and user.has_perm("workgroups.accept_work_programme", plan)
        notes = state == WorkProgramme.State.APPROVED and user.has_perm(
            "workgroups.note_work_programme", self.programme
        )
        pending = Amendment.objects.visible_to(user, self.programme).filter(
            action__work_programme=plan, state=Amendment.State.PROPOSED
        )
        return {
            "pending": pending.select_related("group__programme", "action") if plan.approved_on else [],
            "may_edit": plan.is_editable and user.has_perm("workgroups.plan", plan.group),
            "may_amend": is_amendable_plan(plan)
            and user.has_perm("workgroups.propose_amendment", plan.group),
            "may_turn": not plan.is_editable
            and not is_submitted
            and plan.year < self.programme.ends_on.year
            and user.has_perm("workgroups.plan", plan.group),
            "may_take_back": is_submitted and user.has_perm("workgroups.plan", plan.group),
            "waits_for": those_who_may_accept(plan) if is_submitted else [],
            "may_accept": waits,
            "undecided_targets": undecided_targets_of(plan, user) if waits else [],
            "return_form": return_form() if waits else None,
            "meeting_form": MeetingForm.of_group(plan) if waits and plan.group.body else None,
            "elsewhere_form": ElsewhereForm() if self._is_of_the_past(plan) else None,
            "noting_form": MeetingForm.of_board(plan) if notes else None,
        }

    def _is_of_the_past(self, plan: WorkProgramme) -> bool:
        """Whether the reader may record that the plan was approved before it came here."""
        return (
            plan.is_editable
            and not plan.was_handed_on
            and plan.year < clock.today().year
            and self.request.user.has_perm("workgroups.bring_in_the_past", plan.group)
        )


class WorkProgrammeDetail(WorkProgrammePage):
    """The actions, and what has been said of each, period by period."""

    template_name = "workgroups/work_programme.html"

    def rows_of(self, plan: WorkProgramme) -> dict[str, Any]:
        periods = list(
            ReportingPeriod.objects.filter(programme=self.programme, year=plan.year).order_by("ends_on")
        )
        targets = targets_visible_to(self.request.user, self.programme)
        actions = self.actions_of(plan).prefetch_related(Prefetch("targets", targets))
        said = _said_of(plan)
        comments = open_comments_in(plan) if may_read(self.request.user, plan.group) else {}
        return {
            "periods": periods,
            "rows": [
                (
                    action,
                    [(period, said.get((action.pk, period.pk), NOT_UPDATED)) for period in periods],
                    comments.get(action.pk, 0),
                )
                for action in actions
            ],
            "planned": actions.aggregate(sum=Sum("planned_euros"))["sum"],
        }


def _said_of(plan: WorkProgramme) -> dict[tuple[int | None, int], str]:
    """Return the statuses of a plan's actions, by action and period; of what waits, that it does."""
    said = FollowUp.objects.filter(action__work_programme=plan).exclude(state=FollowUp.State.RETURNED)
    return {
        (follow_up.action_id, follow_up.period_id): (
            follow_up.status if follow_up.state == FollowUp.State.APPROVED else WAITING
        )
        for follow_up in said
    }


class WorkProgrammeMonths(WorkProgrammePage):
    """The same actions along the months of the year, with their milestones."""

    template_name = "workgroups/work_programme_months.html"

    def rows_of(self, plan: WorkProgramme) -> dict[str, Any]:
        actions, today = list(self.actions_of(plan)), clock.today()
        begun = ReportingPeriod.objects.filter(programme=self.programme, year=plan.year).begun_by(clock.now())
        period = begun.first() if plan.state in WorkProgramme.SEEN_BY_ALL_GROUPS else None
        statuses: dict[int, str] = {}
        if period is not None:
            said = _said_of(plan)
            statuses = {action.pk: said.get((action.pk, period.pk), NOT_UPDATED) for action in actions}
        rows = timeline_of(actions, plan.year, statuses)
        return {
            "months": MONTHS,
            "rows": rows,
            "period": period,
            "this_month": today.month if plan.year == today.year else None,
            "milestones": milestones_of(rows),
        }


class WorkProgrammeEuros(WorkProgrammePage):
    """The same actions as euros, by cost centre and funding source, against the appropriation."""

    template_name = "workgroups/work_programme_euros.html"

    def rows_of(self, plan: WorkProgramme) -> dict[str, Any]:
        return {"rows": euros_of(self.actions_of(plan)), "totals": totals_of(plan)}
