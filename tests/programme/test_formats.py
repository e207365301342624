"""Django's own formatting speaks as the portal does."""

import datetime

import pytest
from django.template import Context, Template
from django.utils import formats, translation

MOMENT = datetime.datetime(2026, 11, 24, 9, 5)


@pytest.mark.parametrize(
    ("language", "day", "moment", "number"),
    [
        ("fi", "24.11.2026", "24.11.2026 klo 9.05", "3,5"),
        ("sv", "24.11.2026", "24.11.2026 kl. 9.05", "3,5"),
        ("en", "24 Nov 2026", "24 Nov 2026, 9:05", "3.5"),
    ],
)
def test_days_times_and_decimals(language, day, moment, number):
    with translation.override(language):
        assert formats.date_format(MOMENT, "DATE_FORMAT") == day
        assert formats.date_format(MOMENT, "DATETIME_FORMAT") == moment
        assert formats.number_format(3.5) == number


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_years_and_keys_are_never_grouped(language):
    with translation.override(language):
        assert Template("{{ year }} {{ key }}").render(Context({"year": 2009, "key": 12345})) == "2009 12345"
