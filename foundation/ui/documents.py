"""Uploaded documents: a PDF that opens and does nothing by itself, or a photo."""

import json
import subprocess
import sys
from pathlib import Path

from . import pictures

MAX_BYTES = 20 * 1024 * 1024
CHECK_SECONDS = 20
CHECKER = Path(__file__).with_name("pdfcheck.py")
REFUSALS = {
    "damaged": "Tệp PDF bị hỏng, không mở được. Hãy quét hoặc lưu lại rồi thử lại.",
    "encrypted": "Tệp PDF có mật khẩu. Hãy bỏ mật khẩu rồi tải lên lại.",
    "empty": "Tệp PDF không có trang nào.",
    "active": "Tệp PDF chứa mã lệnh hoặc tệp đính kèm. Hãy in lại thành PDF thường rồi tải lên.",
    "heavy": "Tệp PDF quá phức tạp để kiểm tra. Hãy quét lại với chất lượng thấp hơn.",
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
    """The number of pages of a harmless PDF, or UnfitDocument.

    The file is opened in a process of its own with limits on time and memory: a hostile file ends that
    process, not the server.
    """
    try:
        answer = subprocess.run(
            [sys.executable, "-I", str(CHECKER)],
            input=content,
            capture_output=True,
            timeout=CHECK_SECONDS,
            check=False,
        )
        verdict = json.loads(answer.stdout) if answer.returncode == 0 else {"refused": "heavy"}
    except (subprocess.TimeoutExpired, json.JSONDecodeError):
        verdict = {"refused": "heavy"}
    if refused := verdict.get("refused"):
        raise UnfitDocument(REFUSALS[refused])
    return verdict["pages"]
