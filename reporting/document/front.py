"""The first page: what the document is, and how things go, before anything else."""

from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programme import text
from programme.statuses import NOT_UPDATED, Status
from reporting.document.lines import total
from reporting.document.words import Passage, in_words, plain
from reporting.fact_types import Facts, Particulars

YEAR_END = "TP"


class KeyFigure(NamedTuple):
    value: str
    label: str


class Particular(NamedTuple):
    label: str
    value: Passage


class Identity(NamedTuple):
    """What the running matter repeats on every page."""

    owner: str
    matter: str  # to whom, when, under which section
    document: str  # code, version, day
    state: str  # draft, sample, or nothing


def kind(facts: Facts) -> str:
    return _("Annual report") if facts["period"]["kind"] == YEAR_END else _("Interim report")


def is_frozen(particulars: Particulars | None) -> bool:
    """Only what was frozen has a moment at which it was; all else is a draft."""
    return bool(particulars and particulars.get("frozen_at"))


def identity(facts: Facts, particulars: Particulars | None) -> Identity:
    told: dict[str, Any] = dict(particulars or {})
    name = [told.get("code") or facts["period"]["code"]]
    if is_frozen(particulars):
        name += [_("version %(number)s") % {"number": told["version"]}, text.day(told["frozen_at"])]
    return Identity(
        plain(facts["programme"]["owner"]),
        _matter(told),
        " · ".join(name),
        " · ".join(watermarks(facts, particulars)),
    )


def watermarks(facts: Facts, particulars: Particulars | None) -> list[str]:
    """Return the words that lie under every page, the most important first."""
    marks = [] if is_frozen(particulars) else [_("DRAFT")]
    sample = facts["programme"]["sample"]
    return [*marks, plain(sample["watermark"])] if sample else marks


def particulars_of(facts: Facts, particulars: Particulars | None) -> list[Particular]:
    """Return the particulars that are known, under their labels."""
    told: dict[str, Any] = dict(particulars or {})
    rows = [
        Particular(_("Body") if told.get("body") else _("Audience"), Passage(_matter(told), "")),
        Particular(_("Presenting official"), in_words(told.get("presenter"))),
        Particular(_("Prepared by"), in_words(told.get("preparer"))),
        Particular(_("Document"), Passage(_document(told), "")),
    ]
    return [row for row in rows if row.value]


def _matter(told: dict[str, Any]) -> str:
    """Return the body, the day and the section in the order in which minutes are cited."""
    name = plain(told.get("body") or told.get("audience"))
    held_on = text.day(told["meeting_on"]) if told.get("meeting_on") else ""
    section = text.section(told["section"]) if told.get("section") else ""
    return ", ".join(part for part in (" ".join(filter(None, (name, held_on))), section) if part)


def _document(told: dict[str, Any]) -> str:
    if not told.get("frozen_at"):
        return ", ".join(filter(None, (told.get("code"), _("draft, not frozen"))))
    return _("%(code)s, version %(version)s, frozen %(moment)s") % {
        "code": told["code"],
        "version": told["version"],
        "moment": text.weekday_and_time(told["frozen_at"]),
    }


def key_figures(facts: Facts) -> list[KeyFigure]:
    """Return the four figures of the first page: on course, off course, spent, forecast."""
    targets, money = facts["targets"], facts["finance"]["total"]
    if facts["period"]["kind"] == YEAR_END:
        good, bad = [Status.ACHIEVED], [Status.PARTLY_ACHIEVED, Status.NOT_ACHIEVED]
        good_label, bad_label = _("annual targets achieved"), _("achieved partly or not at all")
    else:
        good, bad = [Status.ACHIEVED, Status.ON_TRACK], [Status.DELAYED, Status.WILL_NOT_BE_ACHIEVED]
        good_label, bad_label = _("annual targets on track or achieved"), _("delayed or will not be achieved")
    silent = total(targets, [NOT_UPDATED])
    if silent:
        bad_label += "; " + ngettext("%(count)s not updated", "%(count)s not updated", silent) % {
            "count": silent
        }
    return [
        KeyFigure(
            f"{total(targets, good)}{text.NO_BREAK_SPACE}/{text.NO_BREAK_SPACE}{len(targets)}", good_label
        ),
        KeyFigure(str(total(targets, bad)), bad_label),
        KeyFigure(
            text.percent(money["actual_percent"]),
            _("of the amended budget used; expected use %(percent)s")
            % {"percent": text.percent(money["expected_percent"])},
        ),
        KeyFigure(text.euros(money["deviation"], sign=True), _forecast_label(money["deviation"])),
    ]


def _forecast_label(deviation: str | None) -> str:
    if deviation is None:
        return _("no forecast of the whole")
    if deviation.startswith("-"):
        return _("forecast exceeds the amended budget")
    return (
        _("forecast falls short of the amended budget")
        if float(deviation)
        else _("forecast equals the budget")
    )
