"""The Vietnamese alphabet: a ă â b c d đ e ê … o ô ơ … u ư …, then the tones: ngang, huyền, hỏi, ngã, sắc, nặng.

The database compares by bytes, which would put Đ, Ă and every tone after Z. Names are sorted by a key instead, made by
the database function ``vn_order`` (in every PostgreSQL, indexes never go stale) and here, the same.
"""

import unicodedata

from django.db import models

TONES = "\u0300\u0309\u0303\u0301\u0323"
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789đ"
SIGNS = "\u0306\u0302\u031b"  # ă; â ê ô; ơ ư
TO_LETTERS = str.maketrans(dict(zip(SIGNS, "{|}", strict=True)) | {"đ": "d{"} | dict.fromkeys(TONES, ""))
TO_TONES = str.maketrans(dict(zip(TONES, "12345", strict=True)) | dict.fromkeys(LETTERS + SIGNS, ""))


class Alphabetical(models.Func):
    """The key by which a column of names is sorted."""

    function = "vn_order"
    template = '(%(function)s(%(expressions)s) collate "C")'
    output_field = models.TextField(db_collation="C")


def alphabetical(text):
    """The same key for names in memory: ``sorted(names, key=alphabetical)``.

    Letters first; where they are all equal the tones of each word, wherever in the word they are written.
    """
    low = unicodedata.normalize("NFD", text).lower()
    return f"{low.translate(TO_LETTERS)}\x01{low.translate(TO_TONES)}"
