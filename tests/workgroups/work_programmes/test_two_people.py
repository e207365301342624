"""Two people at the rows of one plan at once, whatever they do: no accepted text is lost, no row, no code."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import QueryDict
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from tests.factories import make_plan
from tests.personas import person
from workgroups.models import Action, WorkProgramme
from workgroups.work_programmes import cells, drafting

pytestmark = pytest.mark.django_db

WRITERS = ("coordinator-mr", "office")
WORDS = ("text", "output", "participants", "milestones")
MOST_ROWS = 5
# What is typed into a cell, and the text that it then has; what cannot be read stays as it was typed.
KINDS = {
    "planned_euros": {"0": "0.00", "12": "12.00", "12,50": "12.50", "paljon": "paljon", "": ""},
    "start_month": {"1": "1", "9": "9", "huhti": "huhti", "13": "13", "": ""},
    "end_month": {"4": "4", "12": "12", "syys": "syys", "": ""},
    "responsible": {"ROLE-KO-MR": "ROLE-KO-MR", "ROLE-X": "ROLE-X", "": ""},
    "carries_out": {"NET-A1": "NET-A1", "NET-X": "NET-X", "": ""},
    "networks": {
        "NET-A1": "NET-A1",
        "NET-A2 NET-A1": "NET-A1 NET-A2",
        "NET-X NET-A1": "NET-A1 NET-X",
        "": "",
    },
}
TYPED = (*WORDS, *KINDS)

place = st.integers(0, MOST_ROWS - 1)
writer = st.sampled_from(WRITERS)
cell = st.one_of(
    st.tuples(st.sampled_from(WORDS), st.text("abc", min_size=1, max_size=3)),
    *(st.tuples(st.just(name), st.sampled_from(sorted(kinds))) for name, kinds in KINDS.items()),
)
written = st.lists(cell, min_size=1, max_size=4, unique_by=lambda one: one[0]).map(dict)
typing = st.tuples(st.just("type"), writer, place, written)
acts = st.one_of(
    typing,
    typing,
    st.tuples(st.just("look"), writer),
    st.tuples(st.just("add"), writer),
    st.tuples(st.sampled_from(("remove", "restore")), writer, place),
    st.tuples(st.sampled_from(("up", "down")), writer, place),
)


def form_of(typed: dict[str, str]) -> QueryDict:
    form = QueryDict(mutable=True)
    for name, sent in typed.items():
        form.setlist(name, sent.split() if name in cells.SEVERAL else [sent])
    return form


def text_of(name: str, sent: str) -> str:
    return KINDS[name][sent] if name in KINDS else sent


@dataclass
class Season:
    """A plan that two people draw up, and what must be true of it by what each was told."""

    plan: WorkProgramme
    standing: dict[str, dict[str, str]] = field(default_factory=dict)  # by code, removed rows too
    removed: set[str] = field(default_factory=set)
    seen: dict[str, dict[str, dict[str, str]]] = field(default_factory=dict)  # by writer and code
    people: dict[str, Any] = field(default_factory=lambda: {name: person(name) for name in WRITERS})

    def begin(self) -> None:
        self.standing = {row.code: self._texts(row) for row in self.plan.actions.all()}
        for name in WRITERS:
            self.look(name)

    def look(self, who: str) -> None:
        """Open the page again: from now on this person builds on what stands."""
        self.seen[who] = {code: dict(texts) for code, texts in self.standing.items()}

    def type(self, who: str, where: int, typed: dict[str, str]) -> None:
        """Type into several cells of a row, built on what this person last saw of it."""
        code = self._pick(self.seen[who], where)
        base = {name: self.seen[who][code][name] for name in typed}
        form = form_of(typed)
        if code in self.removed:
            with pytest.raises(ValidationError, match="poistanut"):
                drafting.save_cells(self._row(code), actor=self.people[who], form=form, base=base)
            event("typed into a removed row")
            return
        saved = drafting.save_cells(self._row(code), actor=self.people[who], form=form, base=base)
        for name, sent in typed.items():
            text, stands = text_of(name, sent), self.standing[code][name]
            if name in saved.conflicts:
                # The writer is shown both texts, and what was accepted before stays.
                assert saved.conflicts[name] == (text, stands)
                assert stands not in (base[name], text)
                event("a conflict")
            elif text != base[name]:
                # A text gives way to one whose writer had seen it, or who wrote the same.
                assert stands in (base[name], text)
                self.standing[code][name] = text
            self.seen[who][code][name] = self.standing[code][name]

    def add(self, who: str) -> None:
        if len(self.standing) == MOST_ROWS:
            return
        row = drafting.add_action(self.plan, actor=self.people[who])
        assert row.code not in self.standing
        self.standing[row.code] = self._texts(row)
        self.seen[who][row.code] = dict(self.standing[row.code])

    def remove(self, who: str, where: int) -> None:
        """Remove a row: one that the other has rewritten since is shown first, and stays."""
        code = self._pick(self.seen[who], where)
        if code in self.removed:
            return
        seen, standing = self.seen[who][code], self.standing[code]
        changed = drafting.remove_action(self._row(code), actor=self.people[who], base=seen)
        assert changed == {
            name: (seen[name], standing[name]) for name in TYPED if seen[name] != standing[name]
        }
        if changed:
            self.seen[who][code] = dict(standing)
            event("a removal was challenged")
        else:
            self.removed.add(code)

    def restore(self, who: str, where: int) -> None:
        if self.removed:
            code = self._pick(self.removed, where)
            drafting.restore_action(self._row(code))
            self.removed.discard(code)
            event("a row was brought back")

    def move(self, who: str, where: int, *, up: bool) -> None:
        before = self._order()
        if not before:
            return
        code = self._pick(before, where)
        drafting.move_action(self._row(code), up=up)
        step = -1 if up else 1
        goal = before.index(code) + step
        after = self._order()
        assert after.index(code) == (goal if 0 <= goal < len(before) else before.index(code))
        assert [other for other in after if other != code] == [other for other in before if other != code]

    def must_hold(self) -> None:
        """Every accepted text stands, in its own row and cell; rows neither vanish nor double."""
        rows = [*drafting.rows_of(self.plan), *drafting.removed_rows_of(self.plan)]
        assert {row.code: self._texts(row) for row in rows} == self.standing
        assert {row.code for row in rows if row.removed_at is not None} == self.removed
        assert sorted(self._order()) == sorted(set(self.standing) - self.removed)

    def _order(self) -> list[str]:
        return list(self.plan.actions.order_by("order", "code").values_list("code", flat=True))

    def _row(self, code: str) -> Action:
        rows = Action.with_removed.select_related("work_programme__group__programme")
        return rows.get(work_programme=self.plan, code=code)

    @staticmethod
    def _texts(row: Action) -> dict[str, str]:
        return {name: cells.standing_of(row)[name] for name in TYPED}

    @staticmethod
    def _pick(codes: Any, where: int) -> str:
        ordered = sorted(codes)
        return ordered[where % len(ordered)]


@given(st.lists(acts, min_size=4, max_size=16))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_accepted_text_is_lost_whatever_two_people_do_to_the_rows(done):
    with transaction.atomic():
        season = Season(make_plan(rows=2))
        season.begin()
        for act, who, *rest in done:
            if act in ("up", "down"):
                season.move(who, *rest, up=act == "up")
            else:
                getattr(season, act)(who, *rest)
            season.must_hold()
        transaction.set_rollback(True)
