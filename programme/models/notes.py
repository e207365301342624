"""What people say beside the work: comments, questions, feedback; and what they wish to be told."""

import pghistory
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.utils.translation import gettext_lazy as _

from programme.models.base import Days, InForceQuerySet, person
from programme.models.programme import Programme


@pghistory.track()
class Comment(models.Model):
    """A note on a line; somebody settles it. What it concerns holds the link."""

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="comments"
    )
    text = models.TextField(_("text"))
    written_at = models.DateTimeField(_("written"))
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["written_at"]
        verbose_name = _("comment")
        verbose_name_plural = _("comments")

    def __str__(self) -> str:
        return self.text[:80]


@pghistory.track()
class Question(models.Model):
    """An elected member's question to the preparer of a matter, before the meeting; not public."""

    matter = models.ForeignKey("programme.Matter", on_delete=models.PROTECT, related_name="questions")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="questions"
    )
    text = models.TextField(_("question"))
    asked_at = models.DateTimeField(_("asked"))
    answer = models.TextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = person()

    class Meta:
        ordering = ["asked_at"]
        verbose_name = _("question")
        verbose_name_plural = _("questions")

    def __str__(self) -> str:
        return self.text[:80]


@pghistory.track()
class Feedback(models.Model):
    """The public's feedback; answered in 14 days (act on digital services 306/2019)."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="feedback")
    text = models.TextField(_("feedback"))
    reply_to = models.EmailField(_("reply to"), blank=True)
    received_at = models.DateTimeField(_("received"))
    due_on = models.DateField(_("answer due"))
    answer = models.TextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    class Meta:
        ordering = ["received_at"]
        verbose_name = _("feedback")
        verbose_name_plural = _("feedback")

    def __str__(self) -> str:
        return self.text[:80]


@pghistory.track()
class SavedView(models.Model):
    """A list with its filters, kept under a name."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_views")
    name = models.CharField(_("name"), max_length=100)
    address = models.CharField(_("address"), max_length=500)

    class Meta:
        ordering = ["user", "name"]
        verbose_name = _("saved list")
        verbose_name_plural = _("saved lists")
        constraints = [
            models.UniqueConstraint(fields=["user", "name"], name="one_saved_view_per_person_and_name"),
        ]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class Substitute(models.Model):
    """Who stands in for whom, from a day until a day."""

    absent = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="substitutes")
    substitute = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="stands_in_for"
    )
    starts_on = models.DateField(_("from"))
    until = models.DateField(_("until"))

    objects = InForceQuerySet.as_manager()

    class Meta:
        ordering = ["starts_on"]
        verbose_name = _("substitute")
        verbose_name_plural = _("substitutes")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__gte=models.F("starts_on")), name="substitution_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=~models.Q(absent=models.F("substitute")), name="nobody_stands_in_for_themselves"
            ),
            ExclusionConstraint(
                name="one_substitution_per_pair_and_day",
                expressions=[
                    (Days("starts_on", "until"), RangeOperators.OVERLAPS),
                    ("absent", RangeOperators.EQUAL),
                    ("substitute", RangeOperators.EQUAL),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.absent_id} {self.substitute_id}"


@pghistory.track()
class Subscription(models.Model):
    """Who wishes to know of what, how often; a digest unless they say otherwise."""

    class Frequency(models.TextChoices):
        AT_ONCE = "at_once", _("at once")
        DAILY = "daily", _("daily digest")
        WEEKLY = "weekly", _("weekly digest")
        NEVER = "never", _("never")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="subscriptions")
    topic = models.CharField(_("topic"), max_length=60)
    frequency = models.CharField(
        _("how often"), max_length=10, choices=Frequency.choices, default=Frequency.WEEKLY
    )

    class Meta:
        ordering = ["user", "topic"]
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        constraints = [
            models.UniqueConstraint(fields=["user", "topic"], name="one_subscription_per_person_and_topic"),
        ]

    def __str__(self) -> str:
        return self.topic


class Notification(models.Model):
    """What a person was told, and when. Never sent to the one who did the deed.

    `key` names what is told once, however often a job tells it; empty where nothing is told again.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications")
    topic = models.CharField(_("topic"), max_length=60)
    key = models.CharField(_("key"), max_length=100, blank=True)
    text = models.TextField(_("text"))
    address = models.CharField(_("address of the page"), max_length=300)
    happened_at = models.DateTimeField(_("happened"))
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    read_at = models.DateTimeField(_("read"), null=True, blank=True)

    class Meta:
        ordering = ["-happened_at"]
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "key"], condition=~models.Q(key=""), name="nobody_is_told_the_same_twice"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]
