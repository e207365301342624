"""Facts of indicators: the series up to the period, its value and the year's aim."""

from priorities.models import Indicator
from programme.models import ReportingPeriod
from reporting.fact_types import IndicatorFacts
from reporting.facts.values import decimal, words
from workgroups.models import IndicatorOwnership


def indicator_facts(period: ReportingPeriod, previous: ReportingPeriod | None) -> list[IndicatorFacts]:
    """Return every indicator of the programme: three queries."""
    indicators = (
        Indicator.objects.filter(programme=period.programme_id)
        .select_related("ownership__group")
        .prefetch_related("targets", "values__period")
    )
    facts: list[IndicatorFacts] = []
    for indicator in indicators:
        values = sorted(
            (
                value
                for value in indicator.values.all()
                if value.municipality_id is None and value.period.ends_on <= period.ends_on
            ),
            key=lambda value: value.period.ends_on,
        )
        by_period = {value.period.code: decimal(value.value) for value in values}
        ownership: IndicatorOwnership | None = getattr(indicator, "ownership", None)
        aims = {aim.year: aim.value for aim in indicator.targets.all()}
        facts.append(
            {
                "code": indicator.code,
                "group": ownership.group.code if ownership else None,
                "name": words(indicator, "name"),
                "unit": indicator.unit,
                "direction": indicator.direction,
                "source": indicator.source,
                "baseline": decimal(indicator.baseline),
                "value": by_period.get(period.code),
                "previous": by_period.get(previous.code) if previous else None,
                "target": decimal(aims.get(period.year)),
                "series": [[code, value] for code, value in by_period.items()],
            }
        )
    return facts
