"""What the check of a file tells: no budget is no zero, and only what touched a row is a correction of it."""

import pytest

from programme import clock
from programme.ledger import acting, jobs
from programme.models import Budget
from tests.factories import ako
from tests.personas import client_of, person
from tests.programme.ledger.files import ROWS, as_csv, checked, fresh, guessed

pytestmark = pytest.mark.django_db


def page_of(file):
    return client_of("finance").get(file.get_absolute_url())


def test_a_year_without_a_decided_budget_is_told_as_unknown():
    rows = (("9001", "1", "1.3.2010", "2110", "4340", "Kartat", "100,00"), *ROWS)
    assert not Budget.objects.filter(programme=ako(), year=2010).exists()
    file = checked(as_csv(rows))
    by_year = {row["year"]: row["amended"] for row in file.findings["effects"] if row["number"] == "2110"}
    assert by_year[2010] is None
    assert by_year[2009] is not None
    assert '<td class="number" data-label="Muutettu talousarvio">–</td>' in page_of(file).text


def test_a_remembered_number_that_no_row_says_is_no_correction_of_the_file():
    numbers = {"cost_centre": {"2140": "KP-2130"}, "account": {"9999": "TILI-4340"}}
    rows = (("9001", "1", "31.8.2009", "2140", "4340", "Kartat", "100,00"), *ROWS)
    file = checked(as_csv(rows), numbers=numbers)
    assert fresh(file).findings["idle"] == [["account", "9999"]]
    assert [one.read for one in page_of(file).context["corrections"]] == ["2140"]


def test_a_number_given_for_a_row_that_says_another_now_rests():
    file = checked(as_csv((("9001", "1", "31.8.2009", "2140", "4340", "Kartat", "100,00"),)))
    file.corrections.create(
        sheet=file.mapping["sheet"],
        field="cost_centre",
        read="2150",
        given="KP-2130",
        given_by=person("finance"),
        given_at=clock.now(),
    )
    acting.choose_columns(file, mapping=guessed(file), version=file.version)
    jobs.check(file.pk)
    [told] = page_of(file).context["corrections"]
    assert (told.rests, told.counts) == (True, False)
    assert "lepää: mikään rivi ei enää sano tätä numeroa" in page_of(file).text
