"""How a device sends a file: announce it, send pieces, ask where it stands, finish, discard. Answers are JSON.

The right is asked anew at each step. A piece that arrives twice is acknowledged twice; one that does not follow on
is answered 409 with the byte to go on from.
"""

from django.core.exceptions import ValidationError
from django.http import Http404, JsonResponse
from django.http.request import RawPostDataException
from django.shortcuts import get_object_or_404

from foundation.files import actions
from foundation.files.forms import AnnouncedForm
from foundation.files.models import Bundle, Upload
from foundation.files.permissions import may_pack
from foundation.files.purposes import provider_of
from foundation.ui.http import deed, page, serve_private_file

UNCLEAR = "Không hiểu yêu cầu gửi tệp. Hãy tải lại trang rồi thử lại."


def state(upload, status=200):
    """Where a file stands, for the device."""
    return JsonResponse(
        {
            "code": str(upload.code),
            "url": upload.get_absolute_url(),
            "name": upload.name,
            "size": upload.size,
            "received": upload.received,
            "status": upload.status,
            "label": upload.get_status_display(),
            "reason": upload.reason,
            "piece": actions.PIECE,
        },
        status=status,
    )


def refused(message, status=400, **facts):
    """A step that was not taken, with a sentence for the person."""
    return JsonResponse({"error": message, **facts}, status=status)


def mine(request, code):
    """The file by its code, if this person sends it; else 404."""
    return get_object_or_404(Upload.objects.visible_to(request.user), code=code)


@deed
def begin(request):
    """Announce a file."""
    form = AnnouncedForm(request.POST)
    if not form.is_valid():
        return refused(UNCLEAR)
    facts = dict(form.cleaned_data)
    try:
        upload = actions.begin(facts.pop("purpose"), facts.pop("subject"), by=request.user, **facts)
    except ValidationError as refusal:
        return refused(" ".join(refusal.messages))
    return state(upload, 201)


@page
def upload(request, code):
    """Where a file stands: after a break the device goes on from ``received``."""
    return state(mine(request, code))


@deed
def piece(request, code, start):
    """Take the bytes of the request's body as those from ``start`` on."""
    found = mine(request, code)
    try:
        return state(actions.add_piece(found, start, request.body, by=request.user))
    except RawPostDataException:
        return refused("Phần của tệp phải được gửi nguyên dạng, không qua biểu mẫu.", 415)
    except actions.OutOfStep as elsewhere:
        return refused("Phần này không nối tiếp phần đã nhận.", 409, received=elsewhere.args[0])
    except actions.NoRoom as full:
        return refused(str(full), 507)


@deed
def finish(request, code):
    """All was sent: have it checked."""
    try:
        found = actions.finish(mine(request, code), by=request.user)
    except actions.OutOfStep as elsewhere:
        return refused("Tệp chưa đến đủ.", 409, received=elsewhere.args[0])
    if found.status == found.Status.RECEIVING:
        return refused("Tệp đến nơi không nguyên vẹn, cần gửi lại từ đầu.", 409, received=0)
    return state(found)


@deed
def discard(request, code):
    """Give the file up."""
    actions.discard(mine(request, code), by=request.user)
    return JsonResponse({"discarded": True})


@page
def bundle(request, code):
    """A pack, for whoever asked for it and may still read what is in it."""
    found = get_object_or_404(Bundle.objects.visible_to(request.user), code=code)
    if not may_pack(request.user, provider_of(found.provider), found.subject):
        raise Http404
    return serve_private_file(request, found.file, found.name, content_type="application/zip")
