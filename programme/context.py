"""What every page's frame needs: the programme, the sample's mark, the day, the navigation."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from programme import clock
from programme.models import Programme
from programme.navigation import navigation


def portal(request: HttpRequest) -> dict[str, Any]:
    """Give the frame of a page: one query a request, none on pages that are rendered without a frame."""
    programme = getattr(request, "programme", None) or Programme.objects.default()
    return {
        "programme": programme,
        "today": clock.today(),
        "day_is_pinned": settings.TODAY is not None,
        "languages": settings.LANGUAGES,
        "navigation": navigation(request, programme),
    }
