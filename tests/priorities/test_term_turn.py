"""The turn of a council term: the next strategy is mapped and adopted; series stay readable."""

import datetime
import json

import pytest
from django.core.exceptions import ValidationError

from priorities import term_turn
from priorities.models import GoalMapping, Priority, StrategicGoal
from priorities.series import ancestors_of, targets_through_years
from programme.models import Strategy
from reporting.facts import collect_facts
from tests.factories import ako, make_target, the_period, the_target
from tests.personas import client_of

pytestmark = pytest.mark.django_db

STRATEGY, NEXT = "/ako/strategy/", "/ako/strategy/next/"
TODAY = datetime.date(2009, 9, 9)


def prepared() -> Strategy:
    return term_turn.prepare_strategy(
        ako(), values={"name_fi": "Uusi strategia", "council_term": "2009–2012"}
    )


def add(strategy: Strategy, text="Uusi päämäärä", priority="P1") -> StrategicGoal:
    return term_turn.add_goal(
        strategy, values={"priority": Priority.objects.get(code=priority), "text_fi": text}
    )


def mapped(strategy: Strategy, goal: StrategicGoal) -> None:
    """Say of every old goal that it has merged into one new goal."""
    for old in term_turn.old_goals(strategy):
        term_turn.map_goal(strategy, old.goal, kind="merged", becomes=[goal])


def adopted(on=TODAY) -> StrategicGoal:
    strategy = prepared()
    goal = add(strategy)
    mapped(strategy, goal)
    term_turn.adopt_strategy(strategy, on=on)
    return goal


def test_the_strategy_of_the_programme_is_in_force_from_its_start():
    strategy = term_turn.strategy_in_force(ako())
    assert (strategy.adopted_on, strategy.goals.count()) == (ako().starts_on, StrategicGoal.objects.count())


def test_what_is_in_preparation_leads_nowhere_and_only_the_office_sees_it():
    goal = add(prepared(), "Salassa valmisteltu")
    for who in ("coordinator-mr", "presenter", "elected", "admin"):
        pages = [STRATEGY, "/ako/", "/ako/priorities/P1/", "/ako/plan/2010/"]
        assert all("Salassa valmisteltu" not in client_of(who).get(page).content.decode() for page in pages)
        assert client_of(who).get(NEXT).status_code == 403
    assert "Salassa valmisteltu" in client_of("office").get(NEXT).content.decode()
    assert goal not in StrategicGoal.objects.in_force_on(TODAY)


def test_the_office_prepares_maps_and_adopts():
    office = client_of("office")
    office.post(f"{STRATEGY}new/", {"name_fi": "Uusi strategia", "council_term": "2009–2012"})
    for number in ("P1", "P2"):
        priority = Priority.objects.get(code=number)
        office.post(f"{NEXT}goals/", {"priority": priority.pk, "text_fi": f"Päämäärä {number}"})
    first, second = StrategicGoal.objects.filter(strategy__code="STR-2").order_by("code")
    assert (first.code, second.code) == ("STR-2-P1-G1", "STR-2-P2-G1")
    refused = office.post(f"{NEXT}adopt/", {"on": "9.9.2009"})
    assert refused.status_code == 422
    olds = term_turn.old_goals(first.strategy)
    for place, old in enumerate(olds):
        kind, becomes = ("split", [first.pk, second.pk]) if place == 0 else ("dropped", [])
        code = old.goal.code
        answer = office.post(f"{NEXT}mapping/{code}/", {f"{code}-kind": kind, f"{code}-becomes": becomes})
        assert answer.status_code == 302
    assert office.post(f"{NEXT}adopt/", {"on": "9.9.2009"}).status_code == 302
    assert term_turn.strategy_in_force(ako()).code == "STR-2"
    page = client_of("elected").get(STRATEGY).content.decode()
    assert "Uusi strategia" in page
    assert "Päämäärä P1" in client_of("coordinator-mr").get("/ako/plan/2010/new/").content.decode()
    assert GoalMapping.objects.filter(old_goal=olds[0].goal).count() == 2


@pytest.mark.parametrize(
    ("kind", "how_many"), [("same", 0), ("same", 2), ("merged", 2), ("split", 1), ("dropped", 1)]
)
def test_kind_and_goals_must_fit(kind, how_many):
    strategy = prepared()
    goals = [add(strategy), add(strategy)][:how_many]
    old = term_turn.old_goals(strategy)[0].goal
    with pytest.raises(ValidationError):
        term_turn.map_goal(strategy, old, kind=kind, becomes=goals)
    assert not GoalMapping.objects.exists()


