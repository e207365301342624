"""Django's admin, for accounts and posts alone: its door is the portal's own sign-in."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class PortalAdminSite(admin.AdminSite):
    """Administrators come in; who has signed in as somebody else is told whom to ask."""

    site_header = gettext_lazy("Accounts and posts")
    site_title = gettext_lazy("Accounts and posts")
    index_title = gettext_lazy("Accounts and posts")

    def get_urls(self) -> list[Any]:
        """Leave out “view on site”: nothing of ours uses it, and it asks for tables that are not there."""
        return [url for url in super().get_urls() if getattr(url, "name", None) != "view_on_site"]

    @method_decorator(login_not_required)
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if request.user.is_authenticated:
            raise PermissionDenied(_("Accounts and posts are kept by the administrator."))
        return redirect_to_login(request.GET.get("next", request.get_full_path()))
