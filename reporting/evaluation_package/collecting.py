"""What the package tells of: every period up to the last one, as the pages read them for the same reader."""

from dataclasses import dataclass

from programme import clock
from programme.models import Programme, ReportingPeriod, User
from reporting.fact_types import Facts
from reporting.reading import Reading, read_period
from workgroups.evaluations.results import Results, results_of
from workgroups.models import Evaluation


@dataclass
class Material:
    """The readings of the periods, the earliest first, and the rounds of evaluation that have closed."""

    programme: Programme
    last: ReportingPeriod
    reader: User
    readings: list[Reading]
    results: list[Results]

    @property
    def years(self) -> list[int]:
        return sorted({reading.period.year for reading in self.readings})

    def of_year(self, year: int) -> list[Reading]:
        return [reading for reading in self.readings if reading.period.year == year]

    @property
    def latest(self) -> Facts:
        return self.readings[-1].facts


def material_of(last: ReportingPeriod, *, reader: User) -> Material:
    """Collect what is told up to a period, for a reader of live figures; some queries a period.

    Rounds of evaluation stand in it once they have closed, those of years after the period's left out.
    """
    programme = last.programme
    begun = ReportingPeriod.objects.filter(programme=programme, ends_on__lte=last.ends_on)
    readings = []
    for period in begun.begun_by(clock.now()).reverse():
        reading = read_period(reader, programme, period.code)
        assert reading is not None  # noqa: S101  whoever reads live figures reads every period that has begun
        readings.append(reading)
    rounds = Evaluation.objects.visible_to(reader, programme).closed().filter(year__lte=last.year)
    results = [results_of(row) for row in rounds.select_related("programme").order_by("opens_on", "code")]
    return Material(programme, last, reader, readings, results)
