"""The networks in which the programme works."""

import pghistory
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from programme.models.base import Sourced, translated
from programme.models.programme import Programme


@pghistory.track()
class Network(Sourced):
    """A network, or the heading that networks stand under; the root says what networking is for."""

    class Kind(models.TextChoices):
        ROOT = "root", _("all networking")
        GROUP = "group", _("kind of networks")
        NETWORK = "network", _("network")

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="networks")
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    code = models.CharField(_("code"), max_length=40)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    order = models.PositiveIntegerField(_("order"), default=0)
    name = translated(_("name"), max_length=600)
    themes = models.TextField(_("themes"), blank=True)
    goals = models.TextField(_("goals"), blank=True)
    partners = models.TextField(_("partners"), blank=True)

    class Meta:
        ordering = ["programme", "order", "code"]
        verbose_name = _("network")
        verbose_name_plural = _("networks")
        constraints = [models.UniqueConstraint(fields=["programme", "code"], name="one_network_per_code")]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return self.address("reporting:network-detail")

    def address(self, name: str) -> str:
        """Return the address of a page about this network."""
        return reverse(name, args=[self.programme.slug, self.code])


@pghistory.track()
class NetworkYear(models.Model):
    """What was done in a network in one year."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="years")
    year = models.PositiveIntegerField(_("year"))
    text = models.TextField(_("what was done"))

    class Meta:
        ordering = ["network", "year"]
        verbose_name = _("year of a network")
        verbose_name_plural = _("years of networks")
        constraints = [
            models.UniqueConstraint(fields=["network", "year"], name="one_text_per_network_and_year"),
        ]

    def __str__(self) -> str:
        return f"{self.network_id} {self.year}"