def test_an_adopted_strategy_stays_as_it_is():
    goal = adopted()
    for act in (
        lambda: add(goal.strategy),
        lambda: term_turn.remove_goal(goal),
        lambda: term_turn.adopt_strategy(goal.strategy, on=TODAY),
    ):
        with pytest.raises(ValidationError):
            act()


def test_a_strategy_is_not_adopted_before_the_one_that_it_replaces():
    strategy = prepared()
    mapped(strategy, add(strategy))
    with pytest.raises(ValidationError):
        term_turn.adopt_strategy(strategy, on=ako().starts_on)


def test_one_is_prepared_at_a_time():
    prepared()
    with pytest.raises(ValidationError):
        prepared()


def test_a_removed_goal_takes_its_mappings_with_it_and_its_code_is_free_again():
    strategy = prepared()
    goal = add(strategy)
    mapped(strategy, goal)
    term_turn.remove_goal(goal)
    assert not GoalMapping.objects.exists()
    assert add(strategy).code == goal.code


def test_each_period_shows_the_goals_of_its_time():
    priority = Priority.objects.get(code="P1")
    unserved = StrategicGoal.objects.create(
        strategy=term_turn.strategy_in_force(ako()),
        priority=priority,
        number=9,
        code="P1-G9",
        text_fi="Vanha",
    )
    goal = adopted(on=datetime.date(2009, 6, 1))
    before = client_of("office").get("/ako/priorities/P1/?period=2009-T1").content.decode()
    now = client_of("office").get("/ako/priorities/P1/?period=2009-T2").content.decode()
    assert (goal.text_fi in before, f'id="{unserved.code}"' in before) == (False, True)
    assert (goal.text_fi in now, f'id="{unserved.code}"' in now) == (True, False)


def test_the_goals_of_decided_targets_stay_in_the_thread_of_their_year():
    served = the_target("VT-2009-MR-2").goals.first()
    goal = adopted(on=datetime.date(2008, 1, 1))
    address = f"/ako/priorities/{served.priority.code}/?period=2009-T1"
    page = client_of("office").get(address).text
    assert f'id="{served.code}"' in page
    assert "aiemman strategian" in page.replace("\u00ad", "")
    [priority] = [
        one
        for one in collect_facts(the_period("2009-T1"))["priorities"]
        if one["code"] == served.priority.code
    ]
    assert served.code in [one["code"] for one in priority["goals"]]
    assert goal.text_fi in client_of("office").get("/ako/priorities/P1/?period=2009-T1").text


def test_a_day_in_the_past_is_confirmed_before_a_strategy_is_adopted():
    strategy = prepared()
    mapped(strategy, add(strategy))
    office = client_of("office")
    asked = office.post(f"{NEXT}adopt/", {"on": "1.1.2008"})
    form = asked.context["adopt_form"]
    assert (asked.status_code, list(form.errors)) == (422, ["is_certain"])
    assert "2009" in str(form.errors["is_certain"])
    assert 'name="is_certain" value="2008-01-01"' in asked.text
    # What was confirmed of one day says nothing of another.
    assert office.post(f"{NEXT}adopt/", {"on": "2.1.2008", "is_certain": "2008-01-01"}).status_code == 422
    assert term_turn.strategy_in_force(ako()).code != strategy.code
    assert office.post(f"{NEXT}adopt/", {"on": "1.1.2008", "is_certain": "2008-01-01"}).status_code == 302
    assert term_turn.strategy_in_force(ako()).code == strategy.code


def test_a_target_leads_to_the_goal_of_its_time_and_the_series_goes_on():
    old = the_target("VT-2009-MR-2")
    was = old.goals.first()
    goal = adopted()
    new = make_target("VT-2010-MR-1", year=2010, state="draft")
    new.goals.set([goal])
    new.state = "decided"
    new.save()
    assert was in the_target("VT-2009-MR-2").goals.all()
    assert was in ancestors_of(goal)
    series = targets_through_years(goal)
    by_code = {target.code: target.served for target in series}
    assert by_code["VT-2010-MR-1"] == goal.code
    assert was.code in by_code["VT-2009-MR-2"]
    page = client_of("elected").get(goal.get_absolute_url()).content.decode()
    assert "VT-2009-MR-2" in page
    assert was.get_absolute_url() in page


