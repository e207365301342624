"""The page of a budget tells it as amended by any day, with its way, its lock and what it is tied to."""

import csv
import datetime
import io
from decimal import Decimal

import pytest
from python_calamine import CalamineWorkbook

from programme.budget.reading import read_budget
from programme.models import CostCentre
from reporting.facts.finance import finance_facts
from reporting.money.accounts import accounts_of
from reporting.money.tied import tied_to
from tests.factories import ako, make_plan, make_target, the_period
from tests.personas import client_of, make_browser
from tests.programme.budget.steps import begun, decided_budget, proposed, with_plan
from workgroups.work_programmes.drafting import totals_of

pytestmark = pytest.mark.django_db

PAGE = "/ako/budget/2009/"


def read_on(day: str):
    page = make_browser().get(PAGE, {"on": day})
    assert page.status_code == 200
    return page.context["read"]


def words_of(page) -> str:
    return page.content.decode().replace("\u00a0", " ").replace("&nbsp;", " ")


def test_sums_are_exact_by_cost_centre_account_and_source():
    read = read_on("2009-09-09")
    assert (read.spent.original, read.earned.original) == (Decimal(500000), Decimal(500000))
    assert (read.spent.amended, read.earned.amended) == (Decimal(530000), Decimal(530000))
    for total, rows in ((read.spent, read.accounts), (read.earned, read.sources)):
        assert sum(row.figures.amended for row in rows) == total.amended
    assert sum(part.spent.amended for part in read.parts) == read.spent.amended
    assert read.balance.amended == 0


def test_an_amendment_counts_from_its_own_day_on():
    amendment = decided_budget().amendments.first()
    the_day_before = amendment.decided_on - datetime.timedelta(days=1)
    assert read_on(amendment.decided_on.isoformat()).counted[0] == amendment
    assert amendment not in read_on(the_day_before.isoformat()).counted
    assert read_on("1.1.2009").spent.amended == Decimal(500000)


def test_the_day_may_be_written_in_finnish_and_a_wrong_one_is_answered_with_how_to_mend_it():
    assert read_on("30.6.2009").on == datetime.date(2009, 6, 30)
    page = make_browser().get(PAGE, {"on": "31.6.2009"})
    assert (page.status_code, page.context["form"]["on"].value()) == (422, "31.6.2009")
    assert "Kirjoita päivä" in words_of(page)
    assert page.context["read"].on == datetime.date(2009, 9, 9)


def test_a_day_before_the_decision_is_told():
    assert "ei ollut vielä päätetty" in words_of(make_browser().get(PAGE, {"on": "2008-12-17"}))


def test_the_lock_names_the_decision_and_handlings_without_a_section_say_so():
    budget = decided_budget()
    page = make_browser().get(PAGE)
    text = words_of(page)
    assert "Lukittu 18.12.2008" in text
    assert budget.decision.get_absolute_url() in text
    unknown = [handling for handling in page.context["handlings"] if handling.matter is None]
    assert text.count("(pykälä ei ole tiedossa)") == len(unknown)


def test_each_amendment_leads_to_its_decision_and_each_cost_centre_to_its_follow_up():
    text = words_of(make_browser().get(PAGE))
    for amendment in decided_budget().amendments.all():
        assert f'href="{amendment.decision.get_absolute_url()}"' in text
    assert 'href="/ako/finance/2009/?cost_centre=KP-2110#KP-2110"' in text


def test_what_binds_is_told_in_the_programmes_own_words():
    binding = make_browser().get(PAGE).context["binding"]
    assert [who for who, _text in binding] == ["Yhtymäkokous", "Seutuhallitus", "Esittelijä"]
    assert binding[2][1].text_fi == "tilit kustannuspaikan sisällä"


def test_plan_years_that_nobody_gave_are_no_zeros():
    read = read_on("2009-09-09")
    assert (read.has_plan, read.spent.plan) == (False, (None, None))
    budget = begun()
    with_plan(budget)
    assert read_budget(budget, datetime.date(2009, 9, 9)).spent.plan == (None, Decimal(47000))


def test_what_is_tied_is_the_same_as_on_the_cost_centres_follow_up():
    page = client_of("finance").get(PAGE)
    whole = page.context["tied_whole"]
    assert whole.amended == Decimal(530000)
    assert whole.euros + whole.not_tied == whole.amended
    for centre, tied in page.context["tied"]:
        alone = tied_to(centre, 2009, amended=tied.amended)
        assert ([line.line for line in alone.lines], alone.euros) == (
            [line.line for line in tied.lines],
            tied.euros,
        )
    assert whole.euros == sum(tied.euros for _centre, tied in page.context["tied"])
    assert whole.euros > 0


