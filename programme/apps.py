from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.contrib.auth.signals import user_logged_in
from django.utils.translation import gettext_lazy as _

from programme import sessions


class ProgrammeConfig(AppConfig):
    """The ground: what every other app stands on."""

    name = "programme"
    verbose_name = _("Programme")
    default = True

    def ready(self) -> None:
        """Connect what listens to signals."""
        user_logged_in.connect(sessions.begin, dispatch_uid="a session begins")


class PortalAdminConfig(admin_apps.AdminConfig):
    """Django's admin behind the portal's own door."""

    default = False
    default_site = "programme.admin_site.PortalAdminSite"
