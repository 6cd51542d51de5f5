"""Which producers may be one and the same."""

from django.contrib.postgres.search import TrigramSimilarity
from django.db import models
from django.db.models import Exists, OuterRef, Q, Value

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
        others = among.exclude(status="merged").exclude(pk=OuterRef("pk"))
        tax = others.filter(tax_code=OuterRef("tax_code")).exclude(tax_code="")
        phone = others.filter(phone=OuterRef("phone")).exclude(phone="")
        name = others.filter(plain=OuterRef("plain"), area=OuterRef("area"))
        rows = self.exclude(status="merged").annotate(
            same_tax=Exists(tax), same_phone=Exists(phone), same_name=Exists(name)
        )
        return rows.filter(Q(same_tax=True) | Q(same_phone=True) | Q(same_name=True)).order_by("plain", "pk")
