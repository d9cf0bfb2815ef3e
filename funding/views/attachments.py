"""Documents of allocations: sent, and taken again. None is ever shown by the browser itself."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from funding.actions import attach_file
from funding.actions.attachments import LARGEST
from funding.models import Allocation, Attachment
from funding.views.allocation import allocation_page
from funding.views.scope import allocation_or_404, gives, keeps, not_found
from povtrack.accounts.requests import user_of
from programmes.actions import Refused


@require_POST
def attach(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a file with an allocation, or say on its page why not."""
    user = user_of(request)
    one = allocation_or_404(user, pk)
    if not (keeps(user, one.area) or gives(user, one)):
        raise not_found()
    sent = request.FILES.get("file")
    if sent is None:
        return allocation_page(request, one, _("Choose a file first."))
    try:
        # One byte more than may be is enough to refuse it, however long it is.
        kept = attach_file(one, file_name=sent.name or "", content=sent.read(LARGEST + 1), by=user)
    except Refused as refused:
        return allocation_page(request, one, str(refused))
    messages.success(request, _("“%(name)s” is attached.") % {"name": kept.file_name})
    return redirect("allocation", pk)


@require_GET
def download(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a file for saving."""
    seen = Allocation.objects.visible_to(user_of(request))
    found = Attachment.objects.filter(pk=pk, allocation__in=seen).first()
    if found is None:
        raise Http404(_("There is no such file among yours."))
    headers = {
        "Content-Disposition": content_disposition_header(as_attachment=True, filename=found.file_name) or "attachment",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(bytes(found.content), content_type=found.content_type, headers=headers)
