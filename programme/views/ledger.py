"""Pages of the ledger import: what came in and when, and a file on its way, step by step."""

from http import HTTPStatus
from typing import Any

import django_tables2
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from programme import clock
from programme.attachments.serving import response_of
from programme.breadcrumbs import Step
from programme.generic import OfProgramme, programme_of, refused_with_reason, visible_or_404
from programme.ledger import downloads
from programme.ledger.acting import CAN_BE_DROPPED, same_file_before
from programme.ledger.corrected import corrections_said
from programme.ledger.forms import ConfirmForm, RevertForm
from programme.ledger.mending_forms import SHOWN, MendingForm, names_of
from programme.ledger.tables import LedgerImportTable
from programme.ledger.words import said, skipped_words, why_unreadable
from programme.models import LedgerFile, LedgerImport, Programme
from programme.sheets.responses import csv_response, xlsx_response
from programme.sheets.writing import XLSX_TYPE


def reads(request: HttpRequest, programme: str) -> Programme:
    """Return the programme to those who read its imports; for others there are none (404)."""
    found = programme_of(request, programme)
    if not request.user.has_perm("programme.read_ledger_imports", found):
        raise Http404(_("There is no such page, or it is not yours to see."))
    return found


def imports(request: HttpRequest, programme: str) -> Programme:
    """Return the programme to the finance officer, while it is not closed; others are refused (403)."""
    found = reads(request, programme)
    if not request.user.has_perm("programme.import_ledger", found):
        raise PermissionDenied(_("The finance officer imports actuals."))
    with refused_with_reason():
        found.must_not_be_closed()
    return found


def steps_to(programme: Programme, *steps: Step) -> list[Step]:
    """Return the way to a page of the import: from the year's money, by the list of imports."""
    year = min(clock.today().year, (programme.effective_end or programme.ends_on).year)
    listed = reverse("programme:ledger-import-list", args=[programme.slug])
    return [
        Step(_("Finance"), reverse("reporting:finance", args=[programme.slug, year])),
        Step(_("Import of actuals"), listed if steps else None),
        *steps,
    ]


