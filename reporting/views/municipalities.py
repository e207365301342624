"""The municipalities: all that a reader may open, and one."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from programme import clock
from programme.breadcrumbs import Step
from programme.generic import DetailView, visible_or_404
from programme.models import MunicipalityMembership
from reporting import municipalities, rules


class MunicipalityList(DetailView):
    """The municipalities whose page the reader may open."""

    template_name = "reporting/municipality_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        visible = municipalities.municipalities_visible_to(user, self.programme)
        return super().get_context_data(
            municipalities=list(visible),
            reads_all=bool(rules.reads_live_figures(user, self.programme)),
            year=clock.today().year,
            **kwargs,
        )


class MunicipalityDetail(DetailView):
    """What one municipality pays, where it sits, what it was told and what was decided."""

    template_name = "reporting/municipality.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        visible = municipalities.municipalities_visible_to(user, self.programme)
        municipality = visible_or_404(visible, code=self.kwargs["code"])
        reads_people = bool(rules.reads_live_figures(user, self.programme))
        contacts = municipalities.contacts_of(municipality, self.programme)
        return super().get_context_data(
            municipality=municipality,
            memberships=MunicipalityMembership.objects.filter(
                programme=self.programme, municipality=municipality
            ),
            years=municipalities.years_of(municipality, self.programme, reader=user),
            seats=municipalities.seats_of(municipality, self.programme, names=reads_people),
            reads_people=reads_people,
            contacts=contacts,
            reads_contacts=reads_people or user.pk in {contact.user_id for contact in contacts},
            reports=list(municipalities.reports_told(self.programme, reader=user)),
            decisions=municipalities.decisions_of_federation_meeting(self.programme),
            breadcrumbs=[
                Step(
                    _("Municipalities"),
                    reverse("reporting:municipality-list", args=[self.programme.slug]),
                ),
                Step(municipality.code),
            ],
            **kwargs,
        )
