"""Which producers may be one and the same."""

from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.postgres.search import TrigramSimilarity
from django.db import models
from django.db.models import Count, Exists, Func, OuterRef, Q, Value

from foundation.ui.text import plain

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
        others = among.exclude(status="merged")
        same = {
            "same_tax": (others.exclude(tax_code=""), ("tax_code",)),
            "same_phone": (others.exclude(phone=""), ("phone",)),
            "same_name": (others, ("plain", "area")),
        }
        found, marks = Q(), {}
        for mark, (rows, keys) in same.items():
            found |= Q(pk__in=in_groups(rows, keys))
            twin = rows.filter(**{key: OuterRef(key) for key in keys}).exclude(pk=OuterRef("pk"))
            marks[mark] = Exists(twin)
        return self.exclude(status="merged").filter(found).annotate(**marks).order_by("plain", "pk")


class Unnest(Func):
    """The elements of an array as rows."""

    function, set_returning = "unnest", True
    output_field = models.BigIntegerField()


def in_groups(rows, keys):
    """The rows of which two or more agree in these columns. One grouping of the table, however many rows it has: a
    question for each row whether it has a twin grows with the page's whole scope.
    """
    groups = rows.order_by().values(*keys).annotate(size=Count("pk"), member=Unnest(ArrayAgg("pk")))
    return groups.filter(size__gt=1).values("member")
