"""The table of people."""

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from programme import clock
from programme.administration.people import roles_on
from programme.models import User


def person_address(record: User, table: Any) -> str:
    """A name leads to the person's page under the programme whose list this is."""
    return reverse("programme:person-detail", args=[table.request.programme.slug, record.pk])


class PeopleTable(tables.Table):
    """Everybody with an account, and what they are in the programme today."""

    caption = _("People")
    empty_text = _("Nobody has an account yet. Invite the first.")

    name = tables.Column(verbose_name=_("Name"), linkify=person_address)
    email = tables.Column(verbose_name=_("E-mail"))
    roles = tables.Column(verbose_name=_("Roles today"), empty_values=(), orderable=False)
    state = tables.Column(verbose_name=_("Portal account"), empty_values=(), orderable=False)

    class Meta:
        model = User
        fields = ["name", "email", "roles", "state"]
        attrs = {"class": "table--cards"}

    def render_roles(self, record: User) -> str:
        roles = roles_on(record, self.request.programme, clock.today())
        return "; ".join(roles) or str(_("no role"))

    def render_state(self, record: Any) -> str:
        if not record.is_active:
            return str(_("account closed"))
        if record.last_login is None:
            return str(_("invited, not signed in yet") if record.invited_at else _("not signed in yet"))
        return str(_("in use"))
