"""Rows of the table of access: the history of a line is seen with the line itself."""

from tests.access_rows import answers, page, signed_in
from tests.factories import make_target

PUBLIC, NOBODY = answers(200), answers(404)


def proposed_target() -> None:
    make_target("VT-2010-MR-77", year=2010, state="proposed")


HISTORY = [
    page("reporting:target-history", "/ako/targets/VT-2009-MR-2/history/", PUBLIC),
    page(
        "reporting:target-history", "/ako/targets/VT-2009-MR-2/history/?view=changes", PUBLIC, state="changes"
    ),
    page("reporting:target-history", "/ako/targets/VT-2009-MR-2/history/?view=texts", PUBLIC, state="texts"),
    page(
        "reporting:target-history", "/ako/targets/VT-2009-MR-2/history/?view=no", NOBODY, state="no such view"
    ),
    page(
        "reporting:target-history",
        "/ako/targets/VT-2009-MR-2/history/?a=0&b=1",
        NOBODY,
        state="no such words",
    ),
    page("reporting:target-history", "/ako/targets/VT-NONE/history/", NOBODY, state="missing"),
    page(
        "reporting:target-history",
        "/ako/targets/VT-2010-MR-77/history/",
        answers(404, of_mr=200, read_unfinished=200),
        given=proposed_target,
        state="proposed",
    ),
    page("reporting:action-history", "/ako/actions/TP-2009-MR-06/history/", signed_in(200, told=404)),
    page("reporting:action-history", "/ako/actions/TP-NONE/history/", signed_in(404), state="missing"),
]
