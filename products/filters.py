"""Narrowing the public catalogue."""

import re

from django import forms
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from entities.models import CraftVillage, Entity
from foundation import clock
from foundation.areas.models import Area
from foundation.regimes.models import Regime
from foundation.ui.alphabet import Alphabetical
from foundation.ui.forms import FilterForm
from foundation.ui.text import plain
from products.models import Product
from products.models.products import MOST_FOUND
from products.models.words import MOST_WORDS

WORD = re.compile(r"[a-z0-9]+")
IN_FORCE = "hieu-luc"
EVERY = ("", _("Tất cả"))
STARS = [
    EVERY,
    ("5", _("5 sao")),
    ("4", _("4 sao")),
    ("3", _("3 sao")),
    (IN_FORCE, _("Hạng còn hiệu lực")),
]
BEST = "phu-hop"
NAME = ("alphabet", "name")
BY_STARS = (F("stars").desc(nulls_last=True), F("stated__stars").desc(nulls_last=True), *NAME)


def words_of(text):
    """The words to search for: in lower case, without marks, letters and digits only."""
    return WORD.findall(plain(text))[:MOST_WORDS]


class CatalogueFilter(FilterForm):
    """Search in names of products and producers; group, district, village, producer and stars.

    After ``narrow``: ``nearly`` says that only the second chance found something, ``is_cut`` that there is more than a
    search looks at; ``too_long`` that what was typed was not used.
    """

    SEARCH_LABEL = _("Tên sản phẩm hoặc chủ thể")
    LOOKUPS = {"nhom": "industry", "lang": "village__code", "chuthe": "entity__code"}
    SORTS = {
        BEST: (_("Phù hợp nhất"), *BY_STARS),
        "hang": (_("Hạng sao"), *BY_STARS),
        "ten": (_("Tên A–Z"), *NAME),
        "moi": (_("Mới công nhận"), F("rated_until").desc(nulls_last=True), *NAME),
    }

    nhom = forms.ChoiceField(label=_("Nhóm"), required=False)
    huyen = forms.ChoiceField(label=_("Huyện, thị xã, thành phố"), required=False)
    lang = forms.ChoiceField(label=_("Làng nghề"), required=False)
    sao = forms.ChoiceField(label=_("Hạng sao"), required=False, choices=STARS)
    chuthe = forms.SlugField(label=_("Chủ thể"), required=False, max_length=20, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.nearly = self.is_cut = False
        groups = Regime.objects.industries(clock.today())
        districts = Area.objects.districts_by_code(clock.today())
        villages = CraftVillage.objects.order_by(Alphabetical("name")).values_list("code", "name")
        self.fields["nhom"].choices = [EVERY, *((code, f"{code}. {_(name)}") for code, name in groups)]
        self.fields["huyen"].choices = [EVERY, *((unit.code, unit.full_name) for unit in districts)]
        self.fields["lang"].choices = [EVERY, *villages]

    @property
    def too_long(self):
        """More was typed than a search takes."""
        return "q" in self.errors

    @property
    def producer(self):
        """The producer whose products alone are shown, or None."""
        code = self.chosen.get("chuthe")
        return Entity.objects.known_to_public().filter(code=code).first() if code else None

    def narrow(self, queryset):
        """As every list; with words, the products found and how near they are to what was typed."""
        words = words_of(self.chosen.get("q", ""))
        rows = super().narrow(queryset)
        if "q" not in self.chosen:
            return rows
        keys = rows.first_keys(words)
        if not keys and words:
            keys = rows.near_keys(words)
            self.nearly = bool(keys)
        self.is_cut = len(keys) >= MOST_FOUND
        found = Product.objects.with_stars().for_list().filter(pk__in=keys)
        return (
            found.most_relevant(words, nearly=self.nearly)
            if self.sort == BEST and keys
            else self.ordered(found)
        )

    def search(self, queryset, text):
        """Done in ``narrow``, after the other filters, so that each search looks at a bounded number of rows."""
        return queryset

    def narrow_huyen(self, queryset, code):
        """Products made in the district."""
        return queryset.in_district(code)

    def narrow_sao(self, queryset, value):
        """Stars in force, or those a source states while none are in force."""
        if value == IN_FORCE:
            return queryset.filter(stars__isnull=False)
        return queryset.filter(Q(stars=value) | Q(stars__isnull=True, stated__stars=value))
