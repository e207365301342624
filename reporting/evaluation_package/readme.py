"""The text of the package that says what is what, in the language of whoever made it."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from programme import clock, text
from programme.sheets.cells import Sheet
from reporting.evaluation_package.collecting import Material


def readme_of(
    material: Material, sheets: Iterable[Sheet], *, label: str, workbook: str, manifest: str, notice: str
) -> str:
    """Return the text, its lines ended as every editor understands."""
    last = material.last
    title = f"{text.words_of(material.programme, 'name')[0]}: {label}"
    told = {
        "period": text.period(last.starts_on, last.ends_on),
        "moment": text.weekday_and_time(clock.now()),
        "person": material.reader,
    }
    live = [reading.period.code for reading in material.readings if reading.is_live]
    left_out = [results.evaluation.code for results in material.results if results.left_out]
    spreadsheet = _("the spreadsheet, for people")
    sources = _("where the figures come from, by which rules, and the SHA-256 of each file")
    how = [
        _("The spreadsheet and the CSV files hold the same cells."),
        _("CSV: UTF-8, semicolons between cells, decimal commas, days as in ISO 8601."),
        _("A text in a CSV file that begins like a formula has an apostrophe before it."),
        _("An empty cell means that something is not known. It never means zero."),
        _("A line that nobody updated in a period says so. It has no status of an earlier period."),
        _("The final status is that of the whole year; it is empty where the year has not been told of."),
        _("Figures of a closed period are those that were frozen of it; the others are live."),
        *([_("Live here: %(periods)s.") % {"periods": ", ".join(live)}] if live else []),
        _("Money is as of the last period of each year that is told of."),
        _("Self-evaluations: how many gave which answer. There are no averages."),
        *(
            [
                _(
                    "In %(rounds)s some groups had too few answers. Their answers and comments are in no"
                    " figure, nor in that of all together, so nothing can be found out by subtraction."
                )
                % {"rounds": ", ".join(left_out)}
            ]
            if left_out
            else []
        ),
    ]
    lines = [
        title,
        "=" * len(title),
        *([notice] if notice else []),
        _("All that was told up to %(period)s. Made %(moment)s by %(person)s.") % told,
        "",
        _("Files"),
        f"- {workbook}: {spreadsheet}",
        *(f"- csv/{sheet.name}.csv: {sheet.title}" for sheet in sheets),
        f"- {manifest}: {sources}",
        "",
        _("How to read them"),
        *(f"- {line}" for line in how),
    ]
    return "\r\n".join(lines) + "\r\n"
