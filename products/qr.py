"""What the QR code of a certificate holds: its address on this portal, and the portal's signature over what it says.

``https://cong.example/giay-chung-nhan/MA/#PAYLOAD.SIGNATURE``. What follows the # never leaves the telephone: the page
needs only the address, and whoever is without a network checks the signature (``tools/check_certificate.py``). The
signature covers the address too, so it fits no other site and no other certificate.
"""

import base64
import binascii
import datetime as dt
from dataclasses import astuple, dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

TAG = "ocop-qr/1"
SEPARATOR = "|"
NAME_BYTES = 60  # of the product's name: a longer one is cut, so that the code stays easy to read
MOMENT = "%Y%m%dT%H%M%SZ"


class NotOurs(ValueError):
    """Not signed by one of these keys in its period, or not in our form; the message says which."""


@dataclass(frozen=True)
class Payload:
    """What is signed, all as text: key, moment of signing (UTC), number, stars, first and last day, product."""

    key: str
    at: str
    number: str
    stars: str
    starts_on: str
    ends_on: str
    product: str

    def text(self):
        """In one line, in this order."""
        return SEPARATOR.join(astuple(self))


def short(name):
    """As much of a name as the code holds, without the separator."""
    return name.replace(SEPARATOR, " ").encode()[:NAME_BYTES].decode(errors="ignore").strip()


def signed(address, payload, key):
    """The text of the code; ``key`` is the private one."""
    signature = key.sign(message(address, payload.text()))
    return f"{address}#{packed(payload.text().encode())}.{packed(signature)}"


def message(address, text):
    """The bytes under the signature."""
    return f"{TAG}\n{address}\n{text}".encode()


def packed(content):
    """Bytes as letters that an address may hold."""
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def unpacked(text):
    """The bytes again."""
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def read(text, keys):
    """Address and Payload of a code that one of these portal keys signed in its period. Raises NotOurs."""
    address, _, rest = text.partition("#")
    try:
        content, signature = (unpacked(part) for part in rest.split("."))
        payload = Payload(*content.decode().split(SEPARATOR))
        at = dt.datetime.strptime(payload.at, MOMENT).replace(tzinfo=dt.UTC)
    except (ValueError, TypeError, binascii.Error) as fault:
        raise NotOurs("không đúng mẫu mã QR của cổng") from fault
    key = next((known for known in keys if known.code == payload.key), None)
    if key is None:
        raise NotOurs("khoá ký không phải của cổng này")
    try:
        public = Ed25519PublicKey.from_public_bytes(base64.b64decode(key.public_key))
        public.verify(signature, message(address, payload.text()))
    except InvalidSignature as fault:
        raise NotOurs("chữ ký không khớp với nội dung") from fault
    if not key.trusts(at):
        raise NotOurs("ký ngoài thời gian khoá được tin")
    return address, payload
