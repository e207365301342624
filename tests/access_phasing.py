"""Rows of the phasing of a budget: who reads live figures reads it, the finance officer keeps it."""

import datetime

from programme.models import Account, Budget, CostCentre, Phasing, Programme
from tests.access_rows import Row, page, signed_in, verb
from tests.factories import ako

LIST = "/ako/finance/2009/phasing/"
LINE = f"{LIST}KP-2110/TILI-4340/"


def acts(finance: int) -> dict[str, int | str]:
    """Return the answers of an act: the finance officer's; who reads is refused, the others see nothing."""
    return signed_in(403, told=404, finance=finance)


def a_phasing() -> None:
    Phasing.objects.create(
        budget=Budget.objects.get(programme=ako(), year=2009),
        cost_centre=CostCentre.objects.get(programme=ako(), code="KP-2110"),
        account=Account.objects.get(programme=ako(), code="TILI-4340"),
        may=100,
    )


def a_phasing_of_a_closed_programme() -> None:
    a_phasing()
    Programme.objects.filter(pk=ako().pk).update(closed_on=datetime.date(2009, 9, 9))


def is_even() -> bool:
    return not Phasing.objects.exists()


PHASING = [
    page("reporting:phasing-list", LIST, signed_in(200, told=404)),
    Row("reporting:phasing-edit", LINE, acts(200), acts(422)),
    Row(
        "reporting:phasing-edit",
        LINE,
        acts(200),
        acts(302),
        typed={"may": "100"},
        state="given",
    ),
    Row(
        "reporting:phasing-edit",
        LINE,
        acts(403),
        acts(403),
        a_phasing_of_a_closed_programme,
        state="closed",
    ),
    verb("reporting:phasing-remove", f"{LINE}remove/", acts(302), given=a_phasing, is_done=is_even),
    verb(
        "reporting:phasing-remove",
        f"{LINE}remove/",
        acts(403),
        given=a_phasing_of_a_closed_programme,
        state="closed",
    ),
]
