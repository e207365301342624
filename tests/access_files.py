"""Rows of a work programme's files: the spreadsheet, out and in, and the PDF."""

from tests.access_rows import Row, page, signed_in, verb
from tests.factories import make_plan

DRAFT, APPROVED = "/ako/workgroups/WG-MR/2010", "/ako/workgroups/WG-MR/2009"

# A plan that is not approved is seen by its group, the office, the presenting officer and the auditor.
SEEN = {"of_mr": 200, "read_unfinished": 200}
UNAPPROVED = {"of_mr": 403, "read_unfinished": 403}
OPENING = signed_in(404, **UNAPPROVED, coordinator_mr=200, office=200)
# Without a file or without a proposal there is nothing to read; those who may not write are not told so.
EMPTY = signed_in(404, **UNAPPROVED, coordinator_mr=422, office=422)
CLOSED = signed_in(403, told=404)

FILES = [
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
