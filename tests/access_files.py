"""Rows of files: a work programme's spreadsheet, out and in, and its PDF; reports made elsewhere."""

from tests.access_rows import Row, page, signed_in, verb
from tests.factories import make_earlier_report, make_plan

DRAFT, APPROVED = "/ako/workgroups/WG-MR/2010", "/ako/workgroups/WG-MR/2009"

# A plan that is not approved is seen by its group, the office, the presenting officer and the auditor.
SEEN = {"of_mr": 200, "read_unfinished": 200}
UNAPPROVED = {"of_mr": 403, "read_unfinished": 403}
OPENING = signed_in(404, **UNAPPROVED, coordinator_mr=200, office=200)
# Without a file or without a proposal there is nothing to read; those who may not write are not told so.
EMPTY = signed_in(404, **UNAPPROVED, coordinator_mr=422, office=422)
CLOSED = signed_in(403, told=404)

EARLIER = "/ako/reports/earlier/"
PRESENTED_TO_THE_BOARD = signed_in(200, municipal=404)


def of_earlier_reports() -> list[Row]:
    """Return the rows of a report that was presented to the regional board before the portal made it."""
    one = f"{EARLIER}AIK-2008-1"
    shown = PRESENTED_TO_THE_BOARD
    return [
        Row(
            "reporting:earlier-report-create",
            f"{EARLIER}new/",
            signed_in(403, office=200),
            signed_in(403, office=422),
        ),
        page("reporting:earlier-report-detail", f"{one}/", shown, given=make_earlier_report),
        page("reporting:earlier-report-pdf", f"{one}.pdf", shown, given=make_earlier_report),
        page("reporting:earlier-report-detail", f"{EARLIER}AIK-2008-9/", signed_in(404), state="missing"),
        verb(
            "reporting:earlier-report-withdraw",
            f"{one}/withdraw/",
            signed_in(403, municipal=404, office=422),
            given=make_earlier_report,
        ),
    ]


FILES = [
    *of_earlier_reports(),
    page("workgroups:work-programme-xlsx", f"{APPROVED}.xlsx", signed_in(200, told=404), state="approved"),
    page(
        "workgroups:work-programme-xlsx",
        f"{DRAFT}.xlsx",
        signed_in(404, **SEEN),
        given=make_plan,
        state="draft",
    ),
    Row("workgroups:work-programme-import", f"{DRAFT}/import/", OPENING, EMPTY, make_plan, state="draft"),
    Row("workgroups:work-programme-import", f"{APPROVED}/import/", CLOSED, CLOSED, state="approved"),
    verb(
        "workgroups:work-programme-import-confirm",
        f"{DRAFT}/import/confirm/",
        EMPTY,
        given=make_plan,
        state="draft",
    ),
    verb(
        "workgroups:work-programme-import-confirm",
        f"{APPROVED}/import/confirm/",
        CLOSED,
        state="approved",
    ),
    page("reporting:work-programme-print", f"{APPROVED}/pdf/", signed_in(200, told=404), state="approved"),
    page(
        "reporting:work-programme-print",
        f"{DRAFT}/pdf/",
        signed_in(404, **SEEN),
        given=make_plan,
        state="draft",
    ),
    verb(
        "reporting:work-programme-print-make",
        f"{APPROVED}/pdf/make/",
        signed_in(302, told=404),
        state="approved",
    ),
    verb(
        "reporting:work-programme-print-make",
        f"{DRAFT}/pdf/make/",
        signed_in(404, of_mr=302, read_unfinished=302),
        given=make_plan,
        state="draft",
    ),
    # Nobody has asked for the file: its address leads to the asking.
    page("reporting:work-programme-pdf", f"{APPROVED}.pdf", signed_in(302, told=404), state="approved"),
    page(
        "reporting:work-programme-pdf",
        f"{DRAFT}.pdf",
        signed_in(404, of_mr=302, read_unfinished=302),
        given=make_plan,
        state="draft",
    ),
]
