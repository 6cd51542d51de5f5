"""Narrowing the lists of producers, channels, strengthening and craft villages."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from entities import kinds
from entities.models import EntityKind, EntityStatus, VillageStatus
from foundation import clock
from foundation.areas.models import Area
from foundation.ui.alphabet import Alphabetical
from foundation.ui.forms import FilterForm
from foundation.ui.text import plain

EVERY = ("", _("Tất cả"))
RUNNING, OVER, MODERN = "dang", "het", "hien-dai"


class ChannelFilter(FilterForm):
    """Search in producers and partners; kind, modern or not, running or ended."""

    SEARCH = ("partner__unaccent", "entity__name__unaccent", "contract__unaccent")
    SEARCH_LABEL = "Chủ thể, nơi bán hoặc số hợp đồng"
    SORTS = {
        "moi": ("Mới nhất", "-since"),
        "chu-the": ("Chủ thể", "entity__alphabet"),
        "noi-ban": ("Nơi bán", Alphabetical("partner")),
    }

    loai = forms.ChoiceField(label="Loại kênh", required=False)
    tinh_trang = forms.ChoiceField(
        label="Tình trạng",
        required=False,
        choices=[EVERY, (RUNNING, "Đang hoạt động"), (OVER, "Đã kết thúc")],
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["loai"].choices = [EVERY, (MODERN, "Mọi kênh hiện đại"), *kinds.channels()]

    def narrow_loai(self, queryset, value):
        """One kind, or all modern ones."""
        return queryset.modern() if value == MODERN else queryset.filter(kind=value)

    def narrow_tinh_trang(self, queryset, value):
        """Running today, or ended before."""
        return queryset.open_on() if value == RUNNING else queryset.filter(until__lt=clock.today())


class StrengtheningFilter(FilterForm):
    """Search in producers and results; kind and year."""

    SEARCH = ("entity__name__unaccent", "note__unaccent")
    SEARCH_LABEL = "Chủ thể hoặc kết quả"
    LOOKUPS = {"loai": "kind", "nam": "day__year"}
    SORTS = {"moi": ("Mới nhất", "-day"), "chu-the": ("Chủ thể", "entity__alphabet")}

    loai = forms.ChoiceField(label="Nội dung", required=False)
    nam = forms.IntegerField(label="Năm", required=False, min_value=1, max_value=9998)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["loai"].choices = [EVERY, *kinds.strengthening()]


class VillageFilter(FilterForm):
    """Search in names and crafts; kind and district."""

    SEARCH = ("name__unaccent", "craft__unaccent", "hamlet__unaccent", "area__full_name__unaccent")
    SEARCH_LABEL = _("Tên làng, nghề hoặc xã")
    LOOKUPS = {"loai": "kind"}

    loai = forms.ChoiceField(label=_("Loại"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["loai"].choices = [EVERY, *((code, _(name)) for code, name in kinds.villages())]


class VillageBookFilter(VillageFilter):
    """What officers narrow by besides: recognition and district."""

    LOOKUPS = {"loai": "kind", "cong_nhan": "status"}
    SORTS = {
        "ten": ("Tên làng", Alphabetical("name")),
        "nghe": ("Nghề", Alphabetical("craft"), Alphabetical("name")),
        "moi": ("Mới công nhận", "-decided_on", Alphabetical("name")),
    }

    cong_nhan = forms.ChoiceField(label="Công nhận", required=False, choices=[EVERY, *VillageStatus.choices])
    huyen = forms.ChoiceField(label="Huyện, thị xã, thành phố", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        districts = Area.objects.districts_by_code(clock.today())
        self.fields["huyen"].choices = [EVERY, *((unit.code, unit.full_name) for unit in districts)]

    def narrow_huyen(self, queryset, code):
        """Villages in a commune of the district."""
        return queryset.filter(area__parent__kind="district", area__parent__code=code)


class ProducerFilter(FilterForm):
    """Search in names, codes and phones; kind, status and district."""

    SEARCH_LABEL = "Tên, mã số thuế hoặc điện thoại"
    LOOKUPS = {"loai": "kind", "tinh_trang": "status"}
    SORTS = {"ten": ("Tên A–Z", "alphabet"), "moi": ("Mới nhất", "-pk")}

    loai = forms.ChoiceField(label="Loại hình", required=False, choices=[EVERY, *EntityKind.choices])
    tinh_trang = forms.ChoiceField(
        label="Tình trạng",
        required=False,
        choices=[EVERY, *(pair for pair in EntityStatus.choices if pair[0] != EntityStatus.MERGED)],
    )
    huyen = forms.ChoiceField(label="Huyện, thị xã, thành phố", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        districts = Area.objects.districts_by_code(clock.today())
        self.fields["huyen"].choices = [EVERY, *((unit.code, unit.full_name) for unit in districts)]

    def search(self, queryset, text):
        """All words in the name without accents; or a number that is the tax code's or the phone's beginning."""
        found = Q()
        for word in plain(text).split():
            found &= Q(plain__contains=word)
        return queryset.filter(found | Q(tax_code__startswith=text) | Q(phone__startswith=text))

    def narrow_huyen(self, queryset, code):
        """Producers of the district or of one of its communes, in whatever period the unit is named."""
        own = Q(area__kind="district", area__code=code)
        return queryset.filter(own | Q(area__parent__kind="district", area__parent__code=code))
