"""Access to Django's admin: the administrator's accounts, posts and seats; every other table is shut."""

from collections.abc import Callable

from programme.models import BodySeat, MunicipalContact, Post
from tests.access_rows import DOOR, LOGIN, Answers, Row, answers
from tests.factories import ako
from tests.personas import ANONYMOUS, person
from workgroups.models import Membership

KEPT = {
    "programme_user": lambda: person("office").pk,
    "programme_post": lambda: Post.objects.get(programme=ako(), code="ROLE-SJ").pk,
    "programme_bodyseat": lambda: BodySeat.objects.get(user=person("elected")).pk,
    "programme_municipalcontact": lambda: MunicipalContact.objects.get(user=person("municipal")).pk,
    "workgroups_membership": lambda: Membership.objects.get(user=person("chair-mr")).pk,
}
ADMINISTRATOR = answers(DOOR, admin=200)
SHUT_FOR_ALL = answers(DOOR, admin=403)


def of_table(everybody: int | str, **differing: int | str) -> Answers:
    """Return the answers of a table's page: the portal's own middleware asks the anonymous to sign in."""
    return answers(everybody, **differing) | {ANONYMOUS: LOGIN}


def admin_rows(table: str, key: Callable[[], int], may: Answers, history: Answers) -> list[Row]:
    moved = of_table(DOOR, admin=302)
    base = f"/admin/{table.replace('_', '/', 1)}/"
    return [
        Row(f"admin:{table}_changelist", base, may, may),
        Row(f"admin:{table}_add", f"{base}add/", may, may),
        Row(f"admin:{table}_change", lambda: f"{base}{key()}/change/", may, may),
        Row(f"admin:{table}_delete", lambda: f"{base}{key()}/delete/", may, may),
        Row(f"admin:{table}_history", lambda: f"{base}{key()}/history/", history, history),
        Row(
            f"admin/{table.replace('_', '/', 1)}/<path:object_id>/",
            lambda: f"{base}{key()}/",
            moved,
            moved,
        ),
    ]


def _deleting(table: str) -> str:
    return f"/admin/{table.replace('_', '/', 1)}/{KEPT[table]()}/delete/"


SHUT = of_table(DOOR, admin=403)
# Nobody's account is deleted, what has ended stays, and people are invited, not added.
SHUT_PAGES: dict[str, str | Callable[[], str]] = {
    "admin:programme_user_add": "/admin/programme/user/add/",
    "admin:programme_user_delete": lambda: _deleting("programme_user"),
    "admin:programme_bodyseat_delete": lambda: _deleting("programme_bodyseat"),
    "admin:programme_municipalcontact_delete": lambda: _deleting("programme_municipalcontact"),
    "admin:workgroups_membership_delete": lambda: _deleting("workgroups_membership"),
}
# Tables without a rule; of the first two there is no row whose history could be asked for.
SHUT_TABLES = {
    "auth_group": of_table(DOOR, admin=302),
    "account_emailaddress": of_table(DOOR, admin=302),
    "procrastinate_procrastinatejob": SHUT,
}
# Pages without a form.
ADMINISTRATOR_READS = answers(DOOR, admin=405)


ADMIN = [
    Row("admin:index", "/admin/", ADMINISTRATOR, ADMINISTRATOR),
    Row("admin:app_list", "/admin/programme/", ADMINISTRATOR, ADMINISTRATOR),
    Row(
        "admin:login",
        "/admin/login/",
        answers(403, anonymous=LOGIN),
        answers(403, anonymous=LOGIN),
        takes_anyones_form=True,
    ),
    Row(
        "admin:logout",
        "/admin/logout/",
        answers(302, admin=405, anonymous=DOOR),
        answers(302, anonymous=DOOR),
    ),
    Row("admin:password_change", "/admin/password_change/", ADMINISTRATOR, ADMINISTRATOR),
    Row("admin:password_change_done", "/admin/password_change/done/", ADMINISTRATOR, ADMINISTRATOR_READS),
    Row("admin:autocomplete", "/admin/autocomplete/", SHUT_FOR_ALL, ADMINISTRATOR_READS),
    Row("admin:jsi18n", "/admin/jsi18n/", ADMINISTRATOR, ADMINISTRATOR_READS),
    Row("admin/(?P<url>.*)$", "/admin/no/such/", answers(DOOR, admin=404), answers(DOOR, admin=404)),
    *(
        row
        for table, key in KEPT.items()
        for row in admin_rows(table, key, of_table(DOOR, admin=200), of_table(DOOR, admin=200))
        if row.name not in SHUT_PAGES
    ),
    *(Row(name, path, SHUT, SHUT) for name, path in SHUT_PAGES.items()),
    *(row for table, history in SHUT_TABLES.items() for row in admin_rows(table, lambda: 1, SHUT, history)),
]
