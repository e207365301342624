from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkgroupsConfig(AppConfig):
    """Who does it: working groups, their work programmes, actions and follow-up."""

    name = "workgroups"
    verbose_name = _("Working groups")

    def ready(self) -> None:
        """Take in the rules of the annual clock; those of the app itself are found by their name."""
        import_module("workgroups.annual_clock.rules")
