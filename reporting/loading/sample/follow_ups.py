"""Follow-ups of targets and actions, as far as their group's answers are known on the day."""

from typing import Any

from programme.models import Origin
from programme.statuses import Status
from reporting.loading.reader import Record
from reporting.loading.rows import create_all
from reporting.loading.sample.context import Sample
from reporting.loading.sample.rounds import Round
from reporting.loading.sample.shapes import IN_YEAR_STATUSES, YEAR_END_STATUSES
from workgroups.models import FollowUp, WorkingGroup

STATUSES = {
    "ei_alkanut": Status.NOT_STARTED,
    "etenee": Status.ON_TRACK,
    "viivastynyt": Status.DELAYED,
    "ei_toteudu": Status.WILL_NOT_BE_ACHIEVED,
    "toteutunut": Status.ACHIEVED,
    "osittain": Status.PARTLY_ACHIEVED,
    "ei_toteutunut": Status.NOT_ACHIEVED,
}


def load_follow_ups(sample: Sample) -> None:
    of_targets, targets_held = _of_targets(sample)
    of_actions, actions_held = _of_actions(sample)
    create_all(FollowUp, of_targets + of_actions)
    sample.tally.count("follow-ups of targets", len(of_targets), of=targets_held)
    sample.tally.count("follow-ups of actions", len(of_actions), of=actions_held)


def _of_targets(sample: Sample) -> tuple[list[tuple[FollowUp, Record]], int]:
    rows, held = [], 0
    for target in sample.file["annual_targets"]:
        group = sample.groups.of(target, "owner")
        for record in target["followup"]:
            held += 1
            round_ = _round(record, "report", record["report"], sample)
            scale = YEAR_END_STATUSES if round_.is_year_end else IN_YEAR_STATUSES
            if record["status"] not in scale:
                raise record.error("status", f"“{record['status']}” is not on the scale of {round_.code}")
            if round_.is_answered(group.code, sample.day):
                said = _said_of_target(record)
                line = sample.targets.of(target, "id")
                rows.append((_follow_up(group, round_, sample, target=line, **said), record))
    return rows, held


def _said_of_target(record: Record) -> dict[str, Any]:
    said = {
        "status": STATUSES[record["status"]],
        "text": record["text_fi"],
        "indicator_value": record["actual"],
    }
    if "deviation" in record:
        deviation = record["deviation"]
        said |= {
            "reason": deviation["poikkeaman_syy"],
            "effect": deviation["vaikutus"],
            "corrective_action": deviation["korjaava_toimenpide"],
            "new_due_on": deviation["uusi_maaraaika"],
        }
    return said


def _of_actions(sample: Sample) -> tuple[list[tuple[FollowUp, Record]], int]:
    rows, held = [], 0
    for work_programme in sample.file["work_programmes"]:
        group = sample.groups.of(work_programme, "owner")
        for record in work_programme["actions"]:
            for kind, status in record["status"].items():
                held += 1
                report = f"RAP-{work_programme['year']}-{kind}"
                round_ = _round(record, "status", report, sample)
                if round_.is_answered(group.code, sample.day):
                    # The note was written of the whole year; the rounds before it had no words.
                    text = record["note_fi"] if round_.is_year_end else ""
                    said = {"status": STATUSES[status], "text": text}
                    line = sample.actions.of(record, "id")
                    rows.append((_follow_up(group, round_, sample, action=line, **said), record))
    return rows, held


def _round(record: Record, key: str, report: str, sample: Sample) -> Round:
    if report not in sample.rounds:
        raise record.error(key, f"there is no report “{report}”")
    return sample.rounds[report]


def _follow_up(group: WorkingGroup, round_: Round, sample: Sample, **said: Any) -> FollowUp:
    answered_at = round_.answered_at(group.code)
    return FollowUp(
        group=group,
        period=sample.periods.named(round_.code, round_.record, "id"),
        state=FollowUp.State.APPROVED,
        origin=Origin.IMPORTED,
        submitted_at=answered_at,
        accepted_at=answered_at,
        **said,
    )
