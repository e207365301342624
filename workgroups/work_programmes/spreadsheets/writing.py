"""The spreadsheet of a work programme: its rows, and the codes that its cells choose from."""

import io
from typing import NamedTuple

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range, xl_range_abs
from xlsxwriter.worksheet import Worksheet

from programme import clock, text
from workgroups.models import Action, WorkProgramme
from workgroups.work_programmes import cells
from workgroups.work_programmes.drafting import rows_of
from workgroups.work_programmes.spreadsheets.choices import Choice, choices_of
from workgroups.work_programmes.spreadsheets.layout import BASE_SHEET, CODE, COLUMNS, HEADINGS, MOST_ROWS
from workgroups.work_programmes.versions import version_in_force

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

HEADINGS_ROW = 4
FIRST_ROW = HEADINGS_ROW + 1
LAST_ROW = HEADINGS_ROW + MOST_ROWS
# In characters.
WIDTHS = {
    CODE: 16,
    "text": 46,
    "targets": 20,
    "carries_out": 13,
    "responsible": 14,
    "participants": 28,
    "start_month": 11,
    "end_month": 11,
    "output": 34,
    "milestones": 34,
    "planned_euros": 14,
    "cost_centre": 18,
    "funding_source": 16,
    "networks": 20,
}
WIDTH_OF_WORDS = 52
HEIGHT_OF_HEADINGS = 32  # points, for two lines
LONGEST_TITLE = 32  # of a hint; a longer one makes the file one that Excel repairs
INK, LINE, GROUND, WRONG, SAMPLE = "#15252C", "#6F8189", "#E9EFEF", "#F8E1E6", "#8E4030"


class Styles(NamedTuple):
    title: Format
    line: Format
    sample: Format
    heading: Format
    text: Format
    month: Format
    euros: Format
    total: Format
    wrong: Format


def spreadsheet_of(plan: WorkProgramme) -> bytes:
    """Return a plan as an XLSX file, in the reader's language."""
    content = io.BytesIO()
    workbook = xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_urls": False})
    workbook.set_properties(
        {
            "title": f"{_('Work programme')} {plan.year} {plan.code}",
            "author": text.words_of(plan.group.programme, "owner")[0],
            "created": clock.now().replace(tzinfo=None),
        }
    )
    styles = _styles(workbook)
    rows, choices = rows_of(plan), choices_of(plan)
    sheet, codes, base = (workbook.add_worksheet(name) for name in (_("Actions"), _("Codes"), BASE_SHEET))
    _write_head(sheet, plan, rows, styles)
    _write_rows(sheet, rows, styles)
    _write_codes(codes, choices, styles)
    _demand_what_can_be_chosen(sheet, codes, choices)
    _write_base(base, plan, rows)
    workbook.close()
    return content.getvalue()


def _styles(workbook: xlsxwriter.Workbook) -> Styles:
    def style(**properties: object) -> Format:
        return workbook.add_format({"font_color": INK, "valign": "top", **properties})

    row = {"text_wrap": True, "bottom": 1, "bottom_color": "#C8D2D4"}
    return Styles(
        title=style(bold=True, font_size=14),
        line=style(),
        sample=style(bold=True, font_color=SAMPLE),
        heading=style(bold=True, text_wrap=True, bg_color=GROUND, bottom=2, bottom_color=LINE),
        text=style(**row),
        month=style(**row, num_format="0", align="right", indent=1),
        euros=style(**row, num_format="#,##0.00", align="right", indent=1),
        total=style(bold=True, num_format="#,##0.00", align="right", indent=1),
        wrong=style(**row, bg_color=WRONG),
    )


def _write_head(sheet: Worksheet, plan: WorkProgramme, rows: list[Action], styles: Styles) -> None:
    """Say whose plan this is, of which year, in which state, and as it stood when."""
    version = version_in_force(plan)
    told = [
        plan.code,
        str(plan.get_state_display()),
        *([_("version %(number)s") % {"number": version}] if version else []),
        _("exported %(moment)s") % {"moment": text.weekday_and_time(clock.now())},
    ]
    group = text.words_of(plan.group, "name")[0]
    sheet.write_string(0, 0, f"{_('Work programme')} {plan.year} – {group} ({plan.group.code})", styles.title)
    sheet.write_string(1, 0, " · ".join(told), styles.line)
    if plan.group.programme.is_sample:
        sheet.write_string(2, 0, _("Sample data: figures and texts are invented"), styles.sample)
    euros = COLUMNS.index("planned_euros")
    planned = sum((row.planned_euros or 0 for row in rows), start=0)
    sheet.write_string(HEADINGS_ROW - 1, euros - 1, _("Total"), styles.total)
    sheet.write_formula(
        HEADINGS_ROW - 1,
        euros,
        f"=SUM({xl_range(FIRST_ROW, euros, LAST_ROW, euros)})",
        styles.total,
        float(planned),
    )


