"""What a person has been told: a list, the way to what it is about, and what has been read."""

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from programme import clock
from programme.generic import default_programme, signed_in, visible_or_404

ON_A_PAGE = 25


@require_safe
def notification_list(request: HttpRequest) -> HttpResponse:
    """Show what the reader has been told, the latest first; no one else's."""
    told = signed_in(request).notifications.order_by("-happened_at", "-pk")
    counted = told.aggregate(all=Count("pk"), unread=Count("pk", filter=Q(read_at__isnull=True)))
    paginator = Paginator(told, ON_A_PAGE)
    paginator.count = counted["all"]  # counted with the unread ones at once
    context = {
        "programme": default_programme(request),
        "page": paginator.get_page(request.GET.get("page")),
        "unread": counted["unread"],
    }
    return render(request, "programme/notification_list.html", context)


@require_POST
def notification_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Go to what a notification is about: from then on it has been read."""
    told = visible_or_404(signed_in(request).notifications.all(), pk=pk)
    if told.read_at is None:
        told.read_at = clock.now()
        told.save(update_fields=["read_at"])
    return redirect(told.address)


@require_POST
def notifications_read(request: HttpRequest) -> HttpResponse:
    """Take all that the reader has been told for read."""
    signed_in(request).notifications.filter(read_at__isnull=True).update(read_at=clock.now())
    return redirect("notification-list")
