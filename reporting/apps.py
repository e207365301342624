from django.apps import AppConfig


class ReportingConfig(AppConfig):
    """What is told: datasets, reports, the dashboard and the golden thread."""

    name = "reporting"

    def ready(self) -> None:
        """Listen to what is decided about reports."""
        from reporting import presenting  # noqa: F401  it names models, which are ready only now
