"""Rows of bringing in a past year's work programme: the programme office's, and nobody else's."""

from tests.access_rows import Row, page, signed_in, verb
from tests.earlier_plans import make_young_group

OF_GROUP = "/ako/workgroups/WG-UU/earlier"

EARLIER_PLANS = [
    Row(
        "workgroups:work-programme-bring-in",
        f"{OF_GROUP}/",
        signed_in(403, office=200),
        signed_in(403, office=422),
        make_young_group,
    ),
    page(
        "workgroups:work-programme-template",
        f"{OF_GROUP}/2008.xlsx",
        signed_in(403, office=200),
        given=make_young_group,
    ),
    page(
        "workgroups:work-programme-template",
        "/ako/workgroups/WG-MR/earlier/2008.xlsx",
        signed_in(403, office=404),
        state="of a year that the portal knows",
    ),
    # Without what was shown there is nothing to confirm.
    verb(
        "workgroups:work-programme-bring-in-confirm",
        f"{OF_GROUP}/confirm/",
        signed_in(403, office=422),
        given=make_young_group,
    ),
]
