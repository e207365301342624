"""The follow-up table: what its rows are, in which unit, beside which years; page and files tell alike."""

import csv
import datetime
import io
from decimal import Decimal

import pytest

from programme import clock
from programme.models import Account, FundingSource, LedgerImport, ReportingPeriod
from reporting import document
from reporting.datasets import sha256_of
from reporting.depths import at_depth
from reporting.facts import collect_facts
from reporting.facts.money_sums import same_day
from reporting.models import Dataset
from reporting.money.follow_up import By
from tests.factories import ako, the_period
from tests.personas import client_of
from tests.reporting.facts_example import example_particulars
from tests.reporting.money.entries import book

pytestmark = pytest.mark.django_db

PAGE = "/ako/finance/2009/"
NEW_PARTS = ("accounts", "sources", "income", "phased", "until")


def page(persona="finance", **chosen):
    response = client_of(persona).get(PAGE, chosen)
    assert response.status_code == 200
    return response


def finance(period="2009-T2"):
    return collect_facts(the_period(period))["finance"]


def shown(table, code, column):
    [row] = [row for row in table.rows if row.figures["code"] == code]
    return next(cell.shown for cell in row.cells if cell.column.name == column)


# --- By what, in what ---------------------------------------------------------------------------------------


def test_cost_centres_and_accounts_come_to_the_same_total_to_the_cent():
    book("1234.56")
    book("0.01", centre="KP-2120", day=(2008, 8, 31), voucher="9002")
    told = finance()
    for column in ("original", "amendments", "amended", "actual"):
        for rows in (told["rows"], told["accounts"]):
            assert sum(Decimal(row[column]) for row in rows) == Decimal(told["total"][column])
    for place in (0, 1):
        for rows in (told["rows"], told["accounts"]):
            assert sum(Decimal(row["earlier"][place]["actual"]) for row in rows) == Decimal(
                told["total"]["earlier"][place]["actual"]
            )
    assert told["total"]["actual"] == "306475.56"
    assert told["total"]["earlier"][0]["actual"] == "263870.01"


def test_sources_are_the_income_of_the_budget_and_what_was_booked_is_unknown_not_zero():
    told = finance()
    assert {row["code"]: row["amended"] for row in told["sources"]} == {
        "RL-VALTIO": "265000.00",
        "RL-KUNNAT": "253000.00",
        "RL-MUU": "12000.00",
    }
    assert (told["income"]["amended"], told["income"]["actual"]) == ("530000.00", None)
    assert {row["actual"] for row in told["sources"]} == {None}
    booked = book("-500.25", kind=Account.Kind.INCOME)
    told = finance()
    of_account = {row["code"]: row["actual"] for row in told["sources"]}
    [source] = booked.account.funding_sources.all()
    assert of_account == {code: "500.25" if code == source.code else "0.00" for code in of_account}
    assert told["income"]["actual"] == "500.25"
    assert told["total"]["actual"] == "305241.00"


def test_an_income_account_of_no_source_is_a_row_and_part_of_the_total():
    interest = Account.objects.create(
        programme=ako(), code="TILI-3990", number="3990", name_fi="Korkotuotot", kind=Account.Kind.INCOME
    )
    book("-500.25", kind=Account.Kind.INCOME)
    book("-1200", account=interest, voucher="9002")
    told = finance()
    assert {row["code"]: row["actual"] for row in told["sources"]}["TILI-3990"] == "1200.00"
    assert told["income"]["actual"] == "1700.25"
    assert "Korkotuotot" in page(by="source", period="2009-T2").content.decode()


def test_what_two_sources_of_one_account_got_together_is_known():
    state, other = FundingSource.objects.filter(code__in=("RL-VALTIO", "RL-MUU")).order_by("-code")
    FundingSource.objects.filter(pk=other.pk).update(account=state.account)
    book("-500.25", account=state.account)
    told = finance()
    of_source = {row["code"]: row["actual"] for row in told["sources"]}
    assert (of_source["RL-VALTIO"], of_source["RL-MUU"], of_source["RL-KUNNAT"]) == (None, None, "0.00")
    assert told["income"]["actual"] == "500.25"


