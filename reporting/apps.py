from django.apps import AppConfig


class ReportingConfig(AppConfig):
    """What is told: datasets, reports, the dashboard and the golden thread."""

    name = "reporting"
