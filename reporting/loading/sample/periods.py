"""Reporting periods of the years whose budget is decided; the dates of later rounds are planned and known."""

from programme.models import ReportingPeriod
from reporting.loading.rows import Codes, create_all
from reporting.loading.sample.context import Sample


def load_periods(sample: Sample) -> None:
    rows = [
        (
            ReportingPeriod(
                programme=sample.programme,
                code=round_.code,
                year=round_.record["year"],
                kind=round_.kind,
                starts_on=round_.starts_on,
                ends_on=round_.ends_on,
                ledger_cut_off=round_.ends_on,
                opens_at=round_.opens_at,
                closes_at=round_.closes_at,
            ),
            round_.record,
        )
        for round_ in sample.rounds.values()
        if round_.record["year"] in sample.known_years
    ]
    sample.periods = Codes("period of a decided year", create_all(ReportingPeriod, rows))
    sample.tally.count("reporting periods", len(rows), of=len(sample.rounds))
