"""An emptied cell of an amendment is asked about: that nothing is left is written as 0."""

from decimal import Decimal

import pytest

from tests.personas import client_of
from tests.workgroups.budget_amendments.steps import FEES, NEW, SPACES, stands
from workgroups.models import BudgetProposal

pytestmark = pytest.mark.django_db


def send(**typed):
    client = client_of("finance")
    form = client.get(NEW).context["form"]
    cells = {name: form[name].value() or "" for name in form.fields}
    return client.post(NEW, cells | {"amendment_reason": "Kilpailutus"} | typed)


def test_an_emptied_cell_is_a_fault_at_the_cell_and_what_was_typed_stays():
    page = send(**{FEES: "", SPACES: "12 345"})
    assert page.status_code == 422
    form = page.context["form"]
    assert form.errors[FEES] == [
        "Tässä ei ole mitään. Kirjoita 0, jos mitään ei jää, tai summa, joka tähän tulisi."
    ]
    assert (form[FEES].value(), form[SPACES].value()) == ("", "12 345")
    assert form["amendment_reason"].value() == "Kilpailutus"
    assert not BudgetProposal.objects.exists()


def test_a_zero_that_is_written_is_proposed_and_cells_that_were_empty_stay_empty():
    stood = stands()[FEES]
    assert None in stands().values()
    assert send(**{FEES: "0"}).status_code == 302
    [line] = BudgetProposal.objects.get().lines.all()
    assert line.amount == -stood
    assert stood > Decimal(0)
