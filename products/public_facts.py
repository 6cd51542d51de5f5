"""What the open data say of products, producers and villages: what their public pages say, and nothing more."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import override

from foundation.areas.models import AreaKind
from foundation.ui.languages import ENGLISH
from products.models import Certificate
from products.structured import absolute, photo_address

LICENCE = {
    "name": "CC BY 4.0",
    "title": "Creative Commons Attribution 4.0 International",
    "url": "https://creativecommons.org/licenses/by/4.0/",
}


def both(name, translate):
    """A name of the law in Vietnamese and in English (our own translation)."""
    with override(ENGLISH):
        english = translate(name)
    return {"name": name, "name_en": english if english != name else None}


def unit(area):
    """Code and name of a unit, or None."""
    return {"code": area.code, "name": area.full_name} if area else None


def place(area):
    """The units in which something lies, as far as they are known."""
    found = {kind.value: None for kind in AreaKind}
    while area:
        found[area.kind] = unit(area)
        area = area.parent
    return found


def certificate(rating):
    """The certificate's number and where to check it."""
    paper = getattr(rating, "certificate", None)
    if not isinstance(paper, Certificate):
        return None
    return {
        "number": paper.number,
        "issued_on": paper.issued_on.isoformat(),
        "url": absolute(paper.get_absolute_url()),
    }


def standing(product):
    """The stars in force with the decision that gives them, or None."""
    rating = next(iter(product.papers), None)
    if rating is None:
        return None
    return {
        "stars": rating.stars,
        "starts_on": rating.starts_on.isoformat(),
        "ends_on": rating.ends_on.isoformat(),
        "decision": rating.decision.number,
        "decided_on": rating.decision.day.isoformat(),
        "issuer": rating.decision.issuer,
        "certificate": certificate(rating),
    }


def stated(product):
    """What a source says while no decision was seen, or None."""
    row = getattr(product, "stated", None)
    return {"standing": row.standing, "stars": row.stars, "year": row.year} if row else None


def producer_facts(entity):
    """A producer; contact and people are never part of it."""
    page = reverse("entities:producer_public", args=[entity.code]) if entity.has_public_page else ""
    return {
        "code": entity.code,
        "name": entity.name,
        "kind": entity.kind,
        "url": absolute(page) if page else None,
        "place": place(entity.area),
        "is_demo": entity.is_demo,
    }


def village_facts(village):
    """A craft village."""
    return {
        "code": village.code,
        "name": village.name,
        "craft": village.craft,
        "kind": village.kind or None,
        "recognised_year": village.recognised_year,
        "url": absolute(village.get_absolute_url()),
        "place": place(village.area),
        "is_demo": village.is_demo,
    }


def product_facts(product):
    """A product of the catalogue (rows of ``for_open_data``)."""
    maker, village = product.entity, product.village
    return {
        "code": product.code,
        "name": product.name,
        "url": absolute(product.get_absolute_url()),
        "group": product.industry,
        "set": product.set_code or None,
        "description": product.description or None,
        "photo": photo_address(product) or None,
        "represents": product.represents,
        "rating": standing(product),
        "stated": None if product.papers else stated(product),
        "producer": {"code": maker.code, "name": maker.name, "kind": maker.kind} if maker else None,
        "village": {"code": village.code, "name": village.name} if village else None,
        "place": place(product.area),
        "is_demo": product.is_demo,
    }


@dataclass(frozen=True)
class Column:
    """A column of the CSV: its head, and the path to its value in the facts of a product."""

    head: str
    path: tuple

    def value(self, facts):
        """The value, or nothing where a part of the path is unknown."""
        for step in self.path:
            facts = facts.get(step) if facts else None
        return facts


COLUMNS = [
    Column(head, tuple(path.split(".")))
    for head, path in (
        ("ma", "code"), ("ten", "name"), ("dia_chi_trang", "url"), ("nhom", "group"), ("bo_san_pham", "set"),
        ("hang_sao", "rating.stars"), ("tu_ngay", "rating.starts_on"), ("den_ngay", "rating.ends_on"),
        ("quyet_dinh", "rating.decision"), ("ngay_quyet_dinh", "rating.decided_on"),
        ("co_quan", "rating.issuer"), ("so_giay_chung_nhan", "rating.certificate.number"),
        ("sao_theo_nguon", "stated.stars"), ("nam_theo_nguon", "stated.year"),
        ("ma_chu_the", "producer.code"), ("chu_the", "producer.name"), ("loai_chu_the", "producer.kind"),
        ("lang_nghe", "village.name"), ("ma_xa", "place.commune.code"), ("xa", "place.commune.name"),
        ("ma_huyen", "place.district.code"), ("huyen", "place.district.name"), ("tinh", "place.province.name"),
        ("so_san_pham_dai_dien", "represents"), ("du_lieu_trinh_dien", "is_demo"),
    )
]  # fmt: skip

STATES = {
    "valid": "Còn hiệu lực",
    "not_yet": "Chưa có hiệu lực",
    "expired": "Hết hiệu lực",
    "revoked": "Đã thu hồi",
}


def ptnt_row(rating, day):
    """A row of the ministry's table PTNT_OCOP (Quyết định 5277/QĐ-BNNMT, as second-hand sources describe it).

    ``DoanhThuNam`` is always empty: a producer's revenue is not public.
    """
    product, dossier = rating.product, rating.dossier
    code = (dossier.product_code if dossier else "") or ""
    return {
        "MA_OCOP": f"{product.code}-{rating.starts_on:%Y%m%d}",
        "Ma_DonViHanhChinh": product.area.code if product.area else None,
        "Ma_ThoiGian": str(rating.year),
        "Ma_SanPham": code or product.code,
        "TenSanPham": product.name,
        "XepHang": f"{rating.stars}*",
        "ChuTheSXKD": product.entity.name if product.entity else None,
        "DoanhThuNam": None,
        "TrangThai": STATES[rating.state_on(day)],
    }
