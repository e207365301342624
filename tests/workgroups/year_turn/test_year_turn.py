"""The turn of the year: what becomes of a line, and what of it stands in the next year's plan."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from priorities.models import AnnualTarget, GoalMapping, StrategicGoal
from programme.models import Strategy
from tests.factories import ako, make_follow_up, make_plan, make_target, the_action, the_target
from tests.personas import client_of, person
from workgroups.models import Action, LineTurn, WorkingGroup, WorkProgramme
from workgroups.work_programmes import approval, drafting
from workgroups.year_turn.turning import take_turn_back, turn_line

pytestmark = pytest.mark.django_db

TURN = "/ako/workgroups/WG-MR/2009/turn/"
TARGET, ACTION = "VT-2009-MR-2", "TP-2009-MR-06"


def turn(line, outcome="goes_on", **given):
    return turn_line(line, actor=person("coordinator-mr"), outcome=outcome, reason="Syy.", **given)


def post(code, *, by="coordinator-mr", **typed):
    sent = {"outcome": "goes_on", "reason": "Kesken.", "euros": ""} | typed
    return client_of(by).post(f"{TURN}{code}/", {f"{code}-{name}": value for name, value in sent.items()})


def test_an_action_that_goes_on_stands_in_a_draft_of_the_next_year():
    line = the_action(ACTION)
    assert turn(line, euros=Decimal("1500.00")).is_carried
    carried = line.continued_by.get()
    plan = carried.work_programme
    assert (plan.group.code, plan.year, plan.state, carried.code) == (
        "WG-MR",
        2010,
        WorkProgramme.State.DRAFT,
        "TP-2010-MR-01",
    )
    kept = ("text", "output", "responsible", "measure", "cost_centre", "start_month", "end_month")
    assert [getattr(carried, name) for name in kept] == [getattr(line, name) for name in kept]
    assert carried.planned_euros == 1500


def test_what_is_done_or_ends_stands_nowhere():
    for code, outcome in ((ACTION, "done"), ("TP-2009-MR-05", "ends")):
        turn(the_action(code), outcome)
    assert not Action.objects.filter(work_programme__year=2010).exists()
    assert LineTurn.objects.count() == 2


def test_an_actions_targets_are_those_that_continue_its_old_ones():
    action = Action.objects.filter(targets__code=TARGET, work_programme__group__code="WG-MR").first()
    old = the_target(TARGET)
    turn(old)
    turn(action)
    target = old.continued_by.get()
    assert (target.state, target.year, target.due_on.year) == (AnnualTarget.State.DRAFT, 2010, 2010)
    assert (target.name_fi, target.responsible, target.ownership.group.code) == (
        old.name_fi,
        old.responsible,
        "WG-MR",
    )
    assert list(target.goals.all()) == list(old.goals.all())
    assert list(action.continued_by.get().targets.all()) == [target]


def test_a_target_of_an_old_strategy_goes_on_under_the_goals_that_its_own_became():
    old = the_target(TARGET)
    goal = old.goals.first()
    strategy = Strategy.objects.create(
        programme=ako(),
        code="STR-NEW",
        name_fi="Uusi strategia",
        replaces=goal.strategy,
        adopted_on=datetime.date(2009, 9, 1),
    )
    successor = StrategicGoal.objects.create(
        strategy=strategy, priority=goal.priority, number=9, code="P9-G9", text_fi="Uusi päämäärä"
    )
    GoalMapping.objects.create(old_goal=goal, new_goal=successor, kind="same")
    turn(old)
    assert successor in old.continued_by.get().goals.all()
    assert goal not in old.continued_by.get().goals.all()
    assert goal in old.goals.all()


def test_a_line_is_turned_once_and_can_be_taken_back():
    line = the_action(ACTION)
    made = turn(line)
    with pytest.raises(ValidationError):
        turn(line, "ends")
    take_turn_back(made, actor=person("coordinator-mr"))
    assert not line.continued_by.exists()
    assert not LineTurn.objects.exists()
    turn(line, "ends")
    assert LineTurn.objects.get().outcome == "ends"


def test_what_has_been_handed_on_takes_no_more_and_gives_nothing_back():
    plan = make_plan()
    made = turn(the_action(ACTION))
    carried = the_action(ACTION).continued_by.get()
    assert carried.work_programme == plan
    carried.targets.set(plan.actions.exclude(pk=carried.pk).get().targets.all())
    approval.submit_work_programme(plan, actor=person("coordinator-mr"))
    with pytest.raises(ValidationError):
        turn(the_action("TP-2009-MR-05"))
    with pytest.raises(ValidationError):
        take_turn_back(made, actor=person("coordinator-mr"))
    assert LineTurn.objects.count() == 1


def test_nothing_goes_on_past_the_end_of_the_programme():
    ends = ako().ends_on.replace(year=2009)
    programme = ako()
    programme.ends_on = ends
    programme.save()
    with pytest.raises(ValidationError, match="2009"):
        turn(the_action(ACTION))
    assert not LineTurn.objects.exists()
    turn(the_action(ACTION), "ends")


def test_the_page_shows_every_line_with_what_was_said_last():
    page = client_of("coordinator-mr").get(TURN)
    lines = page.context["lines"]
    assert len(lines) == 11
    by_code = {line.line.code: line for line in lines}
    assert by_code[TARGET].said.text == "Ohjelman laadinta alkaa toukokuussa."
    assert by_code[TARGET].said.text in page.content.decode()
    assert [by_code[TARGET].form[name].value() for name in ("outcome", "reason", "euros")] == [None] * 3
    assert "koko suunniteltu summa" in page.content.decode().replace("\u00ad", "")


def test_the_untouched_form_is_no_answer():
    response = post(TARGET, outcome="", reason="")
    assert response.status_code == 422
    assert not LineTurn.objects.exists()


def test_without_euros_the_whole_planned_sum_goes_on():
    line = the_action(ACTION)
    turn(line)
    assert line.continued_by.get().planned_euros == line.planned_euros


def test_line_by_line_it_leads_to_the_next():
    lines = client_of("coordinator-mr").get(TURN).context["lines"]
    first, second = lines[0].line.code, lines[1].line.code
    response = post(first, outcome="done")
    assert (response.status_code, response["Location"]) == (302, f"{TURN}#{second}")
    page = client_of("coordinator-mr").get(TURN)
    assert page.context["turned"] == 1
    client_of("coordinator-mr").post(f"{TURN}{first}/undo/")
    assert not LineTurn.objects.exists()


@pytest.mark.parametrize(
    "typed", [{"outcome": ""}, {"reason": ""}, {"euros": "paljon"}, {"outcome": "vanishes"}]
)
def test_a_wrong_form_keeps_what_was_typed(typed):
    response = post(ACTION, **({"reason": "Kesken on."} | typed))
    assert response.status_code == 422
    form = next(line.form for line in response.context["lines"] if line.line.code == ACTION)
    assert form["reason"].value() == typed.get("reason", "Kesken on.")
    assert not LineTurn.objects.exists()


@pytest.mark.parametrize(
    ("who", "status"),
    [("coordinator-mr", 200), ("office", 200), ("chair-mr", 403), ("coordinator-hp", 403), ("elected", 404)],
)
def test_those_who_write_for_the_group_turn_its_year(who, status):
    assert client_of(who).get(TURN).status_code == status


def test_a_group_without_lines_in_the_year_has_no_turn():
    assert WorkingGroup.objects.filter(code="WG-MR").exists()
    assert client_of("coordinator-mr").get("/ako/workgroups/WG-MR/2010/turn/").status_code == 404


def test_what_was_written_into_since_is_not_thrown_away():
    made = turn(the_action(ACTION))
    carried = the_action(ACTION).continued_by.get()
    carried.version += 1
    carried.save()
    with pytest.raises(ValidationError):
        take_turn_back(made, actor=person("coordinator-mr"))
    assert the_action(ACTION).continued_by.exists()


def test_what_stands_in_the_next_year_already_is_neither_doubled_nor_removed():
    group = WorkingGroup.objects.get(code="WG-MR")
    drafting.draw_up(group, 2010, actor=person("coordinator-mr"), from_previous=True)
    made = turn(the_action(ACTION))
    assert the_action(ACTION).continued_by.count() == 1
    take_turn_back(made, actor=person("coordinator-mr"))
    assert the_action(ACTION).continued_by.count() == 1


def drawn_up_beforehand():
    group = WorkingGroup.objects.get(code="WG-MR")
    return drafting.draw_up(group, 2010, actor=person("coordinator-mr"), from_previous=True)


def test_euros_left_take_effect_on_a_row_that_was_drawn_up_beforehand_and_are_taken_back():
    drawn_up_beforehand()
    line = the_action(ACTION)
    planned = line.planned_euros
    made = turn(line, euros=Decimal("1500.00"))
    assert (line.continued_by.get().planned_euros, line.continued_by.get().no_cost) == (1500, False)
    take_turn_back(made, actor=person("coordinator-mr"))
    assert line.continued_by.get().planned_euros == planned


@pytest.mark.parametrize("outcome", ["done", "ends"])
def test_what_is_done_or_ends_is_taken_out_of_a_plan_drawn_up_beforehand_and_comes_back(outcome):
    drawn_up_beforehand()
    line = the_action(ACTION)
    made = turn(line, outcome)
    assert not line.continued_by.exists()
    assert "otettiin pois ensi vuoden" in client_of("coordinator-mr").get(TURN).text.replace("\u00ad", "")
    take_turn_back(made, actor=person("coordinator-mr"))
    assert line.continued_by.exists()


def test_a_new_target_is_linked_to_the_rows_drawn_up_beforehand_and_taken_off_them_again():
    drawn_up_beforehand()
    old = the_target(TARGET)
    rows = Action.objects.filter(work_programme__year=2010, continues__targets=old)
    first, *others = rows.order_by("code")
    first.version += 1
    first.save()
    made = turn(old)
    new = old.continued_by.get()
    assert others
    assert all(new in row.targets.all() for row in others)
    assert new not in first.targets.all()
    assert made.effect["left"] == [first.code]
    assert first.code in client_of("coordinator-mr").get(TURN).text
    take_turn_back(made, actor=person("coordinator-mr"))
    assert not old.continued_by.exists()
    assert not any(row.targets.exists() for row in rows)


@pytest.mark.parametrize(("outcome", "typed"), [("goes_on", "1500"), ("done", "")])
def test_a_row_that_has_been_written_into_is_asked_about(outcome, typed):
    drawn_up_beforehand()
    line = the_action(ACTION)
    row = line.continued_by.get()
    Action.objects.filter(pk=row.pk).update(version=2, output="Oma sana")
    response = post(ACTION, outcome=outcome, euros=typed)
    assert response.status_code == 422
    form = next(found.form for found in response.context["lines"] if found.line.code == ACTION)
    assert row.code in str(form.errors["standing"])
    assert not LineTurn.objects.exists()
    assert post(ACTION, outcome=outcome, euros=typed, standing="leave").status_code == 302
    assert line.continued_by.get().planned_euros == row.planned_euros
    client_of("coordinator-mr").post(f"{TURN}{ACTION}/undo/")
    assert post(ACTION, outcome=outcome, euros=typed, standing="change").status_code == 302
    assert [found.planned_euros for found in line.continued_by.all()] == ([1500] if typed else [])
    client_of("coordinator-mr").post(f"{TURN}{ACTION}/undo/")
    assert (line.continued_by.get().planned_euros, line.continued_by.get().output) == (
        row.planned_euros,
        "Oma sana",
    )


def test_what_was_typed_over_the_euros_of_an_answer_stays_when_it_is_taken_back():
    drawn_up_beforehand()
    line = the_action(ACTION)
    made = turn(line, euros=Decimal("1500.00"))
    line.continued_by.update(planned_euros=1700, version=2)
    take_turn_back(made, actor=person("coordinator-mr"))
    assert line.continued_by.get().planned_euros == 1700


def test_in_a_plan_that_has_been_handed_on_a_row_stays_and_that_is_confirmed():
    plan = drawn_up_beforehand()
    WorkProgramme.objects.filter(pk=plan.pk).update(state="returned", returning_reason="Syy.")
    line = the_action(ACTION)
    row = line.continued_by.get()
    plan.actions.exclude(pk=row.pk).delete()
    row.targets.add(make_target("VT-2010-MR-90", year=2010))
    approval.submit_work_programme(plan, actor=person("coordinator-mr"))
    for refused in ("", "change"):
        assert post(ACTION, outcome="done", standing=refused).status_code == 422
    assert post(ACTION, outcome="done", standing="leave").status_code == 302
    assert line.continued_by.get() == row


@pytest.mark.parametrize("outcome", ["done", "ends"])
def test_euros_with_what_has_ended_are_refused_at_their_field(outcome):
    response = post(ACTION, outcome=outcome, euros="999")
    form = next(found.form for found in response.context["lines"] if found.line.code == ACTION)
    assert (response.status_code, list(form.errors)) == (422, ["euros"])
    with pytest.raises(ValidationError):
        turn(the_action(ACTION), outcome, euros=Decimal(999))
    assert not LineTurn.objects.exists()


def test_an_earlier_periods_status_is_told_with_its_day_and_without_its_colour():
    lines = client_of("coordinator-mr").get(TURN).context["lines"]
    row = next(found for found in lines if found.line.code == TARGET)
    assert (row.period.code, row.said.period.code) == ("2009-T2", "2009-T1")
    assert (row.is_said_earlier, row.status) == (True, "not_updated")
    assert "30.4.2009" in client_of("coordinator-mr").get(TURN).text


def test_what_waits_for_the_chair_is_told_as_waiting():
    said = make_follow_up(the_target(TARGET), state="submitted", status="on_track")
    page = client_of("coordinator-mr").get(TURN)
    row = next(found for found in page.context["lines"] if found.line.code == TARGET)
    assert (row.status, row.said.period.code) == ("waiting", "2009-T1")
    assert "Odottaa hyväksyntää" in page.text.partition(f'id="{TARGET}"')[2].partition("</li>")[0]
    type(said).objects.update(state="returned", returning_reason="Tarkenna.")
    lines = client_of("coordinator-mr").get(TURN).context["lines"]
    assert next(found for found in lines if found.line.code == TARGET).status == "not_updated"


@pytest.mark.parametrize(
    ("code", "euros", "planned"), [(ACTION, "14000,01", "14\u00a0000"), ("TP-2009-MR-01", "1", "0")]
)
def test_no_more_euros_are_left_than_were_planned(code, euros, planned):
    response = post(code, euros=euros)
    assert (response.status_code, LineTurn.objects.exists()) == (422, False)
    form = next(found for found in response.context["lines"] if found.line.code == code).form
    assert list(form.errors) == ["euros"]
    assert form.errors["euros"][0].startswith(f"Riville suunniteltiin {planned}\u00a0€:")
    assert form["euros"].value() == euros
    assert post(code, euros=planned).status_code == 302