def test_the_days_of_the_actuals_are_those_of_the_ledger():
    ReportingPeriod.objects.filter(pk=the_period().pk).update(ledger_cut_off="2009-08-15")
    shown_page = page(period="2009-T2")
    assert "1.1.–15.8.2009" in shown_page.context["follow_up"].caption
    assert "1.1.–31.8.2009" not in shown_page.context["follow_up"].caption
    assert "15.8.2008" in shown_page.content.decode()
    assert "käyttö 15.8.2009" in shown_page.content.decode()


def test_thousands_are_rounded_for_the_eye_alone():
    book("1234.56")
    answer = page(period="2009-T2", unit="thousand")
    table = answer.context["follow_up"]
    assert shown(table, "KP-2110", "actual") == "110,7"
    assert shown(table, "KP-2110", "amendments") == "+30,0"
    assert [cell.shown for cell in table.total.cells if cell.column.name == "actual"] == ["306,5"]
    assert "1.1.–31.8.2009, 1\u00a0000\u00a0€" in table.caption
    assert all("1\u00a0000\u00a0€" in group.label for group in table.groups)
    assert shown(page(period="2009-T2").context["follow_up"], "KP-2110", "actual") == "110\u00a0692"


def test_choices_are_links_that_keep_each_other_and_the_period():
    content = page(period="2009-T1", by="account", unit="thousand").content.decode()
    assert 'href="?period=2009-T1&amp;by=source&amp;unit=thousand"' in content
    assert 'href="?period=2009-T1&amp;by=account&amp;unit=euros"' in content
    assert '<input type="hidden" name="by" value="account">' in content
    assert '<input type="hidden" name="unit" value="thousand">' in content


@pytest.mark.parametrize("chosen", [{"by": "colour"}, {"unit": "pennies"}])
def test_what_is_no_choice_says_so(chosen):
    assert client_of("finance").get(PAGE, chosen).status_code == 404


@pytest.mark.parametrize("by", By)
def test_each_choice_has_its_caption_with_unit_and_days_and_its_file(by):
    answer = page(period="2009-T2", by=by)
    table = answer.context["follow_up"]
    assert (table.shown, table.is_told) == (by, True)
    assert table.caption in answer.content.decode()
    assert table.caption.endswith("1.1.–31.8.2009, €")
    content = b"".join(client_of("finance").get("/ako/finance/2009.csv", {"period": "2009-T2", "by": by}))
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    figures = [row.figures for row in (*table.rows, *([table.total] if table.total else []))]
    assert [row["amended"].replace(",", ".") for row in rows] == [told["amended"] for told in figures]
    assert [row["expected_percent"].replace(",", ".") for row in rows] == [
        told["expected_percent"] for told in figures
    ]
    assert [row["previous_year"].replace(",", ".") for row in rows] == [
        told["earlier"][0]["actual"] or "" for told in figures
    ]


def test_reasons_stand_in_the_table_and_a_missing_one_is_told():
    content = page(period="2009-T1").content.decode()
    table = page(period="2009-T1").context["follow_up"]
    told = [row.figures["explanation"] for row in table.rows if row.figures["explanation"]]
    assert told
    assert [reason for reason in told if reason not in content] == []
    assert not page(period="2009-T1", by="account").context["follow_up"].has_reasons


def test_the_sign_rule_stands_under_the_table():
    assert "plus tarkoittaa alitusta" in page().content.decode()
    assert "tapahtumissa tulo on negatiivinen" in page(by="source").content.decode()


# --- Earlier years ------------------------------------------------------------------------------------------


def test_the_same_day_of_earlier_years_leaves_out_what_was_booked_later_or_reverted():
    before = finance()["total"]["earlier"]
    assert [earlier["until"] for earlier in before] == ["2008-08-31", "2007-08-31"]
    book("10", day=(2008, 9, 1))
    book("20", day=(2008, 8, 31), voucher="9002", reverted=True)
    assert finance()["total"]["earlier"] == before
    book("30", day=(2008, 8, 31), voucher="9003")
    told = finance()["total"]["earlier"]
    assert Decimal(told[0]["actual"]) - Decimal(before[0]["actual"]) == 30
    assert told[1] == before[1]


def test_a_year_of_which_the_ledger_has_nothing_is_unknown_and_one_with_later_entries_is_zero():
    assert [earlier["actual"] for earlier in finance("2008-T1")["total"]["earlier"]] == ["93765.00", None]
    book("10", day=(2006, 12, 1))
    assert [earlier["actual"] for earlier in finance("2008-T1")["total"]["earlier"]] == ["93765.00", "0.00"]


