"""Series that the office begins, changes and ends, and what they are tied to."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from priorities.models import AnnualTarget, Indicator, MeasuredTarget
from programme import clock
from programme.models import Programme
from reporting.facts import collect_facts
from tests.factories import (
    ako,
    make_follow_up,
    make_target,
    make_value,
    measure_target,
    the_indicator,
    the_period,
    the_target,
)
from tests.personas import client_of, person
from workgroups.indicators import entering, ties

pytestmark = pytest.mark.django_db

NEW = "/ako/indicators/new/"
PAGE = "/ako/indicators/IND-MR-1/"
EDIT = f"{PAGE}edit/"


def fields_of(page):
    """Return what a browser would send from the form of a series."""
    form = page.context["form"]
    sent = {}
    for field in form:
        value = field.field.prepare_value(field.value())
        if value is not False and value not in (None, ""):
            sent[field.html_name] = value
    return sent


def begin(**typed):
    fresh = fields_of(client_of("office").get(NEW))
    group = ako().working_groups.get(code="WG-MR").pk
    written = {"name_fi": "Pyöräilyn osuus", "unit": "%", "group": group} | typed
    return client_of("office").post(NEW, fresh | written)


def change(code="IND-MR-1", **typed):
    address = f"/ako/indicators/{code}/edit/"
    return client_of("office").post(address, fields_of(client_of("office").get(address)) | typed)


def told(response):
    return " ".join(str(message) for message in response.context["messages"])


# --- Beginning -------------------------------------------------------------------------------------------


def test_the_office_begins_a_series_with_the_next_code_of_its_group():
    response = begin(
        name_sv="Cykelandel",
        decimals="1",
        direction="up",
        source="Liikennetutkimus",
        baseline="8,5",
        baseline_on="31.12.2008",
        aim_2010="11,5",
        followed_from="1.8.2009",
    )
    assert response.status_code == 302
    made = Indicator.objects.get(name_fi="Pyöräilyn osuus")
    assert (made.code, made.unit, made.decimals, made.baseline, made.by_municipality) == (
        "IND-MR-4",
        "%",
        1,
        Decimal("8.5"),
        False,
    )
    assert made.baseline_on == datetime.date(2008, 12, 31)
    assert made.ownership.group.code == "WG-MR"
    assert {aim.year: aim.value for aim in made.targets.all()} == {2010: Decimal("11.5")}
    page = client_of("office").get(response["Location"]).content.decode()
    assert "31.12.2008" in page
    assert '<tr id="2009-T2">' in page
    assert '<tr id="2009-T1">' not in page


def test_its_group_enters_the_first_value_of_a_new_series():
    begin()
    assert "IND-MR-4" in client_of("coordinator-mr").get("/desk/").content.decode()
    address = "/ako/indicators/IND-MR-4/values/2009-T2/"
    assert client_of("coordinator-mr").post(address, {"value": "9"}).status_code == 302


def test_a_code_is_taken_once_and_what_was_typed_is_kept():
    response = begin(code="IND-MR-1", source="Liikennetutkimus")
    assert response.status_code == 422
    assert "Liikennetutkimus" in response.content.decode()
    assert not Indicator.objects.filter(name_fi="Pyöräilyn osuus").exists()


def test_a_series_needs_a_name_a_unit_and_a_group():
    response = begin(name_fi="", unit="", group="")
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"name_fi", "unit", "group"}


def test_an_aim_has_no_more_decimals_than_its_series():
    response = begin(decimals="0", aim_2010="11,5")
    assert set(response.context["form"].errors) == {"aim_2010"}


def test_a_closed_programme_begins_no_series():
    Programme.objects.filter(slug="ako").update(closed_on="2009-09-09")
    assert client_of("office").get(NEW).status_code == 403
    assert NEW not in client_of("office").get("/ako/indicators/").content.decode()


# --- Changing and ending ---------------------------------------------------------------------------------


def test_a_change_stands_on_the_page_with_who_made_it_and_what_stood_before():
    assert change(name_fi="Tonttivarannon riittävyys", aim_2009="82").status_code == 302
    page = client_of("coordinator-hp").get(PAGE).content.decode()
    changes = page[page.index('id="changes"') :]
    assert str(person("office")) in changes
    assert "Tonttivarannon" in changes
    assert "82" in changes
    assert 'id="changes"' not in client_of("anonymous").get(PAGE).content.decode()


@pytest.mark.parametrize("typed", ["70", ""])
def test_the_aim_of_a_year_that_has_ended_stays_as_it_was_told(typed):
    response = change(aim_2008=typed, source="Rekisteri")
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"aim_2008"}
    assert the_indicator().targets.get(year=2008).value == 65
    assert the_indicator().source != "Rekisteri"


def test_values_keep_their_unit():
    response = change(unit="kpl")
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"unit"}
    assert the_indicator().unit == "%"


def test_a_series_without_values_may_change_its_unit():
    begin()
    assert change("IND-MR-4", unit="kpl").status_code == 302
    make_value("IND-MR-4")
    assert change("IND-MR-4", unit="%").status_code == 422


def test_a_value_with_more_decimals_keeps_them_allowed():
    make_value(value=Decimal("80.55"))
    response = change(decimals="1")
    assert set(response.context["form"].errors) == {"decimals"}
    assert change(decimals="2").status_code == 302


def test_values_are_entered_with_as_many_decimals_as_the_series_has():
    begin(decimals="1")
    address = "/ako/indicators/IND-MR-4/values/2009-T2/"
    assert client_of("coordinator-mr").post(address, {"value": "9,25"}).status_code == 422
    assert client_of("coordinator-mr").post(address, {"value": "9,2"}).status_code == 302


def test_a_series_ends_by_date_and_is_asked_no_more_but_what_was_told_stays():
    assert change(followed_until="30.4.2009").status_code == 302
    address = f"{PAGE}values/2009-T2/"
    assert client_of("coordinator-mr").get(address).status_code == 403
    assert address not in client_of("coordinator-mr").get("/desk/").content.decode()
    page = client_of("office").get(PAGE).content.decode()
    assert '<tr id="2009-T1">' in page
    assert '<tr id="2009-T2">' not in page
    codes = [row["code"] for row in collect_facts(the_period("2009-T2"))["indicators"]]
    assert "IND-MR-1" not in codes
    assert "IND-MR-1" in [row["code"] for row in collect_facts(the_period("2009-T1"))["indicators"]]


def test_a_series_does_not_end_before_nor_begin_after_a_value_that_stands():
    make_value()
    assert set(change(followed_until="30.4.2009").context["form"].errors) == {"followed_until"}
    assert set(change(followed_from="1.8.2009").context["form"].errors) == {"followed_from"}
    assert change(followed_until="31.8.2009").status_code == 302
    with pytest.raises(IntegrityError, match="a_series_ends_after_it_begins"), transaction.atomic():
        Indicator.objects.filter(code="IND-MR-1").update(followed_from="2010-01-01")


def test_a_series_of_the_whole_region_takes_no_values_of_municipalities():
    address = f"{PAGE}values/2009-T2/"
    assert "KUN-211" in client_of("coordinator-mr").get(address).content.decode()
    Indicator.objects.filter(code="IND-MR-1").update(by_municipality=False)
    assert "KUN-211" not in client_of("coordinator-mr").get(address).content.decode()
    assert client_of("coordinator-mr").get(f"{address}KUN-211/").status_code == 403


@pytest.mark.parametrize("judged", [{}, {"returned_at": clock.now, "returning_reason": "Tarkista."}])
def test_no_value_of_a_municipality_is_left_where_nobody_judges_or_mends_it(judged):
    moments = {name: value() if callable(value) else value for name, value in judged.items()}
    value = make_value(municipality="KUN-211", **moments)
    response = change(by_municipality="")
    assert (response.status_code, set(response.context["form"].errors)) == (422, {"by_municipality"})
    assert the_indicator().by_municipality
    type(value).objects.filter(pk=value.pk).update(
        accepted_at=clock.now(), returned_at=None, returning_reason=""
    )
    assert change(by_municipality="").status_code == 302
    assert not the_indicator().by_municipality


def test_a_stale_form_of_a_series_shows_both_texts():
    stale = fields_of(client_of("office").get(EDIT))
    change(source="Rekisteri")
    response = client_of("office").post(EDIT, stale | {"source": "Kysely"})
    page = response.content.decode()
    assert response.status_code == 409
    assert "Rekisteri" in page
    assert "Kysely" in page
    merged = client_of("office").post(EDIT, stale | {"name_sv": "Tomtreserv"})
    assert merged.status_code == 302
    assert (the_indicator().source, the_indicator().name_sv) == ("Rekisteri", "Tomtreserv")


def test_another_group_answers_from_the_change_on():
    other = ako().working_groups.get(code="WG-HP").pk
    assert change(group=str(other)).status_code == 302
    address = f"{PAGE}values/2009-T2/"
    assert client_of("coordinator-hp").get(address).status_code == 200
    assert client_of("coordinator-mr").get(address).status_code == 403


# --- Ties ------------------------------------------------------------------------------------------------


def tie(target, code="IND-MR-1"):
    return client_of("office").post(f"/ako/indicators/{code}/targets/", {"target": target}, follow=True)


def untie(target, code="IND-MR-1"):
    return client_of("office").post(f"/ako/indicators/{code}/targets/{target}/untie/", follow=True)


def test_a_target_is_tied_to_the_series_of_its_unit_and_untied():
    target = make_target("VT-2010-MR-91", year=2010, unit="%")
    tie(target.code)
    assert MeasuredTarget.objects.get(target=target).indicator == the_indicator()
    assert target.code in client_of("anonymous").get(PAGE).content.decode()
    untie(target.code)
    assert not MeasuredTarget.objects.filter(target=target).exists()
    changes = client_of("office").get(PAGE).context["changes"]
    words = [(told.before, told.after) for change in changes for told in change.differences]
    assert words == [("", target.code), (target.code, "")]


def test_a_target_of_another_unit_is_not_tied():
    target = make_target("VT-2010-MR-91", year=2010, unit="kpl")
    tie(target.code)
    assert not MeasuredTarget.objects.filter(target=target).exists()
    with pytest.raises(ValidationError, match="kpl"):
        ties.tie_target(the_indicator(), target)


def test_a_year_of_a_series_and_a_target_have_one_tie():
    first, second = (make_target(f"VT-2010-MR-9{n}", year=2010, unit="%") for n in (1, 2))
    ties.tie_target(the_indicator(), first)
    with pytest.raises(ValidationError, match=first.code):
        ties.tie_target(the_indicator(), second)
    begin()
    with pytest.raises(ValidationError, match=first.code):
        ties.tie_target(the_indicator("IND-MR-4"), first)


def test_a_tie_that_would_change_what_the_series_says_is_refused():
    target = make_target(unit="%")
    make_value(value=Decimal(80), accepted_at=clock.now())
    said = make_follow_up(target, indicator_value=Decimal(75))
    with pytest.raises(ValidationError, match="75"):
        ties.tie_target(the_indicator(), target)
    said.indicator_value = Decimal(80)
    said.save()
    ties.tie_target(the_indicator(), target)


def test_a_tie_waits_until_what_was_entered_by_itself_is_accepted():
    target = make_target(unit="%")
    row = make_value()
    with pytest.raises(ValidationError, match=r"."):
        ties.tie_target(the_indicator(), target)
    entering.accept_value(row, actor=person("chair-mr"))
    ties.tie_target(the_indicator(), target)


def test_a_tie_that_has_told_a_value_stays():
    target = make_target(unit="%")
    measure_target(target)
    make_follow_up(target, indicator_value=Decimal(75))
    page = untie(target.code)
    assert target.code in told(page)
    assert MeasuredTarget.objects.filter(target=target).exists()


def test_a_draft_is_tied_on_its_own_page_and_seen_by_those_who_see_drafts():
    draft = make_target("VT-2010-MR-91", year=2010, unit="%", state=AnnualTarget.State.DRAFT)
    page = client_of("office").get(draft.get_absolute_url()).content.decode()
    assert "IND-MR-1" in page
    client_of("office").post(f"{draft.get_absolute_url()}series/", {"series": "IND-MR-1"})
    assert MeasuredTarget.objects.get(target=draft).indicator == the_indicator()
    assert draft.code in client_of("coordinator-mr").get(PAGE).content.decode()
    for other in ("coordinator-hp", "anonymous"):
        assert draft.code not in client_of(other).get(PAGE).content.decode()
    client_of("office").post(f"{draft.get_absolute_url()}series/", {"series": ""})
    assert not MeasuredTarget.objects.filter(target=draft).exists()


def test_the_value_of_a_year_whose_target_is_not_decided_is_entered_by_itself():
    draft = make_target(unit="%", state=AnnualTarget.State.DRAFT)
    measure_target(draft)
    assert entering.told_with_follow_up(the_indicator(), the_period()) is None


def test_a_tied_draft_keeps_the_unit_of_its_series():
    draft = make_target("VT-2010-MR-91", year=2010, unit="%", state=AnnualTarget.State.DRAFT)
    measure_target(draft)
    address = f"{draft.get_absolute_url()}edit/"
    fresh = client_of("office").get(address).context["form"]
    typed = {field.html_name: field.value() or "" for field in fresh if field.value()}
    response = client_of("office").post(address, typed | {"unit": "kpl"})
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"unit"}


def test_the_form_of_a_tied_target_takes_the_decimals_of_its_series():
    Indicator.objects.filter(code="IND-MR-1").update(decimals=0)
    target = the_target("VT-2009-MR-2")
    measure_target(target)
    address = f"{target.get_absolute_url()}follow-up/2009-T2/"
    assert "IND-MR-1" in client_of("coordinator-mr").get(address).content.decode()
    typed = {"status": "on_track", "text": "Etenee.", "version": "0"}
    assert client_of("coordinator-mr").post(address, typed | {"indicator_value": "77,5"}).status_code == 422
    assert client_of("coordinator-mr").post(address, typed | {"indicator_value": "78"}).status_code == 302


def test_a_series_is_tied_to_measures_and_stands_on_their_pages():
    client_of("office").post(f"{PAGE}measures/", {"measure": "P1-M2"})
    assert [row.code for row in the_indicator().measures.all()] == ["P1-M2"]
    assert "IND-MR-1" in client_of("anonymous").get("/ako/measures/P1-M2/").content.decode()
    client_of("office").post(f"{PAGE}measures/P1-M2/untie/")
    assert "IND-MR-1" not in client_of("anonymous").get("/ako/measures/P1-M2/").content.decode()
