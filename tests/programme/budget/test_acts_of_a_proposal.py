"""What is done with a proposed budget is named as its refusals name it, and offered where it can be done."""

import pytest

from tests.personas import client_of
from tests.programme.budget.steps import BUDGET, EDIT, proposed
from tests.workgroups.budget_amendments.steps import a_proposal

pytestmark = pytest.mark.django_db


def test_a_proposed_budget_is_taken_back_by_that_name():
    proposed()
    client = client_of("finance")
    assert ">Ota takaisin</button>" in client.get(BUDGET).text
    assert "Ota se takaisin" in client.get(EDIT).text


def test_without_a_meeting_a_handling_has_a_reason_and_no_button():
    proposed()
    page = client_of("finance").get(f"{BUDGET}handle/")
    assert page.context["form"].why_none
    assert page.context["form"].why_none in page.text
    assert ">Tallenna</button>" not in page.text


def test_the_column_of_changes_is_no_verb():
    page = client_of("finance").get(a_proposal().get_absolute_url()).text
    assert '<th scope="col" class="number">Muutos</th>' in page
    assert ">Muuta</th>" not in page
