"""Drawing up a work programme: rows and cells, and two people at the same row."""

import json
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, ProgrammingError, transaction
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import make_plan, the_action
from tests.personas import client_of, person
from workgroups.models import Action, WorkingGroup, WorkProgramme
from workgroups.work_programmes import cells, drafting

pytestmark = pytest.mark.django_db

EDIT = "/ako/workgroups/WG-MR/2010/edit/"


@pytest.fixture
def plan():
    return make_plan(rows=3)


def row(number=1):
    return Action.objects.select_related("work_programme__group__programme").get(
        code=f"TP-2010-MR-{number:02}"
    )


def typed(**values):
    form = QueryDict(mutable=True)
    for name, value in values.items():
        form.setlist(name, value if isinstance(value, list) else [value])
    return form


def save(number=1, *, base=None, by="coordinator-mr", **values):
    """Type into the cells of a row, opened as it stands now unless a base says otherwise."""
    now = cells.standing_of(row(number))
    seen = {name: now[name] for name in values} | (base or {})
    return drafting.save_cells(row(number), actor=person(by), form=typed(**values), base=seen)


# --- The start -------------------------------------------------------------------------------------------


def test_a_plan_starts_empty_or_with_the_rows_of_the_year_before():
    group = WorkingGroup.objects.get(code="WG-MR")
    plan = drafting.draw_up(group, 2010, actor=person("coordinator-mr"), from_previous=True)
    before = Action.objects.filter(work_programme__group=group, work_programme__year=2009)
    taken = list(plan.actions.order_by("order"))
    assert [action.text for action in taken] == [action.text for action in before.order_by("order", "code")]
    assert (taken[0].code, taken[0].targets.count()) == ("TP-2010-MR-01", 0)
    other = WorkingGroup.objects.get(code="WG-HP")
    assert drafting.draw_up(other, 2010, actor=person("office"), from_previous=False).actions.count() == 0


@pytest.mark.parametrize("year", [2008, 2009, 2011])
def test_a_year_that_is_past_taken_or_beyond_the_programme_has_no_plan_to_start(year):
    group = WorkingGroup.objects.get(code="WG-MR")
    with pytest.raises(ValidationError):
        drafting.draw_up(group, year, actor=person("coordinator-mr"), from_previous=False)


# --- Cells -----------------------------------------------------------------------------------------------


def test_cells_are_read_as_people_write_them(plan):
    saved = save(
        text="Seurataan kaavoitusta",
        start_month="3",
        end_month="10",
        planned_euros="1 250,5",
        targets=["VT-2010-MR-1"],
        networks=["NET-A1", "NET-A2"],
    )
    assert (saved.errors, saved.conflicts) == ({}, {})
    now = row()
    assert (now.text, now.start_month, now.end_month) == ("Seurataan kaavoitusta", 3, 10)
    assert (now.planned_euros, now.no_cost) == (Decimal("1250.50"), False)
    assert sorted(network.code for network in now.networks.all()) == ["NET-A1", "NET-A2"]
    assert now.version == 2


def test_nothing_costs_nothing(plan):
    save(planned_euros="0")
    assert (row().planned_euros, row().no_cost) == (Decimal(0), True)


def test_what_a_row_carries_out_is_one_part_of_the_programme(plan):
    save(carries_out="NET-A1")
    assert (row().network.code, row().measure) == ("NET-A1", None)
    save(carries_out="")
    assert row().part is None


def test_one_wrong_cell_keeps_its_text_and_stops_no_other(plan):
    saved = save(start_month="13", text="Uusi sanamuoto", planned_euros="paljon")
    assert set(saved.errors) == {"start_month", "planned_euros"}
    assert (row().text, row().start_month) == ("Uusi sanamuoto", 1)
    assert row().unreadable == {"start_month": "13", "planned_euros": "paljon"}

    page = client_of("coordinator-mr").get(EDIT)
    shown = {cell.name: cell for cell in page.context["grid"].rows[0].cells}
    assert (shown["start_month"].shown, shown["start_month"].value) == ("13", "13")
    assert shown["start_month"].error != ""

    save(start_month="4")
    assert (row().start_month, row().unreadable) == (4, {"planned_euros": "paljon"})


def test_months_in_the_wrong_order_are_told_even_when_one_of_them_is_typed_alone(plan):
    save(start_month="5", end_month="8")
    assert "end_month" in save(end_month="4").errors
    assert "start_month" in save(start_month="9").errors
    assert (row().start_month, row().end_month) == (5, 8)


# --- Two at once -----------------------------------------------------------------------------------------


def test_different_cells_merge_and_the_same_one_shows_both_texts(plan):
    opened = cells.cells_of(row())
    save(text="Ensimmäisen sanat", base=opened)
    second = save(by="office", output="Toisen tuotos", text="Toisen sanat", base=opened)
    assert second.conflicts == {"text": ("Toisen sanat", "Ensimmäisen sanat")}
    assert (row().text, row().output) == ("Ensimmäisen sanat", "Toisen tuotos")


