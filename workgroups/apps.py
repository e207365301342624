from django.apps import AppConfig


class WorkgroupsConfig(AppConfig):
    """Who does it: working groups, their work programmes, actions and follow-up."""

    name = "workgroups"
