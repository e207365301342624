"""Two people type into the rows of one plan at the very same time, each through a connection of their own."""

import random
import threading
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import connection

from tests.factories import make_plan
from tests.personas import person
from tests.workgroups.work_programmes.test_two_people import WRITERS, form_of
from workgroups.models import Action, WorkProgramme
from workgroups.work_programmes import cells, drafting

EDITS, OF_EACH = 25, ("text", "output", "planned_euros", "start_month", "responsible")


@dataclass
class Writer:
    """A person at a screen of their own: types into the rows as they last saw them, always something new."""

    name: str
    plan: WorkProgramme
    chances: random.Random
    accepted: list[tuple[str, str, str, str]] = field(default_factory=list)  # row, cell, seen, written
    conflicts: int = 0
    failures: list[Exception] = field(default_factory=list)

    def work(self, begin: threading.Barrier) -> None:
        try:
            actor = person(self.name)
            seen = {row.code: cells.standing_of(row) for row in drafting.rows_of(self.plan)}
            begin.wait()
            for number in range(EDITS):
                self._type(number, actor, seen)
        except Exception as failure:
            self.failures.append(failure)
            begin.abort()
        finally:
            connection.close()

    def _type(self, number: int, actor: Any, seen: dict[str, dict[str, str]]) -> None:
        code = self.chances.choice(sorted(seen))
        typed = {name: self._new(name, number) for name in self.chances.sample(OF_EACH, 2)}
        rows = Action.objects.select_related("work_programme__group__programme")
        row = rows.get(work_programme=self.plan, code=code)
        base = {name: seen[code][name] for name in typed}
        saved = drafting.save_cells(row, actor=actor, form=form_of(typed), base=base)
        now = cells.standing_of(saved.action)
        for name in typed:
            if name in saved.conflicts:
                self.conflicts += 1
            else:
                self.accepted.append((code, name, base[name], now[name]))
        seen[code] = now

    def _new(self, name: str, number: int) -> str:
        """Return what nobody else types: a sum that can be read now and then, else words."""
        if name == "planned_euros" and self.chances.random() < 0.5:
            return f"{1 + number}{WRITERS.index(self.name)},50"
        return f"{self.name} {number}"


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_no_accepted_text_is_lost_when_two_write_at_the_very_same_time(committed_database, seed):
    """Each accepted text follows the one that its writer saw: in each cell one line, without a fork."""
    plan = make_plan(rows=2)
    begun = {row.code: cells.standing_of(row) for row in drafting.rows_of(plan)}
    writers = [
        Writer(name, plan, random.Random(f"{name} {seed}"))  # noqa: S311  chances, not secrets
        for name in WRITERS
    ]
    begin = threading.Barrier(len(writers))
    threads = [threading.Thread(target=writer.work, args=(begin,)) for writer in writers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [failure for writer in writers for failure in writer.failures] == []
    accepted = [one for writer in writers for one in writer.accepted]
    assert len(accepted) + sum(writer.conflicts for writer in writers) == 2 * 2 * EDITS
    stands = {row.code: cells.standing_of(row) for row in drafting.rows_of(plan)}
    for code, texts in begun.items():
        for name in OF_EACH:
            followed = [(seen, text) for row, cell, seen, text in accepted if (row, cell) == (code, name)]
            next_of = dict(followed)
            assert len(next_of) == len(followed)
            line = [texts[name]]
            while line[-1] in next_of:
                line.append(next_of[line[-1]])
            assert len(line) == len(followed) + 1
            assert line[-1] == stands[code][name]
