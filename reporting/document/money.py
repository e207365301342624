"""The finance section: columns as they were frozen, in the document's language, never computed anew."""

from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from programme import text
from reporting import charts
from reporting.document.numbering import Numbering
from reporting.document.words import Passage, in_words, told
from reporting.fact_types import Facts, FinanceRow
from reporting.money.follow_up import days_of, earlier_days_of, earlier_of

# Officials write explanations in the authority's own language; the facts do not tell another.
LANGUAGE_OF_EXPLANATIONS = "fi"


class MoneyRow(NamedTuple):
    number: str
    name: Passage
    original: str
    amendments: str
    amended: str
    actual: str
    actual_percent: str
    forecast: str
    deviation: str
    deviation_percent: str
    must_explain: bool
    explanation: Passage
    corrective_action: Passage
    who_decides: Passage


class ComparedRow(NamedTuple):
    """A cost centre's actual beside what was expected of it, and beside the same day of earlier years."""

    number: str
    name: Passage
    actual: str
    actual_percent: str
    expected_percent: str
    earlier: list[str]


class Funding(NamedTuple):
    name: Passage
    amended: str
    used: str
    used_percent: str


def finance(facts: Facts, numbering: Numbering) -> dict[str, Any]:
    """Return what the finance section shows: table, bullets, explanations, funding."""
    money = facts["finance"]
    until = days_of(facts)
    rows = [_row(row) for row in money["rows"]]
    # What must be explained comes first, so that silence is seen; then what was explained unasked.
    explained = sorted(
        (row for row in rows if row.must_explain or row.explanation), key=lambda row: not row.must_explain
    )
    section: dict[str, Any] = {
        "rows": rows,
        "total": _row(money["total"]),
        "table": numbering.table(
            _("Budget use %(period)s, euros (expected use %(percent)s)")
            % {"period": until, "percent": text.percent(money["total"]["expected_percent"])}
        ),
        "figure": None,
        "explained": explained,
        "explanations": None,
        "funding": [
            Funding(
                in_words(row["name"]),
                text.number(row["amended"], 0),
                text.number(row["used"], 0),
                text.number(row["used_percent"], 1),
            )
            for row in money["funding"]
        ],
        "funding_table": None,
        "settlement": _settlement(facts),
        "compared": None,
    }
    if rows and any(any(earlier_of(row)) for row in money["rows"]):
        section["compared"] = {
            "table": numbering.table(_("Actuals compared %(period)s, euros") % {"period": until}),
            "days": [text.day(day) for day in earlier_days_of(facts)],
            "rows": [_compared(row) for row in money["rows"]],
            "total": _compared(money["total"]),
        }
    if rows:
        figure = numbering.figure(_("Actuals, amended budget and forecast %(period)s") % {"period": until})
        section["figure"] = figure
        section["chart"] = charts.finance_bullets(money["rows"], title=figure.title, uid="figure-finance")
        section["expected"] = text.percent(money["total"]["expected_percent"])
    if explained:
        section["explanations"] = numbering.table(
            _("Explanations of deviations (asked for from %(euros)s or %(percent)s)")
            % {
                "euros": text.euros(facts["rules"]["deviation_euros"]),
                "percent": text.percent(facts["rules"]["deviation_percent"], 0),
            }
        )
        section["tells_actions"] = any(row.corrective_action for row in explained)
        section["tells_deciders"] = any(row.who_decides for row in explained)
    if money["funding"]:
        section["funding_table"] = numbering.table(_("Funding, euros"))
        section["funding_is_told"] = any(row["used"] is not None for row in money["funding"])
    return section


def _row(row: FinanceRow) -> MoneyRow:
    return MoneyRow(
        row["number"],
        in_words(row["name"]),
        text.exact_sum(row["original"]),
        text.exact_sum(row["amendments"], sign=True),
        text.exact_sum(row["amended"]),
        text.number(row["actual"], 0),
        text.number(row["actual_percent"], 1),
        text.exact_sum(row["forecast"]),
        text.exact_sum(row["deviation"], sign=True),
        text.number(row["deviation_percent"], 1, sign=True),
        row["must_explain"],
        told(row["explanation"], LANGUAGE_OF_EXPLANATIONS),
        told(row["corrective_action"], LANGUAGE_OF_EXPLANATIONS),
        told(row["who_decides"], LANGUAGE_OF_EXPLANATIONS),
    )


def _compared(row: FinanceRow) -> ComparedRow:
    return ComparedRow(
        row["number"],
        in_words(row["name"]),
        text.number(row["actual"], 0),
        text.number(row["actual_percent"], 1),
        text.number(row["expected_percent"], 1),
        [text.number(euros, 0) for euros in earlier_of(row)],
    )


def _settlement(facts: Facts) -> dict[str, Any] | None:
    settlement = facts["finance"]["settlement"]
    if settlement is None:
        return None
    return {
        "billed": text.euros(settlement["billed"]),
        "used": text.euros(settlement["used"]),
        "carried_over": text.euros(settlement["carried_over"], sign=True),
        "text": told(settlement["text"], LANGUAGE_OF_EXPLANATIONS),
    }
