"""Addresses of what people do: their desk, their groups, their follow-up."""

from django.urls import path

from workgroups.targets.urls import target_patterns
from workgroups.views import (
    amendments,
    approval,
    budget_amendments,
    clock,
    comments,
    decision_tasks,
    desk,
    evaluation_answers,
    evaluations,
    evidence,
    follow_up,
    group_keeping,
    group_report,
    groups,
    indicator_keeping,
    indicators,
    judging,
    meeting_mode,
    meetings,
    members,
    plan,
    rounds_and_bodies,
    spreadsheets,
    wordings,
    work_programmes,
    year_turn,
)

app_name = "workgroups"


def _follow_up_of(kind: str, plural: str) -> list:
    """The follow-up of a target or an action in a period, and the verbs on it."""
    base = f"<slug:programme>/{plural}/<code:code>/follow-up/<code:period>/"
    named = {"kind": kind}
    return [
        path(base, follow_up.follow_up, named, name=f"{kind}-follow-up"),
        path(f"{base}confirm/", follow_up.confirm, named, name=f"{kind}-follow-up-confirm"),
        path(f"{base}draft/", follow_up.draft, named, name=f"{kind}-follow-up-draft"),
        path(f"{base}accept/", judging.accept, named, name=f"{kind}-follow-up-accept"),
        path(f"{base}return/", judging.give_back, named, name=f"{kind}-follow-up-return"),
        path(
            f"{base}attachments/<int:number>/",
            evidence.attachment,
            named,
            name=f"{kind}-follow-up-attachment",
        ),
        path(
            f"{base}attachments/<int:number>/secrecy/",
            evidence.secrecy,
            named,
            name=f"{kind}-follow-up-secrecy",
        ),
    ]


def _reports_of_groups() -> list:
    """A group's report of a period, and the verbs on it."""
    base = "<slug:programme>/workgroups/<code:code>/report/<code:period>/"
    return [
        path(base, group_report.group_report, name="group-report"),
        path(f"{base}draft/", group_report.draft, name="group-report-draft"),
        path(f"{base}accept/", group_report.accept, name="group-report-accept"),
        path(f"{base}return/", group_report.give_back, name="group-report-return"),
    ]


def _acts_on_a_plan() -> list:
    """A work programme in its layouts, its editor, its versions, and the verbs on it."""
    base = "<slug:programme>/workgroups/<code:code>/<year:year>/"
    return [
        path(base, work_programmes.WorkProgrammeDetail.as_view(), name="work-programme-detail"),
        path(f"{base}months/", work_programmes.WorkProgrammeMonths.as_view(), name="work-programme-months"),
        path(f"{base}euros/", work_programmes.WorkProgrammeEuros.as_view(), name="work-programme-euros"),
        path(f"{base}edit/", plan.work_programme_edit, name="work-programme-edit"),
        path(f"{base}remove/", plan.remove_plan, name="work-programme-remove"),
        path(f"{base}add/", plan.add_action, name="action-add"),
        path(f"{base}import/", spreadsheets.import_spreadsheet, name="work-programme-import"),
        path(f"{base}import/confirm/", spreadsheets.confirm_import, name="work-programme-import-confirm"),
        path(f"{base}versions/", approval.versions, name="work-programme-versions"),
        path(f"{base}submit/", approval.submit, name="work-programme-submit"),
        path(f"{base}take-back/", approval.take_back, name="work-programme-take-back"),
        path(f"{base}return/", approval.give_back, name="work-programme-return"),
        path(f"{base}approve/", approval.approve, name="work-programme-approve"),
        path(f"{base}elsewhere/", approval.approve_elsewhere, name="work-programme-elsewhere"),
        path(f"{base}note/", approval.note, name="work-programme-note"),
        path(f"{base}turn/", year_turn.year_turn, name="year-turn"),
        path(f"{base}turn/<code:line>/", year_turn.turn, name="year-turn-line"),
        path(f"{base}turn/<code:line>/undo/", year_turn.undo, name="year-turn-undo"),
    ]


def _acts_on_a_row() -> list:
    base = "<slug:programme>/actions/<code:code>/"
    return [
        path(f"{base}edit/", plan.action_edit, name="action-edit"),
        path(f"{base}move/", plan.move_action, name="action-move"),
        path(f"{base}remove/", plan.remove_action, name="action-remove"),
        path(f"{base}restore/", plan.restore_action, name="action-restore"),
    ]


def _comments() -> list:
    written = [
        path(
            f"<slug:programme>/{plural}/<code:code>/comment/",
            comments.write,
            {"kind": kind},
            name=f"{kind}-comment",
        )
        for kind, plural in (("target", "targets"), ("action", "actions"))
    ]
    settled = path("<slug:programme>/comments/<int:number>/settle/", comments.settle, name="comment-settle")
    return [*written, settled]


