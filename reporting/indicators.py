"""The indicators as a reader may read them: a figure of a closed period is the one that was frozen of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import AnonymousUser

from priorities.models import Indicator, IndicatorValue
from programme import clock
from programme import rules as programme_rules
from programme.models import Programme, ReportingPeriod, User
from reporting import rules
from reporting.finality import final_datasets
from reporting.models import Dataset, Report
from reporting.reading import MOST_TELLING_FIRST
from workgroups import rules as group_rules
from workgroups.indicators.series import Cell, Entry, series_of
from workgroups.models import WorkingGroup

Reader = User | AnonymousUser
Told = dict[int, dict[str, Decimal | None]]  # by period, by code of the indicator


@dataclass
class Point:
    """One period of one series."""

    period: ReportingPeriod
    value: Decimal | None  # what is told
    aim: Decimal | None  # of the period's year
    entry: Entry | None = None  # who said so, where the reader may know
    waiting: Entry | None = None  # what waits for acceptance
    returned: Entry | None = None  # what its writer is to mend, where the reader may know
    is_frozen: bool = False

    @property
    def shows_what_waits(self) -> bool:
        """Whether something waits that the reader may see."""
        return self.waiting is not None and not self.waiting.is_hidden

    @property
    def is_said_to_be_unknown(self) -> bool:
        return self.value is None and self.entry is not None


@dataclass
class IndicatorReading:
    """One indicator as a reader reads it."""

    indicator: Indicator
    group: WorkingGroup | None
    points: list[Point]
    aims: dict[int, Decimal]
    may_enter: bool = False
    open_periods: list[ReportingPeriod] = field(default_factory=list)

    @property
    def latest(self) -> Point | None:
        """The latest period with a value."""
        return next((point for point in reversed(self.points) if point.value is not None), None)

    @property
    def aim(self) -> tuple[int, Decimal] | None:
        """The aim of the year that is told last, or of the last year that has one."""
        if not self.aims:
            return None
        year = self.points[-1].period.year if self.points else max(self.aims)
        year = year if year in self.aims else max(self.aims)
        return year, self.aims[year]

    @property
    def gaps(self) -> list[Point]:
        """The periods without a value: why is told beside each."""
        return [point for point in self.points if point.value is None]

    @property
    def lacks_now(self) -> bool:
        """Whether the latest period has no value, whatever the reason."""
        return bool(self.points) and self.points[-1].value is None


def read_indicators(
    reader: Reader, programme: Programme, *, only: str | None = None
) -> list[IndicatorReading]:
    """Return the indicators of a programme, or the one of a code: a fixed number of queries."""
    indicators = Indicator.objects.filter(programme=programme).prefetch_related("targets")
    if only is not None:
        indicators = indicators.filter(code=only)
    rows = list(
        indicators.select_related(
            "programme", "ownership__group__programme", "ownership__group__priority__programme"
        )
    )
    begun = list(ReportingPeriod.objects.filter(programme=programme).begun_by(clock.now()))
    begun.reverse()
    for period in begun:
        period.programme = programme
    if rules.reads_live_figures(reader, programme):
        return _read_as_official(reader, programme, rows, begun)
    told = _told_to(reader, programme)
    return [
        _reading(
            row,
            [
                Point(period, told[period.pk][row.code], _aims(row).get(period.year), is_frozen=True)
                for period in begun
                if row.code in told.get(period.pk, {})
            ],
        )
        for row in rows
    ]


def _read_as_official(
    reader: Reader, programme: Programme, rows: list[Indicator], begun: list[ReportingPeriod]
) -> list[IndicatorReading]:
    series = series_of(rows)
    frozen = _frozen(begun)
    sees_all = bool(programme_rules.reads_unfinished_work(reader, programme))
    own_groups = group_rules.groups_of(reader, programme)
    readings = []
    for row in rows:
        group = _group_of(row)
        sees_waiting = sees_all or (group is not None and group.pk in own_groups)
        points = [
            _point(row, period, series[row.pk].get(period.pk, Cell()), frozen.get(period.pk), sees_waiting)
            for period in begun
            if row.is_followed_in(period)
            or _is_told(row, series[row.pk].get(period.pk), frozen.get(period.pk))
        ]
        reading = _reading(row, points)
        reading.may_enter = group is not None and reader.has_perm("workgroups.enter_indicator_value", group)
        reading.open_periods = [period for period in begun if period.is_open and row.is_followed_in(period)]
        readings.append(reading)
    return readings


def _point(
    indicator: Indicator,
    period: ReportingPeriod,
    cell: Cell,
    frozen: Mapping[str, Decimal | None] | None,
    sees_waiting: bool,
) -> Point:
    waiting = cell.waiting if cell.waiting is None or sees_waiting else cell.waiting.hidden
    returned = cell.returned if sees_waiting else None
    aim = _aims(indicator).get(period.year)
    if frozen is not None and indicator.code in frozen:
        value = frozen[indicator.code]
        says_so = cell.told if cell.told is not None and cell.told.value == value else None
        return Point(period, value, aim, says_so, waiting, returned, is_frozen=True)
    return Point(period, cell.told.value if cell.told else None, aim, cell.told, waiting, returned)


def _is_told(indicator: Indicator, cell: Cell | None, frozen: Mapping[str, Decimal | None] | None) -> bool:
    """Whether a period in which the series is not followed has a value all the same."""
    return cell is not None or bool(frozen and frozen.get(indicator.code) is not None)


def _reading(indicator: Indicator, points: list[Point]) -> IndicatorReading:
    return IndicatorReading(indicator, _group_of(indicator), points, _aims(indicator))


def _aims(indicator: Indicator) -> dict[int, Decimal]:
    return {aim.year: aim.value for aim in indicator.targets.all()}


def _group_of(indicator: Indicator) -> WorkingGroup | None:
    ownership = getattr(indicator, "ownership", None)
    return ownership.group if ownership else None


def _frozen(periods: Iterable[ReportingPeriod]) -> Told:
    """Return what the datasets of closed rounds tell that still stand."""
    rows = final_datasets(periods).values_list("period_id", "facts__indicators")
    return {pk: _by_code(facts) for pk, facts in rows}


def _told_to(reader: Reader, programme: Programme) -> Told:
    """Return what was told to a reader: each period as its own report told it, else as a later one did."""
    reports = list(
        Report.objects.visible_to(reader, programme).frozen().select_related("period").order_by("version")
    )
    reports.sort(key=lambda report: (report.period.ends_on, -MOST_TELLING_FIRST.index(report.depth)))  # type: ignore[arg-type]
    facts_of: dict[int | None, Any] = dict(
        Dataset.objects.filter(pk__in={report.dataset_id for report in reports}).values_list(
            "pk", "facts__indicators"
        )
    )
    periods = dict(ReportingPeriod.objects.filter(programme=programme).values_list("code", "pk"))
    told: Told = {}
    for report in reports:
        for facts in facts_of[report.dataset_id]:
            for code, value in facts["series"]:
                if code in periods:
                    told.setdefault(periods[code], {})[facts["code"]] = _decimal(value)
    # A period's own report has the last word on it; of several, the most telling, in its newest version.
    for report in sorted(reports, key=lambda one: MOST_TELLING_FIRST.index(one.depth), reverse=True):  # type: ignore[arg-type]
        told.setdefault(report.period_id, {}).update(_by_code(facts_of[report.dataset_id]))
    return told


def _by_code(facts: Iterable[Mapping[str, Any]]) -> dict[str, Decimal | None]:
    return {one["code"]: _decimal(one["value"]) for one in facts}


def _decimal(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)


class Breakdown:
    """The values of municipalities, beside the region's own: shown as entered, never added up."""

    NEWEST = 4

    def __init__(self, reading: IndicatorReading, values: Iterable[tuple[IndicatorValue, Cell]]) -> None:
        by_place: dict[int, dict[int, Cell]] = {}
        self.places: dict[int, Any] = {}
        for value, cell in values:
            assert value.municipality is not None  # noqa: S101  asked for with one
            self.places[value.municipality.pk] = value.municipality
            by_place.setdefault(value.period_id, {})[value.municipality.pk] = cell
        self.points = [point for point in reading.points if point.period.pk in by_place][-self.NEWEST :]
        self.rows = [
            (place, [by_place[point.period.pk].get(pk) for point in self.points])
            for pk, place in sorted(self.places.items(), key=lambda row: row[1].number)
        ]
