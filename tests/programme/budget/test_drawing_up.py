"""A budget is drawn up from last year's lines or from nothing, proposed, taken back until it is decided."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction

from programme.budget.drawing_up import begin_budget, propose_budget, save_budget, take_budget_back
from programme.budget.grid import amounts_of
from programme.budget.handling import handle_budget
from programme.budget.reading import figures_of, read_budget
from programme.models import Budget, BudgetHandling, BudgetPlanLine, Programme
from programme.saving import cell_of
from programme.trail import trail_of
from tests.factories import ako, make_meeting
from tests.personas import client_of
from tests.programme.budget.steps import (
    BUDGET,
    CELL,
    EDIT,
    INCOME,
    PLAN_CELL,
    begun,
    decided_budget,
    proposed,
    with_plan,
)

pytestmark = pytest.mark.django_db


def ako_until(year):
    Programme.objects.filter(pk=ako().pk).update(ends_on=f"{year}-12-31")


def sent_with(page, **typed):
    """Return what a browser would send of the page's form, with these cells typed over."""
    form = page.context["form"]
    return {name: form[name].value() or "" for name in form.fields} | typed


def test_it_begins_with_the_lines_of_the_year_before_as_amended():
    budget = begun()
    last = decided_budget()
    amended = {
        place: figures.amended
        for place, figures in figures_of(last, last.amendments.prefetch_related("lines")).items()
    }
    drawn_up = {cell.place: euros for cell, euros in amounts_of(budget).items()}
    assert drawn_up == amended
    assert sum(line.amount for line in budget.lines.expenses()) == Decimal(530000)


def test_the_plan_of_a_later_year_goes_on_in_the_plan_of_the_next_budget():
    last = begun()
    with_plan(last, "48000")
    Budget.objects.filter(pk=last.pk).update(decided_on="2009-09-09")
    ako_until(2012)
    following = begin_budget(ako(), 2011, like_last=True)
    assert [(line.years_ahead, line.amount) for line in following.plan_lines.all()] == [(1, Decimal(48000))]


def test_it_begins_empty_and_only_once():
    budget = begun(like_last=False)
    assert (budget.code, budget.lines.count(), budget.is_draft) == ("TA-2010", 0, True)
    for year in (2010, 2009, 2008, 2011):
        with pytest.raises(ValidationError):
            begin_budget(ako(), year, like_last=False)


def test_a_cell_is_written_to_the_cent_emptied_and_never_zero_instead_of_empty():
    budget = begun()
    save_budget(budget, values={CELL: Decimal("47000.55"), PLAN_CELL: Decimal(0), INCOME: None}, base={})
    page = client_of("finance").get(EDIT)
    form = page.context["form"]
    assert [form[name].value() for name in (CELL, PLAN_CELL, INCOME)] == [
        "47\u00a0000,55",
        "0",
        None,
    ]


def test_the_page_takes_the_table_and_tells_its_sums():
    begun()
    finance = client_of("finance")
    page = finance.get(EDIT)
    answer = finance.post(EDIT, sent_with(page, **{CELL: "47 000,50", PLAN_CELL: "48000"}), follow=True)
    assert answer.redirect_chain[-1][0] == EDIT
    form = answer.context["form"]
    before = page.context["form"]
    gained = Decimal("47000.50") - before[CELL].initial
    assert form.whole.spent[0] == before.whole.spent[0] + gained
    assert form.whole.spent[1] == Decimal(48000)
    assert form.whole.difference[0] == before.whole.difference[0] - gained


def test_what_cannot_be_read_stands_at_its_cell_and_nothing_is_saved():
    budget = begun()
    before = amounts_of(budget)
    finance = client_of("finance")
    typed = sent_with(finance.get(EDIT), **{CELL: "viisi", PLAN_CELL: "1,234", INCOME: "-1"})
    page = finance.post(EDIT, typed)
    form = page.context["form"]
    assert page.status_code == 422
    assert set(form.errors) == {CELL, PLAN_CELL, INCOME}
    assert [form[name].value() for name in (CELL, PLAN_CELL, INCOME)] == ["viisi", "1,234", "-1"]
    assert f'id="id_{CELL}_error"' in page.content.decode()
    assert amounts_of(budget) == before


