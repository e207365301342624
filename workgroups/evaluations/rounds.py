"""Keeping rounds of self-evaluation: start, change until it opens, close later than was said."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programme import clock
from programme.administration.refusals import Refusal, told
from programme.models import Programme, ProgrammeText, User
from programme.saving import Saved, merge_into
from programme.trail import business_time, trail_of
from workgroups import rules
from workgroups.models import (
    Evaluation,
    EvaluationDraft,
    EvaluationGroup,
    EvaluationStatement,
    Membership,
    Participation,
    WorkingGroup,
)

REFUSALS = {
    "one_evaluation_per_code": Refusal("code", gettext_lazy("Another round has this code.")),
    "an_evaluation_closes_after_it_opens": Refusal(
        "closes_on", gettext_lazy("The round closes before it opens.")
    ),
}
ENDINGS = {Evaluation.Kind.YEARLY: "", Evaluation.Kind.MID_TERM: "-V", Evaluation.Kind.FINAL: "-L"}
LANGUAGES = ("fi", "sv", "en")
# The passage of the programme document that the statements go on from.
LEAD = "role.lead"
# Where the form of a new round stands, beside the rounds.
NEVER_A_CODE = {"new"}


def groups_to_choose(programme: Programme) -> QuerySet[WorkingGroup]:
    """Return the groups that may be asked: all but the office's own unit, which has no members."""
    groups = WorkingGroup.objects.filter(programme=programme)
    return groups.exclude(priority__isnull=True, parent__isnull=True)


def groups_with_people(programme: Programme) -> QuerySet[WorkingGroup]:
    """Return the groups that are asked unless the office says otherwise: those with people in them today."""
    people = Membership.objects.on(clock.today()).filter(group=OuterRef("pk"), user__isnull=False)
    return groups_to_choose(programme).filter(Exists(people))


def proposed_code(programme: Programme, kind: str, year: int) -> str:
    """Return the usual code of a round: ARV-2009, ARV-2009-V at mid-term, ARV-2009-L at the end."""
    usual = f"ARV-{year}{ENDINGS[Evaluation.Kind(kind)]}"
    known = set(Evaluation.objects.filter(programme=programme).values_list("code", flat=True))
    further = (f"{usual}-{number}" for number in range(2, len(known) + 3))
    return next(code for code in [usual, *further] if code not in known)


@transaction.atomic
def start_round(programme: Programme, *, values: Mapping[str, Any]) -> Evaluation:
    """Start a round, with the statements as the programme words them now.

    Raises ValidationError where the values do not fit or the code is taken.
    """
    programme.must_not_be_closed()
    columns = dict(values)
    groups = columns.pop("groups")
    columns["code"] = columns["code"] or proposed_code(programme, columns["kind"], columns["year"])
    evaluation = Evaluation(programme=programme, **columns)
    _must_fit(evaluation, groups)
    with told(REFUSALS):
        evaluation.save()
    evaluation.groups.set(groups)
    keep_wording(evaluation)
    return evaluation


@transaction.atomic
def save_round(evaluation: Evaluation, *, values: Mapping[str, Any], base: Mapping[str, str]) -> Saved:
    """Save what was typed into a round that has not opened, and the present wording of the statements.

    `base` are its cells as the form showed them: where somebody else changed the same one meanwhile, nothing
    is saved. Raises ValidationError where the round has opened or the values do not fit.
    """
    locked = _locked(evaluation)
    if not locked.is_planned:
        raise ValidationError(_("The round has opened: only its closing day moves, and only later."))
    saved = merge_into(locked, values, base)
    if not saved.conflicts:
        _must_fit(locked, locked.groups.all())
        with told(REFUSALS):
            locked.save(update_fields=[name for name in values if name != "groups"])
        keep_wording(locked)
    return saved


@transaction.atomic
def remove_round(evaluation: Evaluation) -> None:
    """Remove a round that has not opened. Raises ValidationError where it has: people may have answered."""
    locked = _locked(evaluation)
    if not locked.is_planned:
        raise ValidationError(_("The round has opened: it stays, and what people answered in it."))
    locked.delete()


@transaction.atomic
def close_later(evaluation: Evaluation, *, values: Mapping[str, Any], base: Mapping[str, str]) -> Saved:
    """Move the closing day of an open round to a later one.

    Never after it has closed: who has seen the results would learn from the new ones who answered what.
    Raises ValidationError where the round is not open or the day is not later.
    """
    locked = _locked(evaluation)
    if not locked.is_open:
        raise ValidationError(_("The round is not open: its days stay as they are."))
    before = locked.closes_on
    saved = merge_into(locked, values, base)
    if not saved.conflicts:
        if locked.closes_on < before:
            raise ValidationError(
                {"closes_on": _("Choose a later day: people have been told the earlier one.")}
            )
        locked.save(update_fields=["closes_on"])
    return saved