def test_what_is_tied_to_a_cost_centre_without_a_budget_is_told():
    before = client_of("finance").get(PAGE).context
    new, unused = (
        CostCentre.objects.create(programme=ako(), code=f"KP-{number}", number=number, name_fi="Uusi")
        for number in ("2198", "2199")
    )
    make_target(own_euros=Decimal(1000), no_cost=False, cost_centre=new)
    page = client_of("finance").get(PAGE)
    tied = dict(page.context["tied"])
    assert (tied[new].amended, tied[new].euros, tied[new].over) == (0, 1000, 1000)
    assert unused not in tied
    assert page.context["tied_whole"].euros == before["tied_whole"].euros + 1000
    assert page.context["tied_whole"].amended == before["tied_whole"].amended
    assert f"?cost_centre={new.code}#tied" in words_of(page)


def test_what_it_is_tied_to_is_told_to_those_who_see_the_lines():
    assert "tied" in client_of("member-mr").get(PAGE).context
    for outsider in (make_browser(), client_of("elected"), client_of("municipal")):
        assert "tied" not in outsider.get(PAGE).context


def test_the_list_and_the_years_hold_what_the_reader_may_read():
    proposed()
    listed = make_browser().get("/ako/budget/").context["budgets"]
    assert [budget.year for budget in listed] == [2009, 2008, 2007]
    office = client_of("office").get(PAGE)
    assert office.context["years"] == [2010, 2009, 2008, 2007]
    assert make_browser().get(PAGE).context["years"] == [2009, 2008, 2007]


def test_what_is_being_drawn_up_stands_in_no_figure_of_the_year_until_it_is_decided():
    budget = proposed()
    period, plan = the_period(), make_plan("WG-MR")
    period.year = 2010
    centre = plan.group.cost_centre

    def figures():
        told = finance_facts(period, ako())["total"]["original"]
        accounts = {row.sums.original for row in accounts_of(centre, period)}
        return Decimal(told), accounts - {Decimal(0)}, totals_of(plan).appropriation

    assert figures() == (Decimal(0), set(), None)
    budget.decided_on = "2009-09-09"
    budget.save(update_fields=["decided_on"])
    whole, accounts, appropriation = figures()
    assert (whole, bool(accounts), appropriation) == (Decimal(530000), True, Decimal(180000))


def rows_of_file(address: str) -> list[dict[str, str]]:
    response = make_browser().get(address)
    content = b"".join(response).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content), delimiter=";"))


def euros_in(rows: list[dict[str, str]], column: str, kind: str) -> Decimal:
    found = [row[column] for row in rows if row["kind"] == kind]
    return sum((Decimal(cell.replace(",", ".")) for cell in found if cell), Decimal(0))


@pytest.mark.parametrize("day", ["2009-09-09", "2009-01-01"])
def test_the_file_holds_the_rows_of_the_page_as_amended_by_its_day(day):
    read, rows = read_on(day), rows_of_file(f"/ako/budget/2009.csv?on={day}")
    totals = [row for row in rows if not row["cost_centre"]]
    assert [row["amended"].replace(",", ".") for row in totals] == [
        f"{figures.amended:.2f}" for figures in (read.spent, read.earned, read.balance)
    ]
    rows = [row for row in rows if row["cost_centre"]]
    assert len(rows) == sum(len(part.expenses) + len(part.income) for part in read.parts)
    assert euros_in(rows, "amended", "meno") == read.spent.amended
    assert euros_in(rows, "budget", "tulo") == read.earned.original
    assert {row["plan_1"] for row in rows} == {""}


def test_the_spreadsheet_has_numbers_as_numbers():
    book = make_browser().get("/ako/budget/2009.xlsx")
    with CalamineWorkbook.from_filelike(io.BytesIO(book.content)) as workbook:
        table = workbook.get_sheet_by_index(0).to_python()
    heading = next(row for row in table if "Muutettu talousarvio, €" in row)
    place = heading.index("Muutettu talousarvio, €")
    body = table[table.index(heading) + 1 :]
    assert sum(row[place] for row in body if row[0]) == 2 * 530000
    assert [row[place] for row in body if not row[0]] == [530000, 530000, 0]
