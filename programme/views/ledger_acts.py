"""Acts of the ledger import: bringing a file in, choosing its columns, confirming, dropping, reverting."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from programme.breadcrumbs import Step
from programme.generic import refused_with_reason, signed_in
from programme.ledger import acting
from programme.ledger.columns_form import ColumnsForm, letters_of
from programme.ledger.forms import ConfirmForm, LedgerFileForm, RevertForm
from programme.ledger.headings import Heading
from programme.ledger.layouts import ROWS_SHOWN, Layout, SheetLayout, heading_of
from programme.ledger.mending_forms import names_of
from programme.models import LedgerFile
from programme.sending import do_and_tell, status_of, taken, version_read
from programme.views.ledger import (
    file_of,
    file_page,
    further_lines_of,
    import_of,
    import_page,
    imports,
    steps_to,
)


@require_http_methods(["GET", "HEAD", "POST"])
def ledger_file_create(request: HttpRequest, programme: str) -> HttpResponse:
    """Take a file of the accounting system."""
    found = imports(request, programme)
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = LedgerFileForm(*posted, programme=found)
    if form.is_bound and form.is_valid():
        file = acting.bring_in(
            found, actor=signed_in(request), checked=form.checked, source_name=form.cleaned_data["source"]
        )
        return redirect(file)
    context = {
        "programme": found,
        "form": form,
        "breadcrumbs": steps_to(found, Step(_("Bring in a file"))),
    }
    return render(request, "programme/ledger/file_new.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
def ledger_file_columns(request: HttpRequest, programme: str, pk: int) -> HttpResponse:
    """Show the first rows and take which column holds what. The address may name another sheet or row."""
    found = imports(request, programme)
    file = file_of(found, pk)
    if file.layout is None or file.stage not in acting.CAN_BE_CHECKED:
        return redirect(file)
    place = _asked(request, "sheet", default=_sheet_of(file), most=len(file.layout["sheets"]) - 1)
    sheet: SheetLayout = file.layout["sheets"][place]
    chosen = file.mapping if file.mapping and file.mapping["sheet"] == place else None
    row = _asked(request, "row", default=chosen["heading_row"] if chosen else 0, most=len(sheet["rows"]))
    heading = heading_of(sheet, row) or heading_of(sheet)
    if heading is None:
        messages.error(request, _("There are no rows on this sheet. Choose another."))
        return _columns_page(request, file, place, None, None)
    form = ColumnsForm(
        request.POST if request.method == "POST" else None,
        heading=heading,
        remembered=file.source.remembered or None,
        chosen=chosen if chosen and chosen["heading_row"] == heading.row else None,
        names=names_of(found),
    )
    if form.is_bound and form.is_valid():
        with refused_with_reason():
            acting.choose_columns(file, mapping=form.mapping(place), version=version_read(request))
        return redirect(file)
    return _columns_page(request, file, place, heading, form)


def _sheet_of(file: LedgerFile) -> int:
    layout: Layout = file.layout
    return int(file.mapping["sheet"]) if file.mapping else layout["likely"]


def _asked(request: HttpRequest, name: str, *, default: int, most: int) -> int:
    """Return a number that the address asks for, or what it is without one or with a wrong one."""
    written = request.GET.get(name, "")
    number = int(written) if written.isascii() and written.isdecimal() and len(written) < 6 else default
    return number if 0 <= number <= most else default


def _columns_page(
    request: HttpRequest, file: LedgerFile, place: int, heading: Heading | None, form: ColumnsForm | None
) -> HttpResponse:
    sheet: SheetLayout = file.layout["sheets"][place]
    rows = sheet["rows"][heading.row : heading.row + ROWS_SHOWN] if heading else []
    context: dict[str, Any] = {
        "programme": file.programme,
        "file": file,
        "form": form,
        "place": place,
        "sheet": sheet,
        "heading": heading,
        "heads": [(letters_of(column), label) for column, label in enumerate(heading.labels)]
        if heading
        else [],
        "rows": [(heading.row + number, row) for number, row in enumerate(rows, start=1)] if heading else [],
        "same": acting.same_file_before(file),
        "breadcrumbs": steps_to(
            file.programme, Step(file.attachment.name, file.get_absolute_url()), Step(_("Columns"))
        ),
    }
    status = status_of(form) if form else HTTPStatus.OK
    return render(request, "programme/ledger/columns.html", context, status=status)


@require_POST
def ledger_file_check(request: HttpRequest, programme: str, pk: int) -> HttpResponse:
    """Have a file looked at anew."""
    file = file_of(imports(request, programme), pk)
    with refused_with_reason():
        acting.check_again(file, version=version_read(request))
    return redirect(file)


@require_POST
def ledger_file_confirm(request: HttpRequest, programme: str, pk: int) -> HttpResponse:
    """Have a checked file written into the ledger."""
    file = file_of(imports(request, programme), pk)
    form = ConfirmForm(request.POST, further_lines=further_lines_of(file))
    version = version_read(request)

    def confirm() -> None:
        acting.confirm(file, actor=signed_in(request), version=version, **form.cleaned_data)

    if taken(form, confirm):
        return redirect(file)
    # Whoever was quicker has taken the file on: the page shows where it stands.
    return file_page(request, file_of(file.programme, pk), form)


@require_POST
def ledger_file_drop(request: HttpRequest, programme: str, pk: int) -> HttpResponse:
    """Leave a file out of the ledger."""
    file = file_of(imports(request, programme), pk)
    do_and_tell(
        request, lambda: acting.drop(file), said=_("Left out: %(line)s") % {"line": file.attachment.name}
    )
    return redirect("programme:ledger-import-list", file.programme.slug)


@require_POST
def ledger_import_revert(request: HttpRequest, programme: str, pk: int) -> HttpResponse:
    """Take an import out of all figures."""
    ledger_import = import_of(imports(request, programme), pk)
    form = RevertForm(request.POST)

    def revert() -> None:
        try:
            acting.revert(ledger_import, actor=signed_in(request), reason=form.cleaned_data["reason"])
        except ValidationError as error:
            raise ValidationError({"reason": error.messages}) from error

    if taken(form, revert):
        messages.success(request, _("Reverted: %(line)s") % {"line": ledger_import.source_name})
        return redirect(ledger_import)
    return import_page(request, import_of(ledger_import.programme, pk), form)
