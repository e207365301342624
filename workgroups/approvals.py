"""What waits for a person who accepts, in all their groups."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from priorities.models import IndicatorValue
from programme import rules as programme_rules
from programme.models import Programme, User
from workgroups import rules
from workgroups.desk import amendments_to_decide, plans_waiting_for
from workgroups.group_reports import reports_waiting_for
from workgroups.indicators.entering import waiting_values
from workgroups.lines import waiting_for
from workgroups.models import Amendment, WorkProgramme
from workgroups.models.judged import JudgedQuerySet


def _accepting(user: User, programme: Programme) -> tuple[list[int], bool]:
    """Return the groups for which a person accepts, and whether for the office too."""
    groups = rules.groups_of(user, programme, rules.ACCEPTING_ROLES)
    is_presenter = bool(programme_rules.is_presenting_officer(user, programme))
    if not groups and not is_presenter:
        raise PermissionDenied(_("Chairs accept for their groups, the presenting officer for the office."))
    return groups, is_presenter


def lines_to_judge(user: User, programme: Programme) -> JudgedQuerySet:
    """Return the follow-ups that wait for a person. Raises PermissionDenied for who accepts nothing."""
    groups, for_office = _accepting(user, programme)
    return waiting_for(user, programme, groups, accepts_for_office=for_office)


def reports_to_judge(user: User, programme: Programme) -> JudgedQuerySet:
    """Return the groups' reports that wait for a person. Raises PermissionDenied for who accepts nothing."""
    groups, for_office = _accepting(user, programme)
    return reports_waiting_for(user, programme, groups, accepts_for_office=for_office)


def plans_to_judge(user: User, programme: Programme) -> list[WorkProgramme]:
    """Return the work programmes that wait for a person. Raises PermissionDenied as those above."""
    return plans_waiting_for(user, *_accepting(user, programme))


def amendments_to_judge(user: User, programme: Programme) -> list[Amendment]:
    """Return the amendments that wait for a person. Raises PermissionDenied as those above."""
    return amendments_to_decide(user, programme, *_accepting(user, programme))


def values_to_judge(user: User, programme: Programme) -> list[IndicatorValue]:
    """Return the values of indicators that wait for a person. Raises PermissionDenied as those above."""
    groups, for_office = _accepting(user, programme)
    return waiting_values(user, programme, groups, accepts_for_office=for_office)