def _write_rows(sheet: Worksheet, rows: list[Action], styles: Styles) -> None:
    sheet.set_row(HEADINGS_ROW, HEIGHT_OF_HEADINGS)
    for column, name in enumerate(COLUMNS):
        sheet.set_column(column, column, WIDTHS[name])
        sheet.write_string(HEADINGS_ROW, column, str(HEADINGS[name]), styles.heading)
    for place, row in enumerate(rows, start=FIRST_ROW):
        sheet.write_string(place, 0, row.code, styles.text)
        standing = cells.standing_of(row)
        for column, name in enumerate(cells.CELLS, start=1):
            number = None if name in row.unreadable else _number_of(row, name)
            if number is not None:
                style = styles.euros if name == "planned_euros" else styles.month
                sheet.write_number(place, column, number, style)
            else:
                # Never by a guess: what begins with = + - @ is a text here.
                style = styles.wrong if name in row.unreadable else styles.text
                sheet.write_string(place, column, standing[name], style)
    sheet.freeze_panes(FIRST_ROW, 2)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADINGS_ROW)
    sheet.set_footer("&L&F&R&P / &N")


def _number_of(row: Action, name: str) -> float | None:
    if name == "planned_euros":
        return None if row.planned_euros is None else float(row.planned_euros)
    if name in ("start_month", "end_month"):
        month: int | None = getattr(row, name)
        return month
    return None


def _write_codes(sheet: Worksheet, choices: dict[str, list[Choice]], styles: Styles) -> None:
    """List what can be chosen: for each column its codes, with their words beside them."""
    for place, (name, rows) in enumerate(choices.items()):
        column = 2 * place
        sheet.set_column(column, column, WIDTHS[name] + 4)
        sheet.set_column(column + 1, column + 1, WIDTH_OF_WORDS)
        sheet.write_string(0, column, str(HEADINGS[name]), styles.heading)
        sheet.write_string(0, column + 1, _("What it is"), styles.heading)
        for number, choice in enumerate(rows, start=1):
            sheet.write_string(number, column, choice.code, styles.text)
            sheet.write_string(number, column + 1, choice.words, styles.text)
    sheet.freeze_panes(1, 0)


def _demand_what_can_be_chosen(sheet: Worksheet, codes: Worksheet, choices: dict[str, list[Choice]]) -> None:
    """Let the spreadsheet itself offer codes and refuse other months and sums, where a cell holds one."""
    months = {"validate": "integer", "criteria": "between", "minimum": 1, "maximum": 12}
    demanded: dict[str, dict[str, object]] = {
        "start_month": months,
        "end_month": months,
        "planned_euros": {"validate": "decimal", "criteria": ">=", "value": 0},
    }
    for place, (name, rows) in enumerate(choices.items()):
        if name not in cells.SEVERAL and rows:
            demanded[name] = {
                "validate": "list",
                "source": f"='{codes.get_name()}'!{xl_range_abs(1, 2 * place, len(rows), 2 * place)}",
            }
    hint = _("Codes from the second sheet, several parted by a space.")
    for name in cells.SEVERAL:
        title = str(HEADINGS[name])[:LONGEST_TITLE]
        demanded[name] = {"validate": "any", "input_title": title, "input_message": hint}
    for name, rule in demanded.items():
        column = COLUMNS.index(name)
        sheet.data_validation(FIRST_ROW, column, LAST_ROW, column, rule)


def _write_base(sheet: Worksheet, plan: WorkProgramme, rows: list[Action]) -> None:
    """Tell what every cell holds now, so that the file still knows it when it comes back."""
    sheet.write_string(0, 0, plan.code)
    for column, name in enumerate(COLUMNS):
        sheet.write_string(1, column, name)
    for place, row in enumerate(rows, start=2):
        written = {CODE: row.code, **cells.standing_of(row)}
        for column, name in enumerate(COLUMNS):
            sheet.write_string(place, column, written[name])
    sheet.hide()
