"""From a figure to the vouchers behind it, and from a cost centre to what it pays for and back."""

from decimal import Decimal

import pytest

from priorities.models import AnnualTarget
from programme import clock
from programme.models import Account, CostCentre, LedgerEntry
from programme.text import number
from reporting.money.tied import tied_to
from tests.factories import make_action, make_target, the_period
from tests.personas import client_of
from tests.reporting.money.entries import book
from workgroups.models import Action, WorkProgramme

pytestmark = pytest.mark.django_db

FINANCE, ENTRIES = "/ako/finance/2009/", "/ako/finance/2009/entries/"


def entries(persona="finance", **chosen):
    response = client_of(persona).get(ENTRIES, chosen)
    assert response.status_code == 200
    return response.context


def test_every_actual_of_the_table_is_the_sum_of_the_entries_it_leads_to():
    book("1234.56")
    book("-99", voucher="9002", kind=Account.Kind.INCOME)
    page = client_of("finance").get(FINANCE, {"period": "2009-T2", "cost_centre": "KP-2110"})
    rows = page.context["finance"]["rows"]
    assert rows
    for row in rows:
        behind = entries(period="2009-T2", cost_centre=row["code"], kind="expense")["whole"].euros
        assert behind == Decimal(row["actual"])
        link = f"{ENTRIES}?period=2009-T2&amp;cost_centre={row['code']}&amp;kind=expense"
        assert link in page.content.decode()
    for row in page.context["accounts"]:
        chosen = {"period": "2009-T2", "cost_centre": "KP-2110", "account": row.account.code}
        assert entries(**chosen)["whole"].euros == row.actual


def test_cents_and_files_of_vouchers_are_told_and_the_sum_is_of_all_pages():
    for at in range(60):
        book("0.01", voucher=f"{9100 + at}")
    page = client_of("finance").get(ENTRIES, {"cost_centre": "KP-2110"})
    shown = page.content.decode()
    assert len(page.context["table"].paginated_rows) == 50
    expected = LedgerEntry.objects.filter(cost_centre__code="KP-2110", booked_on__year=2009)
    assert page.context["whole"][:2] == (expected.count(), sum(row.amount for row in expected))
    assert f"{number(page.context['whole'].euros, 2)}" in shown
    last = client_of("finance").get(ENTRIES, {"cost_centre": "KP-2110", "page": 2}).content.decode()
    assert "koe.csv" in shown + last
    assert "0,01" in shown + last


def test_entries_after_the_cut_off_or_of_a_reverted_import_stand_behind_no_figure():
    before = entries(period="2009-T2")["whole"]
    book("500", day=(2009, 9, 1))
    book("700", reverted=True)
    assert entries(period="2009-T2")["whole"] == before
    assert entries()["whole"].number == before.number + 1


def test_what_is_not_to_be_chosen_says_so():
    response = client_of("finance").get(ENTRIES, {"period": "2008-T1"})
    assert response.status_code == 200
    assert response.context["filter"].form.errors["period"]


@pytest.mark.parametrize("persona", ["elected", "municipal"])
def test_who_reads_what_was_told_reads_no_voucher(persona):
    assert client_of(persona).get(ENTRIES).status_code == 404
    assert ENTRIES not in client_of(persona).get(FINANCE).content.decode()


# --- What the money is for -------------------------------------------------------------------------------


def the_centre():
    return CostCentre.objects.get(code="KP-2110")


def test_actions_of_the_cost_centre_and_what_is_left_come_to_the_amended_budget():
    tied = tied_to(the_centre(), 2009, amended=Decimal(180_000))
    actions = Action.objects.filter(cost_centre=the_centre(), work_programme__year=2009)
    assert tied.euros == sum(action.planned_euros or 0 for action in actions)
    assert tied.euros + tied.not_tied == Decimal(180_000)
    page = client_of("office").get(FINANCE, {"period": "2009-T2", "cost_centre": "KP-2110"})
    assert {line.line.code for line in page.context["tied"].lines} >= {
        action.code for action in actions if action.planned_euros
    }
    assert "ei ole sidottu" in page.content.decode()


def test_an_action_under_a_target_with_euros_of_its_own_adds_nothing():
    before = tied_to(the_centre(), 2009, amended=Decimal(0)).euros
    target = make_target(own_euros=Decimal("1000.50"), no_cost=False, cost_centre=the_centre())
    plan = WorkProgramme.objects.get(code="TO-2009-MR")
    make_action(
        "TP-2009-MR-91",
        work_programme=plan,
        target=target,
        planned_euros=Decimal(400),
        no_cost=False,
        cost_centre=the_centre(),
    )
    tied = tied_to(the_centre(), 2009, amended=Decimal(0))
    assert tied.euros == before + Decimal("1000.50")
    [inside] = [line for line in tied.lines if line.line.code == "TP-2009-MR-91"]
    assert inside.euros is None


def test_more_than_there_is_says_how_much():
    tied = tied_to(the_centre(), 2009, amended=Decimal(1))
    assert (tied.not_tied, tied.over) == (1 - tied.euros, tied.euros - 1)


def test_drafts_are_tied_to_nothing_yet():
    before = tied_to(the_centre(), 2010, amended=Decimal(0)).lines
    make_target(
        "VT-2010-MR-91",
        year=2010,
        state=AnnualTarget.State.DRAFT,
        own_euros=Decimal(900),
        no_cost=False,
        cost_centre=the_centre(),
    )
    assert tied_to(the_centre(), 2010, amended=Decimal(0)).lines == before
    assert the_period().year == 2009


def test_an_action_is_inside_a_target_that_another_cost_centre_pays():
    before = tied_to(the_centre(), 2009, amended=Decimal(0)).euros
    elsewhere = CostCentre.objects.get(code="KP-2120")
    target = make_target(own_euros=Decimal(1000), no_cost=False, cost_centre=elsewhere)
    plan = WorkProgramme.objects.get(code="TO-2009-MR")
    money = {"planned_euros": Decimal(400), "no_cost": False, "cost_centre": the_centre()}
    make_action("TP-2009-MR-91", work_programme=plan, target=target, **money)
    assert tied_to(the_centre(), 2009, amended=Decimal(0)).euros == before


def test_a_closed_period_is_read_live_again_when_its_ledger_changes_after_freezing():
    period = {"period": "2009-T1"}
    frozen = client_of("finance").get(FINANCE, period).context
    assert not frozen["reading"].is_live
    book("500", day=(2009, 3, 1), imported_at=clock.now())
    page = client_of("finance").get(FINANCE, period).context
    assert page["reading"].is_live
    total = Decimal(page["finance"]["total"]["actual"]) - Decimal(frozen["finance"]["total"]["actual"])
    assert total == 500
