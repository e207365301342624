"""The indicators: all of them in a table, and one with its series, what uses it and who said what."""

from dataclasses import replace
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _

from priorities.models import IndicatorValue, MeasuredTarget
from programme import rules as programme_rules
from programme import text
from programme.breadcrumbs import Step
from programme.generic import DetailView
from programme.models import Programme, ReportingPeriod, User
from reporting import rules
from reporting.history.series import changes_of_series
from reporting.indicator_forms import IndicatorFilterForm
from reporting.indicators import Breakdown, IndicatorReading, read_indicators
from reporting.series_charts import SeriesPoint, series_chart, sparkline
from workgroups import rules as group_rules
from workgroups.indicators import ties
from workgroups.indicators.forms import TieMeasureForm, TieTargetForm
from workgroups.indicators.history import history_of
from workgroups.indicators.pages import step_to_indicators
from workgroups.indicators.series import Cell, cells_of
from workgroups.indicators.visibility import values_visible_to
from workgroups.models import targets_visible_to


def _title(reading: IndicatorReading) -> str:
    return f"{text.words_of(reading.indicator, 'name')[0]}, {reading.indicator.unit}"


def may_keep_series(reader: User | AnonymousUser, programme: Programme) -> bool:
    return not programme.is_closed and reader.has_perm("workgroups.keep_indicators", programme)


def _drawn(reading: IndicatorReading) -> list[SeriesPoint]:
    return [
        SeriesPoint(
            text.day(point.period.ends_on),
            point.period.year,
            point.period.ends_on.month,
            point.value,
            point.aim,
        )
        for point in reading.points
    ]


@method_decorator(login_not_required, name="dispatch")
class IndicatorList(DetailView):
    """What is measured, and where we are."""

    template_name = "reporting/indicator_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        readings = read_indicators(self.request.user, self.programme)
        form = IndicatorFilterForm(self.request.GET or None, readings=readings)
        rows = [
            (
                reading,
                sparkline(_drawn(reading), title=_title(reading), uid=f"spark-{reading.indicator.code}"),
            )
            for reading in form.filtered(readings)
        ]
        return super().get_context_data(
            breadcrumbs=[
                Step(_("Dashboard"), reverse("reporting:dashboard", args=[self.programme.slug])),
                step_to_indicators(self.programme)._replace(address=None),
            ],
            form=form,
            rows=rows,
            number=len(readings),
            open_periods=next((reading.open_periods for reading in readings if reading.open_periods), []),
            may_keep=may_keep_series(self.request.user, self.programme),
            reads_live=bool(rules.reads_live_figures(self.request.user, self.programme)),
            **kwargs,
        )


@method_decorator(login_not_required, name="dispatch")
class IndicatorDetail(DetailView):
    """One indicator: its series, municipalities, the targets that use it, its history."""

    template_name = "reporting/indicator.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        readings = read_indicators(self.request.user, self.programme, only=self.kwargs["code"])
        if not readings:
            raise Http404(_("There is no such page, or it is not yours to see."))
        [reading] = readings
        measured = self._measured(reading)
        values = self._values(reading)
        reads_live = bool(rules.reads_live_figures(self.request.user, self.programme))
        return super().get_context_data(
            breadcrumbs=[step_to_indicators(self.programme), Step(reading.indicator.code)],
            reading=reading,
            indicator=reading.indicator,
            group=reading.group,
            chart=series_chart(_drawn(reading), title=_title(reading), uid="series"),
            points=reading.points[::-1],
            breakdown=Breakdown(reading, self._of_municipalities(reading, values) if reads_live else []),
            waiting=self._waiting(values),
            measured=measured,
            entries=self._entries(reading, measured),
            history=self._history(reading) if reads_live else [],
            changes=changes_of_series(reading.indicator, self.request.user) if reads_live else [],
            reads_live=reads_live,
            measures=list(reading.indicator.measures.select_related("priority__programme")),
            returned=self._returned(values),
            **self._ties(reading),
            **kwargs,
        )

    def _ties(self, reading: IndicatorReading) -> dict[str, Any]:
        """Return the forms by which the office ties the series to what it tells of."""
        if not may_keep_series(self.request.user, self.programme):
            return {"may_keep": False}
        return {
            "may_keep": True,
            "target_form": TieTargetForm(targets=ties.targets_to_tie(reading.indicator)),
            "measure_form": TieMeasureForm(measures=ties.measures_to_tie(reading.indicator)),
        }

    def _measured(self, reading: IndicatorReading) -> list[MeasuredTarget]:
        """Return the targets that tell the series; of those not decided yet, what the reader may see."""
        visible = targets_visible_to(self.request.user, self.programme)
        rows = MeasuredTarget.objects.filter(indicator=reading.indicator, target__in=visible).order_by(
            "-year"
        )
        return list(rows.select_related("target__programme"))

    def _values(self, reading: IndicatorReading) -> list[IndicatorValue]:
        """Return the live values that the reader may see: those of municipalities, and what waits."""
        rows = values_visible_to(self.request.user, self.programme).filter(indicator=reading.indicator)
        people = ("entered_by", "entered_for", "accepted_by", "accepted_for")
        values = list(rows.select_related("period", "municipality", *people))
        for value in values:
            value.indicator = reading.indicator
        return values

    def _of_municipalities(
        self, reading: IndicatorReading, visible: list[IndicatorValue]
    ) -> list[tuple[IndicatorValue, Cell]]:
        """Return the values of municipalities; what waits or was returned only where the reader sees it."""
        rows = list(
            IndicatorValue.objects.filter(
                indicator=reading.indicator, municipality__isnull=False
            ).select_related("period", "municipality", "entered_by", "accepted_by")
        )
        cells, seen = cells_of(rows), {value.pk for value in visible}
        shown = [
            (row, cells[row.pk] if row.pk in seen else replace(cells[row.pk], waiting=None, returned=None))
            for row in rows
        ]
        return [(row, cell) for row, cell in shown if cell != Cell()]

    def _waiting(self, values: list[IndicatorValue]) -> list[tuple[IndicatorValue, bool]]:
        """Return what waits for acceptance, and whether the reader is the one to accept it."""
        return [
            (value, self.request.user.has_perm("workgroups.accept_indicator_value", value))
            for value in values
            if value.waits
        ]

    def _returned(self, values: list[IndicatorValue]) -> list[IndicatorValue]:
        """Return what its writers are to mend, for those who see unfinished work."""
        return [value for value in values if value.is_returned]

    def _entries(
        self, reading: IndicatorReading, measured: list[MeasuredTarget]
    ) -> list[tuple[ReportingPeriod, MeasuredTarget | None]]:
        """Return the open periods for those who enter, with the target whose follow-up tells the value."""
        of_year = {row.year: row for row in measured if row.target.is_decided}
        periods = reading.open_periods if reading.may_enter else []
        return [(period, of_year.get(period.year)) for period in periods]

    def _history(self, reading: IndicatorReading) -> list[Any]:
        own = group_rules.groups_of(self.request.user, self.programme)
        in_group = reading.group is not None and reading.group.pk in own
        sees_waiting = in_group or bool(
            programme_rules.reads_unfinished_work(self.request.user, self.programme)
        )
        return history_of(reading.indicator, with_waiting=sees_waiting)
