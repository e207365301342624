"""Who sat in a meeting, by name, as its minutes have it."""

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from programme.models.base import person
from programme.models.bodies import BodySeat
from programme.models.meetings import Meeting
from programme.models.municipalities import Municipality


@pghistory.track()
class Attendance(models.Model):
    """A seat in a meeting and who sat in it: by value, since minutes stay when people and seats change."""

    class Presence(models.TextChoices):
        MEMBER = "member", _("present")
        DEPUTY = "deputy", _("a deputy present")
        ABSENT = "absent", _("absent")

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendance")
    order = models.PositiveIntegerField(_("order"))
    # The place of the seat among those of its day; empty for a seat that the portal does not know.
    seat = models.CharField(_("seat"), max_length=40, blank=True)
    position = models.CharField(
        _("position"), max_length=20, choices=BodySeat.Position.choices, default=BodySeat.Position.MEMBER
    )
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    holder = models.CharField(_("whose seat"), max_length=200, blank=True)
    presence = models.CharField(_("present"), max_length=10, choices=Presence.choices)
    name = models.CharField(_("who was present"), max_length=200, blank=True)
    user = person()

    class Meta:
        ordering = ["meeting", "order"]
        verbose_name = _("attendance")
        verbose_name_plural = _("attendance")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "order"], name="one_seat_per_place_in_the_minutes"),
            models.UniqueConstraint(
                fields=["meeting", "seat"], condition=~models.Q(seat=""), name="each_seat_once_in_a_meeting"
            ),
            models.CheckConstraint(
                condition=models.Q(presence="absent", name="")
                | (~models.Q(presence="absent") & ~models.Q(name="")),
                name="who_is_present_has_a_name",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.name or self.holder}"
