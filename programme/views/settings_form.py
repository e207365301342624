"""What the pages of the settings share: who may, where they lead back to, and one form on a page."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from programme.breadcrumbs import Step
from programme.generic import programme_of
from programme.models import Programme
from programme.sending import status_of


def must(request: HttpRequest, programme: str, permission: str, reason: str) -> Programme:
    """Return the programme of an address to those who may; the others are refused with the reason."""
    found = programme_of(request, programme)
    if not request.user.has_perm(permission, found):
        raise PermissionDenied(reason)
    return found


def who_reads_settings() -> str:
    return _(
        "The settings are read by the programme office, the finance officer, the administrator and"
        " the auditor."
    )


def settings_address(programme: Programme) -> str:
    return reverse("programme:settings", args=[programme.slug])


def step_to_settings(programme: Programme) -> Step:
    return Step(_("Settings"), settings_address(programme))


def form_page(
    request: HttpRequest, programme: Programme, title: str, form: Any, *steps: Step, **more: Any
) -> HttpResponse:
    """Show one form, under the settings and what stands between."""
    steps_before = [step_to_settings(programme), *steps]
    context = {
        "programme": programme,
        "title": title,
        "form": form,
        "back": steps_before[-1].address,
        "breadcrumbs": [*steps_before, Step(title)],
        **more,
    }
    return render(request, "programme/administration_form.html", context, status=status_of(form))
