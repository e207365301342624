"""Signing in, the reader's own page, and the first administrator of an empty portal."""

from typing import Any

from allauth.account.views import LoginView as AllauthLoginView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from programme import clock, substitutes
from programme.account_forms import FirstAdministratorForm
from programme.generic import signed_in
from programme.models import User

ALLAUTH_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PERSONA_SIGN_INS_A_MINUTE = 240


def sample_personas() -> list[User]:
    """Return the sample's people, where the portal serves the sample; nobody elsewhere."""
    if not settings.SAMPLE:
        return []
    return list(User.objects.filter(is_active=True).exclude(persona="").order_by("pk"))


@method_decorator(login_not_required, name="dispatch")
class LoginView(AllauthLoginView):
    """Sign-in with e-mail and password; with the sample, one click for each of its people too."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(personas=sample_personas(), **kwargs)


@login_not_required
@require_POST
def sign_in_as_persona(request: HttpRequest) -> HttpResponseBase:
    """Sign in as one of the sample's people. Does not exist where the sample is not served."""
    if not settings.SAMPLE:
        raise Http404(_("There is no such page, or it is not yours to see."))
    _throttle(request)
    persona = request.POST.get("persona", "")
    user = next((user for user in sample_personas() if user.persona == persona), None)
    if user is None:
        messages.error(request, _("The sample has no such person. Choose one of these."))
        return redirect("account_login")
    login(request, user, backend=ALLAUTH_BACKEND)
    onward = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(onward, {request.get_host()}, require_https=request.is_secure()):
        return redirect(onward)
    return redirect(settings.LOGIN_REDIRECT_URL)


def _throttle(request: HttpRequest) -> None:
    """Refuse a flood from one address; a person clicking through the sample never meets this."""
    key = f"persona-sign-in:{request.META.get('REMOTE_ADDR')}:{clock.now():%H%M}"
    cache.add(key, 0, timeout=90)
    if cache.incr(key) > PERSONA_SIGN_INS_A_MINUTE:
        raise PermissionDenied(_("Too many sign-ins in a minute. Wait a moment and try again."))


@require_safe
def profile(request: HttpRequest) -> HttpResponse:
    """Show the reader who they are here: their posts, groups, language, and who stands in for them."""
    return profile_page(request, None)


def profile_page(
    request: HttpRequest, form: substitutes.SubstituteForm | None, *, status: int = 200
) -> HttpResponse:
    """Show the profile; with a form that could not be taken, as it was filled in."""
    user = signed_in(request)
    today = clock.today()
    keeps_all = substitutes.names_for_others(user)
    memberships = list(user.memberships.on(today).select_related("group__programme", "municipality"))
    if form is None and (keeps_all or substitutes.has_something_to_hand_over(user)):
        form = substitutes.SubstituteForm(writer=user, for_anybody=keeps_all)
    context = {
        "posts": user.holdings.on(today).select_related("post"),
        "memberships": memberships,
        "substitutions": substitutes.seen_by(user, keeps_all=keeps_all),
        "keeps_all": keeps_all,
        "form": form,
    }
    return render(request, "account/profile.html", context, status=status)


@require_POST
def set_keys(request: HttpRequest) -> HttpResponse:
    """Keep whether a letter alone does something on the reader's pages."""
    user = signed_in(request)
    user.single_keys = request.POST.get("single_keys") == "on"
    user.save(update_fields=["single_keys"])
    messages.success(request, _("Saved."))
    return redirect("profile")


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def first_administrator(request: HttpRequest) -> HttpResponseBase:
    """Make the first account of an empty portal; as soon as there is one, the page does not exist.

    Nor does it on the open network, where it would belong to whoever came first.
    """
    if not settings.PLAIN_HTTP or User.objects.exists():
        raise Http404(_("There is no such page, or it is not yours to see."))
    form = FirstAdministratorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic(), connection.cursor() as cursor:
            # Two who press at once: the second finds that there is somebody.
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('first administrator'))")
            if User.objects.exists():
                raise Http404(_("There is no such page, or it is not yours to see."))
            user = form.save()
        login(request, user, backend=ALLAUTH_BACKEND)
        messages.success(request, _("Welcome. Next, load a programme with the command load_programme."))
        return redirect("front-page")
    status = 422 if form.is_bound else 200
    return render(request, "account/first_administrator.html", {"form": form}, status=status)
