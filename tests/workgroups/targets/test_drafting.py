"""Annual targets from first draft to decision: who writes, what merges, what locks."""

import datetime
import json
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from priorities.models import AnnualTarget, StrategicGoal
from programme.models import Strategy
from tests.factories import ako, make_target, the_group, the_indicator, the_target
from tests.personas import client_of, person
from tests.workgroups.targets.steps import decide, proposed
from workgroups.indicators import ties
from workgroups.models import Membership, WorkingGroup
from workgroups.targets import cells, drafting

pytestmark = pytest.mark.django_db

State = AnnualTarget.State
EDIT = "/ako/targets/VT-2010-MR-1/edit/"
PLAN = "/ako/plan/2010/"


def typed(**changed):
    """Return a whole form of a target, as a browser sends it."""
    goal = StrategicGoal.objects.get(code="P1-G1")
    return {
        "name_fi": "Rakennesuunnitelma on hyväksytty kahdeksassa kunnassa.",
        "indicator_fi": "Suunnitelman hyväksyneet kunnat",
        "unit": "kpl",
        "baseline": "0",
        "target_value": "8",
        "direction": "up",
        "due_on": "31.12.2010",
        "own_euros": "34 000",
        "goals": [str(goal.pk)],
        "group": "WG-MR",
    } | changed


def draft(persona="coordinator-mr", **changed):
    """Draft a target through its page; return it."""
    client = client_of(persona)
    response = client.post(f"{PLAN}new/", typed(**changed))
    assert response.status_code == 302, response.content.decode()
    return AnnualTarget.objects.filter(year=2010).latest("pk")


def base_of(target):
    return json.dumps(cells.cells_of(AnnualTarget.objects.get(pk=target.pk)))


# --- Drafting --------------------------------------------------------------------------------------------


def test_a_coordinator_drafts_under_the_next_code_of_the_groups_series():
    first, second = draft(), draft(name_fi="Toinen tavoite on valmis.")
    assert [first.code, second.code] == ["VT-2010-MR-1", "VT-2010-MR-2"]
    assert (first.state, first.year, first.drafted_by) == (State.DRAFT, 2010, person("coordinator-mr"))
    assert (first.ownership.group.code, first.own_euros, first.target_value) == (
        "WG-MR",
        Decimal(34000),
        Decimal(8),
    )
    assert [goal.code for goal in first.goals.all()] == ["P1-G1"]
    assert first.order < second.order


def test_the_code_of_a_removed_draft_is_not_used_again():
    draft()
    client_of("coordinator-mr").post("/ako/targets/VT-2010-MR-1/remove/")
    assert not AnnualTarget.objects.filter(code="VT-2010-MR-1").exists()
    assert draft().code == "VT-2010-MR-2"


def test_the_office_drafts_for_any_group_and_a_coordinator_for_their_own_alone():
    assert draft("office", group="KV").code == "VT-2010-KV-1"
    response = client_of("coordinator-mr").post(f"{PLAN}new/", typed(group="WG-HP"))
    assert response.status_code == 422
    assert not AnnualTarget.objects.filter(code__startswith="VT-2010-HP").exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"name_fi": ""},
        {"goals": []},
        {"own_euros": "1000", "no_cost": "on"},
        {"own_euros": "-5"},
        {"due_on": "joskus"},
        {"responsible": "0"},
    ],
)
def test_what_cannot_be_saved_keeps_what_was_typed(wrong):
    response = client_of("coordinator-mr").post(f"{PLAN}new/", typed(**wrong))
    assert response.status_code == 422
    assert "Suunnitelman hyväksyneet kunnat" in response.content.decode()
    assert not AnnualTarget.objects.filter(year=2010).exists()


def test_years_are_open_until_they_end_also_after_a_first_decision():
    assert drafting.open_years(ako()) == [2009, 2010]
    assert drafting.year_to_plan(ako()) == 2010
    proposed()
    decide()
    assert drafting.open_years(ako()) == [2009, 2010]
    assert drafting.year_to_plan(ako()) == 2010
    with pytest.raises(ValidationError):
        drafting.create_target(
            WorkingGroup.objects.get(code="WG-MR"), 2008, actor=person("coordinator-mr"), values={}
        )


def test_a_programme_whose_end_has_come_opens_no_years(settings):
    settings.TODAY = settings.TODAY.replace(year=2010, month=1, day=2)
    assert drafting.open_years(ako()) == []


def test_a_draft_is_removed_only_while_it_is_one_and_nothing_carries_it_out():
    target = proposed()
    with pytest.raises(ValidationError):
        drafting.remove_target(target, actor=person("office"))
    drafting.take_back_target(target)
    drafting.remove_target(target, actor=person("office"))
    assert not AnnualTarget.objects.filter(pk=target.pk).exists()