@pytest.mark.parametrize("who", ["coordinator-mr", "presenter", "secretary", "admin"])
def test_only_the_office_renews(who):
    strategy = prepared()
    goal = add(strategy)
    browser = client_of(who)
    old = term_turn.old_goals(strategy)[0].goal.code
    for address in ("goals/", f"goals/{goal.code}/remove/", f"mapping/{old}/", "adopt/"):
        assert browser.post(f"{NEXT}{address}").status_code == 403
    assert browser.post(f"{STRATEGY}new/").status_code == 403


def test_an_address_that_is_guessed_shows_no_goal_in_preparation(client):
    strategy = prepared()
    goal = add(strategy, "Salassa valmisteltu")
    mapped(strategy, goal)
    old = term_turn.old_goals(strategy)[0].goal
    assert client.get(goal.get_absolute_url()).status_code == 404
    for address in (STRATEGY, old.get_absolute_url()):
        assert "Salassa valmisteltu" not in client.get(address).content.decode()


def test_what_is_left_of_a_split_is_chosen_anew():
    """One successor would be no split; the kind cannot be guessed."""
    strategy = prepared()
    first, second, third = add(strategy), add(strategy), add(strategy)
    split, other, *_rest = [old.goal for old in term_turn.old_goals(strategy)]
    term_turn.map_goal(strategy, split, kind="split", becomes=[first, second])
    term_turn.map_goal(strategy, other, kind="same", becomes=[third])
    term_turn.remove_goal(first)
    kinds = {old.goal: old.kind for old in term_turn.old_goals(strategy) if old.kind}
    assert kinds == {other: "same"}
    with pytest.raises(ValidationError, match=split.code):
        term_turn.adopt_strategy(strategy, on=TODAY)


def test_a_draft_that_serves_only_goals_of_the_old_strategy_is_told():
    draft = make_target("VT-2010-MR-1", year=2010, state="draft")
    draft.goals.set(StrategicGoal.objects.filter(code="P1-G1"))
    client = client_of("coordinator-mr")

    def is_told() -> bool:
        return 'data-remark="past_goals"' in client.get(draft.get_absolute_url()).content.decode()

    assert not is_told()
    goal = adopted()
    assert is_told()
    draft.goals.add(goal)
    assert not is_told()


# --- Mending a goal in preparation -------------------------------------------------------------------------


def typed_goal(goal, text, base=None):
    kept = {"text_fi": goal.text_fi, "text_sv": "", "text_en": ""}
    return kept | {"text_fi": text, "base": base or json.dumps(kept)}


def test_a_goal_in_preparation_is_mended_and_keeps_its_code_and_its_mapping():
    strategy = prepared()
    goal = add(strategy, "Uusi päämärä")
    mapped(strategy, goal)
    address = f"{NEXT}goals/{goal.code}/"
    assert f'href="{address}"' in client_of("office").get(NEXT).text
    assert client_of("office").post(address, typed_goal(goal, "Uusi päämäärä")).status_code == 302
    goal.refresh_from_db()
    assert (goal.text_fi, goal.code, goal.came_from.exists()) == ("Uusi päämäärä", "STR-2-P1-G1", True)


def test_two_who_mend_one_goal_see_both_texts():
    goal = add(prepared(), "Päämäärä")
    address = f"{NEXT}goals/{goal.code}/"
    opened = typed_goal(goal, "Ensimmäinen")
    client_of("office").post(address, opened)
    answer = client_of("office").post(address, opened | {"text_fi": "Toinen"})
    assert answer.status_code == 409
    assert [row[1:] for row in answer.context["form"].differing] == [("Toinen", "Ensimmäinen")]


def test_an_adopted_goal_is_mended_no_more():
    goal = add(prepared())
    address = f"{NEXT}goals/{goal.code}/"
    assert client_of("office").get(address).status_code == 200
    Strategy.objects.filter(pk=goal.strategy_id).update(adopted_on=TODAY)
    assert client_of("office").post(address, typed_goal(goal, "Toisin")).status_code == 404
    goal.refresh_from_db()
    with pytest.raises(ValidationError):
        term_turn.save_goal(goal, values={"text_fi": "Toisin"}, base={})


def test_the_mapping_names_each_old_goal_by_its_code():
    prepared()
    page = client_of("office").get(NEXT).text
    assert "P1-G1 " in page[page.index('id="mapping"') :]
