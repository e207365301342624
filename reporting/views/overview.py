"""Readings of a period: the golden thread, the dashboard, the list of targets behind its numbers."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from priorities.models import Measure, Priority, StrategicGoal
from priorities.series import targets_of_measure, targets_through_years
from programme import text
from programme.breadcrumbs import Step, step_to
from programme.generic import DetailView, visible_or_404
from programme.statuses import DISTRIBUTION_ORDER, STATUS_LABELS
from reporting import charts, rules
from reporting.dashboard import Dashboard, dashboard_of
from reporting.facts import Section
from reporting.forms import TargetFilterForm
from reporting.reading import Reading, read_period
from reporting.thread import thread_of
from workgroups import rules as group_rules
from workgroups.targets.drafting import year_to_plan


class PeriodView(DetailView):
    """A page that reads one period, chosen in its address."""

    sections: frozenset[Section] = frozenset({Section.LINKS})

    def read(self) -> Reading | None:
        """Return what the reader reads; a period that is not theirs to read does not exist."""
        code = self.request.GET.get("period") or None
        reading = read_period(self.request.user, self.programme, code, sections=self.sections)
        if reading is None and code:
            raise Http404(_("There is no such period, or it is not yours to see."))
        return reading

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        # Actions have no page for those who read only what was told: their words stand without a link.
        opens = bool(group_rules.reads_approved_work(self.request.user, self.programme))
        return super().get_context_data(opens_actions=opens, **kwargs)

    def step_to_programme(self) -> Step:
        return Step(_("Programme"), self.programme.get_absolute_url())


@method_decorator(login_not_required, name="dispatch")
class ThreadView(PeriodView):
    """The programme, whole: from its core message down to euros."""

    template_name = "reporting/thread.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        reading = self.read()
        return super().get_context_data(
            reading=reading,
            thread=thread_of(self.programme, reading.facts if reading else None),
            open_all=self.request.GET.get("open") == "all",
            **kwargs,
        )


@method_decorator(login_not_required, name="dispatch")
class PriorityDetail(PeriodView):
    """One priority: its part of the thread."""

    template_name = "reporting/priority.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        priority = visible_or_404(Priority.objects.all(), programme=self.programme, code=self.kwargs["code"])
        reading = self.read()
        thread = thread_of(self.programme, reading.facts if reading else None, only=priority.code)
        return super().get_context_data(
            priority=priority,
            breadcrumbs=[self.step_to_programme(), Step(priority.code)],
            reading=reading,
            thread=thread,
            node=thread.priorities[0],
            **kwargs,
        )


@method_decorator(login_not_required, name="dispatch")
class GoalDetail(PeriodView):
    """One goal of the strategy, and the targets that serve it."""

    template_name = "reporting/part.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        goals = StrategicGoal.objects.adopted().select_related("priority__programme", "strategy")
        goal = visible_or_404(goals, priority__programme=self.programme, code=self.kwargs["code"])
        return super().get_context_data(
            part=goal,
            breadcrumbs=self._way_to(goal),
            targets=self._targets("goals", goal.code),
            goes_before=goal.came_from.adopted().select_related("old_goal__priority__programme"),
            goes_on=goal.became.adopted().select_related("new_goal__priority__programme"),
            years=targets_through_years(goal),
            reading=self.reading,
            **kwargs,
        )

    def _way_to(self, part: StrategicGoal | Measure, *parents: Measure) -> list[Step]:
        return [
            self.step_to_programme(),
            step_to(part.priority, number=str(part.priority.number)),
            *(Step(parent.code, parent.get_absolute_url()) for parent in parents),
            Step(part.code),
        ]

    def _targets(self, link: str, code: str) -> list[Any]:
        self.reading = self.read()
        targets = self.reading.facts["targets"] if self.reading else []
        return [target for target in targets if code in target[link]]  # type: ignore[literal-required]


class MeasureDetail(GoalDetail):
    """One measure, and the targets that serve it."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        measures = Measure.objects.select_related("priority__programme", "parent")
        measure = visible_or_404(measures, priority__programme=self.programme, code=self.kwargs["code"])
        targets = self._targets("measures", measure.code)
        parents = [measure.parent] if measure.parent else []
        return PeriodView.get_context_data(
            self,
            part=measure,
            breadcrumbs=self._way_to(measure, *parents),
            targets=targets,
            years=targets_of_measure(measure),
            indicators=list(measure.indicators.select_related("programme")),
            reading=self.reading,
            **kwargs,
        )


