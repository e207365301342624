"""What views of a programme share: the programme itself, and what is not yours to see does not exist."""

import contextlib
from collections.abc import Iterator
from typing import Any, TypeVar

import django_tables2
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views import generic
from django_filters.views import FilterView

from programme.breadcrumbs import Step
from programme.models import Programme, User

Row = TypeVar("Row", bound=models.Model)


def programme_of(request: HttpRequest, slug: str) -> Programme:
    """Return the programme of an address and let the page's frame know it."""
    programme = get_object_or_404(Programme, slug=slug)
    request.programme = programme  # type: ignore[attr-defined]
    return programme


def default_programme(request: HttpRequest) -> Programme | None:
    """Return the programme of a page whose address names none, and let the page's frame know it."""
    programme = Programme.objects.default()
    request.programme = programme  # type: ignore[attr-defined]
    return programme


def visible_or_404(rows: models.QuerySet[Row], **lookup: Any) -> Row:
    """Return the row among those a person may see, the first in order; hidden and missing answer alike."""
    found = rows.filter(**lookup).first()
    if found is None:
        raise Http404(_("There is no such page, or it is not yours to see."))
    return found


class RefusedByState(PermissionDenied):
    """Refused (403) because of where a thing stands, not of who asks: no right would help.

    `way` leads to where the thing can be gone on with.
    """

    def __init__(self, reason: str, way: Step | None = None) -> None:
        super().__init__(reason)
        self.way = way


class RefusedWithWords(RefusedByState):
    """Refused likewise, with what its reader had written: the page shows it, so that nothing is lost."""

    def __init__(self, reason: str, words: list[tuple[str, str]]) -> None:
        super().__init__(reason)
        self.words = words


class NotToldSo(Http404):
    """Does not exist (404) in the way that was asked for; its reader reads the rest, so that why is told."""


@contextlib.contextmanager
def refused_with_reason(way: Step | None = None) -> Iterator[None]:
    """Refuse (403) what its state no longer allows, with the reason; around some lines or a whole view."""
    try:
        yield
    except ValidationError as error:
        raise RefusedByState(" ".join(error.messages), way) from error


def signed_in(request: HttpRequest) -> User:
    """Return the person behind a request that only signed-in people make."""
    assert request.user.is_authenticated  # noqa: S101  the login middleware let them through
    return request.user


class OfProgramme(generic.base.ContextMixin, generic.View):
    """A view under a programme's slug."""

    programme: Programme

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.programme = programme_of(request, kwargs["programme"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(programme=self.programme, **kwargs)


class ListView(OfProgramme, django_tables2.SingleTableMixin, FilterView):
    """A filtered table of what the reader may see, a page at a time."""

    table_pagination = {"per_page": 25}
    template_name = "generic/list.html"

    def get_queryset(self) -> models.QuerySet[Any]:
        raise NotImplementedError(f"{type(self).__name__} does not say what it lists.")


class DetailView(OfProgramme, generic.TemplateView):
    """A page about one thing, found by its code among those the reader may see."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Render without the address's own words in the context: the page says what it shows."""
        return self.render_to_response(self.get_context_data())
