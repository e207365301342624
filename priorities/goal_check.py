"""The goal check: what would make an annual target measurable. It warns and never blocks.

Pure: it reads plain values and knows neither the database nor who asks. Each remark names the field that it
concerns and says how to mend it.
"""

import datetime
import re
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MOST_PER_PRIORITY = 7

# Verbs that never end, so that nobody can say whether they were done. A stem and an ending below make a word:
# edistetään, edistää, edistäminen. What is finished can be verified, whatever the verb: on vahvistettu.
UNVERIFIABLE_STEMS = (
    *("edist",),  # promote
    *("kehit", "kehittä"),  # develop
    *("jatket", "jatka", "jatku"),  # continue
    *("tuet", "tuke"),  # support
    *("vahvist",),  # strengthen
    *("koordino",),  # coordinate
    *("paranne", "paranta"),  # improve
    *("tehost",),  # make more effective
    *("lisät", "lisäämi"),  # increase
    *("hyödynn", "hyödyntä"),  # make use of
    *("pyrit", "pyrki"),  # strive
    *("osallistu",),  # take part
    *("seurat", "seuraa"),  # follow
    *("ylläpid", "ylläpitä"),  # keep up
    *("uudist",),  # renew
    *("aktivo",),  # activate
    *("huolehdi", "huolehti"),  # take care of
)
ENDLESS = re.compile(
    r"(?:[td]?aan|[td]?ään|[aeiou]a|[äeiöy]ä|ta|tä|uu|ii|aa|ää|vat|vät|nti|ntia|nnin"
    r"|minen|mis(?:ta|tä|en|een|eksi|essa|essä|ella|ellä))$"
)
FINISHED = re.compile(r"ttu|tty|nut$|nyt$|neet|neit|neid")
WORD = re.compile(r"\w+")
YEAR = re.compile(r"\b[12]\d{3}\b")


class Remark(NamedTuple):
    """One thing to mend: its code, the field of the form it stands at, what it is and what to do about it."""

    code: str
    field: str
    text: Promise
    hint: Promise


NO_INDICATOR = Remark(
    "no_indicator",
    "target_value",
    _("No measurable indicator"),
    _("Say what is counted, in which unit, and which value means that the target is reached."),
)
NO_BASELINE = Remark(
    "no_baseline",
    "baseline",
    _("No baseline"),
    _("Write where things stand now, 0 if nothing has been done: without it nobody sees the change."),
)
NO_OWNER = Remark("no_owner", "responsible", _("No owner"), _("Choose the post that answers for the target."))
NO_DUE_DATE = Remark(
    "no_due_date", "due_on", _("No due date"), _("Write the day by which it is done, 31.12. at the latest.")
)
DUE_LATER = Remark(
    "due_later",
    "due_on",
    _("Due after the target’s year"),
    _("Write a day of the target’s own year, 31.12. at the latest; what takes longer goes on next year."),
)
NO_EUROS = Remark(
    "no_euros",
    "own_euros",
    _("No euros and no “no cost”"),
    _("Write the euros that are asked for, or mark that the target costs nothing."),
)
UNVERIFIABLE = Remark(
    "unverifiable",
    "name_fi",
    _("The verb cannot be verified"),
    _("Say what is ready when the target is reached: “is adopted”, “is in use in 8 municipalities”."),
)
SAME_WORDING = Remark(
    "same_wording",
    "name_fi",
    _("The same wording as the year before"),
    _("Say what is new this year, or how much further it goes."),
)
PAST_GOALS = Remark(
    "past_goals",
    "goals",
    _("Serves only goals of an earlier strategy"),
    _("Choose a goal of the strategy in force: what became of the old one stands on its page."),
)
TOO_MANY = Remark(
    "too_many",
    "",
    _("Many targets in one priority"),
    _("Seven are enough to follow: join those that belong together, move the rest to the work programme."),
)


@dataclass(frozen=True)
class Goal:
    """What the check reads of a target; `wording` is its text in Finnish."""

    wording: str
    indicator: str
    unit: str
    baseline: Decimal | None
    target_value: Decimal | None
    has_owner: bool
    due_on: datetime.date | None
    year: int
    euros: Decimal | None
    no_cost: bool
    has_past_goals_only: bool = False


def check(goal: Goal, *, year_before: Collection[str] = ()) -> list[Remark]:
    """Return what to mend in a target; `year_before` are the wordings of its group's targets then."""
    found = [
        (UNVERIFIABLE, bool(unverifiable_words(goal.wording))),
        (SAME_WORDING, normalised(goal.wording) in {normalised(wording) for wording in year_before}),
        (NO_INDICATOR, not goal.indicator or not goal.unit or goal.target_value is None),
        (NO_BASELINE, goal.baseline is None),
        (NO_DUE_DATE, goal.due_on is None),
        (DUE_LATER, goal.due_on is not None and goal.due_on.year > goal.year),
        (NO_OWNER, not goal.has_owner),
        (NO_EUROS, goal.euros is None and not goal.no_cost),
        (PAST_GOALS, goal.has_past_goals_only),
    ]
    return [remark for remark, is_so in found if is_so]


def check_count(targets_of_priority: int) -> list[Remark]:
    """Return what to mend in a priority with so many targets in a year."""
    return [TOO_MANY] if targets_of_priority > MOST_PER_PRIORITY else []


def unverifiable_words(wording: str) -> list[str]:
    """Return the words of a Finnish text that promise what nobody can verify."""
    return [word for word in WORD.findall(wording) if _is_unverifiable(word.casefold())]


def _is_unverifiable(word: str) -> bool:
    begins = word.startswith(UNVERIFIABLE_STEMS)
    return begins and ENDLESS.search(word) is not None and FINISHED.search(word) is None


def normalised(wording: str) -> str:
    """Return a wording without its years, letter case, punctuation and spacing."""
    return " ".join(WORD.findall(YEAR.sub("", wording).casefold()))
