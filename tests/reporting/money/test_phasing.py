"""A line of the budget may have a phasing of its own: expected use follows it, the budget stays."""

import datetime
import json
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from programme.models import Account, Budget, BudgetLine, CostCentre, Phasing, Programme
from programme.models.phasing import MONTHS
from programme.trail import trail_of
from reporting.facts import collect_facts
from reporting.money.phasing import lines_of
from tests.factories import ako, the_period
from tests.personas import client_of

pytestmark = pytest.mark.django_db

LIST = "/ako/finance/2009/phasing/"
PAGE = f"{LIST}KP-2110/TILI-4340/"
AUTUMN = {"march": "12,5", "september": "50", "october": "37,5"}


def give(persona="finance", page=PAGE, **shares):
    return client_of(persona).post(page, shares)


def the_phasing():
    return Phasing.objects.get(cost_centre__code="KP-2110", account__code="TILI-4340")


def rows(period="2009-T2"):
    finance = collect_facts(the_period(period))["finance"]
    told = {row["code"]: row["expected_percent"] for row in (*finance["rows"], *finance["accounts"])}
    return told | {"total": finance["total"]["expected_percent"]}, finance["phased"]


def test_without_phasing_every_row_is_even():
    told, is_phased = rows()
    assert (set(told.values()), is_phased) == ({"66.7"}, False)


def test_expected_use_is_the_sum_of_what_is_expected_of_the_lines():
    before = list(BudgetLine.objects.order_by("pk").values())
    assert give(**AUTUMN).status_code == 302
    told, is_phased = rows()
    # By hand: 108 000 € of 4340 on 2110 is expected at 12,5 %, the other 72 000 € at 8/12.
    assert is_phased
    assert told["KP-2110"] == "34.2"  # (13 500 + 48 000) / 180 000
    assert told["TILI-4340"] == "33.4"  # (13 500 + 68 000 · 8/12) / 176 000
    assert told["total"] == "55.6"  # (13 500 + 422 000 · 8/12) / 530 000
    assert told["KP-2120"] == told["TILI-4000"] == "66.7"
    assert rows("2009-T1")[0]["KP-2110"] == "22.5"  # before the amendment: (9 750 + 72 000 · 4/12) / 150 000
    assert list(BudgetLine.objects.order_by("pk").values()) == before


def test_the_page_tells_of_the_phasing_and_shows_it_on_each_figure():
    give(**AUTUMN)
    page = client_of("office").get("/ako/finance/2009/", {"period": "2009-T2", "cost_centre": "KP-2110"})
    content = page.content.decode()
    assert "rivien oma jaksotus" in content
    assert f'href="{LIST}"' in content
    [row] = [row for row in page.context["accounts"] if row.account.code == "TILI-4340"]
    assert row.sums.expected_percent == "12.5"


@pytest.mark.parametrize(
    ("shares", "words"),
    [
        ({"march": "12,5"}, "Osuuksien summa on 12,50\u00a0%. Lisää 87,50\u00a0%"),
        ({"march": "60", "may": "50,01"}, "Osuuksien summa on 110,01\u00a0%. Vähennä 10,01\u00a0%"),
        ({}, "Osuuksien summa on 0,00\u00a0%. Lisää 100,00\u00a0%"),
    ],
)
def test_shares_that_are_no_whole_say_by_how_much_and_keep_what_was_typed(shares, words):
    response = give(**shares)
    assert response.status_code == 422
    assert words in response.content.decode()
    for share in shares.values():
        assert f'value="{share}"' in response.content.decode()
    assert not Phasing.objects.exists()


def test_a_share_that_cannot_be_says_so_at_its_month():
    errors = give(march="-1", april="abc", may="100,5", june="1,234").context["form"].errors
    assert set(errors) == {"march", "april", "may", "june"}


def test_the_database_keeps_a_phasing_whole():
    line = {
        "budget": Budget.objects.get(year=2009),
        "cost_centre": CostCentre.objects.get(code="KP-2110"),
        "account": Account.objects.get(code="TILI-4340"),
    }
    for shares, name in (
        ({"may": 99}, "the_shares_of_a_phasing_come_to_a_whole"),
        ({"may": 101, "june": -1}, "no_share_of_a_phasing_is_negative"),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            Phasing.objects.create(**line, **shares)
    Phasing.objects.create(**line, may=100)
    with pytest.raises(IntegrityError, match="one_phasing_per_budget_line"), transaction.atomic():
        Phasing.objects.create(**line, may=100)


def base(**shares):
    return json.dumps(dict.fromkeys(MONTHS, "0") | shares)


def test_the_same_month_changed_by_two_shows_both_and_saves_nothing():
    give(**AUTUMN)
    response = give(may="100", march="0", base=base(march="100"))
    assert response.status_code == 409
    assert "12,5" in response.content.decode()
    assert the_phasing().march == Decimal("12.5")


def test_other_months_merge_and_must_still_come_to_a_whole():
    give(**AUTUMN)
    stale = {"march": "12,5", "september": "50", "october": "37,5"} | {"november": "10"}
    response = give(**stale, base=base(march="12.5", september="50", october="37.5"))
    assert response.status_code == 422
    assert the_phasing().november == 0


def test_even_use_again_removes_the_phasing_and_the_trail_knows_who():
    give(**AUTUMN)
    assert client_of("finance").post(f"{PAGE}remove/").status_code == 302
    assert not Phasing.objects.exists()
    assert rows()[1] is False
    labels = trail_of(Phasing).order_by("pgh_id").values_list("pgh_label", flat=True)
    assert list(labels) == ["insert", "delete"]
    again = client_of("finance").post(f"{PAGE}remove/")
    assert again.status_code == 302


def test_the_list_has_every_line_with_its_amended_euros():
    lines = lines_of(ako(), 2009)
    assert sum(line.amended for line in lines) == 530_000
    assert len(lines) == BudgetLine.objects.expenses().filter(budget__year=2009).count()
    give(**AUTUMN)
    page = client_of("auditor").get(LIST)
    [line] = [line for line in page.context["lines"] if line.phasing]
    assert (line.by_april, line.by_august) == (Decimal("12.5"), Decimal("12.5"))
    assert f'href="{PAGE}"' not in page.content.decode()
    assert f'href="{PAGE}"' in client_of("finance").get(LIST).content.decode()


def test_a_year_without_a_budget_says_so_and_a_line_that_is_none_does_not_exist():
    assert (
        "Vuodella ei ole talousarviota"
        in client_of("finance").get("/ako/finance/2006/phasing/").content.decode()
    )
    assert client_of("finance").get(f"{LIST}KP-2110/TILI-3300/").status_code == 404
    assert client_of("finance").get("/ako/finance/2006/phasing/KP-2110/TILI-4340/").status_code == 404


def test_a_closed_programme_keeps_its_phasing():
    Programme.objects.filter(pk=ako().pk).update(closed_on=datetime.date(2009, 9, 9))
    assert give(**AUTUMN).status_code == 403
    assert not Phasing.objects.exists()
