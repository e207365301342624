"""The way to an indicator's pages."""

from django.urls import reverse
from django.utils.translation import gettext as _

from programme.breadcrumbs import Step
from programme.models import Programme


def step_to_indicators(programme: Programme) -> Step:
    return Step(_("Indicators"), reverse("reporting:indicator-list", args=[programme.slug]))
