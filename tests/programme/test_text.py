"""The table of formats, row by row, in three languages."""

import datetime
from decimal import Decimal

import pytest
from django.utils import translation

from programme import text

DAY = datetime.date(2026, 11, 24)
MOMENT = datetime.datetime(2026, 11, 24, 9, 15)
JANUARY, AUGUST = datetime.date(2009, 1, 1), datetime.date(2009, 8, 31)

# A tilde stands for the no-break space, so that the eye can check the table.
TABLE = [
    (lambda: text.day(DAY), "24.11.2026", "24.11.2026", "24 Nov 2026"),
    (lambda: text.day_in_words(DAY), "24. marraskuuta 2026", "24 november 2026", "24 November 2026"),
    (lambda: text.weekday_and_day(DAY), "ti 24.11.2026", "ti 24.11.2026", "Tue 24 Nov 2026"),
    (
        lambda: text.weekday_and_time(MOMENT),
        "ti 24.11.2026 klo~9.15",
        "ti 24.11.2026 kl.~9.15",
        "Tue 24 Nov 2026, 9:15",
    ),
    (lambda: text.clock_time(MOMENT), "9.15", "9.15", "9:15"),
    (lambda: text.clock_time(datetime.time(16)), "16.00", "16.00", "16:00"),
    (lambda: text.period(JANUARY, AUGUST), "1.1.–31.8.2009", "1.1–31.8.2009", "1 Jan–31 Aug 2009"),
    (
        lambda: text.period(AUGUST, DAY),
        "31.8.2009–24.11.2026",
        "31.8.2009–24.11.2026",
        "31 Aug 2009–24 Nov 2026",
    ),
    (lambda: text.number("1234567.5"), "1~234~567,5", "1~234~567,5", "1,234,567.5"),
    (lambda: text.number(-7000), "−7~000", "−7~000", "−7,000"),
    (lambda: text.number(7000, sign=True), "+7~000", "+7~000", "+7,000"),
    (lambda: text.number(Decimal("3.00")), "3", "3", "3"),
    (lambda: text.number(Decimal("3"), 2), "3,00", "3,00", "3.00"),
    (lambda: text.euros("40000.00"), "40~000~€", "40~000~€", "€40,000"),
    (lambda: text.euros(Decimal("-7000")), "−7~000~€", "−7~000~€", "−€7,000"),
    (lambda: text.euros(5000, sign=True), "+5~000~€", "+5~000~€", "+€5,000"),
    (lambda: text.euros("1250.5", 2), "1~250,50~€", "1~250,50~€", "€1,250.50"),
    (lambda: text.million_euros(1_200_000), "1,2~milj.~€", "1,2~mn~€", "€1.2~million"),
    (lambda: text.percent(Decimal("66.66")), "66,7~%", "66,7~%", "66.7%"),
    (
        lambda: text.percentage_points(Decimal("-9.1")),
        "−9,1~%-yks.",
        "−9,1~procentenheter",
        "−9.1~percentage points",
    ),
    (lambda: text.section(66), "66~§", "66~§", "Section 66"),
]


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("row", range(len(TABLE)))
def test_formats_follow_the_table(language, row):
    written, *expected = TABLE[row]
    with translation.override(language):
        assert written() == expected[["fi", "sv", "en"].index(language)].replace("~", "\u00a0")


@pytest.mark.parametrize(
    "written",
    [
        text.euros,
        text.million_euros,
        text.percent,
        text.percentage_points,
        text.number,
        text.day,
        text.day_in_words,
        text.weekday_and_day,
        text.weekday_and_time,
        text.clock_time,
        text.section,
    ],
)
def test_nothing_is_an_en_dash_and_not_zero(written):
    assert written(None) == "–"


def test_zero_is_zero():
    assert text.euros(0) == "0\u00a0€"


def test_zero_has_no_sign():
    assert text.number(Decimal("-0.04"), 1, sign=True) == "0,0"


def test_halves_round_up_as_in_bookkeeping():
    assert [text.percent("57.55"), text.euros("0.5"), text.euros("-2.5")] == [
        "57,6\u00a0%",
        "1\u00a0€",
        "−3\u00a0€",
    ]


def test_frozen_days_are_text():
    assert text.period("2009-01-01", "2009-08-31") == "1.1.–31.8.2009"


def test_moments_are_told_in_finnish_time():
    assert text.weekday_and_time("2009-09-11T13:00:00+00:00") == "pe 11.9.2009 klo\u00a016.00"


def test_a_period_of_one_day_is_that_day():
    assert text.period(DAY, DAY) == "24.11.2026"


def test_open_periods_keep_their_dash():
    assert [text.period(JANUARY, None), text.period(None, JANUARY), text.period(None, None)] == [
        "1.1.2009–",
        "–1.1.2009",
        "–",
    ]


def test_words_come_in_the_readers_language():
    with translation.override("sv"):
        assert text.in_language({"fi": "tavoite", "sv": "mål"}) == ("mål", "sv")


def test_words_fall_back_to_finnish_then_swedish():
    assert text.in_language({"fi": "tavoite", "sv": "mål"}, "en") == ("tavoite", "fi")
    assert text.in_language({"fi": "", "sv": "mål"}, "en") == ("mål", "sv")
    assert text.in_language({}, "en") == ("", "en")


class Named:
    name_fi, name_sv, name_en = "Ohjelma", "", "Programme"


@pytest.mark.parametrize(
    "holder",
    [
        Named(),
        {"name_fi": "Ohjelma", "name_sv": "", "name_en": "Programme"},
        {"name": {"fi": "Ohjelma", "sv": None, "en": "Programme"}},
        {"fi": "Ohjelma", "sv": None, "en": "Programme"},
    ],
)
def test_words_of_models_and_of_frozen_facts(holder):
    assert text.words_of(holder, "name", "en") == ("Programme", "en")
    assert text.words_of(holder, "name", "sv") == ("Ohjelma", "fi")
