"""Rows of the table of access: people and settings."""

from collections.abc import Callable

from programme.models import BodySeat, MunicipalContact, PostHolding
from tests.access_rows import Answers, Row, page, signed_in, verb
from tests.personas import person

PEOPLE, SETTINGS = "/ako/people/", "/ako/settings/"
READERS_OF_PEOPLE = signed_in(403, admin=200, auditor=200)
READERS_OF_SETTINGS = signed_in(403, admin=200, auditor=200, finance=200, office=200)
ADMINISTRATOR = signed_in(403, admin=302)


def of_person(persona: str, rest: str = "") -> Callable[[], str]:
    return lambda: f"{PEOPLE}{person(persona).pk}/{rest}"


def acts_on_terms(kind: str, noun: str, persona: str, key: Callable[[], int]) -> list[Row]:
    """Return the rows of a kind of term: an empty form is not to be taken, an end is."""
    nothing_chosen = signed_in(403, admin=422)
    return [
        _act(f"programme:{noun}-add", of_person("office", f"{kind}/add/"), nothing_chosen),
        _act(
            f"programme:{noun}-end",
            lambda: f"{PEOPLE}{person(persona).pk}/{kind}/{key()}/end/",
            ADMINISTRATOR,
            typed={"until": "31.12.2009"},
        ),
    ]


def _act(name: str, path: Callable[[], str], post: Answers, *, typed: dict[str, str] | None = None) -> Row:
    made = verb(name, "", post, typed=typed)
    made.path = path
    return made


def form(
    name: str, path: str | Callable[[], str], keepers: tuple[str, ...], sent: int, state: str = ""
) -> Row:
    """Return the row of a form on a page of its own, sent as it is: what it answers then, `sent` says."""
    shown = signed_in(403, **dict.fromkeys(keepers, 200))
    return Row(name, path, shown, signed_in(403, **dict.fromkeys(keepers, sent)), state=state)


def of_list(kind: str, code: str, keepers: tuple[str, ...]) -> list[Row]:
    """Return the rows of a list that pages choose from; a row in use stays, and the page says so."""
    address = f"{SETTINGS}{kind}/"
    done = signed_in(403, **dict.fromkeys(keepers, 302))
    return [
        page(f"programme:{kind}", address, READERS_OF_SETTINGS),
        form(f"programme:{kind}-add", f"{address}add/", keepers, 422),
        form(f"programme:{kind}-change", f"{address}{code}/", keepers, 422),
        verb(f"programme:{kind}-remove", f"{address}{code}/remove/", done),
    ]


OFFICE, BOTH = ("office",), ("office", "admin")

ADMINISTRATION = [
    page("programme:person-list", PEOPLE, READERS_OF_PEOPLE),
    Row(
        "programme:person-detail",
        of_person("office"),
        READERS_OF_PEOPLE,
        page("programme:person-detail", PEOPLE, READERS_OF_PEOPLE).post,
    ),
    form("programme:person-invite", f"{PEOPLE}invite/", ("admin",), 422),
    form("programme:person-update", of_person("office", "edit/"), ("admin",), 422),
    _act("programme:invitation-send", of_person("office", "invitation/"), ADMINISTRATOR),
    _act("programme:account-close", of_person("office", "close/"), ADMINISTRATOR),
    _act("programme:account-open", of_person("office", "open/"), ADMINISTRATOR),
    _act("programme:administrator-make", of_person("office", "administrator/"), ADMINISTRATOR),
    _act("programme:administrator-withdraw", of_person("office", "administrator/withdraw/"), ADMINISTRATOR),
    *acts_on_terms("posts", "holding", "office", lambda: PostHolding.objects.get(user__persona="office").pk),
    *acts_on_terms("seats", "seat", "elected", lambda: BodySeat.objects.get(user__persona="elected").pk),
    *acts_on_terms(
        "contacts", "contact", "municipal", lambda: MunicipalContact.objects.get(user__persona="municipal").pk
    ),
    page("programme:settings", SETTINGS, READERS_OF_SETTINGS),
    form("programme:threshold-update", f"{SETTINGS}thresholds/", OFFICE, 422),
    form("programme:records-update", f"{SETTINGS}records/", OFFICE, 302),
    form("workgroups:round-update", f"{SETTINGS}rounds/2009-T2/", OFFICE, 422, "open"),
    Row(
        "workgroups:round-update",
        f"{SETTINGS}rounds/2009-T1/",
        signed_in(403),
        signed_in(403),
        state="closed",
    ),
    form("programme:round-reopen", f"{SETTINGS}rounds/2009-T1/reopen/", OFFICE, 422, "closed"),
    form("workgroups:round-create", f"{SETTINGS}rounds/new/", OFFICE, 422),
    *of_list("cost-centres", "KP-2100", ("finance", "office")),
    *of_list("accounts", "TILI-4000", ("finance", "office")),
    *of_list("funding-sources", "RL-KUNNAT", ("finance", "office")),
    *of_list("posts", "ROLE-SJ", ("admin",)),
    form("workgroups:body-create", f"{SETTINGS}bodies/new/", BOTH, 422),
    form("workgroups:body-end", f"{SETTINGS}bodies/BODY-SH/", BOTH, 302),
]
