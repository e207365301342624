"""Acts on a person: terms given and ended; account, administration and invitation."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from programme.administration import people, terms
from programme.administration.people_forms import end_form
from programme.administration.person_page import KINDS
from programme.generic import signed_in, visible_or_404
from programme.models import Programme, User
from programme.sending import do_and_tell, taken
from programme.views.people import must_keep, person_address, refused, send_invitation


@require_POST
def term_add(request: HttpRequest, programme: str, number: int, kind: str) -> HttpResponse:
    """Give a person a post, a seat or a municipality's contact."""
    found, person = _somebody_else(request, programme, number)
    _rows_of, form_class = KINDS[kind]
    form = form_class(request.POST, programme=found, person=person, auto_id=f"{kind}-%s")
    if taken(form, lambda: terms.add_term(form.instance)):
        messages.success(request, _("Saved."))
        return redirect(person_address(found, person))
    return refused(request, found, person, added=form)


@require_POST
@transaction.atomic
def term_end(request: HttpRequest, programme: str, number: int, kind: str, term: int) -> HttpResponse:
    """End a term on a day; it stays on the page."""
    found, person = _somebody_else(request, programme, number)
    rows_of, _form_class = KINDS[kind]
    row = visible_or_404(rows_of(person, found).select_for_update(of=("self",), no_key=True), pk=term)
    form = end_form(row, request.POST)
    if taken(form, lambda: terms.end_term(form.instance)):
        messages.success(request, _("Saved."))
        return redirect(person_address(found, person))
    return refused(request, found, person, ended=form)


def _person(request: HttpRequest, programme: str, number: int) -> tuple[Programme, User]:
    found = must_keep(request, programme)
    return found, visible_or_404(User.objects.all(), pk=number)


def _somebody_else(request: HttpRequest, programme: str, number: int) -> tuple[Programme, User]:
    """Return the person whose terms are kept: never one's own."""
    found, person = _person(request, programme, number)
    if not request.user.has_perm("programme.keep_terms", person):
        raise PermissionDenied(
            _(
                "Nobody gives posts, seats or contacts to themselves or changes their own: another"
                " administrator does it."
            )
        )
    return found, person


def _act(
    request: HttpRequest, programme: str, number: int, act: Callable[[User], None], done: str
) -> HttpResponse:
    """Do something to an account, or say why not."""
    found, person = _person(request, programme, number)
    do_and_tell(request, lambda: act(person), said=done)
    return redirect(person_address(found, person))


@require_POST
def account_close(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    def close(person: User) -> None:
        people.close_account(person, actor=signed_in(request))

    return _act(
        request, programme, number, close, _("The account is closed. The person is signed out at once.")
    )


@require_POST
def account_open(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    return _act(request, programme, number, people.open_account, _("The account is open again."))


@require_POST
def administrator_make(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    return _act(
        request, programme, number, people.make_administrator, _("The person is an administrator now.")
    )


@require_POST
def administrator_withdraw(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    def withdraw(person: User) -> None:
        people.withdraw_administrator(person, actor=signed_in(request))

    return _act(request, programme, number, withdraw, _("The person is no longer an administrator."))


@require_POST
def invitation_send(request: HttpRequest, programme: str, number: int) -> HttpResponse:
    """Send a person the link to their first password again."""
    found, person = _person(request, programme, number)
    send_invitation(request, found, person)
    return redirect(person_address(found, person))
