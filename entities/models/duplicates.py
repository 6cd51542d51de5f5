"""Which producers may be one and the same."""

from django.contrib.postgres.search import TrigramSimilarity
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat
from django.db.models.lookups import In

from foundation.ui.text import plain

TEXT = models.TextField()
ALIKE = 0.55  # names of which the trigrams agree so far are shown to officers; they judge


class Duplicates(models.QuerySet):
    """Questions about likeness; scope is the caller's."""

    def like(self, *, name, tax_code="", phone="", besides=None):
        """Producers that may be this one, the likeliest first: same tax code or phone, or a name much alike."""
        alike = Q(plain__trigram_similar=plain(name), likeness__gte=ALIKE)
        if tax_code:
            alike |= Q(tax_code=tax_code)
        if phone:
            alike |= Q(phone=phone)
        rows = self.annotate(likeness=TrigramSimilarity("plain", Value(plain(name)))).filter(alike)
        return (
            rows.exclude(pk=besides.pk if besides else None)
            .exclude(status="merged")
            .order_by("-likeness", "pk")
        )

    def suspected(self, among):
        """Producers of which another one of ``among`` has the tax code, the phone, or the name in the same commune.

        Give what the person may see: whether a producer out of sight has the same phone is nobody's business.
        """
        found = Q()
        for kin, keys in kinships(among).values():
            found |= Q(in_groups(kin, keys))
        return self.exclude(status="merged").filter(found).order_by("plain", "pk")

    def with_kinship(self, among):
        """Each row with what another one of ``among`` shares with it: same_tax, same_phone, same_name.

        Asks for each row, so give the rows of one page.
        """
        marks = {}
        for mark, (kin, keys) in kinships(among).items():
            twins = kin.filter(**{key: OuterRef(key) for key in keys}).exclude(pk=OuterRef("pk"))
            marks[mark] = Exists(twins)
        return self.annotate(**marks)


def kinships(among):
    """By which columns two producers may be one, and among which of ``among`` that says something."""
    others = among.exclude(status="merged")
    return {
        "same_tax": (others.exclude(tax_code=""), ("tax_code",)),
        "same_phone": (others.exclude(phone=""), ("phone",)),
        "same_name": (others, ("plain", "area")),
    }


def in_groups(rows, keys):
    """Whether two or more of ``rows`` agree with a row in these columns.

    One grouping of all of them is cheaper than to ask for each row whether it has a twin (``make bench``).
    """
    words = [word for key in keys for word in (Cast(key, TEXT), Value("/"))]
    key = Concat(*words, output_field=TEXT)
    groups = rows.order_by().values(key=key).annotate(size=Count("pk")).filter(size__gt=1)
    return In(key, groups.values("key"))
