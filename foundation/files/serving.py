"""Send what was released, after the caller has checked the right: pages as images, the file as a download."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from foundation.files.models import DrawnPage, PageImage
from foundation.ui.http import serve_private_file


def serve_file(request, upload):
    """The file itself, always as a download; what is not released is not there."""
    if not upload.is_released:
        raise Http404
    return serve_private_file(request, upload.file, upload.download_name, content_type=upload.content_type)


def serve_page(request, upload, number):
    """One page as an image; a photo is its own only page."""
    if not upload.is_released:
        raise Http404
    if upload.is_picture:
        if number != 1:
            raise Http404
        file = upload.file
    else:
        file = get_object_or_404(upload.images, number=number).file
    return serve_private_file(request, file, f"trang-{number}.jpg", inline=True, content_type="image/jpeg")


def serve_drawn(request, code, sha256, number):
    """One page of a kept PDF as an image, as ``drawing.readings`` finds it; what is not drawn is not there."""
    page = (
        PageImage.objects.filter(upload__code=code, number=number).first()
        or DrawnPage.objects.filter(drawing__sha256=sha256, number=number).first()
    )
    if page is None or not page.file.storage.exists(page.file.name):
        raise Http404
    return serve_private_file(
        request, page.file, f"trang-{number}.jpg", inline=True, content_type="image/jpeg"
    )
