"""Narrowing the public catalogue."""

import re

from django import forms
from django.db.models import F, Q

from foundation import clock
from foundation.areas.models import Area, AreaKind
from foundation.regimes.models import Regime
from foundation.ui.forms import FilterForm
from foundation.ui.text import plain
from products.models.products import VnNorm

WORD = re.compile(r"[a-z0-9]+")
IN_FORCE = "hieu-luc"
STARS = [("", "Tất cả"), ("5", "5 sao"), ("4", "4 sao"), ("3", "3 sao"), (IN_FORCE, "Hạng còn hiệu lực")]
# The database sorts by bytes, so names are compared without marks: Ấm stands beside Am, not after Z.
NAME = (VnNorm(F("name")), "name")


class CatalogueFilter(FilterForm):
    """Search in names of products and producers; group, district and stars."""

    SEARCH_LABEL = "Tên sản phẩm hoặc chủ thể"
    LOOKUPS = {"nhom": "industry"}
    SORTS = {
        "hang": (
            "Hạng sao",
            F("stars").desc(nulls_last=True),
            F("stated__stars").desc(nulls_last=True),
            *NAME,
        ),
        "ten": ("Tên A–Z", *NAME),
        "moi": ("Mới công nhận", F("rated_until").desc(nulls_last=True), *NAME),
    }

    nhom = forms.ChoiceField(label="Nhóm", required=False)
    huyen = forms.ChoiceField(label="Huyện, thị xã, thành phố", required=False)
    sao = forms.ChoiceField(label="Hạng sao", required=False, choices=STARS)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        groups = Regime.objects.industries(clock.today())
        self.fields["nhom"].choices = [("", "Tất cả"), *((code, f"{code}. {name}") for code, name in groups)]
        districts = Area.objects.districts_by_code(clock.today())
        self.fields["huyen"].choices = [("", "Tất cả"), *((unit.code, unit.full_name) for unit in districts)]

    def search(self, queryset, text):
        """All words, in whatever letters they were typed."""
        return queryset.found_by(WORD.findall(plain(text)))

    def narrow_huyen(self, queryset, code):
        """Products of the district or of one of its communes, in whatever period the unit is named."""
        own = Q(area__kind=AreaKind.DISTRICT, area__code=code)
        return queryset.filter(own | Q(area__parent__kind=AreaKind.DISTRICT, area__parent__code=code))

    def narrow_sao(self, queryset, value):
        """Stars in force, or those a source states while none are in force."""
        if value == IN_FORCE:
            return queryset.filter(stars__isnull=False)
        return queryset.filter(Q(stars=value) | Q(stars__isnull=True, stated__stars=value))
