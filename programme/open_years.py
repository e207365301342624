"""The years of a programme that may still be planned."""

from programme import clock
from programme.models import Programme


def open_years(programme: Programme) -> list[int]:
    """Return the years that may be planned: from this one on, also after a first decision of them.

    A later decision takes what is proposed later. A programme that is to end early plans on until its end has
    come: what follows it may go on with the plan.
    """
    today = clock.today()
    ended = programme.effective_end is not None and programme.effective_end < today
    if ended or (programme.closed_on is not None and programme.closed_on <= today):
        return []
    return list(range(max(today.year, programme.starts_on.year), programme.ends_on.year + 1))
