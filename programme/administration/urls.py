"""Addresses of the administration: people and settings of a programme."""

from django.urls import path

from programme.administration.lists import KEPT_LISTS
from programme.views import lists, people, person_acts, settings_pages

PEOPLE, SETTINGS = "<slug:programme>/people/", "<slug:programme>/settings/"
PERSON = f"{PEOPLE}<int:number>/"


def _terms() -> list:
    """Terms given and ended: posts, seats, contacts."""
    return [
        found
        for kind, noun in (("posts", "holding"), ("seats", "seat"), ("contacts", "contact"))
        for found in (
            path(f"{PERSON}{kind}/add/", person_acts.term_add, {"kind": kind}, name=f"{noun}-add"),
            path(f"{PERSON}{kind}/<int:term>/end/", person_acts.term_end, {"kind": kind}, name=f"{noun}-end"),
        )
    ]


def _lists() -> list:
    """Lists with their rows: cost centres, accounts, funding sources, posts."""
    return [
        found
        for kind in KEPT_LISTS
        for found in (
            path(f"{SETTINGS}{kind}/", lists.list_page, {"kind": kind}, name=kind),
            path(f"{SETTINGS}{kind}/add/", lists.row_add, {"kind": kind}, name=f"{kind}-add"),
            path(f"{SETTINGS}{kind}/<code:code>/", lists.row_change, {"kind": kind}, name=f"{kind}-change"),
            path(
                f"{SETTINGS}{kind}/<code:code>/remove/",
                lists.row_remove,
                {"kind": kind},
                name=f"{kind}-remove",
            ),
        )
    ]


administration_patterns = [
    path(PEOPLE, people.PersonList.as_view(), name="person-list"),
    path(f"{PEOPLE}invite/", people.person_invite, name="person-invite"),
    path(PERSON, people.person_detail, name="person-detail"),
    path(f"{PERSON}edit/", people.person_update, name="person-update"),
    path(f"{PERSON}invitation/", person_acts.invitation_send, name="invitation-send"),
    path(f"{PERSON}close/", person_acts.account_close, name="account-close"),
    path(f"{PERSON}open/", person_acts.account_open, name="account-open"),
    path(f"{PERSON}administrator/", person_acts.administrator_make, name="administrator-make"),
    path(
        f"{PERSON}administrator/withdraw/", person_acts.administrator_withdraw, name="administrator-withdraw"
    ),
    *_terms(),
    *_lists(),
    path(SETTINGS, settings_pages.settings_page, name="settings"),
    path(f"{SETTINGS}records/", settings_pages.records_update, name="records-update"),
    path(f"{SETTINGS}thresholds/", settings_pages.threshold_update, name="threshold-update"),
    path(f"{SETTINGS}rounds/<code:code>/reopen/", settings_pages.round_reopen, name="round-reopen"),
]
