"""Check a certificate without the portal and without a network: Python and the library cryptography are enough.

    python check_certificate.py qr "https://…#…" --keys dau.json
    python check_certificate.py proof chung-minh.json --keys dau.json
    python check_certificate.py heads dau-cu.json dau.json --leaves la.json

``dau.json``: keys and heads as the portal publishes them (/giay-chung-nhan/so/dau.json); keep old copies. ``proof``
checks that the signed head holds every entry of a certificate, ``heads`` that nothing changed between two copies. The
exit code is 0 when everything holds. This file stands alone on purpose; its sums are those of RFC 6962.
"""

import argparse
import base64
import hashlib
import json
import sys
from datetime import datetime
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


class Wrong(Exception):
    """What does not hold, in a sentence."""


def load(path):
    """A JSON file."""
    return json.loads(Path(path).read_text(encoding="utf-8"))


def unpacked(text):
    """Bytes from letters of an address."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def signed(code, signature, message, moment, keys):
    """Stop unless that key signed the message, in its period and before it was stolen."""
    key = next((key for key in keys if key["code"] == code), None)
    if key is None:
        raise Wrong(f"Khoá {code} không có trong danh sách khoá của cổng.")
    try:
        Ed25519PublicKey.from_public_bytes(base64.b64decode(key["public_key"])).verify(signature, message)
    except InvalidSignature as fault:
        raise Wrong("Chữ ký không khớp với nội dung.") from fault
    at, edges = moment.replace("-", "").replace(":", ""), {}
    for name in ("since", "until", "stolen_since"):
        edges[name] = (key[name] or "").replace("-", "").replace(":", "")
    stolen = edges["stolen_since"] and at >= edges["stolen_since"]
    if at < edges["since"] or (edges["until"] and at > edges["until"]) or stolen:
        raise Wrong(f"Ký ngoài thời gian khoá {code} được tin; hãy kiểm tra trên trang của cổng.")


def check_qr(text, published):
    """What the code says, when the portal signed it."""
    address, _, rest = text.partition("#")
    try:
        content, signature = (unpacked(part) for part in rest.split("."))
        said = content.decode()
        code, at, number, stars, starts_on, ends_on, product = said.split("|")
    except ValueError as fault:
        raise Wrong("Đây không phải mã QR giấy chứng nhận của cổng.") from fault
    signed(code, signature, f"ocop-qr/1\n{address}\n{said}".encode(), at, published["keys"])
    if not address.startswith(published["portal"].rstrip("/") + "/"):
        raise Wrong(f"Địa chỉ trong mã không thuộc {published['portal']}.")
    days = [f"{datetime.strptime(day, '%Y%m%d'):%d/%m/%Y}" for day in (starts_on, ends_on)]
    return (
        f"Mã do cổng ký: giấy số {number}, {product}, {stars} sao, từ {days[0]} đến hết ngày {days[1]}. "
        f"Thu hồi hoặc thay giấy chỉ thấy được tại {address}"
    )


def node(left, right):
    """The hash over two others."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def climbs_to(leaf, index, size, neighbours):
    """The root to which a proof leads, or None."""
    last, found = size - 1, leaf
    for neighbour in neighbours:
        if last == 0:
            return None
        if index & 1 or index == last:
            found = node(neighbour, found)
            while index and not index & 1:
                index, last = index >> 1, last >> 1
        else:
            found = node(found, neighbour)
        index, last = index >> 1, last >> 1
    return found if last == 0 else None


def root(leaves):
    """The root over all leaves."""
    if not leaves:
        return hashlib.sha256().digest()
    row = leaves
    while len(row) > 1:
        pairs = [node(row[at], row[at + 1]) for at in range(0, len(row) - 1, 2)]
        row = pairs + row[len(pairs) * 2 :]
    return row[0]


def head_of(published, keys):
    """The signed words of a head."""
    said = json.loads(published["head"])
    signature = base64.b64decode(published["signature"])
    signed(published["key"], signature, published["head"].encode(), said["at"], keys)
    return said


def check_proof(proof, published):
    """Every entry of the certificate that the head holds."""
    if not proof["head"]:
        raise Wrong("Chưa có dấu cuối nào chứa giấy này, hãy thử lại vào ngày mai.")
    head, lines = head_of(proof["head"], published["keys"]), []
    for entry in proof["entries"]:
        said = json.loads(entry["text"])
        what = (
            f"dòng {entry['number']}: {said['happening']} ngày {said['day']}, giấy số {said['certificate']}"
        )
        if entry["path"] is None:
            lines.append(f"{what}: chờ dấu cuối của ngày")
            continue
        leaf = hashlib.sha256(b"\x00" + entry["text"].encode()).digest()
        found = climbs_to(
            leaf, entry["number"], head["size"], [bytes.fromhex(each) for each in entry["path"]]
        )
        if found is None or found.hex() != head["root"]:
            raise Wrong(f"Không có trong dấu cuối ngày {head['day']}: {what}.")
        lines.append(f"{what}: có trong dấu cuối ngày {head['day']}")
    return "\n".join(lines)


def check_heads(old, new, leaves):
    """Every head of both copies is a root of the leaves as they are now, so nothing was rewritten."""
    known = [bytes.fromhex(leaf) for leaf in leaves["leaves"]]
    count = 0
    for published in (*old["heads"], *new["heads"]):
        head = head_of(published, [*new["keys"], *old["keys"]])
        if head["size"] > len(known):
            raise Wrong(f"Sổ thiếu dòng mà dấu cuối ngày {head['day']} đã xác nhận.")
        if root(known[: head["size"]]).hex() != head["root"]:
            raise Wrong(f"Sổ khác với dấu cuối ngày {head['day']}: có hai bản sổ, hoặc sổ đã bị viết lại.")
        count += 1
    return f"{count} dấu cuối khớp với {len(known)} dòng của sổ."


def main(arguments=None):
    """Say how it stands; 0 when everything holds."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ways = parser.add_subparsers(dest="way", required=True)
    for way, first in (("qr", "text"), ("proof", "file")):
        one = ways.add_parser(way)
        one.add_argument(first)
        one.add_argument("--keys", required=True)
    two = ways.add_parser("heads")
    two.add_argument("old")
    two.add_argument("new")
    two.add_argument("--leaves", required=True)
    given = parser.parse_args(arguments)
    try:
        if given.way == "qr":
            said = check_qr(given.text, load(given.keys))
        elif given.way == "proof":
            said = check_proof(load(given.file), load(given.keys))
        else:
            said = check_heads(load(given.old), load(given.new), load(given.leaves))
    except Wrong as wrong:
        print(f"KHÔNG KHỚP: {wrong}")
        return 1
    except (OSError, ValueError, KeyError, TypeError) as fault:
        print(f"Không đọc được: {fault}")
        return 2
    print(said)
    return 0


if __name__ == "__main__":
    sys.exit(main())
