"""Rows that two people write at once, cells that could not be read, and what no longer changes."""

import json

import pytest
from django.core.exceptions import ValidationError

from tests.factories import ako, make_plan, the_group
from tests.personas import client_of, person
from workgroups.models import Action
from workgroups.work_programmes import approval, cells, drafting

pytestmark = pytest.mark.django_db

ROW = "/ako/actions/TP-2010-MR-01/edit/"
EDIT = "/ako/workgroups/WG-MR/2010/edit/"


@pytest.fixture
def plan():
    return make_plan(rows=2)


def row():
    return Action.objects.select_related("work_programme__group__programme").get(code="TP-2010-MR-01")


def whole_form(**typed):
    """Return the row's page as a browser sends it, opened as the row stands now."""
    standing = cells.standing_of(row())
    sent = {name: value for name, value in cells.for_form(standing).items() if value}
    return sent | {"base": json.dumps(standing)} | typed


def write(form, by="coordinator-mr"):
    return client_of(by).post(ROW, form)


def test_after_a_wrong_cell_the_form_shows_what_others_saved_and_keeps_it(plan):
    opened = whole_form(text="Omat sanat", planned_euros="paljon")
    write(whole_form(output="Toimiston tuotos"), by="office")
    response = write(opened)
    assert response.status_code == 422
    form, base = response.context["form"], response.context["base"]
    assert form["output"].value() == "Toimiston tuotos"
    again = {name: form[name].value() for name in form.fields if form[name].value()}
    assert write(again | {"planned_euros": "500", "base": base}).status_code == 302
    assert (row().output, row().text, row().planned_euros) == ("Toimiston tuotos", "Omat sanat", 500)


def test_what_somebody_typed_into_a_cell_that_could_not_be_read_is_not_lost_to_another(plan):
    opened = whole_form(text="Omat sanat")
    write(whole_form(planned_euros="paljon"), by="office")
    write(opened)
    assert (row().unreadable, row().text) == ({"planned_euros": "paljon"}, "Omat sanat")
    conflicting = {**opened, "planned_euros": "500"}
    response = write(conflicting)
    assert response.status_code == 409
    assert row().unreadable == {"planned_euros": "paljon"}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ({"start_month": "9"}, {"start_month": "9"}),
        ({"end_month": "2"}, {"end_month": "2"}),
        ({"start_month": "9", "end_month": "2"}, {"start_month": "9", "end_month": "2"}),
        ({"start_month": "huhti", "end_month": "7"}, {"start_month": "huhti"}),
    ],
)
def test_months_out_of_order_wait_to_be_mended(plan, typed, kept):
    Action.objects.filter(pk=row().pk).update(start_month=5, end_month=8)
    response = write(whole_form(**typed))
    assert response.status_code == 422
    assert row().unreadable == kept
    assert (row().start_month, row().end_month) == (5, 7 if typed.get("end_month") == "7" else 8)


def test_a_month_that_cannot_be_read_hides_no_wrong_order(plan):
    """The start that stands is still 5, whatever was typed over it."""
    Action.objects.filter(pk=row().pk).update(start_month=5, end_month=8)
    write(whole_form(start_month="huhti", end_month="2"))
    assert row().unreadable == {"start_month": "huhti", "end_month": "2"}


def test_months_that_two_people_put_out_of_order_wait_too(plan):
    Action.objects.filter(pk=row().pk).update(start_month=5, end_month=8)
    opened = whole_form(end_month="6")
    write(whole_form(start_month="7"), by="office")
    assert write(opened).status_code == 422
    assert (row().start_month, row().end_month, row().unreadable) == (7, 8, {"end_month": "6"})


def test_a_row_that_somebody_removed_is_refused_with_its_reason(plan):
    stale = row()
    drafting.remove_action(row(), actor=person("office"))
    with pytest.raises(drafting.ValidationError):
        drafting.save_cells(stale, actor=person("coordinator-mr"), form=None, base={})


def test_a_plan_that_was_handed_on_meanwhile_refuses_the_row_with_its_reason(plan):
    opened = whole_form(text="Omat sanat")
    approval.submit_work_programme(plan, actor=person("coordinator-mr"))
    assert write(opened).status_code == 403


def test_a_closed_programme_opens_no_editor(plan):
    programme = ako()
    programme.closed_on = "2009-09-01"
    programme.save()
    browser = client_of("coordinator-mr")
    assert browser.get(EDIT).status_code == 403
    assert browser.post("/ako/workgroups/WG-MR/2010/add/").status_code == 403


def test_a_row_can_be_added_after_one_was_removed_and_another_moved():
    plan = make_plan(rows=3)
    first, _second, third = plan.actions.order_by("order")
    drafting.remove_action(first, actor=person("office"))
    drafting.move_action(third, up=True)
    assert drafting.add_action(plan, actor=person("office")).code == "TP-2010-MR-04"


