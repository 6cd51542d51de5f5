"""Uploaded documents: a PDF that opens and does nothing by itself, or a photo."""

from foundation.inspection.opening import inspected_bytes
from foundation.inspection.words import REFUSALS, Unfit

from . import pictures

MAX_BYTES = 20 * 1024 * 1024
OF_PDF = {
    "damaged": "Tệp PDF bị hỏng, không mở được. Hãy quét hoặc lưu lại rồi thử lại.",
    "encrypted": "Tệp PDF có mật khẩu. Hãy bỏ mật khẩu rồi tải lên lại.",
    "empty": "Tệp PDF không có trang nào.",
}


class UnfitDocument(ValueError):
    """The document is refused; the message says why, in the words of the person who sent it."""


def checked_document(file):
    """The uploaded file with its real type and number of pages, or UnfitDocument / UnfitPicture."""
    if file.size > MAX_BYTES:
        raise UnfitDocument("Tệp lớn hơn 20 MB. Hãy quét ở 150–200 dpi hoặc chia thành nhiều tệp.")
    file.seek(0)
    head = file.read(8)
    file.seek(0)
    if not head.startswith(b"%PDF-"):
        return photo_or_refusal(file)
    file.pages = pages_of(file.read())
    file.content_type = "application/pdf"
    file.seek(0)
    return file


def photo_or_refusal(file):
    """A photo in place of a document; what is neither is told so."""
    if file.read(12)[:4] not in {
        b"\xff\xd8\xff\xe0",
        b"\xff\xd8\xff\xe1",
        b"\xff\xd8\xff\xdb",
        b"\x89PNG",
        b"RIFF",
    }:
        file.seek(0)
        if file.read(3) != b"\xff\xd8\xff":
            raise UnfitDocument("Tệp không phải PDF hoặc ảnh. Hãy lưu tài liệu thành PDF rồi tải lên.")
    file.seek(0)
    return pictures.checked_photo(file)


def pages_of(content):
    """The number of pages of a harmless PDF, or UnfitDocument."""
    try:
        with inspected_bytes(content, "pdf") as found:
            return found.facts["pages"]
    except Unfit as refusal:
        raise UnfitDocument(OF_PDF.get(refusal.word, REFUSALS[refusal.word])) from refusal
