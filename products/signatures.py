"""The agency's signature on a certificate that comes back: valid, of a configured root, on our own bytes."""

import hashlib

from django.conf import settings
from django.core.exceptions import ValidationError

from foundation.inspection.opening import inspected_bytes
from foundation.inspection.words import Unfit
from products import test_authority

MOST_BYTES = 20 * 1024 * 1024


def roots():
    """The certificates (PEM) that a signature must chain to; in a demonstration the test authority's is one of them."""
    return [*settings.SIGNATURE_ROOTS, *([test_authority.root()] if settings.DEMO else [])]


def checked(content, certificate):
    """Who signed this paper of ours, and whether it was the test authority; ValidationError says what is wrong.

    The test authority signs invented papers only.
    """
    if len(content) > MOST_BYTES:
        raise ValidationError("Tệp lớn hơn 20 MB nên không phải bản của giấy này.")
    if not roots():
        raise ValidationError("Cổng chưa có danh sách nơi cấp chữ ký số được tin. Hãy báo quản trị hệ thống.")
    with certificate.file.open("rb") as ours:
        base = ours.read()
    if hashlib.sha256(base).hexdigest() != certificate.sha256:
        raise ValidationError(
            "Bản lưu của giấy này không còn khớp mã băm trong sổ. Hãy báo quản trị hệ thống."
        )
    try:
        with inspected_bytes(
            content, "signature", roots=roots(), size=len(base), sha256=certificate.sha256
        ) as found:
            facts = found.facts
    except Unfit as refusal:
        raise ValidationError({"file": refusal.sentence}) from refusal
    is_test = test_authority.NAME in facts["authority"]
    if is_test and not certificate.recognition.product.is_demo:
        raise ValidationError({"file": "Chữ ký thử nghiệm chỉ dùng cho dữ liệu trình diễn."})
    return {**facts, "is_test": is_test}
