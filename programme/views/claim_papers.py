"""The papers of a claim, each under the claim's own address, and the package of all of it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from programme.attachments.serving import response_of
from programme.claims.documents import add_documents, documents_for, remove_document
from programme.claims.package import package_of
from programme.claims.step_forms import PapersForm
from programme.generic import signed_in, visible_or_404
from programme.sending import do_and_tell, taken
from programme.views.claim_acts import kept_claim
from programme.views.claims import claim_of, claim_page, reads


@require_safe
def attachment(request: HttpRequest, programme: str, code: str, number: int) -> HttpResponse:
    """Give a paper to those who see the claim; secret ones to those who read drafts."""
    claim = claim_of(request, reads(request, programme), code)
    return response_of(visible_or_404(documents_for(signed_in(request), claim), attachment=number).attachment)


@require_POST
def attachment_add(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Add papers to a claim."""
    claim = kept_claim(request, programme, code)
    form = PapersForm(request.POST, request.FILES)

    def add() -> None:
        add_documents(
            claim,
            form.cleaned_data["papers"],
            actor=signed_in(request),
            secrecy_ground=form.cleaned_data["secrecy_ground"],
        )

    if taken(form, add):
        messages.success(request, _("The documents are added."))
        return redirect(f"{claim.get_absolute_url()}#documents")
    return claim_page(request, claim, papers_form=form)


@require_POST
def attachment_remove(request: HttpRequest, programme: str, code: str, number: int) -> HttpResponse:
    """Remove a paper of a claim that has not been sent."""
    claim = kept_claim(request, programme, code)
    document = visible_or_404(documents_for(signed_in(request), claim), attachment=number)
    do_and_tell(
        request,
        lambda: remove_document(claim, document),
        said=_("Removed: %(line)s") % {"line": document.attachment.name},
    )
    return redirect(f"{claim.get_absolute_url()}#documents")


@require_safe
def claim_package(request: HttpRequest, programme: str, code: str) -> HttpResponse:
    """Give all of a claim in one file to those who read the ledger's entries."""
    found = reads(request, programme)
    claim = claim_of(request, found, code)
    if not request.user.has_perm("programme.read_claims", found):
        raise PermissionDenied(
            _("The package holds the ledger’s entries. Officials and the groups read them: ask the office.")
        )
    content = package_of(claim, reader=signed_in(request))
    return HttpResponse(
        content,
        content_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{claim.code}.zip"'},
    )
