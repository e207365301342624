import pytest
from programme.models import *

pytestmark = pytest.mark.django_db


def test_x():
    for d in Deadline.objects.for_pages().filter(due_on__year__gte=2009):
        print(
            d.due_on,
            f"{d.due_on:%a}",
            d.state,
            d.done_on,
            d.period or d.budget_year,
            d.step.code,
            d.body or "-",
            d.meeting or "-",
            d.step.lane,
        )
    print(Deadline.objects.count())
    assert 0
