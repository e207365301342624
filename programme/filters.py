"""Filters of meetings."""

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _
from django_filters import fields

from programme import text
from programme.models import Body, Meeting

# Years that a date can have.
YEARS = {"min_value": 1900, "max_value": 2999}


class BodyChoice(fields.ModelChoiceField):
    """Bodies by their name in the reader's language."""

    def label_from_instance(self, obj: Body) -> str:
        return text.words_of(obj, "name")[0]


class BodyFilter(django_filters.ModelChoiceFilter):
    field_class = BodyChoice


class MeetingFilter(django_filters.FilterSet):
    """Meetings by year and body."""

    year = django_filters.NumberFilter(field_name="held_on__year", label=_("Year"), **YEARS)
    body = BodyFilter(queryset=Body.objects.none(), label=_("Body"), empty_label=_("All"))

    class Meta:
        model = Meeting
        fields = ["year", "body"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["body"].queryset = Body.objects.filter(programme=self.request.programme)