def moved_from(evaluation: Evaluation) -> datetime.date | None:
    """Return the closing day that a round opened with, where it has been moved later since; by the trail."""
    stood: datetime.date | None = None
    for event in trail_of(Evaluation).filter(pgh_obj_id=evaluation.pk).order_by("pgh_id"):
        if stood is None or clock.day_of(business_time(event.pgh_created_at)) < evaluation.opens_on:
            stood = event.closes_on
    return stood if stood is not None and stood < evaluation.closes_on else None


def keep_wording(evaluation: Evaluation) -> None:
    """Keep the programme's statements with the round, as they are worded now. Nobody has answered yet."""
    lead = ProgrammeText.objects.filter(programme=evaluation.programme_id, code=LEAD).first()
    for language in LANGUAGES:
        setattr(evaluation, f"lead_{language}", getattr(lead, f"text_{language}", ""))
    evaluation.save(update_fields=["lead_fi", "lead_sv", "lead_en"])
    evaluation.statements.all().delete()
    EvaluationStatement.objects.bulk_create(
        EvaluationStatement(
            evaluation=evaluation,
            statement=row,
            code=row.code,
            order=row.order,
            **{f"text_{language}": getattr(row, f"text_{language}") for language in LANGUAGES},
        )
        for row in evaluation.programme.role_statements.all()
    )


def is_worded_as_the_programme(evaluation: Evaluation) -> bool:
    """Whether the statements of a round still say what the programme says."""
    columns = ("code", "order", "text_fi", "text_sv", "text_en")
    of_programme = evaluation.programme.role_statements.values_list(*columns)
    return sorted(of_programme) == sorted(evaluation.statements.values_list(*columns))


def _must_fit(evaluation: Evaluation, groups: Iterable[WorkingGroup]) -> None:
    programme, today = evaluation.programme, clock.today()
    if evaluation.code.lower() in NEVER_A_CODE:
        raise ValidationError({"code": _("This word is an address of the portal: choose another code.")})
    if not programme.starts_on.year <= evaluation.year <= programme.ends_on.year:
        raise ValidationError({"year": _("The programme does not reach this year.")})
    if evaluation.opens_on < today:
        raise ValidationError({"opens_on": _("This day has passed. Choose today or a day to come.")})
    if not list(groups):
        raise ValidationError({"groups": _("Choose at least one group.")})


def _locked(evaluation: Evaluation) -> Evaluation:
    rows = Evaluation.objects.select_for_update(of=("self",), no_key=True).select_related("programme")
    locked = rows.get(pk=evaluation.pk)
    locked.programme.must_not_be_closed()
    return locked


# Who is asked, and how many have answered


def day_that_counts(evaluation: Evaluation) -> datetime.date:
    """Return the day whose memberships are those who are asked: today, after the closing its last day."""
    return min(clock.today(), evaluation.closes_on)


def people_asked(evaluation: Evaluation) -> dict[int, int]:
    """Return how many people each group of a round has: whoever has a membership, in whatever role.

    Deputies and experts too: they sit at the table, and may say that they cannot say. Somebody who has
    answered and left since still counts. One query.
    """
    held = Membership.objects.on(day_that_counts(evaluation)).filter(
        group__in=evaluation.groups.all(), user__isnull=False
    )
    pairs = set(
        held.order_by()
        .values_list("group", "user")
        .union(evaluation.participations.order_by().values_list("group", "user"))
    )
    counted: dict[int, int] = {}
    for group, _user in pairs:
        counted[group] = counted.get(group, 0) + 1
    return counted


def people_who_answered(evaluation: Evaluation) -> dict[int, int]:
    """Return how many people have answered in each group of a round: one query."""
    counted: dict[int, int] = {}
    for group in evaluation.participations.order_by().values_list("group", flat=True):
        counted[group] = counted.get(group, 0) + 1
    return counted


def rounds_to_answer(user: User, programme: Programme) -> list[EvaluationGroup]:
    """Return the open rounds that a person has not answered, for each of their groups.

    Each tells when its reader last saved a draft of an answer, if any: `draft_saved_at`.
    """
    own = [
        row.group_id
        for row in rules.standings_of(user)
        if row.programme_id == programme.pk and row.in_place_of is None
    ]
    if not own:
        return []
    answered = Participation.objects.filter(
        user=user, evaluation=OuterRef("evaluation"), group=OuterRef("group")
    )
    places = EvaluationGroup.objects.filter(
        ~Exists(answered), group__in=own, evaluation__in=Evaluation.objects.filter(programme=programme).open()
    )
    own_draft = EvaluationDraft.objects.filter(
        user=user, evaluation=OuterRef("evaluation"), group=OuterRef("group")
    )
    places = places.annotate(draft_saved_at=Subquery(own_draft.values("saved_at")[:1]))
    return list(
        places.select_related("evaluation__programme", "group").order_by("evaluation__closes_on", "group")
    )
