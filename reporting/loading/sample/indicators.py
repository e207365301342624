"""Indicators, the values that decided years aim at, and the values that groups have told."""

from priorities.models import Direction, Indicator, IndicatorTarget, IndicatorValue, MeasuredTarget
from programme.models import Origin
from reporting.loading.reader import Record
from reporting.loading.rows import create_all
from reporting.loading.sample.context import Sample
from workgroups.models import IndicatorOwnership

DIRECTIONS = {"up": Direction.UP, "down": Direction.DOWN}


def load_indicators(sample: Sample) -> None:
    records = sample.file["indicators"]
    rows = [
        (
            Indicator(
                programme=sample.programme,
                code=record["id"],
                order=order,
                name_fi=record["fi"],
                unit=record["unit"],
                direction=DIRECTIONS[record["direction"]],
                source=record["source_fi"],
                baseline=record["baseline"],
            ),
            record,
        )
        for order, record in enumerate(records, start=1)
    ]
    create_all(Indicator, rows)
    create_all(
        IndicatorOwnership,
        [
            (IndicatorOwnership(indicator=indicator, group=sample.groups.of(record, "owner")), record)
            for indicator, record in rows
        ],
    )
    aims = [one for indicator, record in rows for one in _aims(indicator, record, sample)]
    values = [one for indicator, record in rows for one in _values(indicator, record, sample)]
    create_all(IndicatorTarget, aims)
    create_all(IndicatorValue, values)
    _load_measured_targets({indicator.code: indicator for indicator, _record in rows}, sample)
    sample.tally.count("indicators", len(rows))
    sample.tally.count(
        "target values of indicators", len(aims), of=sum(len(record["targets"]) for record in records)
    )
    sample.tally.count(
        "values of indicators", len(values), of=sum(len(record["series"]) for record in records)
    )


def _aims(indicator: Indicator, record: Record, sample: Sample) -> list[tuple[IndicatorTarget, Record]]:
    years = {str(year): year for year in sample.known_years}
    return [
        (IndicatorTarget(indicator=indicator, year=years[year], value=value), record)
        for year, value in record["targets"].items()
        if year in years
    ]


def _values(indicator: Indicator, record: Record, sample: Sample) -> list[tuple[IndicatorValue, Record]]:
    """Return the values that are known; one that was not measured stays empty."""
    rounds = {round_.code: round_ for round_ in sample.rounds.values()}
    rows = []
    for point in record["series"]:
        if point["period"] not in rounds:
            raise point.error("period", f"there is no period “{point['period']}”")
        round_ = rounds[point["period"]]
        if round_.is_answered(record["owner"], sample.day):
            answered_at = round_.answered_at(record["owner"])
            value = IndicatorValue(
                indicator=indicator,
                period=sample.periods.of(point, "period"),
                value=point["value"],
                origin=Origin.IMPORTED,
                entered_at=answered_at,
                accepted_at=answered_at,
            )
            rows.append((value, point))
    return rows


def _load_measured_targets(indicators: dict[str, Indicator], sample: Sample) -> None:
    """Tie the targets of known years to their series; the file itself does not say which they are."""
    additions = sample.additions["series_of_targets"]["targets"]
    rows = []
    for code, of in additions.items():
        target = sample.targets.find(code)
        if target is not None:
            if of not in indicators:
                raise additions.error(code, f"there is no indicator “{of}”")
            measured = MeasuredTarget(target=target, indicator=indicators[of], year=target.year)
            rows.append((measured, additions))
    create_all(MeasuredTarget, rows)
