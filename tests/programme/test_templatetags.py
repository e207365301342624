"""The tags and filters that every template has."""

import pytest
from django.template import Context, Template
from django.utils import translation

from programme.statuses import STATUS_LABELS


def render(source, **context):
    return Template(source).render(Context(context))


def test_filters_write_sums_and_days():
    assert render(
        "{{ a|euros }} {{ a|euros:2 }} {{ b|euros_signed }} {{ c|percent }}", a="40000", b=7, c=66.7
    ) == ("40\u00a0000\u00a0€ 40\u00a0000,00\u00a0€ +7\u00a0€ 66,7\u00a0%")
    assert render("{{ d|day }} {{ d|day_weekday }} {{ n|section }}", d="2009-09-09", n=66) == (
        "9.9.2009 ke 9.9.2009 66\u00a0§"
    )


def test_what_is_not_known_has_no_unit():
    assert render("{{ a|measured:'%' }} {{ b|measured:'kpl' }}", a=None, b=0) == "– 0 kpl"


def test_a_range_of_days_does_not_break():
    assert (
        render('{% period_range "2009-01-01" "2009-08-31" %}') == '<span class="nowrap">1.1.–31.8.2009</span>'
    )


def test_words_are_escaped():
    assert render('{% words holder "name" %}', holder={"name": {"fi": "a < b"}}) == "a &lt; b"


def test_words_that_fall_back_are_marked():
    with translation.override("en"):
        shown = render('{% words holder "name" %}', holder={"name_fi": "Työryhmä <1>"})
    assert shown == (
        '<span lang="fi">Työryhmä &lt;1&gt;</span> <span class="only-in">(only in Finnish)</span>'
    )


def test_plain_words_are_text_for_titles():
    with translation.override("en"):
        assert render('{{ holder|plain_words:"name" }}', holder={"name_fi": "Työryhmä"}) == "Työryhmä"


def test_nothing_is_written_where_there_are_no_words():
    assert render('{% words holder "name" %}', holder={"name": {}}) == ""


@pytest.mark.parametrize("code", list(STATUS_LABELS))
def test_a_status_is_mark_word_and_code(code):
    with translation.override("en"):
        assert render("{% status code %}", code=code) == (
            f'<span class="badge badge--{code}" data-status="{code}">'
            f'<span class="mark mark--{code}" aria-hidden="true"></span>{STATUS_LABELS[code]}</span>'
        )


def test_finnish_breaks_only_on_finnish_pages():
    assert render("{{ word|hyphenate }}", word="seutuhallitus") == "seu\u00adtu\u00adhal\u00adli\u00adtus"
    assert render("{{ word|hyphenate_heading }}", word="seutuhallitus") == "seutu\u00adhallitus"
    with translation.override("en"):
        assert render("{{ word|hyphenate }}", word="responsibilities") == "responsibilities"


def test_hyphenated_text_is_escaped():
    assert render("{{ word|hyphenate }}", word="<seutu") == "&lt;seutu"
