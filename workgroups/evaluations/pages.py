"""The way to the rounds of evaluation."""

from django.urls import reverse
from django.utils.translation import gettext as _

from programme.breadcrumbs import Step
from programme.models import Programme


def evaluations_address(programme: Programme) -> str:
    return reverse("reporting:evaluation-list", args=[programme.slug])


def steps_to_evaluations(programme: Programme) -> list[Step]:
    return [
        Step(_("Working groups"), reverse("workgroups:group-list", args=[programme.slug])),
        Step(_("Evaluations"), evaluations_address(programme)),
    ]