def test_the_page_of_a_row_shows_both_texts_and_then_takes_the_choice(plan):
    browser, address = client_of("coordinator-mr"), "/ako/actions/TP-2010-MR-01/edit/"
    base = browser.get(address).context["base"]
    form = cells.for_form(json.loads(base))
    save(by="office", text="Toimiston sanat")

    conflict = browser.post(address, form | {"text": "Koordinaattorin sanat", "base": base})
    assert conflict.status_code == 409
    assert conflict.context["differing"][0][1:] == ("Koordinaattorin sanat", "Toimiston sanat")
    assert conflict.context["form"]["text"].value() == "Koordinaattorin sanat"

    chosen = form | {"text": "Koordinaattorin sanat", "base": conflict.context["base"]}
    assert browser.post(address, chosen).status_code == 302
    assert row().text == "Koordinaattorin sanat"


ADDRESS = "/ako/actions/TP-2010-MR-01/edit/"


def send(by, seen, **values):
    """Type into cells of the first row, from the grid, over the texts that its writer saw."""
    base = {name: seen[name] for name in values}
    sent = values | {"base": json.dumps(base)}
    return client_of(by).post(ADDRESS, sent, headers={"HX-Request": "true"})


@pytest.mark.parametrize(
    ("name", "theirs", "yours", "told"),
    [
        ("planned_euros", "1700", "7500,5", ("7\u00a0500,50", "1\u00a0700")),
        ("networks", ["NET-A1"], ["NET-A2"], ("NET-A2 ", "NET-A1 ")),
        ("networks", ["NET-A1"], ["NET-X"], ("NET-X", "NET-A1 ")),
        ("start_month", "huhti", "5", ("5", "huhti")),
    ],
)
def test_two_texts_of_a_cell_are_told_in_words_in_the_grid_and_on_the_page(plan, name, theirs, yours, told):
    opened = cells.standing_of(row())
    save(by="office", base=opened, **{name: theirs})
    of_grid = send("coordinator-mr", opened, **{name: yours})
    conflict = next(cell.conflict for cell in of_grid.context["row"].cells if cell.name == name)
    form = cells.for_form(opened) | {name: yours, "base": json.dumps(opened)}
    of_page = client_of("coordinator-mr").post(ADDRESS, form).context["differing"]
    for texts in (conflict, of_page[0][1:]):
        assert [text.startswith(words) for text, words in zip(texts, told, strict=True)] == [True, True]
        assert ".00" not in "".join(texts)


@pytest.mark.parametrize(
    ("name", "theirs", "yours"),
    [
        ("output", "EKA", "TOKA"),
        ("planned_euros", "12", "13"),
        ("start_month", "huhti", "5"),
        ("carries_out", "NET-A2", "NET-A1"),
        ("networks", ["NET-A1"], ["NET-A2"]),
    ],
)
def test_a_conflict_names_who_wrote_that_cell_whoever_saved_the_row_since(plan, name, theirs, yours):
    opened = cells.standing_of(row())
    send("coordinator-mr", opened, **{name: theirs})
    # Neither another cell saved since nor the try itself makes anybody else the cell's writer.
    send("office", opened, text="Toimi")
    for _try in range(2):
        conflict = send("office", opened, **{name: yours})
        assert conflict.status_code == 409
        assert conflict.context["saving"].who == str(person("coordinator-mr"))


def test_a_conflict_alone_saves_nothing(plan):
    opened = cells.standing_of(row())
    send("coordinator-mr", opened, output="EKA")
    version = row().version
    send("office", opened, output="TOKA")
    assert row().version == version


WRITERS = ("coordinator-mr", "office")
EDITS = st.lists(
    st.tuples(
        st.sampled_from(WRITERS),
        st.sampled_from(("text", "output", "participants")),
        st.text("abcdef", min_size=1, max_size=6),
        st.booleans(),
    ),
    min_size=1,
    max_size=12,
)


