"""What stands where in the spreadsheet of a work programme, for what writes it and for what reads it."""

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from workgroups.work_programmes import cells

CODE = "code"
COLUMNS = (CODE, *cells.CELLS)
HEADINGS: dict[str, str | Promise] = {CODE: _("Code"), **cells.LABELS}

# A hidden sheet tells what the rows were when the file was made: what nobody touched in the file overwrites
# nothing that somebody has changed in the portal since.
BASE_SHEET = "base"

# More rows than any group has in a year, and few enough to be read at once.
MOST_ROWS = 300


def columns_by_heading() -> dict[str, str]:
    """Return the columns by their headings in every language: a file travels between readers."""
    found = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found.update({as_heading(str(heading)): name for name, heading in HEADINGS.items()})
    return found


def as_heading(written: str) -> str:
    """Return a heading as headings are compared: without regard to spaces and capitals."""
    return " ".join(written.split()).casefold()


def same_text(name: str, written: str) -> str:
    """Return the text of a cell in the form in which two are compared: a spreadsheet keeps no more of it."""
    if name in cells.SEVERAL:
        return " ".join(sorted(set(written.replace(",", " ").replace(";", " ").split())))
    if name in (CODE, "start_month", "end_month", "planned_euros", *cells.CODED):
        return written.strip()
    return written.replace("\r\n", "\n").replace("\r", "\n")
