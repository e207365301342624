"""What was answered in a round that has closed: distributions by statement and group, and comments.

In an anonymous round a group with fewer answers than was promised is left out of everything that is told, of
the whole too: so nothing can be found out about it by subtraction, and not by its own members either, who
know their own answer. Its comments are told nowhere, since beside the comments of the other groups they would
be known as its own.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db.models import Count
from django.utils.translation import gettext as _

from programme.models import User
from workgroups.evaluations.rounds import people_asked, people_who_answered
from workgroups.models import Evaluation, EvaluationAnswer, EvaluationStatement, WorkingGroup

Rating = EvaluationAnswer.Rating
# How many gave which rating.
Counts = dict[int, int]


@dataclass(frozen=True)
class Comment:
    """What somebody wrote; who, where answers had names."""

    text: str
    language: str
    writer: User | None


@dataclass
class GroupResult:
    """What the people of a group answered; nothing of it where too few did."""

    group: WorkingGroup
    asked: int
    answered: int
    is_shown: bool
    counts: dict[str, Counts] = field(default_factory=dict)  # by code of statement

    @property
    def is_silent(self) -> bool:
        """Whether nobody answered, which is no answer of any kind."""
        return self.answered == 0


@dataclass
class Results:
    """What was answered in a round."""

    evaluation: Evaluation
    statements: list[EvaluationStatement]
    groups: list[GroupResult]

    @property
    def shown(self) -> list[GroupResult]:
        return [row for row in self.groups if row.is_shown]

    @property
    def left_out(self) -> list[GroupResult]:
        """Those whose few answers stand in no figure."""
        return [row for row in self.groups if not row.is_shown and not row.is_silent]

    @property
    def asked(self) -> int:
        """How many people were asked, those left out aside: of their groups nothing is told."""
        return sum(row.asked for row in self.groups if row not in self.left_out)

    @property
    def answered(self) -> int:
        return sum(row.answered for row in self.shown)

    @property
    def whole(self) -> dict[str, Counts]:
        """All together: the sum of the groups that are shown."""
        return {
            statement.code: added(row.counts.get(statement.code, {}) for row in self.shown)
            for statement in self.statements
        }

    def of_group(self, code: str) -> GroupResult | None:
        return next((row for row in self.groups if row.group.code == code), None)

    def counts_of(self, code: str, group: str | None) -> Counts:
        """Return the counts of a statement, of a group or of all together; empty where nothing is told."""
        if group is None:
            return self.whole.get(code, {})
        found = self.of_group(group)
        return found.counts.get(code, {}) if found else {}


def shown_groups(answered: Mapping[int, int], *, smallest: int) -> set[int]:
    """Return the groups of which enough people answered, at least one."""
    return {group for group, number in answered.items() if number >= max(smallest, 1)}


def added(rows: Iterable[Counts]) -> Counts:
    total: Counts = {}
    for counts in rows:
        for rating, number in counts.items():
            total[rating] = total.get(rating, 0) + number
    return total


def number_of(counts: Counts) -> int:
    """Return how many answered, those included who could not say."""
    return sum(counts.values())


def median_of(counts: Counts) -> tuple[Rating, Rating] | None:
    """Return the middle of those who took a stand: of an even number the two in the middle, often the same.

    None where nobody took one. There is no average: ratings are words in an order, not quantities.
    """
    stands = [rating for rating in sorted(counts) if rating for _times in range(counts[rating])]
    if not stands:
        return None
    return Rating(stands[(len(stands) - 1) // 2]), Rating(stands[len(stands) // 2])


def results_of(evaluation: Evaluation) -> Results:
    """Count a closed round: five queries. Raises ValidationError while somebody may still answer."""
    if not evaluation.is_closed:
        raise ValidationError(_("Results are counted when the round has closed."))
    asked, answered = people_asked(evaluation), people_who_answered(evaluation)
    shown = shown_groups(answered, smallest=evaluation.smallest if evaluation.is_anonymous else 1)
    groups = {
        group.pk: GroupResult(group, asked.get(group.pk, 0), answered.get(group.pk, 0), group.pk in shown)
        for group in evaluation.groups.select_related("programme", "priority").order_by("order", "code")
    }
    counted = (
        EvaluationAnswer.objects.filter(evaluation=evaluation, group__in=shown, statement__isnull=False)
        .order_by()
        .values_list("group", "statement__code", "rating")
        .annotate(Count("pk"))
    )
    for group, code, rating, number in counted:
        groups[group].counts.setdefault(code, {})[rating] = number
    return Results(evaluation, list(evaluation.statements.all()), list(groups.values()))


def previous_round(evaluation: Evaluation) -> Evaluation | None:
    """Return the round of the programme that closed last before this one opened."""
    earlier = Evaluation.objects.filter(programme=evaluation.programme_id, closes_on__lt=evaluation.opens_on)
    return earlier.select_related("programme").order_by("-closes_on", "-pk").first()


def is_reworded(statement: EvaluationStatement, before: EvaluationStatement) -> bool:
    """Whether people were asked in other words: then the figures are not quite of the same."""
    return any(
        getattr(statement, f"text_{language}") != getattr(before, f"text_{language}")
        for language in ("fi", "sv", "en")
    )


def comments_in(results: Results, groups: Iterable[GroupResult]) -> dict[int, dict[str, list[Comment]]]:
    """Return the comments of these groups, by group and code of statement, those in general under "".

    In the order of the alphabet: that of answering would tell who was first. None of a group with too few
    answers. One query.
    """
    found: dict[int, dict[str, list[Comment]]] = {}
    rows = EvaluationAnswer.objects.filter(
        evaluation=results.evaluation, group__in=[row.group.pk for row in groups if row.is_shown]
    ).exclude(comment="")
    for row in rows.select_related("statement", "user"):
        code = row.statement.code if row.statement else ""
        comment = Comment(row.comment, row.language, row.user)
        found.setdefault(row.group_id, {}).setdefault(code, []).append(comment)
    for of_group in found.values():
        for comments in of_group.values():
            comments.sort(key=lambda comment: (comment.text.casefold(), comment.text))
    return found


def comments_on(results: Results, group: GroupResult) -> dict[str, list[Comment]]:
    """Return a group's comments by code of statement, as `comments_in` does."""
    return comments_in(results, [group]).get(group.group.pk, {})
