"""How a deadline stands, for those who may know it; its day everybody signed in may know."""

from django.contrib.auth.models import AnonymousUser

from programme.models import Deadline, User

READ_STATE = "programme.read_state_of_deadline"  # the apps above say whose, as they know the groups


def state_for(reader: User | AnonymousUser, deadline: Deadline) -> str:
    """Return whether a deadline is done, open or late; empty where that is not its reader's to know."""
    return deadline.state if reader.has_perm(READ_STATE, deadline) else ""
