"""Which values of indicators a person may see: accepted ones as follow-ups are, the rest their own group."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from priorities.models import IndicatorValue
from programme import rules as programme_rules
from programme.models import Programme, User
from workgroups import rules


def values_visible_to(
    user: User | AnonymousUser, programme: Programme
) -> "QuerySet[IndicatorValue, IndicatorValue]":
    """Return the live values that a person may see.

    Officials and all groups see what is accepted; what waits is seen by its group, the office, the presenting
    officer and the auditor. Others read what was told: no live value.
    """
    of_programme = IndicatorValue.objects.filter(indicator__programme=programme)
    if programme_rules.reads_unfinished_work(user, programme):
        return of_programme
    if not rules.reads_approved_work(user, programme):
        return of_programme.none()
    own = Q(indicator__ownership__group__in=rules.groups_of(user, programme))
    return of_programme.filter(Q(accepted_at__isnull=False) | own)
