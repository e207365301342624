"""A report has been presented once its matter has been decided, wherever that was entered."""

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver

from programme.models import Decision
from reporting.models import Report

HANDED = (Report.State.FROZEN, Report.State.APPROVED)


@receiver(post_save, sender=Decision, dispatch_uid="reports_are_presented")
def present_reports(instance: Decision, created: bool, **_more: Any) -> None:
    """Let the frozen reports of a matter be presented on the day of its meeting.

    A signal, since decisions are entered in apps below, which know nothing of reports. One that nobody has
    frozen stays as it is: what a body was shown is not known.
    """
    if not created:
        return
    reports = Report.objects.filter(matter=instance.matter_id, state__in=HANDED)
    for report in reports.select_for_update(of=("self",)):
        report.state = Report.State.PRESENTED
        report.presented_on = instance.matter.meeting.held_on
        report.save(update_fields=["state", "presented_on"])