class LedgerImportList(OfProgramme, django_tables2.SingleTableView):
    """Imports, and above them the files that are still on their way."""

    table_class = LedgerImportTable
    table_pagination = {"per_page": 25}
    template_name = "programme/ledger/list.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        reads(request, self.programme.slug)
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[LedgerImport]:
        rows = LedgerImport.objects.filter(programme=self.programme).with_sums()
        return rows.select_related("programme", "imported_by", "file__source").order_by("-imported_at", "-pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        files = self.programme.ledger_files.unfinished()
        return super().get_context_data(
            title=_("Import of actuals"),
            files=files.select_related("programme", "attachment__added_by", "source").defer(
                "layout", "findings"
            ),
            may_import=self.request.user.has_perm("programme.import_ledger", self.programme),
            breadcrumbs=steps_to(self.programme),
            **kwargs,
        )


def file_of(programme: Programme, pk: int) -> LedgerFile:
    """Return a file on its way, without its bytes."""
    rows = LedgerFile.objects.select_related(
        "programme", "attachment__added_by", "source", "ledger_import__programme"
    )
    return visible_or_404(rows, programme=programme, pk=pk)


@require_safe
def ledger_file(request: HttpRequest, programme: str, pk: int) -> HttpResponse:
    """Show a file at the step that it is at; whose columns are to be chosen, whoever chooses is led there."""
    found = reads(request, programme)
    file = file_of(found, pk)
    may_import = request.user.has_perm("programme.import_ledger", found)
    if file.stage == LedgerFile.Stage.COLUMNS and may_import:
        return redirect(file.address("programme:ledger-file-columns"))
    return file_page(request, file)


def file_page(
    request: HttpRequest,
    file: LedgerFile,
    form: ConfirmForm | None = None,
    *,
    mending: MendingForm | None = None,
    gone_on: bool = False,
) -> HttpResponse:
    """Show a file, with forms to mend or confirm it where it was checked; `gone_on` tells of a stale one."""
    is_refused = any(one is not None and one.errors for one in (form, mending))
    context = (
        _found(request, file)
        | _faults(request, file, mending)
        | {
            "gone_on": gone_on,
            "form": form or ConfirmForm(initial={"stated_total": None}, further_lines=further_lines_of(file)),
            "same": same_file_before(file),
            "breadcrumbs": steps_to(file.programme, Step(file.attachment.name)),
        }
    )
    status = HTTPStatus.UNPROCESSABLE_ENTITY if is_refused else HTTPStatus.OK
    if gone_on:
        status = HTTPStatus.CONFLICT
    return render(request, "programme/ledger/file.html", context, status=status)


def further_lines_of(file: LedgerFile) -> int:
    """Return how many new lines of known vouchers the last check of a file has found."""
    return int((file.findings or {}).get("further_lines", 0))


def _found(request: HttpRequest, file: LedgerFile) -> dict[str, Any]:
    findings = file.findings or {}
    may_import = request.user.has_perm("programme.import_ledger", file.programme)
    return {
        "programme": file.programme,
        "file": file,
        "findings": findings,
        "warnings": [said(told) for told in findings.get("warnings", [])[:SHOWN]],
        "skipped": skipped_words(findings.get("skipped", {})),
        "why": why_unreadable(file.why_unreadable or {}),
        "may_drop": may_import and file.stage in CAN_BE_DROPPED,
        "may_import": may_import,
    }


def _faults(request: HttpRequest, file: LedgerFile, form: MendingForm | None) -> dict[str, Any]:
    """Return what is wrong in a checked file, with what was given in its place."""
    if not file.findings:
        return {}
    names = names_of(file.programme)
    form = form or MendingForm(findings=file.findings, names=names)
    may_mend = file.stage == LedgerFile.Stage.CHECKED and request.user.has_perm(
        "programme.import_ledger", file.programme
    )
    return {
        "mending": form,
        "may_mend": may_mend and bool(form.fields),
        "may_take_back": may_mend,
        "numbers": form.numbers_to_mend(may_mend=may_mend),
        "cells": form.cells_to_mend(may_mend=may_mend),
        "corrections": corrections_said(file, names),
    }


@require_safe
def ledger_file_progress(request: HttpRequest, programme: str, pk: int) -> HttpResponse:
    """Show how far the job is: a fragment for the page that waits, which is loaded anew when it is over."""
    file = file_of(reads(request, programme), pk)
    if not request.headers.get("HX-Request"):
        return redirect(file)
    response = render(request, "programme/ledger/_progress.html", {"file": file, "programme": file.programme})
    if not file.is_under_way:
        response["HX-Redirect"] = file.get_absolute_url()
    return response


@require_safe
def ledger_file_told(request: HttpRequest, programme: str, pk: int, kind: str) -> HttpResponseBase:
    """Give what was found in a file, as XLSX or CSV."""
    file = file_of(reads(request, programme), pk)
    findings = file.findings or {}
    faults, warnings = ([said(one) for one in findings.get(name, [])] for name in ("faults", "warnings"))
    corrections = corrections_said(file, names_of(file.programme))
    sheet, name = downloads.told_of(faults, warnings, corrections), f"ledger-{file.pk}-faults"
    if kind == "xlsx":
        return xlsx_response([sheet], name, title=file.attachment.name, programme=file.programme)
    return csv_response(sheet, name, programme=file.programme)


@require_safe
def ledger_file_original(request: HttpRequest, programme: str, pk: int) -> HttpResponse:
    """Give the file as it came."""
    file = file_of(reads(request, programme), pk)
    return response_of(file.attachment)


@require_safe
def ledger_template(request: HttpRequest, programme: str) -> HttpResponse:
    """Give an empty file to fill in."""
    found = reads(request, programme)
    return HttpResponse(
        downloads.template_of(found),
        content_type=XLSX_TYPE,
        headers={"Content-Disposition": f'attachment; filename="{found.slug}-ledger.xlsx"'},
    )


@require_safe
def ledger_import_detail(request: HttpRequest, programme: str, pk: int) -> HttpResponse:
    """Show an import: who, when, of which file, what it came to."""
    return import_page(request, import_of(reads(request, programme), pk))


def import_of(programme: Programme, pk: int) -> LedgerImport:
    """Return an import with its sums."""
    rows = LedgerImport.objects.select_related(
        "programme", "imported_by", "reverted_by", "file__source", "file__programme"
    )
    return visible_or_404(rows.with_sums(), programme=programme, pk=pk)


def _years_of(ledger_import: LedgerImport) -> list[int]:
    """Return the years of an import's entries; of one that was reverted none are counted."""
    first, last = ledger_import.first_day, ledger_import.last_day  # type: ignore[attr-defined]
    if ledger_import.reverted_at is not None or first is None:
        return []
    return list(range(first.year, last.year + 1))


def import_page(
    request: HttpRequest, ledger_import: LedgerImport, form: RevertForm | None = None
) -> HttpResponse:
    """Show an import, with a form to revert it to those who may."""
    found = ledger_import.programme
    may_revert = ledger_import.reverted_at is None and request.user.has_perm("programme.import_ledger", found)
    context = {
        "programme": found,
        "import": ledger_import,
        "centres": ledger_import.sums_by_centre(),
        "years": _years_of(ledger_import),
        "corrections": corrections_said(ledger_import.file, names_of(found)) if ledger_import.file else [],
        "form": (form or RevertForm()) if may_revert else None,
        "breadcrumbs": steps_to(found, Step(ledger_import.source_name)),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form is not None and form.errors else HTTPStatus.OK
    return render(request, "programme/ledger/import.html", context, status=status)
