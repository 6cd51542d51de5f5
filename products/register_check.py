"""Whether the register of certificates is whole: every leaf that of its text, no gap, every signed head its root."""

import base64
import datetime as dt
import json

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from foundation.trail.keys import PortalKey
from foundation.trail.merkle import Growing
from products.models import RegisterEntry, RegisterHead


def faults(kept=()):
    """What is wrong, in sentences. ``kept``: heads as the portal published them, from outside (T112, T113)."""
    found, roots, tree = [], {0: Growing().root().hex()}, Growing()
    for expected, entry in enumerate(RegisterEntry.objects.order_by("number").iterator(chunk_size=2_000)):
        if entry.number != expected:
            found.append(f"Sổ thiếu dòng {expected}.")
            break
        if bytes(entry.leaf) != entry.expected_leaf:
            found.append(f"Dòng {entry.number} không khớp lá đã băm: nội dung đã bị sửa.")
        tree.add(bytes(entry.leaf))
        roots[expected + 1] = tree.root().hex()
    keys = {key.code: key for key in PortalKey.objects.all()}
    for head in [*(row.published for row in RegisterHead.objects.select_related("key")), *kept]:
        found.extend(wrong_with(head, roots, keys))
    return found


def wrong_with(head, roots, keys):
    """What speaks against one published head: its signature, its key's period, the register as it stands."""
    try:
        said = json.loads(head["head"])
        size, root, day = said["size"], said["root"], said["day"]
        at = dt.datetime.strptime(said["at"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=dt.UTC)
        key = keys[head["key"]]
        public = Ed25519PublicKey.from_public_bytes(base64.b64decode(key.public_key))
        public.verify(base64.b64decode(head["signature"]), head["head"].encode())
    except InvalidSignature:
        yield f"Dấu cuối ngày {day} mang chữ ký không khớp."
        return
    except (ValueError, KeyError, TypeError):
        yield "Có dấu cuối không đúng mẫu hoặc không do cổng này ký."
        return
    if not key.trusts(at):
        yield f"Dấu cuối ngày {day} được ký ngoài thời gian khoá {key.code} được tin."
    if size not in roots:
        yield f"Sổ chỉ có {len(roots) - 1} dòng, thiếu dòng mà dấu cuối ngày {day} đã xác nhận ({size} dòng)."
    elif roots[size] != root:
        yield f"Sổ khác với dấu cuối ngày {day}: {size} dòng đầu đã bị viết lại."
