"""The signed head: the last link of the chain, with a signature, to be kept outside the database.

Whoever holds an old head can prove that today's trail goes on from it (``manage.py verify_trail --against``): a trail
that was rebuilt as a whole has another hash at that number, and two heads of two histories contradict each other.
"""

import base64
import binascii
import datetime as dt
import json
from dataclasses import asdict, dataclass, fields

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings

from foundation.trail.canonical import GENESIS
from foundation.trail.keys import public_key, signing_key
from foundation.trail.models import Link

VERSION = 1


class HeadRefused(ValueError):
    """A file that is no head signed by one of our keys."""


@dataclass(frozen=True)
class Head:
    """The last link at a moment."""

    version: int
    portal: str
    seq: int
    hash: str
    at: str

    def canonical(self):
        """What is signed: JSON with sorted names, without blanks, in UTF-8."""
        return json.dumps(asdict(self), sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def head_of(seq, hash_):
    """A head that says: now the chain ends with this link."""
    at = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    return Head(version=VERSION, portal=settings.PORTAL_URL, seq=seq, hash=hash_, at=at)


def current():
    """The head of the chain as it stands."""
    last = Link.objects.last_of_chain()
    return head_of(last.seq, bytes(last.hash).hex()) if last else head_of(0, GENESIS.hex())


def signed(head):
    """The head as the text of a file: itself, the signature over its canonical form, the public key."""
    signature = base64.b64encode(signing_key().sign(head.canonical())).decode()
    paper = {"head": asdict(head), "signature": signature, "public_key": public_key()}
    return json.dumps(paper, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def kept(paths, keys):
    """The heads in these files, by name, and a sentence for each file that was refused."""
    known, refused = {}, []
    for path in paths:
        try:
            known[path.name if path.name not in known else str(path)] = read(path.read_bytes(), keys)
        except HeadRefused as refusal:
            refused.append(f"Tệp {path} {refusal}.")
        except OSError as trouble:
            refused.append(f"Không đọc được tệp {path}: {trouble.strerror}.")
    return known, refused


def read(content, keys):
    """The head in a file, when one of these public keys signed it; HeadRefused says why not.

    The key that stands in the file itself proves nothing and is not asked.
    """
    try:
        paper = json.loads(content)
        head = Head(**paper["head"])
        signature = base64.b64decode(paper["signature"], validate=True)
    except (ValueError, TypeError, KeyError, binascii.Error) as fault:
        raise HeadRefused("không phải là tệp dấu cuối của nhật ký") from fault
    if any(type(getattr(head, one.name)) is not one.type for one in fields(Head)) or head.version != VERSION:
        raise HeadRefused("có nội dung không đúng mẫu")
    if not any(is_signed(head, signature, key) for key in keys):
        raise HeadRefused("không mang chữ ký của cổng này")
    return head


def is_signed(head, signature, key):
    """Whether this public key (as text) signed the head."""
    try:
        Ed25519PublicKey.from_public_bytes(base64.b64decode(key)).verify(signature, head.canonical())
    except (InvalidSignature, ValueError):
        return False
    return True


def contradictions(heads, outcome):
    """What speaks against these heads (name → Head), in sentences: each other, then the chain as verified.

    ``outcome.hashes`` must hold the links that the heads name.
    """
    first = {}
    for name, head in sorted(heads.items(), key=lambda item: (item[1].seq, item[1].at, item[0])):
        other, known = first.setdefault(head.seq, (name, head))
        if known.hash != head.hash:
            yield f"{other} và {name} cùng nói về mắt xích {head.seq} nhưng mang hai dấu khác nhau: có hai bản nhật ký."
        found = GENESIS.hex() if head.seq == 0 else outcome.hashes.get(head.seq)
        if found is None:
            yield f"Nhật ký chỉ có {outcome.count} mắt xích, thiếu mắt xích {head.seq} mà {name} đã xác nhận."
        elif found != head.hash:
            yield f"Mắt xích {head.seq} khác với {name} (ký lúc {head.at}): nhật ký đã bị viết lại."
