"""Targets and actions as a report tells them: status now and before, what was said, what deviates."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _

from programme import text
from programme.statuses import DEVIATIONS, NOT_UPDATED, Status
from reporting.document.evidence import evidence_of
from reporting.document.words import Passage, in_words, status_words, told
from reporting.fact_types import ActionFacts, AmendedFacts, Facts, FollowUpFacts, LineFacts, TargetFacts

# How far along a status is. The two scales meet: what was delayed and is partly achieved at the year's end
# has not changed for better or worse.
PROGRESS = {
    Status.ACHIEVED: 5,
    Status.ON_TRACK: 4,
    Status.NOT_STARTED: 3,
    Status.DELAYED: 2,
    Status.PARTLY_ACHIEVED: 2,
    Status.WILL_NOT_BE_ACHIEVED: 1,
    Status.NOT_ACHIEVED: 1,
}
IMPROVED, DECLINED, UNCHANGED, UNKNOWN = "improved", "declined", "unchanged", "unknown"


class Mark(NamedTuple):
    """A status: its code for the picture, its word for everybody."""

    code: str
    label: str


class Change(NamedTuple):
    direction: str  # improved, declined, unchanged; "unknown" where one of the two is not known
    word: str
    label: str


class Deviation(NamedTuple):
    reason: Passage
    effect: Passage
    corrective_action: Passage
    new_due_on: str
    decision_needed: Passage


class Line(NamedTuple):
    """What targets and actions share. `anchor` is the code, on the line's first occurrence only."""

    code: str
    anchor: str
    name: Passage
    status: Mark
    previous: Mark | None
    change: Change | None
    situation: Passage
    waiting: bool
    is_late: bool  # submitted after the round's original closing
    responsible: Passage
    evidence: list[Passage]


class Target(NamedTuple):
    line: Line
    binding: bool
    indicator: Passage
    value: str
    target_value: str
    due_on: str
    deviation: Deviation | None
    amended: list[str]  # when and by which § it has been changed since it was decided


class Action(NamedTuple):
    line: Line
    carries_out: str
    months: str
    euros: str


class Lines:
    """Makes lines of facts, and remembers which codes have had their anchor."""

    def __init__(self, facts: Facts) -> None:
        self.labels = status_words(facts)
        self.anchored: set[str] = set()

    def target(self, facts: TargetFacts) -> Target:
        follow_up = facts["follow_up"]
        unit = f"{text.NO_BREAK_SPACE}{facts['unit']}" if facts["unit"] else ""
        return Target(
            self._line(facts, in_words(facts["name"])),
            facts["binding"],
            in_words(facts["indicator"]),
            text.number(follow_up["value"] if follow_up else None),
            text.number(facts["target_value"]) + (unit if facts["target_value"] is not None else ""),
            text.day(facts["due_on"]),
            _deviation(follow_up) if follow_up and facts["status"] in DEVIATIONS else None,
            [amended_words(amendment) for amendment in facts.get("amended", [])],
        )

    def action(self, facts: ActionFacts) -> Action:
        return Action(
            self._line(facts, told(facts["text"], facts["language"])),
            facts["carries_out"],
            _months(facts["start_month"], facts["end_month"]),
            text.number(facts["planned_euros"], 0),
        )

    def changed(self, targets: Iterable[TargetFacts], *, year_end: bool) -> list[Target]:
        """Return the targets that went up or down since the report before.

        At the year's end a target that was on track and is achieved has gone as everybody was told it would.
        """
        return [
            self.target(target)
            for target in targets
            if (change := _change(target, self.labels))
            and change.direction in (IMPROVED, DECLINED)
            and not (year_end and _went_as_told(target))
        ]

    def _line(self, facts: LineFacts, name: Passage) -> Line:
        code, follow_up, previous = facts["code"], facts["follow_up"], facts["previous"]
        anchor = "" if code in self.anchored else code
        self.anchored.add(code)
        return Line(
            code,
            anchor,
            name,
            self._mark(facts["status"]),
            self._mark(previous["status"]) if previous else None,
            _change(facts, self.labels),
            told(follow_up["text"], follow_up["language"]) if follow_up else Passage("", ""),
            facts["waiting"],
            follow_up.get("late", False) if follow_up else False,
            in_words(facts["responsible"]),
            evidence_of(follow_up),
        )

    def _mark(self, status: str) -> Mark:
        return Mark(status, self.labels[status])


def _change(facts: LineFacts, labels: Mapping[str, str]) -> Change | None:
    """Say how a line has moved since the report before. Silence then or now is no movement."""
    previous = facts["previous"]
    if previous is None:
        return None
    before, now = previous["status"], facts["status"]
    if NOT_UPDATED in (before, now):
        return Change(UNKNOWN, "", _("previously: %(status)s") % {"status": _lowered(labels[before])})
    difference = PROGRESS[Status(now)] - PROGRESS[Status(before)]
    if difference == 0:
        return Change(UNCHANGED, _("unchanged"), _("unchanged"))
    direction, word = (IMPROVED, _("improved")) if difference > 0 else (DECLINED, _("declined"))
    sentence = _("%(change)s, previously: %(status)s")
    return Change(direction, word, sentence % {"change": word, "status": _lowered(labels[before])})


def _went_as_told(facts: LineFacts) -> bool:
    previous = facts["previous"]
    return (
        previous is not None and previous["status"] == Status.ON_TRACK and facts["status"] == Status.ACHIEVED
    )


def _deviation(follow_up: FollowUpFacts) -> Deviation:
    language = follow_up["language"]
    return Deviation(
        told(follow_up["reason"], language),
        told(follow_up["effect"], language),
        told(follow_up["corrective_action"], language),
        text.day(follow_up["new_due_on"]),
        told(follow_up["decision_needed"], language),
    )


def amended_words(amendment: AmendedFacts) -> str:
    return _("amended %(day)s") % {"day": when_amended(amendment)}


def when_amended(amendment: AmendedFacts) -> str:
    """Return the day of an amendment, with its section where it has one."""
    day, section = text.day(amendment["decided_on"]), amendment["section"]
    return day if section is None else f"{day}, {text.section(section)}"


def _months(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}{text.EN_DASH}{last}"


def _lowered(label: str) -> str:
    return label[:1].lower() + label[1:]


def counts(lines: Iterable[LineFacts]) -> dict[str, int]:
    return dict(Counter(line["status"] for line in lines))


def total(lines: Sequence[LineFacts], statuses: Iterable[str]) -> int:
    wanted = set(statuses)
    return sum(line["status"] in wanted for line in lines)
