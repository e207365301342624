"""Posts of the programme's organisation, what each may do, and who holds them from when until when."""

import pghistory
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from programme.models.base import InForceQuerySet, ends_after_it_begins, one_term_at_a_time, translated
from programme.models.programme import Programme


@pghistory.track()
class Post(models.Model):
    """A post or function named in the programme's papers; papers name posts, never people."""

    class Power(models.TextChoices):
        PROGRAMME_OFFICE = "programme_office", _("programme office")
        PRESENTING_OFFICER = "presenting_officer", _("presenting officer")
        SECRETARY = "secretary", _("secretary")
        FINANCE_OFFICER = "finance_officer", _("finance officer")
        AUDITOR = "auditor", _("auditor")

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="posts")
    code = models.CharField(_("code"), max_length=40)
    name = translated(_("name"), max_length=200)
    note = models.CharField(_("note"), max_length=300, blank=True)
    power = models.CharField(
        _("may act as"),
        max_length=30,
        choices=Power.choices,
        blank=True,
        help_text=_("What the post may do in the whole programme; groups give their own rights."),
    )

    class Meta:
        ordering = ["programme", "code"]
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        constraints = [models.UniqueConstraint(fields=["programme", "code"], name="one_post_per_code")]

    def __str__(self) -> str:
        return self.code


@pghistory.track()
class PostHolding(models.Model):
    """A person holds a post from a day until a day."""

    # What a substitute may do for somebody who is away; an auditor reads for themselves.
    HANDED_OVER = (
        Post.Power.PROGRAMME_OFFICE,
        Post.Power.PRESENTING_OFFICER,
        Post.Power.SECRETARY,
        Post.Power.FINANCE_OFFICER,
    )

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="holdings")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="holdings")
    starts_on = models.DateField(_("from"))
    until = models.DateField(_("until"), null=True, blank=True)

    objects = InForceQuerySet.as_manager()

    class Meta:
        ordering = ["post", "starts_on"]
        verbose_name = _("holding of a post")
        verbose_name_plural = _("holdings of posts")
        constraints = [
            models.UniqueConstraint(fields=["post", "user", "starts_on"], name="one_holding_per_start"),
            ends_after_it_begins("a_holding_ends_after_it_begins"),
            one_term_at_a_time("post", name="one_holding_per_person_post_and_day"),
        ]

    def __str__(self) -> str:
        return f"{self.post_id} {self.user_id}"
