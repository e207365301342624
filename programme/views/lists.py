"""The lists that pages choose from: each on a page of its own, its rows added, renamed and removed."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from programme import text
from programme.administration import lists
from programme.administration.lists import KEPT_LISTS, KeptList
from programme.breadcrumbs import Step
from programme.generic import signed_in, visible_or_404
from programme.models import Programme
from programme.sending import do_and_tell, locked_when_sent, taken
from programme.views.settings_form import form_page, must, step_to_settings, who_reads_settings


def _read(request: HttpRequest, programme: str) -> Programme:
    return must(request, programme, "programme.read_settings", who_reads_settings())


def _kept(request: HttpRequest, programme: str, kind: str) -> tuple[Programme, KeptList]:
    found, kept = _read(request, programme), KEPT_LISTS[kind]
    if not request.user.has_perm(kept.permission, found):
        raise PermissionDenied(_("This list is kept by others. Tell the programme office what to mend."))
    return found, kept


def _address(programme: Programme, kind: str) -> str:
    return reverse(f"programme:{kind}", args=[programme.slug])


def _step(programme: Programme, kind: str) -> Step:
    return Step(str(KEPT_LISTS[kind].title), _address(programme, kind))


@require_safe
def list_page(request: HttpRequest, programme: str, kind: str) -> HttpResponse:
    """Show one list with what the reader may do to it."""
    found, kept = _read(request, programme), KEPT_LISTS[kind]
    context = {
        "programme": found,
        "title": str(kept.title),
        "kind": kind,
        "list": kept,
        "rows": kept.table(found),
        "may_keep": request.user.has_perm(kept.permission, found),
        "breadcrumbs": [step_to_settings(found), Step(str(kept.title))],
    }
    return render(request, "programme/list_page.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def row_add(request: HttpRequest, programme: str, kind: str) -> HttpResponse:
    """Add a row to a list."""
    found, kept = _kept(request, programme, kind)
    form = kept.new_form(request.POST if request.method == "POST" else None, programme=found)
    if taken(form, lambda: lists.add_row(form.instance)):
        messages.success(request, _("Saved."))
        return redirect(f"{_address(found, kind)}#{form.instance.code}")
    return form_page(request, found, str(kept.add), form, _step(found, kind))


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def row_change(request: HttpRequest, programme: str, kind: str, code: str) -> HttpResponse:
    """Change the names of a row."""
    found, kept = _kept(request, programme, kind)
    row = visible_or_404(locked_when_sent(request, _rows(kept, found)), code=code)
    name = text.words_of(row, "name")[0]
    form: Any = kept.form(request.POST if request.method == "POST" else None, instance=row)
    if taken(form, lambda: lists.change_row(form.instance, changed=form.written, actor=signed_in(request))):
        messages.success(request, _("Saved."))
        return redirect(f"{_address(found, kind)}#{code}")
    return form_page(request, found, name, form, _step(found, kind), lead=code)


@require_POST
def row_remove(request: HttpRequest, programme: str, kind: str, code: str) -> HttpResponse:
    """Remove a row that nothing uses, or say that it is used."""
    found, kept = _kept(request, programme, kind)
    with transaction.atomic():
        # Locked for good: whoever is about to use the row waits, or has done so and is seen.
        row = visible_or_404(_rows(kept, found).select_for_update(of=("self",)), code=code)
        said = _("Removed: %(line)s") % {"line": text.words_of(row, "name")[0]}
        do_and_tell(request, lambda: lists.remove_row(row), said=said)
    return redirect(_address(found, kind))


def _rows(kept: KeptList, programme: Programme) -> QuerySet[Any]:
    return kept.rows(programme).select_related("programme")
