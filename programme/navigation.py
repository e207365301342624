"""The main menu: what a reader may open, in the order of a day's work."""

from typing import Any, NamedTuple

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from programme import clock
from programme.models import Programme

# Under a programme's own address stand all pages: which of them belong to these items.
ROOMS = {
    "reporting:dashboard": ("dashboard", "indicators"),
    "reporting:thread": ("priorities", "goals", "measures", "networks", "strategy", "targets", "plan"),
    "workgroups:group-list": ("workgroups", "actions", "amendments", "comments", "evaluations"),
    "reporting:finance": ("finance", "budget"),
    "programme:meeting-list": ("meetings", "bodies"),
}


class MenuItem(NamedTuple):
    label: str
    url: str
    is_current: bool


def navigation(request: HttpRequest, programme: Programme | None) -> list[MenuItem]:
    """Return the menu: the same for all; the desk for the signed in, the administration for its keepers."""
    if programme is None:
        return []
    year = _year_at_hand(programme)
    places: list[tuple[str, str, list[Any]]] = [
        (_("Dashboard"), "reporting:dashboard", [programme.slug]),
        (_("Programme"), "reporting:thread", [programme.slug]),
        (_("Working groups"), "workgroups:group-list", [programme.slug]),
        (_("Finance"), "reporting:finance", [programme.slug, year]),
        (_("Meetings"), "programme:meeting-list", [programme.slug]),
        (_("Reports"), "reporting:report-list", [programme.slug]),
    ]
    # A request refused for its host never met the middleware that says who asks.
    user = getattr(request, "user", None)
    is_signed_in = user is not None and user.is_authenticated
    if is_signed_in:
        places.insert(0, (_("My work"), "workgroups:desk", []))
        places.append((_("Annual clock"), "workgroups:clock", []))
    items = []
    for label, name, arguments in places:
        url = reverse(name, args=arguments)
        rooms = [f"/{programme.slug}/{room}/" for room in ROOMS.get(name, ())]
        items.append(MenuItem(label, url, _is_current(request.path, url, rooms)))
    return [*items, *_administration(request, programme)] if is_signed_in else items


def finance_rooms(request: HttpRequest, programme: Programme, year: int | None = None) -> list[MenuItem]:
    """Return the pages of money that the reader may open, of a year or of the year at hand."""
    year = year or _year_at_hand(programme)
    slug = programme.slug
    places: list[tuple[str, str, list[Any], str]] = [
        (_("Budget"), "reporting:budget-list", [slug], ""),
        (_("Follow-up"), "reporting:finance", [slug, year], ""),
        (_("Phasing"), "reporting:phasing-list", [slug, year], "reporting.read_phasing"),
        (_("Contributions"), "reporting:contributions", [slug, year], ""),
        (_("Import of actuals"), "programme:ledger-import-list", [slug], "programme.read_ledger_imports"),
        (_("Payment claims"), "programme:claim-list", [slug], "programme.open_claims"),
    ]
    urls = [
        (label, reverse(name, args=arguments))
        for label, name, arguments, permission in places
        if not permission or request.user.has_perm(permission, programme)
    ]
    # A room may stand under the address of another: the page is of the nearest.
    here = max((url for _label, url in urls if request.path.startswith(url)), key=len, default="")
    return [MenuItem(label, url, url == here) for label, url in urls]


def _year_at_hand(programme: Programme) -> int:
    return min(clock.today().year, (programme.effective_end or programme.ends_on).year)


def _administration(request: HttpRequest, programme: Programme) -> list[MenuItem]:
    """One item for people and settings both; it leads to the first of them that the reader may open."""
    rooms = [
        reverse(name, args=[programme.slug])
        for name, permission in (
            ("programme:person-list", "programme.read_people"),
            ("programme:settings", "programme.read_settings"),
        )
        if request.user.has_perm(permission, programme)
    ]
    is_current = any(request.path.startswith(room) for room in rooms)
    return [MenuItem(_("Administration"), rooms[0], is_current)] if rooms else []


def _is_current(path: str, url: str, rooms: list[str]) -> bool:
    """A page belongs to the item whose address begins its own; with rooms named, to that of its room."""
    if rooms:
        return path == url or path.startswith(tuple(rooms))
    return path.startswith(url)
