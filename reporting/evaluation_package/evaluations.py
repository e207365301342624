"""Sheets of self-evaluation: distributions by round, statement and group, and the comments."""

from django.utils.translation import gettext as _

from programme.sheets.cells import Cell, Column, Kind, Sheet, words
from reporting.evaluation_package.collecting import Material
from reporting.evaluations import COLUMNS, middle_words, too_few
from workgroups.evaluations.results import Counts, Results, comments_in, number_of


def evaluations_sheet(material: Material) -> Sheet:
    """Return the distributions of closed rounds; a group with too few answers says so and has no figures."""
    columns = [
        Column("round", _("Round"), Kind.CODE),
        Column("kind", _("Kind")),
        Column("year", _("Year"), Kind.NUMBER),
        Column("statement", _("Statement"), Kind.CODE),
        Column("text", _("What was asked"), Kind.LONG_TEXT),
        Column("group", _("Working group"), Kind.CODE),
        Column("name", _("Name")),
        Column("note", _("Note")),
        *[Column(rating.name.lower(), str(rating.label).capitalize(), Kind.NUMBER) for rating in COLUMNS],
        Column("answers", _("Answers"), Kind.NUMBER),
        Column("middle", _("Middle of the answers")),
    ]
    sheet = Sheet("evaluations", _("Self-evaluations"), columns)
    for results in material.results:
        for statement in results.statements:
            head: list[Cell] = [
                results.evaluation.code,
                str(results.evaluation.get_kind_display()),
                results.evaluation.year,
                statement.code,
                words(statement, "text"),
            ]
            whole = results.whole[statement.code]
            sheet.rows.append([*head, None, _("All together"), _whole_note(results), *_figures(whole)])
            for row in results.groups:
                note = None if row.is_shown else _hidden_note(results, is_silent=row.is_silent)
                counts = row.counts.get(statement.code, {})
                sheet.rows.append([*head, row.group.code, words(row.group, "name"), note, *_figures(counts)])
    return sheet


def _figures(counts: Counts) -> list[Cell]:
    """Return the numbers of a distribution; of one that is not told, empty cells."""
    if not counts:
        return [None] * (len(COLUMNS) + 2)
    return [*(counts.get(rating, 0) for rating in COLUMNS), number_of(counts), middle_words(counts)]


def _hidden_note(results: Results, *, is_silent: bool) -> str:
    return _("nobody answered") if is_silent else too_few(results.evaluation.smallest)


def _whole_note(results: Results) -> str | None:
    return _("without the groups that have too few answers") if results.left_out else None


def comments_sheet(material: Material) -> Sheet:
    """Return the comments by group and statement, by the alphabet; anonymous ones without a name."""
    columns = [
        Column("round", _("Round"), Kind.CODE),
        Column("group", _("Working group"), Kind.CODE),
        Column("statement", _("Statement"), Kind.CODE),
        Column("comment", _("Comment"), Kind.LONG_TEXT),
        Column("writer", _("Written by")),
    ]
    sheet = Sheet("comments", _("Comments"), columns)
    for results in material.results:
        may_read = "workgroups.read_evaluation_comments"
        readable = [row for row in results.shown if material.reader.has_perm(may_read, row.group)]
        written = comments_in(results, readable)
        for row in readable:
            for code, comments in sorted(written.get(row.group.pk, {}).items()):
                for comment in comments:
                    writer = str(comment.writer) if comment.writer else None
                    sheet.rows.append(
                        [results.evaluation.code, row.group.code, code or None, comment.text, writer]
                    )
    return sheet
