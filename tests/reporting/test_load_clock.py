"""The steps of the annual clock are data of each programme, loaded with its document."""

from collections import Counter

import pytest

from programme.models import DeadlineStep
from reporting.loading import clock
from reporting.loading.reader import FileError
from reporting.loading.tally import Tally
from tests.factories import ako, make_programme
from tests.reporting.test_load_programme import count_trail_rows

pytestmark = pytest.mark.django_db
STEP = "{id: A, kinds: [T1], lane: periods, who: secretary, before: board, fi: a, sv: b, en: c"


def test_every_kind_of_round_and_the_budget_season_have_their_steps():
    kinds = Counter(ako().deadline_steps.values_list("kind", flat=True))
    assert kinds == {"T1": 13, "T2": 13, "TP": 13, "TA": 7}
    assert not ako().deadline_steps.filter(name_sv="").exists()
    assert not ako().deadline_steps.filter(name_en="").exists()


def test_loading_again_writes_nothing():
    before = count_trail_rows()
    clock.store_clock(ako(), Tally())
    assert count_trail_rows() == before


def test_a_programme_without_an_audience_goes_without_its_steps():
    other, tally = make_programme(), Tally()
    clock.store_clock(other, tally)
    assert set(other.deadline_steps.values_list("code", flat=True)) == {"GROUP-TEXT", "GROUP-APPROVAL"}
    assert any("step SH-AGENDA of clock.yaml" in line for line in tally.lines())


@pytest.mark.parametrize(
    ("step", "reason"),
    [
        (f"{STEP}}}", "A needs either days or working_days"),
        (f"{STEP}, days: 1, working_days: 1}}", "A needs either days or working_days"),
        (f"{STEP}, days: 1, season: {{month: 1, day: 1}}}}", "a season is told of TA and nothing else"),
        (f"{STEP.replace('T1', 'TA')}, days: 1}}", "a season is told of TA and nothing else"),
    ],
)
def test_a_step_that_does_not_say_how_it_is_counted_is_told_with_its_line(
    step, reason, tmp_path, monkeypatch
):
    file = tmp_path / "clock.yaml"
    file.write_text(f"basis: koe\nsteps:\n- {step}\n")
    monkeypatch.setattr(clock, "CLOCK_FILE", file)
    before = DeadlineStep.objects.count()
    with pytest.raises(FileError, match=reason) as told:
        clock.store_clock(ako(), Tally())
    assert str(told.value).startswith("clock.yaml, line 3")
    assert DeadlineStep.objects.count() == before