def test_a_removed_draft_is_nowhere_but_under_the_plan_and_comes_back_whole():
    target = draft()
    before = cells.cells_of(target)
    client = client_of("coordinator-mr")
    page = client.post(f"/ako/targets/{target.code}/remove/", follow=True)
    assert [removed.pk for removed in page.context["removed"]] == [target.pk]
    assert not page.context["plan"].targets
    for address in (f"/ako/targets/{target.code}/", f"/ako/targets/{target.code}/edit/"):
        assert client.get(address).status_code == 404
    assert not client_of("coordinator-hp").get("/ako/plan/2010/").context["removed"]
    with pytest.raises(ValidationError):
        drafting.propose_target(target)
    page = client.post(f"/ako/targets/{target.code}/restore/", follow=True)
    assert [row.target.pk for row in page.context["plan"].targets] == [target.pk]
    assert not page.context["removed"]
    assert cells.cells_of(AnnualTarget.objects.get(pk=target.pk)) == before


def test_the_message_of_a_removed_draft_undoes_it():
    target, client = draft(), client_of("coordinator-mr")
    page = client.post(f"/ako/targets/{target.code}/remove/", follow=True)
    [address] = [message.extra_tags for message in page.context["messages"]]
    assert f'action="{address}"' in page.text
    client.post(address)
    assert AnnualTarget.objects.filter(pk=target.pk).exists()


def test_what_was_removed_twice_comes_back_once_only():
    target = draft()
    client = client_of("coordinator-mr")
    for act in ("remove", "restore", "restore"):
        response = client.post(f"/ako/targets/{target.code}/{act}/")
    assert response.status_code == 302
    assert AnnualTarget.objects.filter(pk=target.pk).count() == 1
    assert AnnualTarget.objects.get(pk=target.pk).version == 1


def test_a_removed_draft_stays_out_where_its_line_goes_on_in_another():
    earlier, removed, other = the_target(), draft(), draft(name_fi="Toinen luonnos.")
    AnnualTarget.objects.filter(pk__in=[removed.pk, other.pk]).update(continues=earlier)
    removed.refresh_from_db()
    drafting.remove_target(removed, actor=person("office"))
    with pytest.raises(ValidationError) as refused:
        drafting.restore_target(removed)
    assert earlier.code in str(refused.value)


def test_a_proposal_is_taken_back_and_proposed_again():
    target = draft()
    client = client_of("coordinator-mr")
    states = []
    for act in ("propose", "propose", "take-back", "take-back"):
        assert client.post(f"/ako/targets/{target.code}/{act}/").status_code == 302
        target.refresh_from_db()
        states.append(target.state)
    assert states == [State.PROPOSED, State.PROPOSED, State.DRAFT, State.DRAFT]
    assert target.version == 3


# --- Two people at once ----------------------------------------------------------------------------------


def test_what_only_one_changed_merges_by_itself():
    base = base_of(draft())
    client_of("office").post(EDIT, typed(base=base, target_value="7"))
    response = client_of("coordinator-mr").post(EDIT, typed(base=base, unit="kuntaa"))
    target = the_target("VT-2010-MR-1")
    assert response.status_code == 302
    assert (target.target_value, target.unit, target.version) == (Decimal(7), "kuntaa", 3)


def test_a_field_that_both_changed_answers_409_with_both_texts_and_saves_nothing():
    base = base_of(draft())
    client_of("office").post(EDIT, typed(base=base, name_fi="Toimiston sanamuoto on valmis.", unit="kuntaa"))
    client = client_of("coordinator-mr")
    response = client.post(EDIT, typed(base=base, name_fi="Oma sanamuoto on valmis.", target_value="6"))
    page = response.content.decode()
    assert response.status_code == 409
    assert "Toimiston sanamuoto on valmis." in page
    assert page.count("Oma sanamuoto on valmis.") == 2  # beside the other, and in the form
    assert str(person("office")) in page
    assert the_target("VT-2010-MR-1").target_value == Decimal(8)
    # The form now builds on what is saved: sent again as it stands, one's own text wins knowingly.
    form = response.context["form"]
    again = {name: value for name in form.fields if (value := form[name].value())}
    assert again["unit"] == "kuntaa"
    assert client.post(EDIT, again).status_code == 302
    target = the_target("VT-2010-MR-1")
    assert (target.name_fi, target.unit, target.target_value) == (
        "Oma sanamuoto on valmis.",
        "kuntaa",
        Decimal(6),
    )


def test_a_goal_of_an_earlier_strategy_is_marked_among_the_choices():
    target = draft()
    old = target.goals.first()
    new = Strategy.objects.create(
        programme=ako(), code="STR-NEW", name_fi="Uusi", replaces=old.strategy, adopted_on="2009-09-01"
    )
    StrategicGoal.objects.create(
        strategy=new, priority=old.priority, number=9, code="P1-G9", text_fi="Uusi päämäärä"
    )
    choices = client_of("coordinator-mr").get(EDIT).context["form"].fields["goals"].choices
    labels = {label.split()[0]: label for _value, label in choices}
    assert sorted(labels) == [old.code, "P1-G9"]
    assert labels[old.code].endswith("(vanha strategia)")
    assert labels["P1-G9"] == "P1-G9 Uusi päämäärä"


