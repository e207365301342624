from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class ProgrammeConfig(AppConfig):
    """The ground: what every other app stands on."""

    name = "programme"
    default = True


class PortalAdminConfig(admin_apps.AdminConfig):
    """Django's admin behind the portal's own door."""

    default = False
    default_site = "programme.admin_site.PortalAdminSite"
