"""Pages of the portal itself: the front page, the accessibility statement, the style guide, the language."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from programme.breadcrumbs import Step
from programme.forms import DayField, EuroField, StatusSelect
from programme.models import Programme, User
from programme.rules import is_administrator
from programme.statuses import STATUS_LABELS, Status


@login_not_required
@require_safe
def front_page(request: HttpRequest) -> HttpResponseBase:
    """Say what the portal is; an empty portal leads to making its first administrator."""
    programme = Programme.objects.default()
    if programme is None and settings.PLAIN_HTTP and not User.objects.exists():
        return redirect("first-administrator")
    request.programme = programme  # type: ignore[attr-defined]
    return render(request, "programme/front_page.html")


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "programme/accessibility.html")


@login_not_required
@require_POST
def set_language(request: HttpRequest) -> HttpResponseBase:
    """Remember the reader's language and return to the page they were reading."""
    page = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure()):
        page = reverse("front-page")
    response = redirect(page)
    language = request.POST.get("language")
    if language in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            samesite="Lax",
        )
    return response


class ExampleForm(forms.Form):
    """Every kind of field, for the style guide."""

    name = forms.CharField(label=gettext_lazy("Name"), help_text=gettext_lazy("As it stands in the minutes."))
    text = forms.CharField(
        label=gettext_lazy("Situation"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("One to three sentences."),
    )
    status = forms.ChoiceField(label=gettext_lazy("Status"), choices=Status.choices, widget=StatusSelect)
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=settings.LANGUAGES)
    due_on = DayField(label=gettext_lazy("Due date"))
    euros = EuroField(label=gettext_lazy("Forecast, €"), required=False)
    attachment = forms.FileField(label=gettext_lazy("Evidence"), required=False)
    binding = forms.BooleanField(label=gettext_lazy("The target is binding"), required=False)


@require_safe
def style(request: HttpRequest) -> HttpResponse:
    """Show every part in every state: what the tests of accessibility and the eyes look at."""
    if not (settings.SAMPLE or is_administrator(request.user)):
        raise PermissionDenied(_("The style guide is for administrators."))
    wrong = {"name": "", "text": "…", "due_on": "31.2.2009", "euros": "1.250", "language": "fi"}
    pages = Paginator(range(240), 25)
    context: dict[str, Any] = {
        "form": ExampleForm(initial={"euros": 14000, "status": Status.DELAYED}, auto_id="fresh_%s"),
        "wrong_form": ExampleForm(wrong, auto_id="wrong_%s"),
        "statuses": list(STATUS_LABELS),
        "page": pages.page(4),
        "colours": COLOURS,
        "example_breadcrumbs": [
            Step(_("Programme"), "#"),
            Step(_("Working groups"), "#"),
            Step(_("Work programme")),
        ],
        "example_words": {"fi": "Kaupunkiseudun työohjelma"},
    }
    return render(request, "programme/style.html", context)


COLOURS = [
    "bg",
    "surface",
    "surface-2",
    "surface-3",
    "line",
    "line-strong",
    "text",
    "text-2",
    "text-3",
    "lake",
    "lake-2",
    "lake-soft",
    "brick",
    "brick-soft",
    "focus",
    "priority-1",
    "priority-2",
    "priority-3",
]
