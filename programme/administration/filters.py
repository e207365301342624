"""Filters of people."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from programme import clock
from programme.administration.people import with_a_role
from programme.models import User


class PeopleFilter(django_filters.FilterSet):
    """People by a word in name or address, and by what they are."""

    WITH, WITHOUT, INVITED, CLOSED = "role", "no_role", "invited", "closed"

    q = django_filters.CharFilter(method="by_word", label=_("Name or address"))
    who = django_filters.ChoiceFilter(
        method="by_kind",
        label=_("Who"),
        empty_label=_("All"),
        choices=[
            (WITH, _("with a role today")),
            (WITHOUT, _("without a role")),
            (INVITED, _("invited, not signed in yet")),
            (CLOSED, _("account closed")),
        ],
    )

    class Meta:
        model = User
        fields = ["q", "who"]

    def by_word(self, people: QuerySet[User], _name: str, word: str) -> QuerySet[User]:
        return people.filter(Q(name__icontains=word) | Q(email__icontains=word))

    def by_kind(self, people: QuerySet[User], _name: str, kind: str) -> QuerySet[User]:
        has_a_role = with_a_role(self.request.programme, clock.today()) | Q(is_administrator=True)
        conditions: dict[str, Any] = {
            self.WITH: has_a_role,
            self.WITHOUT: ~has_a_role,
            self.INVITED: Q(last_login__isnull=True, is_active=True, invited_at__isnull=False),
            self.CLOSED: Q(is_active=False),
        }
        return people.filter(conditions[kind])
