"""One's own calendar: the secret link, and what is behind it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.notices import link
from entities.actions import calendars as actions
from entities.calendars import BACK, calendar_of
from entities.models import CalendarLink, FieldVisit
from foundation import clock
from foundation.ui.http import deed, page, perform

LINK = "lien_ket_lich"  # the link that was just made waits in the session for the one page that shows it


@page
def calendar(request):
    """What comes, and whether a link exists. A new link is shown this once and kept nowhere."""
    token = request.session.get(LINK, "")
    if token:
        del request.session[LINK]
    today = clock.today()
    coming = FieldVisit.objects.of_person(request.user).filter(status="planned", planned_on__gte=today)
    context = {
        "made": CalendarLink.objects.of(request.user).first(),
        "link": link(reverse("entities:calendar_feed", args=[token])) if token else "",
        "coming": coming.for_list().order_by("planned_on")[:20],
    }
    return render(request, "entities/calendar/calendar.html", context)


@deed
def calendar_renewal(request):
    """A new link; the one before stops."""
    request.session[LINK] = actions.renew_link(request.user, by=request.user)
    messages.success(request, "Đã tạo liên kết lịch mới. Liên kết cũ, nếu có, không dùng được nữa.")
    return redirect("entities:calendar")


@deed
def calendar_end(request):
    """No link any more."""
    return perform(
        request, actions.end_link, request.user, done="Đã bỏ liên kết lịch.", goes_to="entities:calendar"
    )


@page(public=True)
def calendar_feed(request, token):
    """The visits of whoever made the link, for calendar programs. Rights are those of this moment."""
    found = CalendarLink.objects.of_token(token).first()
    if found is None:
        raise Http404
    since = clock.today() - BACK
    rows = FieldVisit.objects.of_person(found.person).filter(planned_on__gte=since).for_list()
    response = HttpResponse(calendar_of(rows), content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
