"""Words of products and their producers, and what a person who types one of them slightly wrong may have meant."""

import string

from django.db import models
from django.db.models import Func

LETTERS = string.ascii_lowercase + string.digits
UNFINISHED_FROM = 2  # letters from which the last word may go on: one letter would begin half the register
CORRECTED_FROM = 3  # letters from which a word is looked at for a typo; a shorter one may turn into any other
MOST_WORDS = 12
MOST_NEAR = 40  # words that one typed word may stand for


class VnWords(Func):
    """The words of a text in lower case without Vietnamese marks, one space between them (vn_words of the database)."""

    function = "vn_words"
    output_field = models.TextField()


def one_edit(word):
    """Every text that one slip of a finger makes of the word: a letter lost, doubled, wrong, or two exchanged."""
    halves = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    lost = {left + right[1:] for left, right in halves if right}
    exchanged = {left + right[1] + right[0] + right[2:] for left, right in halves if len(right) > 1}
    wrong = {left + letter + right[1:] for left, right in halves if right for letter in LETTERS}
    more = {left + letter + right for left, right in halves for letter in LETTERS}
    return (lost | exchanged | wrong | more) - {word, ""}


def run_together(word):
    """The two words that a forgotten space leaves in one, at every place."""
    return [(word[:at], word[at:]) for at in range(1, len(word))]


class WordQuerySet(models.QuerySet):
    def among(self, texts):
        """Those of the texts that are words of the register."""
        return set(self.filter(pk__in=texts).values_list("pk", flat=True))


class Word(models.Model):
    """A word without marks that stands in the name of some product or its producer.

    Triggers of the database add words as names are written (migration search_words). A word stays when its last product
    goes: it then finds nothing, which harms nobody.
    """

    text = models.CharField("từ", max_length=200, primary_key=True)

    objects = WordQuerySet.as_manager()

    class Meta:
        verbose_name = "từ để tìm"
        verbose_name_plural = "từ để tìm"

    def __str__(self):
        return self.text


def query_of(words):
    """All of the words as a tsquery; a last word that the register does not know is taken for the beginning of one.

    Words are letters and digits only.
    """
    last = words[-1] if words else ""
    unfinished = len(last) >= UNFINISHED_FROM and not Word.objects.among([last])
    return " & ".join(words) + (":*" if unfinished else "")


def forgiving_query(words):
    """The tsquery of what may have been meant, or "" when nothing is near.

    Words that nobody uses are each replaced by those one edit away; when all are used, one of them at a time.
    """
    near, known = neighbours(words)
    unknown = [at for at in range(len(words)) if not known[at]]
    if unknown:
        if not all(near[at] for at in unknown):
            return ""
        return together(words, {at: near[at] for at in unknown})
    ways = [together(words, {at: near[at]}) for at in range(len(words)) if near[at]]
    return " | ".join(f"({way})" for way in ways)


def together(words, replaced):
    """All of the words, those at some places replaced by one of several."""
    parts = [f"({' | '.join(replaced[at])})" if at in replaced else word for at, word in enumerate(words)]
    return " & ".join(parts)


def neighbours(words):
    """For each typed word: which words of the register, or pairs of them, are one edit away; is it one itself."""
    edits = [one_edit(word) if len(word) >= CORRECTED_FROM else set() for word in words]
    pairs = [run_together(word) for word in words]
    asked = set(words).union(*edits, *(part for made in pairs for part in made))
    used = Word.objects.among(asked)
    near = []
    for made, split in zip(edits, pairs, strict=True):
        single = sorted(made & used)[:MOST_NEAR]
        near.append(single + [f"({a} & {b})" for a, b in split if a in used and b in used])
    return near, [word in used for word in words]
