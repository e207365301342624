"""Codes of a series: the next number, whatever else is known."""

import pytest

from programme.codes import next_number


@pytest.mark.parametrize(
    ("known", "number"),
    [
        ([], 1),
        (["MUU-2009-1", "MUU-2009-9", "MUU-2009-10"], 11),
        (["MUU-2008-7", "MUU-2009-2"], 3),
        (["MUU-2009-A", "MUU-2009-", "MUU-2009-2-3"], 1),
        (["MUU-2009-04"], 5),
    ],
)
def test_the_next_number_follows_the_highest_of_its_own_series(known, number):
    assert next_number("MUU-2009-", known) == number
