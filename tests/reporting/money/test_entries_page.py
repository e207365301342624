"""The page of entries: to the import and back, and sums that say what they are of."""

import pytest

from programme.models import Account, LedgerImport
from tests.personas import client_of
from tests.reporting.money.entries import book

pytestmark = pytest.mark.django_db

ENTRIES = "/ako/finance/2009/entries/"


def words_of(answer):
    return answer.text.replace("\u00a0", " ")


def test_an_entry_leads_to_its_import_for_those_who_read_imports_and_the_import_back():
    entry = book("12.50", voucher="9777")
    address = f"/ako/finance/import/{entry.ledger_import.pk}/"
    chosen = {"ledger_import": entry.ledger_import.pk}
    page = client_of("auditor").get(ENTRIES, chosen)
    assert page.context["whole"][:2] == (1, entry.amount)
    assert f'<a href="{address}">koe.csv</a>' in page.text
    assert (
        f'href="{ENTRIES}?ledger_import={entry.ledger_import.pk}"' in client_of("auditor").get(address).text
    )
    member = client_of("member-mr").get(ENTRIES, chosen)
    assert ("koe.csv" in member.text, address in member.text) == (True, False)


def test_a_reverted_import_has_no_entries_to_lead_to():
    entry = book("12.50", reverted=True)
    page = client_of("auditor").get(f"/ako/finance/import/{entry.ledger_import.pk}/")
    assert page.context["years"] == []


def test_the_cost_centres_of_an_import_stand_by_number():
    brought_in = LedgerImport.objects.filter(entries__isnull=False)[0]
    numbers = [centre.number for centre in brought_in.sums_by_centre()]
    assert len(numbers) > 1
    assert numbers == sorted(numbers)
    assert brought_in.sums_by_centre().query.order_by == ("number",)


def test_costs_and_income_are_two_sums():
    book("-99.50", kind=Account.Kind.INCOME)
    page = client_of("finance").get(ENTRIES)
    whole = page.context["whole"]
    assert (whole.income, whole.costs + whole.income) == (-99.5, whole.euros)
    assert "tulot −99,50 €" in words_of(page)
    assert "yhteensä" not in page.text.partition("<table")[0]
    costs = client_of("finance").get(ENTRIES, {"kind": "expense"})
    assert "yhteensä" in costs.text.partition("<table")[0]


def test_a_wrong_choice_tells_no_sum_above_its_fault():
    page = client_of("finance").get(ENTRIES, {"first": "eilen"})
    assert page.context["filter"].form.errors["first"]
    assert "0,00" not in page.text
    assert "osumaa" not in page.text
    assert "entries.csv" not in page.text
    assert "Rajausta ei voi lukea" in page.text
