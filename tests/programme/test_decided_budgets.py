"""A decided budget changes by amendment only: the database itself refuses every other way."""

from contextlib import nullcontext
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from programme.models import Budget, BudgetAmendment, BudgetAmendmentLine, BudgetLine
from tests.factories import ako

pytestmark = pytest.mark.django_db


def decided() -> Budget:
    return Budget.objects.get(programme=ako(), year=2009)


def undecided() -> Budget:
    return Budget.objects.create(programme=ako(), year=2011, code="TA-2011")


def a_line_of(budget: Budget) -> BudgetLine:
    like = decided().lines.expenses()[0]
    return BudgetLine(budget=budget, cost_centre=like.cost_centre, account=like.account, amount=Decimal(1))


def a_line_more_of_an_amendment() -> BudgetAmendmentLine:
    amendment = BudgetAmendment.objects.filter(lines__isnull=False)[0]
    changed = amendment.lines.expenses().values("account")
    like = decided().lines.expenses().exclude(account__in=changed)[0]
    return BudgetAmendmentLine(
        amendment=amendment, cost_centre=like.cost_centre, account=like.account, amount=Decimal(1)
    )


def every_other_way():
    return {
        "the line's euros": lambda: decided().lines.update(amount=Decimal(1)),
        "the line's budget": lambda: decided().lines.update(budget=undecided()),
        "one line less": lambda: decided().lines.first().delete(),
        "one line more": lambda: a_line_of(Budget.objects.get(programme=ako(), year=2008)).save(),
        "the day of the decision": lambda: Budget.objects.filter(year=2009).update(decided_on="2009-01-01"),
        "no decision any more": lambda: Budget.objects.filter(year=2009).update(decided_on=None),
        "another year": lambda: Budget.objects.filter(year=2009).update(year=2012),
        "no budget any more": lambda: Budget.objects.filter(year=2009)._raw_delete("default"),
        "an amendment's day": lambda: BudgetAmendment.objects.update(decided_on="2009-01-01"),
        "no amendment any more": lambda: BudgetAmendment.objects.all()._raw_delete("default"),
        "an amendment's euros": lambda: BudgetAmendmentLine.objects.update(amount=Decimal(1)),
        "an amendment's line more": lambda: a_line_more_of_an_amendment().save(),
        "an amendment's line less": lambda: BudgetAmendmentLine.objects.all()._raw_delete("default"),
    }


@pytest.mark.parametrize("way", every_other_way())
def test_what_is_decided_refuses(way):
    before = list(decided().lines.values_list("pk", "amount"))
    with pytest.raises(DatabaseError), transaction.atomic():
        every_other_way()[way]()
    assert (list(decided().lines.values_list("pk", "amount")), bool(before)) == (before, True)


def test_an_amendment_is_made_with_its_lines_and_changes_each_line_of_the_budget_once():
    made = BudgetAmendment.objects.create(
        budget=decided(), code="MUU-2009-X", kind="siirto", text="Siirto.", decided_on="2009-09-09"
    )
    for refused in (False, True):
        line = a_line_more_of_an_amendment()
        line.amendment = made
        with pytest.raises(IntegrityError) if refused else nullcontext(), transaction.atomic():
            line.save()
    assert made.lines.count() == 1


def test_what_is_drawn_up_changes_until_it_is_decided():
    budget = undecided()
    line = a_line_of(budget)
    line.save()
    line.amount = Decimal(2)
    line.save()
    budget.decided_on = "2009-09-09"
    budget.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        line.delete()
    assert budget.lines.get().amount == Decimal(2)
