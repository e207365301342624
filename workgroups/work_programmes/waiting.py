"""Whom a submitted work programme waits for, and what is told before it is approved."""

from django.db.models import QuerySet

from priorities.models import AnnualTarget
from programme import clock
from programme.models import Post, PostHolding, Substitute, User
from workgroups import rules
from workgroups.models import WorkProgramme, targets_visible_to
from workgroups.rules import Person


def those_who_may_accept(plan: WorkProgramme) -> list[User]:
    """Return who may approve or return a submitted plan today, by name; none of its writers: two queries.

    They are the chair and the vice chair of its group, for the office's own unit the presenting officers, and
    who stands in for one of them. None where all of them are its writers.
    """
    today, group = clock.today(), plan.group
    if group.is_office_unit:
        of_programme = PostHolding.objects.on(today).filter(post__programme=group.programme)
        terms = of_programme.filter(post__power=Post.Power.PRESENTING_OFFICER)
    else:
        terms = group.memberships.on(today).filter(role__in=rules.ACCEPTING_ROLES)
    own = set(terms.filter(user__isnull=False).values_list("user", flat=True)) - plan.writers
    standing_in = Substitute.objects.on(today).filter(absent__in=own).values("substitute")
    people = User.objects.filter(is_active=True).exclude(pk__in=plan.writers)
    return list((people.filter(pk__in=own) | people.filter(pk__in=standing_in)).order_by("name"))


def undecided_targets_of(plan: WorkProgramme, reader: Person) -> QuerySet[AnnualTarget]:
    """Return the targets of a plan's rows, of those its reader sees, that no meeting has decided.

    Others do not see them on its page.
    """
    seen = targets_visible_to(reader, plan.group.programme)
    undecided = seen.filter(state__in=AnnualTarget.EDITABLE, actions__in=plan.actions.all())
    return undecided.select_related("programme").distinct()