@method_decorator(login_not_required, name="dispatch")
class DashboardView(PeriodView):
    """The situation of a period: every number leads to the rows behind it."""

    template_name = "reporting/dashboard.html"
    sections = frozenset({Section.FINANCE, Section.GROUPS})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        reading = self.read()
        if reading is None:
            return super().get_context_data(reading=None, **kwargs)
        dashboard = dashboard_of(reading.facts)
        return super().get_context_data(
            reading=reading,
            dashboard=dashboard,
            status_chart=self._status_chart(reading, dashboard),
            finance_chart=self._finance_chart(reading, dashboard),
            statuses=self._columns(dashboard),
            opens_centres=bool(rules.reads_live_figures(self.request.user, self.programme)),
            may_compose=rules.may_compose_reports(self.request.user, self.programme),
            **kwargs,
        )

    def _columns(self, dashboard: Dashboard) -> list[tuple[str, Any]]:
        """The statuses that occur, in their order: the columns of the chart's table."""
        found = {code for row in dashboard.distribution for code in row.counts}
        return [(str(code), STATUS_LABELS[str(code)]) for code in DISTRIBUTION_ORDER if code in found]

    def _status_chart(self, reading: Reading, dashboard: Dashboard) -> charts.Chart:
        rows = [
            (f"{row.number} {text.words_of(row.name)[0]}".strip(), row.counts)
            for row in dashboard.distribution
        ]
        codes = {label: row.code for (label, _counts), row in zip(rows, dashboard.distribution, strict=True)}
        return charts.status_distribution(
            rows,
            title=_("Status of the annual targets"),
            uid="status",
            href_for=lambda label, status: target_list_address(
                self.programme.slug, reading, priority=codes[label], status=status
            ),
        )

    def _finance_chart(self, reading: Reading, dashboard: Dashboard) -> charts.Chart:
        rows = dashboard.finance or [dashboard.finance_total]
        return charts.finance_bullets(rows, title=_("Use of the amended budget"), uid="finance")


def target_list_address(programme: str, reading: Reading, **chosen: str) -> str:
    """Return the address of the targets behind a number; "" as a priority means those of none."""
    query = {"period": reading.period.code} | chosen
    if query.get("priority") == "":
        query["priority"] = TargetFilterForm.WITHOUT_PRIORITY
    return f"{reverse('reporting:target-list', args=[programme])}?{urlencode(query)}"


@method_decorator(login_not_required, name="dispatch")
class TargetList(PeriodView):
    """The annual targets of a period, filtered: the rows behind the dashboard's numbers."""

    template_name = "reporting/target_list.html"
    sections = frozenset()

    def _step_to_dashboard(self, reading: Reading | None) -> Step:
        dashboard = reverse("reporting:dashboard", args=[self.programme.slug])
        period = f"?{urlencode({'period': reading.period.code})}" if reading else ""
        return Step(_("Dashboard"), dashboard + period)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        reading = self.read()
        form = TargetFilterForm(self.request.GET or None, reading=reading)
        kwargs["breadcrumbs"] = [self._step_to_dashboard(reading), Step(_("Annual targets"))]
        targets = form.filtered(reading.facts["targets"]) if reading else []
        plans = group_rules.reads_approved_work(self.request.user, self.programme)
        return super().get_context_data(
            reading=reading,
            form=form,
            targets=targets,
            year_to_plan=year_to_plan(self.programme) if plans else None,
            **kwargs,
        )
