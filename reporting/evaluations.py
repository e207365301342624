"""A round of self-evaluation as its page shows it: each statement with chart, table, middle and comments."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from programme import text
from reporting.answer_charts import answer_chart
from reporting.charts import Chart
from workgroups.evaluations.results import (
    Comment,
    Counts,
    GroupResult,
    Results,
    is_reworded,
    median_of,
    number_of,
)
from workgroups.models import EvaluationAnswer, EvaluationStatement

Rating = EvaluationAnswer.Rating
# The columns of a table of answers, from one end of the scale to the other.
COLUMNS = [*sorted(rating for rating in Rating if rating), Rating.CANNOT_SAY]


@dataclass
class AnswerRow:
    """The counts of one group, or of all together, as a row of a table."""

    group: GroupResult | None  # None: all together
    counts: Counts

    @property
    def numbers(self) -> list[tuple[str, int]]:
        return [(str(rating.label), self.counts.get(rating, 0)) for rating in COLUMNS]

    @property
    def number(self) -> int:
        return number_of(self.counts)

    @property
    def middle(self) -> str:
        return middle_words(self.counts)


@dataclass
class StatementPart:
    """One statement on the page, of the group that is looked at or of all together."""

    statement: EvaluationStatement
    counts: Counts
    previous: Counts
    is_reworded: bool
    is_new: bool  # asked now and not in the previous round
    chart: Chart | None  # None: nothing is told
    rows: list[AnswerRow]
    comments: list[Comment]

    @property
    def number(self) -> int:
        return number_of(self.counts)

    @property
    def number_before(self) -> int:
        return number_of(self.previous)

    @property
    def middle(self) -> str:
        return middle_words(self.counts)

    @property
    def middle_before(self) -> str:
        return middle_words(self.previous)


def middle_words(counts: Counts) -> str:
    """Return the middle of the answers in words; of an even number both in the middle, where they differ."""
    middle = median_of(counts)
    if middle is None:
        return text.NOTHING
    low, high = middle
    return str(low.label) if low == high else f"{low.label} / {high.label}"


def parts_of(
    results: Results,
    before: Results | None,
    group: str | None,
    comments: dict[str, list[Comment]],
) -> list[StatementPart]:
    """Return the statements of a round, of a group by its code or of all together."""
    return [_part(results, before, statement, group, comments) for statement in results.statements]


def _part(
    results: Results,
    before: Results | None,
    statement: EvaluationStatement,
    group: str | None,
    comments: dict[str, list[Comment]],
) -> StatementPart:
    code = statement.code
    counts = results.counts_of(code, group)
    earlier = next((row for row in before.statements if row.code == code), None) if before else None
    previous = before.counts_of(code, group) if before else {}
    words = text.words_of(statement, "text")[0]
    rows = [AnswerRow(None, results.whole[code])]
    rows += [AnswerRow(row, row.counts.get(code, {})) for row in results.groups]
    return StatementPart(
        statement=statement,
        counts=counts,
        previous=previous,
        is_reworded=earlier is not None and is_reworded(statement, earlier),
        is_new=before is not None and earlier is None,
        chart=answer_chart(counts, previous, title=words, uid=f"answers-{code}") if counts else None,
        rows=rows,
        comments=comments.get(code, []),
    )


def too_few(smallest: int) -> str:
    return _("too few answers (fewer than %(number)s)") % {"number": smallest}
