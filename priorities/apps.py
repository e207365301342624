from django.apps import AppConfig


class PrioritiesConfig(AppConfig):
    """What is wanted: priorities, goals, measures, annual targets and indicators."""

    name = "priorities"
