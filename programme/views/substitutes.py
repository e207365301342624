"""Naming a substitute on one's own page, and ending it; the office and the administrator do so for others."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from programme import substitutes
from programme.generic import signed_in, visible_or_404
from programme.models import Substitute
from programme.sending import do_and_tell, taken
from programme.views.accounts import profile_page


@require_POST
def name_substitute(request: HttpRequest) -> HttpResponse:
    """Name who stands in for the reader, or for somebody else."""
    user = signed_in(request)
    for_anybody = substitutes.names_for_others(user)
    if not (for_anybody or substitutes.has_something_to_hand_over(user)):
        raise PermissionDenied(
            _("You have no place in a working group and no post that a substitute can take over.")
        )
    form = substitutes.SubstituteForm(request.POST, writer=user, for_anybody=for_anybody)
    if taken(form, lambda: substitutes.name_substitute(form.instance)):
        return redirect("profile")
    return profile_page(request, form, status=422)


@require_POST
def end_substitution(request: HttpRequest, pk: int) -> HttpResponse:
    """End a substitution: who is away, the office and the administrator may."""
    user = signed_in(request)
    keeps_all = substitutes.names_for_others(user)
    seen = substitutes.seen_by(user, keeps_all=keeps_all)
    substitution: Substitute = visible_or_404(seen, pk=pk)
    if not (keeps_all or substitution.absent_id == user.pk):
        raise PermissionDenied(_("Only those who are away end it. Ask them, or the programme office."))
    do_and_tell(
        request, lambda: substitutes.end_substitution(substitution), said=_("The substitution has ended.")
    )
    return redirect("profile")
