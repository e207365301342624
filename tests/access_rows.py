"""Rows of the table of access: an address in a state, and the answer that each person gets there.

`get` and `post` say the status of each person's answer: first everybody's, then of those for whom it differs.
LOGIN is a redirect to the sign-in page, DOOR one to the admin's own door, whose row stands in the table too.
A form that is sent without signing in is answered with 401 and its own words.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from tests.personas import ANONYMOUS, EVERYBODY, GROUP_PEOPLE, PEOPLE, READ_UNFINISHED, TOLD

LOGIN = "login"
DOOR = "door"
Answers = dict[str, int | str]

OF_MR = ("coordinator-mr", "chair-mr", "member-mr")


def answers(everybody: int | str, *, anonymous: int | str | None = None, **differing: int | str) -> Answers:
    """Return persona → status; `differing` names a persona, with _ for -, or a set of them below."""
    found: Answers = dict.fromkeys(EVERYBODY, everybody)
    if anonymous is not None:
        found[ANONYMOUS] = anonymous
    for names, status in differing.items():
        for persona in SETS.get(names, (names.replace("_", "-"),)):
            assert persona in found
            found[persona] = status
    return found


SETS = {
    "people": PEOPLE,
    "told": TOLD,
    "groups": GROUP_PEOPLE,
    "of_mr": OF_MR,
    "read_unfinished": READ_UNFINISHED,
}


def signed_in(everybody: int | str, **differing: int | str) -> Answers:
    """Return the answers of an address that asks the anonymous reader to sign in."""
    return answers(everybody, **differing) | {ANONYMOUS: LOGIN}


@dataclass
class Row:
    """One address in one state."""

    name: str  # of the URLconf's pattern; its route, where it has no name
    path: str | Callable[[], str]
    get: Answers
    post: Answers
    given: Callable[[], object] | None = None  # what must stand in the database first
    typed: dict[str, str] = field(default_factory=dict)
    state: str = ""
    takes_anyones_form: bool = False
    # Whether its act has been done: a redirect alone does not tell success from a refusal said on the page.
    is_done: Callable[[], bool] | None = None

    def __str__(self) -> str:
        return f"{self.name} {self.state}".strip()

    def __post_init__(self) -> None:
        if self.post[ANONYMOUS] in (LOGIN, DOOR) and not self.takes_anyones_form:
            self.post = self.post | {ANONYMOUS: 401}

    def address(self) -> str:
        return self.path if isinstance(self.path, str) else self.path()


def page(
    name: str,
    path: str | Callable[[], str],
    get: Answers,
    *,
    state: str = "",
    given: Callable[[], object] | None = None,
) -> Row:
    """Return the row of a page: to write to it is the wrong verb, once one is let in."""
    wrong_verb = answers(405, anonymous=LOGIN if get[ANONYMOUS] == LOGIN else 405)
    return Row(name, path, get, wrong_verb, given, state=state)


def verb(
    name: str,
    path: str | Callable[[], str],
    post: Answers,
    *,
    given: Callable[[], object] | None = None,
    typed: dict[str, str] | None = None,
    state: str = "",
    is_done: Callable[[], bool] | None = None,
) -> Row:
    """Return the row of an act: to read it is the wrong verb."""
    wrong_verb = answers(405, anonymous=LOGIN if post[ANONYMOUS] == LOGIN else 405)
    return Row(name, path, wrong_verb, post, given, typed or {}, state, is_done=is_done)