def test_other_groups_read_no_version_that_was_only_submitted(plan):
    approval.submit_work_programme(plan, actor=person("coordinator-mr"))
    approval.return_work_programme(plan, actor=person("chair-mr"), version=2, reason="Tarkenna.")
    Action.objects.filter(code="TP-2010-MR-01").update(text="Tarkennettu")
    meeting = (
        drafting.WorkingGroup.objects.get(code="WG-MR")
        .body.meetings.order_by("held_on")
        .filter(held_on__year=2009)[0]
    )
    version = approval.submit_work_programme(plan, actor=person("coordinator-mr")).version
    approval.approve_work_programme(plan, actor=person("chair-mr"), version=version, meeting=meeting, item=99)
    address = "/ako/workgroups/WG-MR/2010/versions/"
    own = client_of("member-mr").get(address).context["versions"]
    others = client_of("coordinator-hp").get(address).context["versions"]
    assert [version.occasion for version in own] == ["submitted", "submitted", "approved"]
    assert [version.occasion for version in others] == ["approved"]
    assert client_of("coordinator-hp").get(f"{address}?a=1&b=3").status_code == 404


def test_a_row_page_says_in_words_that_there_are_no_targets_to_choose_from():
    group = the_group("WG-EO")
    plan = drafting.draw_up(group, 2010, actor=person("office"), from_previous=False)
    action = drafting.add_action(plan, actor=person("office"))
    page = client_of("office").get(action.address("workgroups:action-edit")).text
    assert page.count("Valittavaa ei vielä ole.") == 1


@pytest.mark.parametrize(
    "act",
    [
        lambda found: drafting.remove_action(found, actor=person("coordinator-mr")),
        lambda found: drafting.move_action(found, up=False),
    ],
)
def test_a_row_that_another_has_just_removed_is_told_to_be_gone(plan, act):
    """Both had found it before either wrote: the second comes to the lock with a row that is gone."""
    found = row()
    drafting.remove_action(row(), actor=person("office"))
    with pytest.raises(ValidationError, match="poistanut"):
        act(found)
    assert Action.with_removed.get(pk=found.pk).removed_by == person("office")


# --- What cannot be read, however it came ------------------------------------------------------------------


@pytest.mark.parametrize("cell", ["text", "planned_euros", "start_month", "responsible", "carries_out"])
def test_null_characters_are_not_kept(plan, cell):
    write(whole_form(**{cell: "pal\x00jon"}))
    assert cells.standing_of(row())[cell] == "paljon"


def test_a_null_among_several_choices_is_not_kept(plan):
    write(whole_form(networks=["NET-\x00A1", "NET-\x00X"]))
    assert row().unreadable == {"networks": "NET-A1 NET-X"}


def test_of_a_text_too_long_to_be_kept_the_beginning_stays_and_that_is_said(plan):
    typed = "x" * (cells.LONGEST_KEPT + 5)
    response = write(whole_form(text=typed))
    assert response.status_code == 422
    assert row().unreadable == {"text": typed[: cells.LONGEST_KEPT]}
    told = "Teksti on liian pitkä säilytettäväksi kokonaan: tässä on sen alku."
    assert told in response.text
    assert told in client_of("office").get(EDIT).text


def test_a_text_that_is_only_too_long_for_its_cell_is_kept_whole(plan):
    response = write(whole_form(text="x" * 3000))
    assert row().unreadable == {"text": "x" * 3000}
    assert "säilytettäväksi" not in response.text


# --- Removing a row that another has just rewritten --------------------------------------------------------

REMOVE = "/ako/actions/TP-2010-MR-01/remove/"


def test_a_row_that_another_has_just_rewritten_is_not_removed_unseen(plan):
    seen = json.dumps(cells.standing_of(row()))
    write(whole_form(output="Toimiston tuotos"), by="office")
    response = client_of("coordinator-mr").post(REMOVE, {"base": seen})
    assert response.status_code == 409
    assert str(person("office")) in response.text
    assert [(str(label), now) for label, _seen, now in response.context["changed"]] == [
        ("Tuotos", "Toimiston tuotos")
    ]
    assert row().output == "Toimiston tuotos"
    # Having seen it, one may remove it all the same; and bring it back.
    assert client_of("coordinator-mr").post(REMOVE, {"base": response.context["base"]}).status_code == 302
    assert not Action.objects.filter(code="TP-2010-MR-01").exists()
    client_of("office").post("/ako/actions/TP-2010-MR-01/restore/")
    assert row().output == "Toimiston tuotos"


def test_what_another_wrote_that_cannot_be_read_is_shown_as_it_was_typed(plan):
    seen = json.dumps(cells.standing_of(row()))
    write(whole_form(planned_euros="paljon", responsible="", networks=["NET-A1"]), by="office")
    response = client_of("coordinator-mr").post(REMOVE, {"base": seen})
    changed = {str(label): now for label, _seen, now in response.context["changed"]}
    assert changed["Suunniteltu, €"] == "paljon"
    assert set(changed) == {"Vastuu", "Suunniteltu, €", "Verkostot, joita palvelee"}


def test_a_save_that_changed_nothing_does_not_stand_in_the_way(plan):
    seen = json.dumps(cells.standing_of(row()))
    write(whole_form(), by="office")
    assert client_of("coordinator-mr").post(REMOVE, {"base": seen}).status_code == 302


def test_the_grid_carries_what_its_reader_saw_of_each_row(plan):
    [first, _second] = client_of("office").get(EDIT).context["grid"].rows
    assert json.loads(first.base) == cells.standing_of(row())
    assert client_of("office").post(REMOVE, {"base": first.base}).status_code == 302


def test_a_removal_without_what_was_seen_is_not_taken(plan):
    assert client_of("office").post(REMOVE).status_code == 400
    assert row()
