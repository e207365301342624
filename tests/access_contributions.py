"""Rows of the contributions and of the municipalities' pages."""

import datetime

from programme.models import ContributionShare, Programme
from tests.access_rows import Row, answers, page, signed_in
from tests.factories import ako

PAGE, SETTLED = "/ako/finance/2009/contributions", "/ako/finance/2008/contributions"
KEPT = signed_in(403, finance=200)
REFUSED = signed_in(403)


def a_closed_programme() -> None:
    Programme.objects.filter(pk=ako().pk).update(closed_on=datetime.date(2009, 9, 9))


def a_year_without_shares() -> None:
    ContributionShare.objects.filter(year=2009).delete()


CONTRIBUTIONS = [
    page("reporting:contributions", f"{PAGE}/", answers(200)),
    page("reporting:contributions", f"{PAGE}/", answers(200), given=a_year_without_shares, state="no shares"),
    page("reporting:contributions-file", f"{PAGE}.csv", answers(200)),
    page(
        "reporting:contributions-file",
        f"{PAGE}.xlsx",
        answers(404),
        given=a_year_without_shares,
        state="no shares",
    ),
    Row("reporting:contributions-key", f"{PAGE}/key/", KEPT, signed_in(403, finance=422)),
    Row("reporting:contributions-key", f"{SETTLED}/key/", REFUSED, REFUSED, state="settled"),
    Row("reporting:contributions-key", f"{PAGE}/key/", REFUSED, REFUSED, a_closed_programme, state="closed"),
    # 2009 has not ended yet.
    Row("reporting:contributions-settlement", f"{PAGE}/settlement/", REFUSED, REFUSED),
    page("reporting:municipality-list", "/ako/municipalities/", signed_in(200)),
    page("reporting:municipality-detail", "/ako/municipalities/KUN-211/", signed_in(200, elected=404)),
    page(
        "reporting:municipality-detail",
        "/ako/municipalities/KUN-837/",
        signed_in(200, told=404),
        state="another's",
    ),
]
