"""A person's own deadlines that are open: what is late and what comes next."""

import datetime

from programme import clock
from programme.models import Deadline, Programme, User
from workgroups.annual_clock.rules import has_the_deadline

AHEAD = datetime.timedelta(days=42)
SHOWN = 5


def next_deadlines(user: User, programme: Programme) -> list[Deadline]:
    """Return a person's late deadlines and those of the next weeks, in the order of their days; one query."""
    waiting = Deadline.objects.of_programme(programme).open().for_pages()
    near = waiting.filter(due_on__lte=clock.today() + AHEAD)
    return [deadline for deadline in near if has_the_deadline(user, deadline)][:SHOWN]
