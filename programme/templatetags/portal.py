"""Filters and tags that every template has without loading: formats, words in three languages, statuses."""

import functools
from collections.abc import Mapping
from typing import Any

from django import template
from django.core.exceptions import NON_FIELD_ERRORS
from django.forms import BaseForm
from django.template import Context
from django.utils import translation
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from programme import hyphenation, navigation, text
from programme.navigation import MenuItem
from programme.statuses import STATUS_LABELS

register = template.Library()

register.filter("euros", text.euros)
register.filter("exact_euros", text.exact_euros)
register.filter("exact_sum", text.exact_sum)
register.filter("million_euros", text.million_euros)
register.filter("percent", text.percent)
register.filter("percentage_points", text.percentage_points)
register.filter("number", text.number)
register.filter("day", text.day)
register.filter("day_in_words", text.day_in_words)
register.filter("day_weekday", text.weekday_and_day)
register.filter("month_in_words", text.month_in_words)
register.filter("weekday_short", text.weekday)
register.filter("weekday_and_time", text.weekday_and_time)
register.filter("clock_time", text.clock_time)
register.filter("section", text.section)


@register.filter
def points(form: BaseForm) -> int:
    """Count what has to be mended in a form: each field once, and each sentence that is of no field.

    Of a form that is sent beside it (`beside`), each sentence: of several files each has its own.
    """
    beside: BaseForm | None = getattr(form, "beside", None)
    others = sum(len(said) for said in beside.errors.values()) if beside else 0
    return len(form.non_field_errors()) + len(form.errors.keys() - {NON_FIELD_ERRORS}) + others


@register.filter
def euros_signed(value: text.Number, decimals: int = 0) -> str:
    return text.euros(value, decimals, sign=True)


@register.filter
def number_signed(value: text.Number, decimals: int | None = None) -> str:
    return text.number(value, decimals, sign=True)


@register.filter
def exact_euros_signed(value: text.Number) -> str:
    return text.exact_euros(value, sign=True)


@register.filter
def exact_sum_signed(value: text.Number) -> str:
    return text.exact_sum(value, sign=True)


@register.filter
def measured(value: text.Number, unit: str) -> str:
    """Return a number with its unit; what is not known is no number of anything."""
    return text.NOTHING if value is None else f"{text.number(value)} {unit}"


@register.filter
def hyphenate(value: str) -> str:
    """Let the long words of a Finnish page break between syllables."""
    return hyphenation.hyphenate(value) if text.language_code() == "fi" else value


@register.filter
def hyphenate_heading(value: str) -> str:
    """Let the long words of a Finnish heading break at compound borders."""
    return hyphenation.hyphenate_heading(value) if text.language_code() == "fi" else value


@register.filter
def unbroken(code: str) -> SafeString:
    """Show a code that never breaks after one of its hyphens."""
    return format_html('<span class="nowrap">{}</span>', code)


@register.simple_tag
def period_range(start: text.Day, end: text.Day) -> SafeString:
    """Show a range of days that never breaks after its dash."""
    return format_html('<span class="nowrap">{}</span>', text.period(start, end))


@register.filter
def period_words(period: Any) -> str:
    """Name a reporting period by its days: 1.1.–31.8.2009."""
    return text.period(period.starts_on, period.ends_on)


@register.filter
def count_of(counts: Mapping[str, int], code: str) -> int:
    """Return how many there are under a code; none is zero."""
    return counts.get(code, 0)


@register.filter
def plain_words(holder: Any, name: str = "") -> str:
    """Return a text in the reader's language, unmarked where it falls back: for titles and attributes."""
    return text.words_of(holder, name)[0]


@register.simple_tag
def words(holder: Any, name: str = "") -> str | SafeString:
    """Show a text in the reader's language; where there is none, another language, marked as such."""
    chosen, language = text.words_of(holder, name)
    if not chosen or language == text.language_code():
        return chosen
    only_in = {
        "fi": _("only in Finnish"),
        "sv": _("only in Swedish"),
        "en": _("only in English"),
    }[language]
    return format_html(
        '<span lang="{}">{}</span> <span class="only-in">({})</span>', language, chosen, only_in
    )


@register.simple_tag(takes_context=True)
def finance_rooms(context: Context, year: int | None = None) -> list[MenuItem]:
    """Return the pages of money that stand beside this one, for the programme of the page."""
    return navigation.finance_rooms(context["request"], context["programme"], year)


@register.simple_tag
def status(code: str) -> SafeString:
    """Show a status as its badge: mark, word and code. Called once a row, so each badge is made once."""
    return _badge(str(code), translation.get_language() or "")


@functools.lru_cache(maxsize=64)
def _badge(code: str, language: str) -> SafeString:
    with translation.override(language):
        return format_html(
            '<span class="badge badge--{0}" data-status="{0}">'
            '<span class="mark mark--{0}" aria-hidden="true"></span>{1}</span>',
            code,
            STATUS_LABELS[code],
        )


@register.filter
def cell_class(bound_column: Any) -> str:
    """Return the class that a table's column declares for its cells.

    django-tables2 works the attributes out anew for every cell, which costs more than the rest of the row.
    """
    return bound_column.column.attrs.get("td", {}).get("class", "")
