"""Uploaded pictures: judged by content, made upright, small and free of everything but the picture."""

from pathlib import PurePath

from django.core.files.base import ContentFile

from foundation.inspection.opening import inspected_bytes
from foundation.inspection.words import REFUSALS, Unfit

MAX_BYTES = 10 * 1024 * 1024
LONGEST_SIDE = 1600  # pixels
OF_PHOTOS = {
    "damaged": "Ảnh bị hỏng, không mở được. Hãy chụp hoặc lưu lại ảnh rồi thử lại.",
    "other": "Tệp không phải ảnh JPEG, PNG hoặc WebP. Ảnh HEIC hãy đổi sang JPEG.",
}


class UnfitPicture(ValueError):
    """The picture is refused; the message says why, in the words of the person who sent it."""


def checked_photo(file, *, longest_side=LONGEST_SIDE):
    """A new JPEG file made from an uploaded picture in the limited child process, or UnfitPicture."""
    if file.size > MAX_BYTES:
        raise UnfitPicture("Ảnh lớn hơn 10 MB. Hãy chọn ảnh nhỏ hơn.")
    file.seek(0)
    try:
        with inspected_bytes(file.read(), "photo", longest_side=longest_side) as found:
            content, facts = found.released.read_bytes(), found.facts
    except Unfit as refusal:
        raise UnfitPicture(OF_PHOTOS.get(refusal.word, REFUSALS[refusal.word])) from refusal
    fresh = ContentFile(content, name=f"{PurePath(file.name or 'anh').stem[:80] or 'anh'}.jpg")
    fresh.content_type, fresh.pages = "image/jpeg", 1
    fresh.width, fresh.height = facts["width"], facts["height"]
    return fresh
