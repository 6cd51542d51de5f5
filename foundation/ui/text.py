"""Text as people type it and as searches compare it."""

import re
import unicodedata

# Zero-width marks and control characters that hide in pasted text; tab, line feed and carriage return stay.
HIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u2060\ufeff]")
LETTER_D = str.maketrans("đĐ", "dD")


def tidy(text):
    """Typed text in one form (NFC), without hidden characters."""
    return HIDDEN.sub("", unicodedata.normalize("NFC", text))


def plain(text):
    """Text without accents and in lower case, so that "thanh liem" finds "Thanh Liêm".

    The same result as the database function ``vn_norm``.
    """
    letters = unicodedata.normalize("NFD", text)
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return unicodedata.normalize("NFC", bare).translate(LETTER_D).lower()
