"""Pages of a line: an annual target or an action, with all that has been said of it."""

from decimal import Decimal
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Prefetch
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _

from priorities.models import AnnualTarget, Measure, StrategicGoal
from programme import clock
from programme.breadcrumbs import Step, step_to
from programme.generic import DetailView, visible_or_404
from programme.models import Network
from programme.statuses import NOT_UPDATED
from reporting import rules
from reporting.money.of_target import money_of
from reporting.tellings import Telling, tellings_of
from workgroups import services
from workgroups.amendments.lines import is_amendable
from workgroups.comments import talk_on
from workgroups.contradictions import contradictions
from workgroups.lines import follow_up_address
from workgroups.models import Action, Amendment, WorkingGroup, WorkProgramme, targets_visible_to
from workgroups.targets.pages import draft_page, step_to_targets
from workgroups.year_turn.chain import chain_of


class LineDetail(DetailView):
    """What targets and actions share: their tellings, and what the reader may do now."""

    def line_context(
        self, line: AnnualTarget | Action, group: WorkingGroup | None, *, year: int
    ) -> dict[str, Any]:
        tellings = tellings_of(line, year=year, programme=self.programme, reader=self.request.user)
        now = tellings[0] if tellings else None
        return {
            "line": line,
            "group": group,
            "now": now,
            "begins_in": year if year > clock.today().year else None,
            "status_now": now.status if now else NOT_UPDATED,
            "tellings": tellings,
            "doubts": _doubts(line, now),
            "update_address": self._update_address(line, group, now),
            "amendments": self._amendments(line),
            "talk": talk_on(line, group, reader=self.request.user),
            "may_propose": self._may_propose(line, group),
            "chain": chain_of(line, reader=self.request.user, programme=self.programme),
        }

    def _amendments(self, line: AnnualTarget | Action) -> list[Amendment]:
        amendments = Amendment.objects.visible_to(self.request.user, self.programme).filter(
            **services.line_lookup(line)
        )
        return list(
            amendments.select_related("group__programme", "decision__matter__meeting__body__programme")
        )

    def _may_propose(self, line: AnnualTarget | Action, group: WorkingGroup | None) -> bool:
        return (
            group is not None
            and is_amendable(line)
            and self.request.user.has_perm("workgroups.propose_amendment", group)
        )

    def _update_address(
        self, line: AnnualTarget | Action, group: WorkingGroup | None, now: Telling | None
    ) -> str | None:
        """Lead those who may write to the form, while the round is open and nothing is accepted."""
        if group is None or now is None or not now.period.is_open:
            return None
        if isinstance(line, Action) and line.removed_at is not None:
            return None
        if not self.request.user.has_perm("workgroups.follow_up", group):
            return None
        is_accepted = now.status != NOT_UPDATED and not now.is_submitted and not now.is_returned
        return None if is_accepted else follow_up_address(line, self.programme.slug, now.period.code)


def _doubts(line: AnnualTarget | Action, now: Telling | None) -> list[str]:
    """Return what speaks against what the reader sees said of a line."""
    if now is None:
        return []
    value = Decimal(now.value) if now.value else None
    return contradictions(
        line, now.period, now.status, value, estimate=now.new_due_on, said_on=now.submitted_on
    )


@method_decorator(login_not_required, name="dispatch")
class TargetDetail(LineDetail):
    """Everything about one annual target; one that is not decided has a plain page, for those who see it."""

    template_name = "reporting/target.html"
    draft_template_name = "workgroups/target_draft.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        targets = (
            targets_visible_to(self.request.user, self.programme)
            .select_related(
                "programme",
                "responsible",
                "cost_centre",
                "budget",
                "decision__matter__meeting__body__programme",
                "ownership__group__programme",
                "ownership__group__priority__programme",
                "measured__indicator__programme",
            )
            .prefetch_related(
                Prefetch("goals", StrategicGoal.objects.select_related("priority__programme")),
                Prefetch("measures", Measure.objects.select_related("priority__programme")),
                Prefetch("networks", Network.objects.select_related("programme")),
                "role_statements",
                "follow_up_principles",
            )
        )
        target = visible_or_404(targets, programme=self.programme, code=self.kwargs["code"])
        if not target.is_decided:
            self.template_name = self.draft_template_name
            chain = chain_of(target, reader=self.request.user, programme=self.programme)
            return super().get_context_data(**draft_page(self.request, target), chain=chain, **kwargs)
        visible = Action.objects.visible_to(self.request.user, self.programme).filter(
            targets=target, work_programme__state__in=WorkProgramme.SEEN_BY_ALL_GROUPS
        )
        actions = list(visible.select_related("work_programme__group__programme", "cost_centre"))
        reads_money = bool(rules.reads_live_figures(self.request.user, self.programme))
        group = services.group_of(target)
        return super().get_context_data(
            target=target,
            actions=actions,
            money=money_of(target, actions) if reads_money else None,
            breadcrumbs=self._way_to(target, group),
            **self.line_context(target, group, year=target.year),
            **kwargs,
        )

    def _way_to(self, target: AnnualTarget, group: WorkingGroup | None) -> list[Step]:
        return [step_to_targets(self.programme), *([step_to(group)] if group else []), Step(target.code)]


class ActionDetail(LineDetail):
    """Everything about one action of a work programme."""

    template_name = "reporting/action.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        actions = (
            Action.with_removed.in_their_plan_once()
            .visible_to(self.request.user, self.programme)
            .select_related(
                "work_programme__group__programme",
                "responsible",
                "cost_centre",
                "funding_source",
                "measure__priority__programme",
                "network__programme",
                "role_statement",
                "follow_up_principle",
            )
            .prefetch_related(
                Prefetch("networks", Network.objects.select_related("programme")),
                Prefetch(
                    "targets",
                    targets_visible_to(self.request.user, self.programme).select_related("programme"),
                ),
            )
        )
        action = visible_or_404(
            actions, work_programme__group__programme=self.programme, code=self.kwargs["code"]
        )
        plan = action.work_programme
        return super().get_context_data(
            action=action,
            plan=plan,
            is_drafted=plan.state not in WorkProgramme.SEEN_BY_ALL_GROUPS,
            may_edit=plan.is_editable and self.request.user.has_perm("workgroups.plan", plan.group),
            breadcrumbs=[
                step_to(plan.group),
                Step(_("Work programme %(year)s") % {"year": plan.year}, plan.get_absolute_url()),
                Step(action.code),
            ],
            **self.line_context(action, plan.group, year=plan.year),
            **kwargs,
        )
