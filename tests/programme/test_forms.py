"""Fields take days and sums as people write them, and say clearly what they cannot read."""

import datetime
from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation

from programme import clock
from programme.forms import DayField, DecimalField, EuroField, MomentField, StatusSelect


@pytest.mark.parametrize(
    "written", ["1.9.2009", "01.09.2009", "1.9.09", "2009-09-01", " 1. 9. 2009 ", datetime.date(2009, 9, 1)]
)
def test_a_day_is_read_as_it_is_written(written):
    assert DayField().clean(written) == datetime.date(2009, 9, 1)


@pytest.mark.parametrize("written", ["tänään", "Idag", "today"])
def test_the_word_for_today_is_the_portals_today(written):
    assert DayField().clean(written) == clock.today()


def test_a_day_without_a_year_is_of_this_year():
    assert DayField().clean("1.9.") == datetime.date(clock.today().year, 9, 1)


@pytest.mark.parametrize("written", ["31.2.2009", "9/1/2009", "syyskuu", "1.9.009"])
def test_what_is_no_day_is_refused(written):
    with pytest.raises(ValidationError) as refusal:
        DayField().clean(written)
    assert refusal.value.code == "invalid"


@pytest.mark.parametrize("written", ["31.12.1899", "1.1.2200", "0001-01-01", "9999-12-31"])
def test_a_year_that_is_a_slip_of_the_fingers_is_told(written):
    with pytest.raises(ValidationError) as refusal:
        DayField().clean(written)
    assert refusal.value.code == "year"


@pytest.mark.parametrize(
    "written",
    ["1.1.0001 0.00", "31.12.9999 23.59", "0001-01-01T00:00:00+14:00", "9999-12-31T23:30:00+00:00"],
)
def test_a_moment_that_no_clock_can_tell_is_refused_with_its_year(written):
    with pytest.raises(ValidationError) as refusal:
        MomentField().clean(written)
    assert refusal.value.code == "year"


@pytest.mark.parametrize("written", ["1.1.1900 0.00", "31.12.2199 23.59", "2199-12-31T23:59:00-12:00"])
def test_every_moment_that_is_taken_can_be_shown_again(written):
    field = MomentField()
    assert field.prepare_value(field.clean(written))


def test_an_empty_day_is_none():
    assert DayField(required=False).clean("") is None


@pytest.mark.parametrize(
    "written",
    ["11.9.2009 16.00", "11.9.2009 klo 16.00", "11.9.2009 kl. 16.00", "2009-09-11 16:00", "11.9. at 16.00"],
)
def test_a_moment_is_read_as_it_is_written(written):
    assert MomentField().clean(written) == clock.at(datetime.date(2009, 9, 11), 16)


@pytest.mark.parametrize(
    "written", ["11.9.2009", "16.00", "11.9.2009 25.00", "31.2.2009 16.00", "perjantaina"]
)
def test_what_is_no_moment_is_refused(written):
    with pytest.raises(ValidationError) as refusal:
        MomentField().clean(written)
    assert refusal.value.code == "invalid"


def test_a_moment_is_shown_in_the_local_time_as_it_would_be_written():
    moment = datetime.datetime(2009, 9, 11, 6, 5, tzinfo=datetime.UTC)
    assert MomentField().prepare_value(moment) == "11.9.2009 9.05"


def test_a_day_is_shown_as_it_would_be_written():
    assert DayField().prepare_value(datetime.date(2009, 9, 1)) == "1.9.2009"


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1250", "1250"),
        ("1 250,5", "1250.5"),
        ("1250.50", "1250.50"),
        ("1\u00a0250,50\u00a0€", "1250.50"),
        ("1.250,50", "1250.50"),
        ("1,250.50", "1250.50"),
        ("−7 000", "-7000"),
    ],
)
def test_a_sum_is_read_as_it_is_written(written, value):
    assert EuroField().clean(written) == Decimal(value)


@pytest.mark.parametrize(("written", "code"), [("paljon", "invalid"), ("1.250", "max_decimal_places")])
def test_a_sum_that_is_unclear_is_refused(written, code):
    with pytest.raises(ValidationError) as refusal:
        EuroField().clean(written)
    assert refusal.value.error_list[0].code == code


def test_a_sum_is_shown_in_the_readers_way():
    assert DecimalField().prepare_value(Decimal("1250.50")) == "1\u00a0250,5"
    with translation.override("en"):
        assert DecimalField().prepare_value(Decimal("1250.50")) == "1,250.5"


class ExampleForm(forms.Form):
    status = forms.ChoiceField(choices=[("delayed", "Viivästynyt")], widget=StatusSelect, label="Tila")
    due_on = DayField(required=False, label="Määräpäivä", help_text="Päivä")


def test_an_error_is_tied_to_its_field_and_told_at_the_top():
    page = ExampleForm({"due_on": "31.2."}).render()
    assert 'href="#id_due_on"' in page
    assert 'href="#id_status_0"' in page
    assert 'aria-describedby="id_due_on_helptext id_due_on_error"' in page
    assert 'role="alert"' in page


def test_a_status_is_chosen_by_mark_and_word():
    assert '<span class="mark mark--delayed" aria-hidden="true"></span>Viivästynyt' in ExampleForm().render()
