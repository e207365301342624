"""A report has been presented once its matter has been decided, wherever that was entered."""

from django.db import transaction

from reporting.models import Report

HANDED = (Report.State.FROZEN, Report.State.APPROVED)


@transaction.atomic
def present_decided() -> int:
    """Let the frozen reports whose matters are decided be presented on the day of their meetings.

    A job looks, since decisions are entered in apps below, which know nothing of reports. One that nobody has
    frozen stays as it is: what a body was shown is not known. Returns how many were presented.
    """
    decided = Report.objects.filter(state__in=HANDED, matter__decision__isnull=False)
    reports = list(decided.select_for_update(of=("self",)).select_related("matter__meeting").order_by("pk"))
    for report in reports:
        assert report.matter is not None  # noqa: S101  they were asked for by their matters
        report.state = Report.State.PRESENTED
        report.presented_on = report.matter.meeting.held_on
        report.save(update_fields=["state", "presented_on"])
    return len(reports)
