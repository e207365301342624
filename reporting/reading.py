"""What a reader reads of a period: live figures, or the figures that were told to them.

Officials and groups read the open round live, and a closed period from its frozen dataset. Elected members
and municipal contacts read the dataset presented to their body, the public what is published: nothing live.
"""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser

from programme import clock
from programme.models import Audience, Programme, ReportingPeriod, User
from reporting import rules
from reporting.depths import at_depth
from reporting.fact_types import Facts
from reporting.facts import WHOLE, Section, collect_facts
from reporting.finality import final_datasets, overtaken_datasets
from reporting.models import Dataset, Report

# Of several reports of one period that a reader may see, the one that tells most is read.
MOST_TELLING_FIRST = [
    Audience.Depth.BOARD,
    Audience.Depth.EXECUTIVE,
    Audience.Depth.ASSEMBLY,
    Audience.Depth.PUBLIC,
]


@dataclass
class Reading:
    """One period as one reader may read it."""

    period: ReportingPeriod
    facts: Facts
    periods: list[ReportingPeriod]  # those the reader may choose from, the latest first
    dataset: Dataset | None  # whose figures these are; None: they are live
    told_by: Report | None  # the report that told them, for readers who read what was told
    overtaken: Report | None = None  # has the figures of a closed period as frozen before its ledger changed

    @property
    def is_live(self) -> bool:
        return self.dataset is None


def read_period(
    user: User | AnonymousUser,
    programme: Programme,
    period_code: str | None = None,
    *,
    sections: frozenset[Section] = WHOLE,
) -> Reading | None:
    """Return what a person reads of a period, by default of the latest; None where nothing is to be read.

    `sections` are what the page shows of live figures; told ones are whole at their depth.
    """
    if rules.reads_live_figures(user, programme):
        return _read_as_official(programme, period_code, sections)
    return _read_what_was_told(user, programme, period_code)


def _read_as_official(
    programme: Programme, period_code: str | None, sections: frozenset[Section]
) -> Reading | None:
    begun = ReportingPeriod.objects.filter(programme=programme).begun_by(clock.now())
    periods = list(begun)
    period = _chosen(periods, period_code)
    if period is None:
        return None
    period.programme = programme
    dataset = final_datasets([period]).first()
    if dataset is not None:
        return Reading(period, dataset.facts, periods, dataset, told_by=None)
    overtaken = None if period.is_open else _report_overtaken(period)
    return Reading(period, _collect(period, periods, sections), periods, None, None, overtaken)


def _report_overtaken(period: ReportingPeriod) -> Report | None:
    """Return the report that tells most of the figures that the ledger alone has overtaken; one query."""
    reports = Report.objects.frozen().filter(dataset__in=overtaken_datasets([period]))
    told = sorted(
        reports.select_related("programme", "dataset"),
        key=lambda report: MOST_TELLING_FIRST.index(report.depth),  # type: ignore[arg-type]
    )
    return told[0] if told else None


def _collect(period: ReportingPeriod, periods: list[ReportingPeriod], sections: frozenset[Section]) -> Facts:
    earlier = [other for other in periods if other.year == period.year and other.ends_on < period.ends_on]
    return collect_facts(period, previous=earlier[0] if earlier else None, sections=sections)


def _read_what_was_told(
    user: User | AnonymousUser, programme: Programme, period_code: str | None
) -> Reading | None:
    reports = list(
        Report.objects.visible_to(user, programme)
        .frozen()
        .select_related("period")
        .order_by("-period__ends_on", "-version")
    )
    reports.sort(
        key=lambda report: (-report.period.ends_on.toordinal(), MOST_TELLING_FIRST.index(report.depth))  # type: ignore[arg-type]
    )
    periods = list({report.period_id: report.period for report in reports}.values())
    period = _chosen(periods, period_code)
    if period is None:
        return None
    report = next(report for report in reports if report.period_id == period.pk)
    dataset = Dataset.objects.get(reports=report)
    facts = at_depth(dataset.facts, report.depth)
    return Reading(period, facts, periods, dataset, told_by=report)


def _chosen(periods: list[ReportingPeriod], code: str | None) -> ReportingPeriod | None:
    if code:
        return next((period for period in periods if period.code == code), None)
    return periods[0] if periods else None
