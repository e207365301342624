from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkgroupsConfig(AppConfig):
    """Who does it: working groups, their work programmes, actions and follow-up."""

    name = "workgroups"
    verbose_name = _("Working groups")