def test_links_that_two_people_chose_differently_are_told_by_their_words():
    base = base_of(draft())
    goals = {goal.code: str(goal.pk) for goal in StrategicGoal.objects.all()}
    client_of("office").post(EDIT, typed(base=base, goals=[goals["P1-G2"]]))
    response = client_of("coordinator-mr").post(EDIT, typed(base=base, goals=[goals["P1-G3"]]))
    differing = response.context["differing"]
    assert response.status_code == 409
    assert [(yours[:5], saved[:5]) for _label, yours, saved in differing] == [("P1-G3", "P1-G2")]


def test_what_two_people_changed_must_fit_together():
    base = base_of(draft(own_euros=""))
    client_of("office").post(EDIT, typed(base=base, own_euros="", no_cost="on"))
    response = client_of("coordinator-mr").post(EDIT, typed(base=base, own_euros="500"))
    target = the_target("VT-2010-MR-1")
    assert response.status_code == 422
    assert (target.no_cost, target.own_euros) == (True, None)


@pytest.mark.parametrize("base", ["{", "[]", '{"unit": 5}'])
def test_a_broken_base_is_told_and_saves_nothing(base):
    draft()
    assert client_of("coordinator-mr").post(EDIT, typed(base=base, unit="m")).status_code == 422
    assert the_target("VT-2010-MR-1").unit == "kpl"


# --- The goal check on pages -----------------------------------------------------------------------------


def test_the_check_stands_beside_the_fields_and_is_counted_on_the_plan():
    draft(name_fi="Ohjelma osallistuu keskeisten verkostojen työhön.", unit="", own_euros="", baseline="")
    client = client_of("coordinator-mr")
    form = client.get(EDIT).context
    found = {
        field.name: [remark.code for remark in remarks]
        for _title, fields, _translations in form["sections"]
        for field, remarks in fields
        if remarks
    }
    assert found == {
        "name_fi": ["unverifiable"],
        "baseline": ["no_baseline"],
        "target_value": ["no_indicator"],
        "responsible": ["no_owner"],
        "own_euros": ["no_euros"],
    }
    plan = client.get(PLAN).context["plan"]
    assert (plan.remarks, plan.asked) == (5, None)


def test_the_wording_is_compared_with_the_same_groups_year_before():
    draft("office", group="KV", name_fi="Ohjelma osallistuu keskeisten verkostojen työhön")
    draft(name_fi="Ohjelma osallistuu keskeisten verkostojen työhön")
    plan = client_of("office").get(PLAN).context["plan"]
    repeated = {
        row.target.code: "same_wording" in {remark.code for remark in row.remarks} for row in plan.targets
    }
    assert repeated == {"VT-2010-MR-1": False, "VT-2010-KV-1": True}


def test_the_eighth_target_of_a_priority_is_remarked_and_not_refused():
    for number in range(8):
        make_target(f"VT-2010-MR-{number}", year=2010, state=State.DRAFT)
    plan = client_of("coordinator-mr").get(PLAN).context["plan"]
    assert [[remark.code for remark in priority.remarks] for priority in plan.priorities] == [["too_many"]]


def test_the_plan_sums_the_euros_of_those_whom_the_reader_sees():
    proposed("VT-2010-MR-1", own_euros=Decimal(100), no_cost=False)
    proposed("VT-2010-HP-1", group="WG-HP", own_euros=Decimal(40), no_cost=False)
    asked = {
        persona: client_of(persona).get(PLAN).context["plan"].asked
        for persona in ("office", "member-mr", "coordinator-hp", "coordinator-eo", "secretary")
    }
    assert asked == {
        "office": 140,
        "member-mr": 100,
        "coordinator-hp": 40,
        "coordinator-eo": None,
        "secretary": None,
    }


def test_a_day_without_a_year_is_of_the_targets_year():
    assert draft(due_on="30.6.").due_on == datetime.date(2010, 6, 30)


def test_all_that_is_wrong_is_told_at_once_the_group_too():
    give_two_groups()
    response = client_of("coordinator-mr").post(
        f"{PLAN}new/", typed(group="", name_fi="", goals=[], due_on="30.2.")
    )
    assert response.status_code == 422
    page = response.content.decode()
    assert "Tarkista 4 kohtaa" in page
    assert "Valitse, mitä tavoite palvelee" in page


def give_two_groups():
    Membership.objects.create(
        group=the_group("WG-HP"),
        user=person("coordinator-mr"),
        role=Membership.Role.COORDINATOR,
        starts_on="2009-01-01",
    )


def test_a_removed_draft_leaves_the_year_of_its_series_to_another():
    removed, other = draft(), draft(name_fi="Toinen luonnos.")
    AnnualTarget.objects.filter(pk__in=[removed.pk, other.pk]).update(unit=the_indicator().unit)
    ties.tie_target(the_indicator(), removed)
    removed.refresh_from_db()
    drafting.remove_target(removed, actor=person("office"))
    ties.tie_target(the_indicator(), other)
    assert other in [tie.target for tie in the_indicator().measured_targets.filter(year=2010)]
