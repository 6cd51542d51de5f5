"""Translations without gettext's own tools: a .po file read, a .mo file written. No plurals and no contexts."""

import ast
import struct
from pathlib import Path

MAGIC = 0x950412DE
LINE = '"'


def read_po(path):
    """{msgid: msgstr} of a .po file, the header under ""."""
    found, key, parts = {}, None, {}
    for line in [*Path(path).read_text(encoding="utf-8").splitlines(), ""]:
        word, _, rest = line.partition(" ")
        if word in {"msgid", "msgstr"}:
            key, parts[word] = word, ast.literal_eval(rest)
        elif line.startswith(LINE):
            parts[key] += ast.literal_eval(line)
        elif not line.strip() and "msgid" in parts:
            found[parts["msgid"]] = parts.get("msgstr", "")
            parts = {}
    return found


def mo_bytes(texts):
    """The texts as gettext reads them: untranslated ones are left out, so that the source speaks for them."""
    pairs = sorted((key.encode(), said.encode()) for key, said in texts.items() if said)
    count = len(pairs)
    start = 7 * 4
    at = start + count * 16
    keys, values, body = [], [], b""
    for column, index in ((0, keys), (1, values)):
        for pair in pairs:
            index += [len(pair[column]), at + len(body)]
            body += pair[column] + b"\x00"
    head = struct.pack("<7I", MAGIC, 0, count, start, start + count * 8, 0, 0)
    return head + struct.pack(f"<{count * 4}I", *keys, *values) + body
