"""Forms that are sent, and buttons that are pressed: what is done with them, and how they are answered."""

from collections.abc import Callable
from http import HTTPStatus
from typing import TypeVar

from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest, ValidationError
from django.db import models
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from programme.saving import RememberingForm, Saved

Row = TypeVar("Row", bound=models.Model)


def locked_when_sent(request: HttpRequest, rows: models.QuerySet[Row]) -> models.QuerySet[Row]:
    """Lock the row that a form is sent for, until the end of the transaction; to show it, nobody waits."""
    return rows.select_for_update(of=("self",), no_key=True) if request.method == "POST" else rows


def do_and_tell(
    request: HttpRequest, act: Callable[[], object], *, said: str, undo: str = "", received: str = ""
) -> None:
    """Do what a button asks and say so on the next page, or why not; `undo` is the address that undoes it.

    `received` names the text that the browser keeps of it and need not keep any longer.
    """
    try:
        act()
    except ValidationError as error:
        for message in error.messages:
            messages.error(request, message)
    else:
        messages.success(request, said, extra_tags=undo or received)


def taken(form: forms.BaseForm, act: Callable[[], object]) -> bool:
    """Whether a form was sent and done; what it or the act refuses stands at the form's fields."""
    if not (form.is_bound and form.is_valid()):
        return False
    try:
        act()
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


def saved(form: RememberingForm, save: Callable[..., Saved]) -> Saved | None:
    """Return what became of a form that was sent and saved.

    None where it is to be shown: not sent, refused with words at its fields, or stale, with both texts.
    """
    outcomes: list[Saved] = []
    if not taken(form, lambda: outcomes.append(save(**form.typed()))):
        return None
    [outcome] = outcomes
    if outcome.conflicts:
        form.rebased_on(outcome)
        return None
    return outcome


def status_of(form: forms.BaseForm) -> HTTPStatus:
    """Return the answer to a form that is shown: fresh, stale, or not to be taken."""
    if getattr(form, "differing", None):
        return HTTPStatus.CONFLICT
    return HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK


def sent(request: HttpRequest) -> QueryDict | None:
    """Return the form that a request sends, for one view that shows a form and takes it."""
    return request.POST if request.method == "POST" else None


def version_read(request: HttpRequest) -> int:
    """Return the version that somebody had before them when they judged. Raises BadRequest without one."""
    version = request.POST.get("version", "")
    if not (version.isascii() and version.isdecimal()):
        raise BadRequest(_("The form is not whole. Open the page again."))
    return int(version)