def test_a_cost_centre_of_earlier_years_alone_is_a_row_and_needs_no_forecast():
    rows = {row["code"]: row["earlier"][0]["actual"] for row in finance()["rows"]}
    LedgerImport.objects.filter(entries__booked_on__year=2009).update(
        reverted_at=clock.now(), reverting_reason="Väärä vuosi."
    )
    told = finance()
    assert {row["code"]: row["earlier"][0]["actual"] for row in told["rows"]} == rows
    assert {row["actual"] for row in told["rows"]} == {"0.00"}


@pytest.mark.parametrize(
    ("day", "year", "expected"),
    [
        ((2009, 8, 31), 2008, (2008, 8, 31)),
        ((2009, 2, 28), 2008, (2008, 2, 29)),
        ((2008, 2, 29), 2007, (2007, 2, 28)),
        ((2009, 9, 4), 2008, (2008, 9, 4)),
    ],
)
def test_the_same_day_of_another_year(day, year, expected):
    assert same_day(datetime.date(*day), year) == datetime.date(*expected)


# --- Who is told what ---------------------------------------------------------------------------------------


def test_the_board_is_told_every_choice_and_the_public_the_total():
    elected = page("elected").context
    assert not elected["reading"].is_live
    assert elected["choices"] == list(By)
    assert page("elected", by="account").context["follow_up"].is_told
    for by in ("centre", "account", "source"):
        public = page("anonymous", by=by)
        assert public.context["choices"] == [By.TASK]
        table = public.context["follow_up"]
        assert (table.is_told, table.total) == (False, None)
        assert [row.figures for row in table.rows] == [public.context["finance"]["total"]]


@pytest.mark.parametrize("depth", ["assembly", "public"])
def test_a_depth_of_the_task_holds_no_account_and_no_source(depth):
    told = at_depth(collect_facts(the_period()), depth)["finance"]
    assert told["rows"] == []
    assert [part for part in ("accounts", "sources", "income") if part in told] == []
    assert "earlier" in told["total"]


# --- Datasets that were frozen before -----------------------------------------------------------------------


def as_before(facts):
    """Return facts as version 1 of them told money."""
    old = {name: part for name, part in facts["finance"].items() if name not in NEW_PARTS}
    for row in (*old["rows"], old["total"]):
        del row["earlier"]
    return {**facts, "finance": old, "rules": {**facts["rules"], "facts_version": 1}}


def test_an_older_dataset_is_read_by_cost_centre_and_says_what_it_does_not_tell():
    latest = Dataset.objects.filter(period__code="2009-T1").latest("version")
    old = as_before(latest.facts)
    Dataset.objects.create(
        period=latest.period,
        version=latest.version + 1,
        reason="Koe",
        facts=old,
        sha256=sha256_of(old),
        frozen_at=clock.now(),
        frozen_by="Koe",
    )
    answer = page(period="2009-T1")
    assert answer.context["finance"] == old["finance"]
    assert answer.context["choices"] == [By.CENTRE, By.TASK]
    table = answer.context["follow_up"]
    assert shown(table, "KP-2110", "earlier_0") == "–"
    assert [column.label for column in table.groups[-1].columns] == ["30.4.2008", "30.4.2007"]
    by_account = page(period="2009-T1", by="account").context["follow_up"]
    assert (by_account.is_told, len(by_account.rows)) == (False, 1)
    files = b"".join(client_of("finance").get("/ako/finance/2009.csv", {"period": "2009-T1", "by": "centre"}))
    assert len(files.decode().splitlines()) == 1 + len(old["finance"]["rows"]) + 1


def test_a_report_of_an_older_dataset_has_no_comparison_and_a_new_one_has():
    def compared(facts):
        built = document.build(
            facts,
            particulars=example_particulars(),
            summary="",
            proposal="",
            narrative_language="fi",
            language="fi",
            verify_url="",
        )
        return built["finance"]["compared"]

    facts = collect_facts(the_period())
    told = compared(facts)
    assert told["days"] == ["31.8.2008", "31.8.2007"]
    assert next(row.earlier for row in told["rows"]) == ["75\u00a0081", "68\u00a0674"]
    assert told["total"].expected_percent == "66,7"
    assert compared(at_depth(facts, "public")) is None
    assert compared(as_before(facts)) is None