def test_two_writers_of_different_cells_both_stay_and_of_the_same_cell_both_are_shown():
    budget = begun()
    finance, office = client_of("finance"), client_of("office")
    opened = sent_with(finance.get(EDIT))
    office.post(EDIT, sent_with(office.get(EDIT), **{CELL: "1", INCOME: "2"}))
    assert finance.post(EDIT, opened | {PLAN_CELL: "3"}).status_code == 302
    stale = finance.post(EDIT, opened | {CELL: "4"})
    assert stale.status_code == 409
    [(label, yours, saved)] = stale.context["form"].differing
    assert ("2110" in label, yours, saved) == (True, "4", "1")
    kept = {cell_of(euros) for cell, euros in amounts_of(budget).items() if euros < 10}
    assert kept == {"1", "2", "3"}


def test_it_is_proposed_with_lines_only_and_is_not_written_from_then_on():
    empty = begun(like_last=False)
    with pytest.raises(ValidationError):
        propose_budget(empty)
    save_budget(empty, values={CELL: Decimal(1)}, base={})
    propose_budget(empty)
    with pytest.raises(ValidationError):
        save_budget(empty, values={CELL: Decimal(2)}, base={})
    assert client_of("finance").get(EDIT).status_code == 403
    take_budget_back(empty)
    save_budget(empty, values={CELL: Decimal(2)}, base={CELL: "1"})
    assert [line.amount for line in empty.lines.all()] == [Decimal(2)]


def test_plan_years_are_locked_with_their_budget():
    budget = begun()
    line = with_plan(budget)
    budget.decided_on = datetime.date(2009, 9, 9)
    budget.save()
    for act in (line.delete, lambda: BudgetPlanLine.objects.update(amount=1), lambda: with_plan(budget)):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
    assert read_budget(budget, decided_budget().decided_on).has_plan


def test_a_plan_line_is_of_one_of_the_two_years_after():
    budget = begun()
    line = with_plan(budget)
    for ahead in (0, 3):
        line.years_ahead = ahead
        with pytest.raises(IntegrityError), transaction.atomic():
            line.save()


def test_a_handling_is_kept_with_its_matter_or_without_and_of_one_body_the_last_stands():
    budget = proposed()
    meeting = make_meeting("KOK-KJK-90", body="BODY-KJK", held_on=datetime.date(2009, 9, 9))
    first = handle_budget(budget, meeting=meeting, number=None)
    assert (first.matter, first.handled_on) == (None, meeting.held_on)
    later = handle_budget(budget, meeting=meeting, number=987)
    assert (later.pk, later.matter.section, later.matter.title) == (first.pk, 987, "Talousarvio 2010")
    page = client_of("finance").get(BUDGET).content.decode().replace("\u00a0", " ")
    assert "987 §" in page


def test_the_handling_is_entered_on_its_page():
    proposed()
    make_meeting("KOK-KJK-90", body="BODY-KJK", held_on=datetime.date(2009, 9, 9))
    finance = client_of("finance")
    address = f"{BUDGET}handle/"
    code = finance.get(address).context["form"].fields["meeting"].queryset[0].code
    assert finance.post(address, {"meeting": code, "number": ""}).status_code == 302
    assert Budget.objects.get(year=2010).handlings.count() == 1
    assert finance.post(address, {"meeting": "", "number": ""}).status_code == 422


def test_no_body_handled_a_budget_before_its_proposal():
    budget = proposed()
    before = make_meeting("KOK-KJK-90", body="BODY-KJK", held_on=datetime.date(2009, 9, 8))
    with pytest.raises(ValidationError):
        handle_budget(budget, meeting=before, number=None)
    page = client_of("finance").get(f"{BUDGET}handle/")
    assert not page.context["form"].fields["meeting"].queryset.exists()


def test_taken_back_it_has_not_been_handled():
    budget = proposed()
    meeting = make_meeting("KOK-KJK-90", body="BODY-KJK", held_on=datetime.date(2009, 9, 9))
    handling = handle_budget(budget, meeting=meeting, number=None)
    take_budget_back(budget)
    propose_budget(budget)
    told = trail_of(BudgetHandling).filter(pgh_obj_id=handling.pk).order_by("pgh_id")
    assert list(told.values_list("pgh_label", flat=True)) == ["insert", "delete"]
    assert not budget.handlings.exists()


def test_begun_from_the_list_of_budgets_by_one_of_two_buttons():
    finance = client_of("finance")
    assert finance.get("/ako/budget/").context["years_to_begin"] == [2010]
    assert finance.post(f"{BUDGET}begin/", {"like": "rubbish"}).status_code == 400
    finance.post(f"{BUDGET}begin/", {"like": "last"})
    again = finance.post(f"{BUDGET}begin/", {"like": "empty"}, follow=True)
    assert "aloitettu" in again.content.decode()
    assert Budget.objects.get(year=2010).lines.count() > 40
