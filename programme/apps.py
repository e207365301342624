from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    """The ground: what every other app stands on."""

    name = "programme"
