"""Mending in the check: what is wrong in a file is given on its page, and can be taken back there."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from programme.generic import signed_in, visible_or_404
from programme.ledger import mending
from programme.ledger.mending_forms import MendingForm, names_of
from programme.models import LedgerCorrection, LedgerFile
from programme.sending import do_and_tell, taken, version_read
from programme.views.ledger import file_of, file_page, imports


@require_POST
def ledger_file_mend(request: HttpRequest, programme: str, pk: int) -> HttpResponse:
    """Take what is given in place of what a file says, and have the file checked anew."""
    found = imports(request, programme)
    file = file_of(found, pk)
    version = version_read(request)
    if file.stage != LedgerFile.Stage.CHECKED:
        return file_page(request, file, gone_on=True)
    form = MendingForm(request.POST, findings=file.findings, names=names_of(found))
    if file.version != version:
        # What was typed stays at the cells that are faults still.
        return file_page(request, file, mending=form, gone_on=True)

    def mend() -> None:
        mending.mend(file, actor=signed_in(request), given=form.given(), version=version)

    if taken(form, mend):
        return redirect(file)
    return file_page(request, file_of(found, pk), mending=form)


@require_POST
def ledger_file_take_back(request: HttpRequest, programme: str, pk: int, correction: int) -> HttpResponse:
    """Let a cell say again what the file says."""
    file = file_of(imports(request, programme), pk)
    rows = LedgerCorrection.objects.select_related("file__programme")
    one = visible_or_404(rows, file=file, pk=correction)
    version = version_read(request)
    do_and_tell(
        request,
        lambda: mending.take_back(one, actor=signed_in(request), version=version),
        said=_("Taken back: the file is checked anew."),
    )
    return redirect(file)
