"""What a person was told: the list of their notifications."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from programmes.models import Notification
from programmes.notices import sentence, unread_of

PAGE = 30


@require_GET
def notifications(request: HttpRequest) -> HttpResponse:
    """List the reader's notifications, the latest first."""
    mine = Notification.objects.filter(user=request.user).order_by("-at", "-pk")  # type: ignore[misc]
    page = Paginator(mine, PAGE).get_page(request.GET.get("page"))
    rows = [{"row": row, "sentence": sentence(row)} for row in page.object_list]
    return render(request, "programmes/notifications.html", {"section": "bell", "rows": rows, "page_obj": page})


@require_GET
def open_notification(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead to what a notification is about; it is read from now on."""
    notification = get_object_or_404(Notification, pk=pk, user=request.user)
    unread_of(request.user).filter(pk=pk).update(read_at=timezone.now())
    return redirect(notification.url)


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark all of the reader's notifications as read."""
    unread_of(request.user).update(read_at=timezone.now())
    return redirect("notifications")