def _budget_amendments() -> list:
    base = "<slug:programme>/budget/<year:year>/amendments/"
    one = f"{base}<code:code>/"
    return [
        path(f"{base}new/", budget_amendments.propose, name="budget-proposal-create"),
        path(one, budget_amendments.proposal_detail, name="budget-proposal-detail"),
        path(f"{one}withdraw/", budget_amendments.withdraw, name="budget-proposal-withdraw"),
        path(f"{one}decide/", budget_amendments.decide, name="budget-proposal-decide"),
    ]


def _amendments() -> list:
    base = "<slug:programme>/amendments/"
    one = f"{base}<code:code>/"
    proposed = [
        path(
            f"<slug:programme>/{plural}/<code:code>/amend/",
            amendments.propose,
            {"kind": kind},
            name=f"{kind}-amend",
        )
        for kind, plural in (("target", "targets"), ("action", "actions"))
    ]
    return [
        *proposed,
        path(
            "<slug:programme>/actions/<code:code>/amend/remove/",
            amendments.propose_removal,
            name="action-amend-remove",
        ),
        path(
            "<slug:programme>/workgroups/<code:code>/<year:year>/amend/",
            amendments.propose_addition,
            name="work-programme-amend",
        ),
        path(base, amendments.amendment_list, name="amendment-list"),
        path(one, amendments.amendment_detail, name="amendment-detail"),
        path(f"{one}withdraw/", amendments.withdraw, name="amendment-withdraw"),
        path(f"{one}decide/", amendments.decide, name="amendment-decide"),
    ]


def _evaluations() -> list:
    """Rounds of self-evaluation as the office keeps them, and one's own answers; `reporting` shows them."""
    base = "<slug:programme>/evaluations/"
    own = f"{base}<code:code>/answer/<code:group>/"
    return [
        path(f"{base}new/", evaluations.evaluation_create, name="evaluation-create"),
        path(f"{base}<code:code>/edit/", evaluations.evaluation_edit, name="evaluation-edit"),
        path(f"{base}<code:code>/remove/", evaluations.evaluation_remove, name="evaluation-remove"),
        path(own, evaluation_answers.evaluation_answer, name="evaluation-answer"),
        path(f"{own}draft/", evaluation_answers.draft, name="evaluation-answer-draft"),
    ]


def _rounds_and_bodies() -> list:
    """Where rounds and bodies are kept: who does it tells people what moved."""
    base = "<slug:programme>/settings/"
    return [
        path(f"{base}rounds/new/", rounds_and_bodies.round_create, name="round-create"),
        path(f"{base}rounds/<code:code>/", rounds_and_bodies.round_update, name="round-update"),
        path(f"{base}bodies/new/", rounds_and_bodies.body_create, name="body-create"),
        path(f"{base}bodies/<code:code>/", rounds_and_bodies.body_end, name="body-end"),
    ]


def _meetings() -> list:
    """Meetings as their keepers call, move and write them down; the pages that all read are the ground's."""
    base = "<slug:programme>/meetings/"
    one = f"{base}<code:code>/"
    matter = f"{one}matters/<int:number>/"
    return [
        path(f"{base}new/", meetings.meeting_create, name="meeting-create"),
        path(f"{one}edit/", meetings.meeting_edit, name="meeting-edit"),
        path(f"{one}remove/", meetings.meeting_remove, name="meeting-remove"),
        path(f"{one}publish/", meetings.agenda_publish, name="agenda-publish"),
        path(f"{one}minutes/", meetings.meeting_minutes, name="meeting-minutes"),
        path(f"{one}matters/new/", meetings.matter_create, name="matter-create"),
        path(f"{matter}edit/", meetings.matter_edit, name="matter-edit"),
        path(f"{matter}remove/", meetings.matter_remove, name="matter-remove"),
    ]


def _wordings() -> list:
    """How a body words its proposals and decisions."""
    base = "<slug:programme>/bodies/<code:code>/wordings/"
    return [
        path(base, wordings.wording_list, name="wording-list"),
        path(f"{base}new/", wordings.wording_create, name="wording-create"),
        path(f"{base}<int:wording>/", wordings.wording_edit, name="wording-edit"),
    ]