@given(EDITS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_accepted_text_is_lost_whatever_two_people_type(edits):
    """An edit either stands, or its writer is shown both texts; an accepted text is only ever replaced by
    somebody who had seen it."""
    with transaction.atomic():
        made = make_plan(rows=1)
        seen = dict.fromkeys(WRITERS, cells.cells_of(row()))
        for writer, name, text, opens_the_page_again in edits:
            if opens_the_page_again:
                seen[writer] = cells.cells_of(row())
            before, base = cells.cells_of(row()), seen[writer]
            saved = drafting.save_cells(
                row(), actor=person(writer), form=typed(**{name: text}), base={name: base[name]}
            )
            after = cells.cells_of(row())
            if name in saved.conflicts:
                assert after == before
                assert saved.conflicts[name] == (text, before[name])
            elif text != base[name]:
                assert after == before | {name: text}
                assert before[name] in (base[name], text)
            seen[writer] = seen[writer] | {name: after[name]}
        assert made.actions.count() == 1
        transaction.set_rollback(True)


# --- Rows ------------------------------------------------------------------------------------------------


def codes(plan):
    return [action.code[-2:] for action in plan.actions.order_by("order", "code")]


def test_rows_change_places_and_stay_within_the_plan(plan):
    drafting.move_action(row(1), up=False)
    assert codes(plan) == ["02", "01", "03"]
    drafting.move_action(row(2), up=True)
    assert codes(plan) == ["02", "01", "03"]


def test_a_removed_row_can_be_brought_back_and_its_code_is_not_given_again(plan):
    browser = client_of("coordinator-mr")
    browser.post("/ako/actions/TP-2010-MR-03/remove/", {"base": "{}"})
    assert codes(plan) == ["01", "02"]
    assert [action.code for action in browser.get(EDIT).context["grid"].removed] == ["TP-2010-MR-03"]
    assert drafting.add_action(plan, actor=person("coordinator-mr")).code == "TP-2010-MR-04"
    browser.post("/ako/actions/TP-2010-MR-03/restore/")
    assert codes(plan) == ["01", "02", "03", "04"]


def undo_in(page):
    """Press the button in the message that says what was done."""
    [address] = [message.extra_tags for message in page.context["messages"]]
    assert f'action="{address}"' in page.text
    return address


def test_the_message_of_a_removed_row_names_it_and_undoes_it(plan):
    browser = client_of("coordinator-mr")
    page = browser.post("/ako/actions/TP-2010-MR-03/remove/", {"base": "{}"}, follow=True)
    assert page.redirect_chain == [(f"{EDIT}#undo", 302)]
    assert "Poistettu: Toimi 3" in page.text
    browser.post(undo_in(page))
    assert codes(plan) == ["01", "02", "03"]


def test_the_page_of_a_row_tells_what_submitting_demands(plan):
    form = client_of("coordinator-mr").get(ADDRESS)
    told = [field.name for field in form.context["form"] if hasattr(field.field, "demanded_when")]
    assert sorted(told) == sorted(drafting.DEMANDED)
    assert form.text.count("(tarvitaan toimitettaessa)") == len(drafting.DEMANDED)
    assert form.text.count("(vapaaehtoinen)") == len(cells.CELLS) - len(drafting.DEMANDED)


def test_totals_stand_against_the_appropriation():
    told = drafting.totals_of(WorkProgramme.objects.get(group__code="WG-MR", year=2009))
    assert (told.planned, told.appropriation) == (Decimal(109000), Decimal(180000))
    assert drafting.totals_of(make_plan()).left is None


@pytest.mark.parametrize(
    ("cost_centre", "said"), [("kept", "ei ole päätetty"), ("none", "ei ole omaa kustannuspaikkaa")]
)
def test_without_an_appropriation_the_plan_says_why(cost_centre, said):
    plan = make_plan()
    if cost_centre == "none":
        WorkingGroup.objects.filter(pk=plan.group_id).update(cost_centre=None)
    page = client_of("coordinator-mr").get(EDIT).text.replace("\u00ad", "")
    assert said in page
    assert ("ei ole päätetty" in page) == (cost_centre == "kept")


# --- What the database itself refuses --------------------------------------------------------------------


def test_a_plan_with_a_hole_is_not_handed_on_even_by_plain_sql(plan):
    Action.objects.filter(code="TP-2010-MR-02").update(start_month=None)
    assert [(action.code, len(names)) for action, names in drafting.holes_of(plan)] == [("TP-2010-MR-02", 1)]
    with pytest.raises(ProgrammingError, match="has no holes"), transaction.atomic():
        WorkProgramme.objects.filter(pk=plan.pk).update(state="submitted")


def test_an_approved_plan_does_not_change_quietly():
    for change in ({"text": "Muu"}, {"planned_euros": 1, "no_cost": False}):
        with pytest.raises(ProgrammingError, match="by amendment only"), transaction.atomic():
            Action.objects.filter(pk=the_action().pk).update(**change)
    with pytest.raises(ProgrammingError, match="by amendment only"), transaction.atomic():
        Action.objects.filter(pk=the_action().pk)._raw_delete("default")
    for act in ("edit", "move", "remove", "restore"):
        answer = client_of("coordinator-mr").post(f"/ako/actions/TP-2009-MR-06/{act}/", {"base": "{}"})
        assert answer.status_code == 403


def test_a_row_carries_out_at_most_one_part(plan):
    both = {"measure": the_action().measure, "network_id": 1}
    with pytest.raises(IntegrityError), transaction.atomic():
        Action.objects.filter(code="TP-2010-MR-01").update(**both)


def test_an_empty_row_has_its_page_too(plan):
    empty = drafting.add_action(plan, actor=person("coordinator-mr"))
    page = client_of("member-mr").get(empty.get_absolute_url())
    assert page.status_code == 200
    assert empty.code in page.content.decode()


def test_a_removed_row_stays_out_where_its_line_goes_on_in_another():
    plan = make_plan(rows=2)
    removed, other = plan.actions.all()
    Action.objects.filter(pk__in=[removed.pk, other.pk]).update(continues=the_action())
    removed.refresh_from_db()
    drafting.remove_action(removed, actor=person("office"))
    with pytest.raises(ValidationError) as refused:
        drafting.restore_action(removed)
    assert the_action().code in str(refused.value)
    assert Action.with_removed.get(pk=removed.pk).removed_at is not None
