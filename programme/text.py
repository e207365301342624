"""How numbers, money, days and sections are written, in the reader's language.

Pure functions: they read the active language and nothing else. Values may be numbers, decimals as text (as
frozen facts hold them) or None; None prints as an en dash, because empty is not zero.
"""

import datetime
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.conf import settings
from django.utils import timezone, translation

Number = Decimal | int | float | str | None
Day = datetime.date | str | None

NO_BREAK_SPACE = "\u00a0"
MINUS = "\u2212"
EN_DASH = "\u2013"
NOTHING = EN_DASH

WEEKDAYS = {
    "fi": ("ma", "ti", "ke", "to", "pe", "la", "su"),
    "sv": ("må", "ti", "on", "to", "fr", "lö", "sö"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
MONTHS = {
    "fi": (
        "tammikuuta",
        "helmikuuta",
        "maaliskuuta",
        "huhtikuuta",
        "toukokuuta",
        "kesäkuuta",
        "heinäkuuta",
        "elokuuta",
        "syyskuuta",
        "lokakuuta",
        "marraskuuta",
        "joulukuuta",
    ),
    "sv": (
        "januari",
        "februari",
        "mars",
        "april",
        "maj",
        "juni",
        "juli",
        "augusti",
        "september",
        "oktober",
        "november",
        "december",
    ),
    "en": (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
}


def language_code() -> str:
    """Return the active language as one of the portal's codes."""
    active = (translation.get_language() or "")[:2]
    return active if active in WEEKDAYS else settings.LANGUAGE_CODE


# Numbers


def number(value: Number, decimals: int | None = None, sign: bool = False) -> str:
    """Group the digits and use the true minus; without `decimals`, as many as the value has."""
    exact = _decimal(value)
    return NOTHING if exact is None else _signed(exact, decimals, sign, "", "")


def euros(value: Number, decimals: int = 0, sign: bool = False) -> str:
    exact = _decimal(value)
    if exact is None:
        return NOTHING
    before, after = ("€", "") if language_code() == "en" else ("", NO_BREAK_SPACE + "€")
    return _signed(exact, decimals, sign, before, after)


def exact_sum(value: Number, sign: bool = False) -> str:
    """Return a sum to the cent; cents stand only where there are any, and then both digits of them."""
    return number(value, _cents_of(value), sign)


def exact_euros(value: Number) -> str:
    """Return a sum of euros to the cent, with its unit."""
    return euros(value, _cents_of(value))


def _cents_of(value: Number) -> int:
    exact = _decimal(value)
    return 0 if exact is None or exact == exact.to_integral_value() else 2


def million_euros(value: Number) -> str:
    """Return a large sum in millions, to one decimal."""
    exact = _decimal(value)
    if exact is None:
        return NOTHING
    after = {"fi": " milj. €", "sv": " mn €", "en": " million"}[language_code()]
    before = "€" if language_code() == "en" else ""
    return _signed(exact / 1_000_000, 1, False, before, after.replace(" ", NO_BREAK_SPACE))


def percent(value: Number, decimals: int = 1, sign: bool = False) -> str:
    exact = _decimal(value)
    after = "%" if language_code() == "en" else NO_BREAK_SPACE + "%"
    return NOTHING if exact is None else _signed(exact, decimals, sign, "", after)


def percentage_points(value: Number) -> str:
    """Return a difference of two percentages, always with its sign."""
    exact = _decimal(value)
    after = {"fi": "%-yks.", "sv": "procentenheter", "en": "percentage points"}[language_code()]
    return NOTHING if exact is None else _signed(exact, 1, True, "", NO_BREAK_SPACE + after)


def _decimal(value: Number) -> Decimal | None:
    if value is None or value == "":
        return None
    return value if isinstance(value, Decimal) else Decimal(str(value))


def _signed(value: Decimal, decimals: int | None, sign: bool, before: str, after: str) -> str:
    if decimals is None:
        decimals = max(0, -int(value.normalize().as_tuple().exponent))
    rounded = value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    digits = f"{abs(rounded):,f}"
    if language_code() != "en":
        digits = digits.replace(",", NO_BREAK_SPACE).replace(".", ",")
    mark = MINUS if rounded < 0 else "+" if sign and rounded > 0 else ""
    return mark + before + digits + after


# Days and times


def day(value: Day) -> str:
    """Return a day: 24.11.2026, in English 24 Nov 2026."""
    date = _date(value)
    if date is None:
        return NOTHING
    if language_code() == "en":
        return f"{date.day} {_short_month(date)} {date.year}"
    return f"{date.day}.{date.month}.{date.year}"


def day_in_words(value: Day) -> str:
    """Return a day with the month's name: 24. marraskuuta 2026."""
    date = _date(value)
    if date is None:
        return NOTHING
    language = language_code()
    full_stop = "." if language == "fi" else ""
    return f"{date.day}{full_stop} {MONTHS[language][date.month - 1]} {date.year}"


def weekday_and_day(value: Day) -> str:
    date = _date(value)
    return NOTHING if date is None else f"{WEEKDAYS[language_code()][date.weekday()]} {day(date)}"


def clock_time(value: datetime.datetime | datetime.time | None) -> str:
    """Return a time of day, in Finland with a full stop: 9.15."""
    if value is None:
        return NOTHING
    local = _local(value) if isinstance(value, datetime.datetime) else value
    return f"{local.hour}{':' if language_code() == 'en' else '.'}{local.minute:02}"


def weekday_and_time(value: datetime.datetime | str | None) -> str:
    """Return a moment as people say it: ti 24.11.2026 klo 9.15, the hour never parted from its word."""
    moment = datetime.datetime.fromisoformat(value) if isinstance(value, str) else value
    if moment is None:
        return NOTHING
    moment = _local(moment)
    between = {"fi": f" klo{NO_BREAK_SPACE}", "sv": f" kl.{NO_BREAK_SPACE}", "en": ", "}[language_code()]
    return weekday_and_day(moment.date()) + between + clock_time(moment)


def period(start: Day, end: Day) -> str:
    """Return a range without spaces round its dash; the year once when it is the same."""
    first, last = _date(start), _date(end)
    if first is None or last is None:
        return (
            NOTHING if first is last else f"{day(first) if first else ''}{EN_DASH}{day(last) if last else ''}"
        )
    if first == last:
        return day(last)
    if first.year != last.year:
        return day(first) + EN_DASH + day(last)
    start_without_year = {
        "fi": f"{first.day}.{first.month}.",
        "sv": f"{first.day}.{first.month}",
        "en": f"{first.day} {_short_month(first)}",
    }[language_code()]
    return start_without_year + EN_DASH + day(last)


def _date(value: Day) -> datetime.date | None:
    if not value:
        return None
    if isinstance(value, str):
        value = datetime.datetime.fromisoformat(value)
    return _local(value).date() if isinstance(value, datetime.datetime) else value


def _local(moment: datetime.datetime) -> datetime.datetime:
    return timezone.localtime(moment) if timezone.is_aware(moment) else moment


def _short_month(date: datetime.date) -> str:
    return MONTHS["en"][date.month - 1][:3]


# Words


def section(value: int | str | None) -> str:
    """Return a section of minutes: 66 §."""
    if value is None or value == "":
        return NOTHING
    return f"Section {value}" if language_code() == "en" else f"{value}{NO_BREAK_SPACE}§"


def in_language(words: Mapping[str, str | None] | None, language: str | None = None) -> tuple[str, str]:
    """Choose a text and say which language it is in: the wanted one, else Finnish, Swedish, English."""
    wanted = language or language_code()
    for code in (wanted, "fi", "sv", "en"):
        text = (words or {}).get(code)
        if text:
            return text, code
    return "", wanted


def words_of(holder: Any, name: str = "", language: str | None = None) -> tuple[str, str]:
    """Choose a text from a model's `name_fi`, `name_sv`, `name_en`, or from a mapping of frozen facts.

    A mapping may hold the languages themselves, hold them under `name`, or hold `name_fi` and so on.
    """
    if not isinstance(holder, Mapping):
        return in_language({code: getattr(holder, f"{name}_{code}", None) for code in WEEKDAYS}, language)
    if name in holder:
        return in_language(holder[name], language)
    columns = {code: holder[f"{name}_{code}"] for code in WEEKDAYS if f"{name}_{code}" in holder}
    return in_language(columns or holder, language)