def _tasks_of_decisions() -> list:
    """A task from a decision, and the verbs on it."""
    one = "<slug:programme>/tasks/<int:number>/"
    given = "<slug:programme>/meetings/<code:code>/matters/<int:number>/tasks/new/"
    return [
        path(given, decision_tasks.task_create, name="decision-task-create"),
        path(one, decision_tasks.decision_task, name="decision-task"),
        path(f"{one}edit/", decision_tasks.task_edit, name="decision-task-edit"),
        path(f"{one}remove/", decision_tasks.task_remove, name="decision-task-remove"),
        path(f"{one}progress/", decision_tasks.task_progress, name="decision-task-progress"),
        path(f"{one}done/", decision_tasks.task_done, name="decision-task-done"),
        path(f"{one}verify/", decision_tasks.task_verify, name="decision-task-verify"),
        path(f"{one}send-back/", decision_tasks.task_send_back, name="decision-task-send-back"),
    ]


def _values() -> list:
    """A value of an indicator in a period, of the region or of one municipality, and the verbs on it."""
    base = "<slug:programme>/indicators/<code:code>/values/<code:period>/"
    places = [("", ""), ("-of-municipality", "<code:municipality>/")]
    verbs = {
        "draft": indicators.value_draft,
        "accept": indicators.value_accept,
        "return": indicators.value_return,
    }
    acts = [
        path(f"{base}{place}{verb}/", view, name=f"indicator-value-{verb}{suffix}")
        for suffix, place in places
        for verb, view in verbs.items()
    ]
    forms = [
        path(f"{base}{place}", indicators.value_edit, name=f"indicator-value-edit{suffix}")
        for suffix, place in places
    ]
    return [*acts, *forms]


def _series() -> list:
    """What is measured, and what it is tied to."""
    base = "<slug:programme>/indicators/"
    one = f"{base}<code:code>/"
    return [
        path(f"{base}new/", indicator_keeping.indicator_create, name="indicator-create"),
        path(f"{one}edit/", indicator_keeping.indicator_edit, name="indicator-edit"),
        path(f"{one}targets/", indicator_keeping.tie_target, name="indicator-tie-target"),
        path(
            f"{one}targets/<code:target>/untie/",
            indicator_keeping.untie_target,
            name="indicator-untie-target",
        ),
        path(f"{one}measures/", indicator_keeping.tie_measure, name="indicator-tie-measure"),
        path(
            f"{one}measures/<code:measure>/untie/",
            indicator_keeping.untie_measure,
            name="indicator-untie-measure",
        ),
        path(
            "<slug:programme>/targets/<code:code>/series/",
            indicator_keeping.target_series,
            name="target-series",
        ),
    ]


urlpatterns = [
    path("desk/", desk.desk, name="desk"),
    path("desk/round/<code:period>/", desk.round_of_period, name="round"),
    path("clock/", clock.annual_clock, name="clock"),
    path("clock/feed/renew/", clock.renew_feed, name="clock-feed-renew"),
    path("clock/feed/turn-off/", clock.turn_feed_off, name="clock-feed-turn-off"),
    path("clock/deadlines/<int:pk>/done/", clock.mark_done, name="deadline-done"),
    path("clock/deadlines/<int:pk>/open/", clock.mark_open, name="deadline-open"),
    path("clock.ics", clock.feed, name="clock-feed"),
    path("approvals/", desk.approvals, name="approvals"),
    path("approvals/accept/", judging.accept_chosen, name="approvals-accept"),
    path("<slug:programme>/workgroups/", groups.GroupList.as_view(), name="group-list"),
    path("<slug:programme>/workgroups/new/", group_keeping.group_create, name="group-create"),
    path("<slug:programme>/workgroups/<code:code>/edit/", group_keeping.group_edit, name="group-edit"),
    path("<slug:programme>/workgroups/<code:code>/", groups.GroupDetail.as_view(), name="group-detail"),
    path(
        "<slug:programme>/workgroups/<code:code>/meeting/<code:period>/",
        meeting_mode.meeting_mode,
        name="meeting-mode",
    ),
    path(
        "<slug:programme>/workgroups/<code:code>/members/new/",
        members.membership_create,
        name="membership-create",
    ),
    path(
        "<slug:programme>/workgroups/<code:code>/members/<int:pk>/",
        members.membership_edit,
        name="membership-edit",
    ),
    path(
        "<slug:programme>/workgroups/<code:code>/<year:year>.xlsx",
        spreadsheets.work_programme_xlsx,
        name="work-programme-xlsx",
    ),
    *target_patterns,
    path("<slug:programme>/workgroups/<code:code>/draw-up/", plan.draw_up, name="work-programme-draw-up"),
    *_reports_of_groups(),
    *_acts_on_a_plan(),
    *_acts_on_a_row(),
    *_amendments(),
    *_budget_amendments(),
    *_comments(),
    *_evaluations(),
    *_meetings(),
    *_rounds_and_bodies(),
    *_wordings(),
    *_tasks_of_decisions(),
    *_values(),
    *_series(),
    *_follow_up_of("target", "targets"),
    *_follow_up_of("action", "actions"),
]
