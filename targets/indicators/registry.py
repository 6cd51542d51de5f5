"""Every indicator once: code, unit, kind, definition, source, and the one function that measures it."""

from collections.abc import Callable
from dataclasses import dataclass

from targets import producers
from targets.indicators import kept, products, support
from targets.models import Indicator, Kind, Unit

PLAN = "Kế hoạch OCOP năm 2024 của tỉnh (S00)"
DECISIONS = "Quyết định công nhận và thu hồi ghi trong cổng"
BALANCED = f"{PLAN}; {DECISIONS}; số liệu đầu kỳ có nguồn"
OFFICE = "Báo cáo công khai của các tỉnh về Chương trình OCOP"


@dataclass(frozen=True)
class Definition:
    """One indicator. ``measure`` takes the books, the key of a unit, and a part (stars, or a kind of producer)."""

    indicator: Indicator
    unit: Unit
    kind: Kind
    definition: str
    source: str
    measure: Callable

    @property
    def code(self):
        """The word for it in files and commands."""
        return self.indicator.value

    @property
    def label(self):
        """Its name for people."""
        return self.indicator.label


def _row(indicator, unit, kind, measure, source, definition):
    return Definition(indicator, unit, kind, definition, source, measure)


FLOW, STOCK, SHARE = Kind.FLOW, Kind.STOCK, Kind.SHARE
_I, _U = Indicator, Unit
TABLE = (
    _row(
        _I.NEW_PRODUCTS, _U.PRODUCTS, FLOW, products.new_products, f"{PLAN}; {DECISIONS}",
        "Sản phẩm lần đầu được công nhận từ 3 sao trong năm và còn hiệu lực tại ngày.",
    ),
    _row(
        _I.TOTAL_PRODUCTS, _U.PRODUCTS, STOCK, products.total_products, BALANCED,
        "Sản phẩm từ 3 sao còn hiệu lực tại ngày: số đầu kỳ gần nhất, cộng phần bắt đầu, trừ phần kết thúc sau đó.",
    ),
    _row(
        _I.KEPT_PRODUCTS_PCT, _U.PERCENT, SHARE, kept.kept_products, f"{PLAN}; sự kiện của sản phẩm do cán bộ ghi",
        "Phần sản phẩm đã công nhận được duy trì, củng cố, nâng hạng; tử số và mẫu số do kế hoạch từng năm định nghĩa.",
    ),
    _row(
        _I.ENTITIES, _U.ENTITIES, FLOW, producers.developed, f"{PLAN}; hồ sơ chủ thể",
        "Chủ thể lần đầu tham gia hoặc được củng cố trong năm; mỗi chủ thể tính một lần.",
    ),
    _row(
        _I.MODERN_CHANNELS_PCT, _U.PERCENT, SHARE, producers.modern, f"{PLAN}; kênh bán hàng do chủ thể khai",
        "Phần chủ thể đang tham gia có ít nhất một kênh bán hàng hiện đại đang chạy tại ngày.",
    ),
    _row(
        _I.NEW_VILLAGES, _U.VILLAGES, FLOW, products.new_villages, f"{PLAN}; {DECISIONS}",
        "Làng nghề có sản phẩm đầu tiên từ 3 sao trong năm.",
    ),
    _row(
        _I.TOTAL_VILLAGES, _U.VILLAGES, STOCK, products.total_villages, BALANCED,
        "Làng nghề có ít nhất một sản phẩm từ 3 sao còn hiệu lực tại ngày.",
    ),
    _row(
        _I.EXPIRED_PRODUCTS, _U.PRODUCTS, FLOW, products.expired_products, DECISIONS,
        "Sản phẩm hết thời hạn công nhận trong năm mà không có hạng nào nối tiếp.",
    ),
    _row(
        _I.REEVALUATED_PRODUCTS, _U.PRODUCTS, FLOW, products.reevaluated_products, DECISIONS,
        "Sản phẩm đã từng được công nhận và được công nhận lại trong năm, cùng hạng hay khác hạng.",
    ),
    _row(
        _I.REVOKED_PRODUCTS, _U.PRODUCTS, FLOW, products.revoked_products, DECISIONS,
        "Sản phẩm bị thu hồi công nhận trong năm.",
    ),
    _row(
        _I.WOMEN_LED, _U.MAKERS, STOCK, support.women_led, f"{OFFICE}; hồ sơ chủ thể",
        "Chủ thể đang tham gia tại ngày có người đại diện theo pháp luật là nữ.",
    ),
    _row(
        _I.PRODUCT_REVENUE, _U.MILLIONS, FLOW, support.product_revenue,
        "Bảng PTNT_OCOP (QĐ 5277/QĐ-BNNMT); khai báo hằng năm",
        "Tổng doanh thu sản phẩm đã công nhận theo khai báo của chủ thể cho năm liền trước năm của ngày xem.",
    ),
    _row(
        _I.EVENTS, _U.EVENTS, FLOW, support.flow_of(support.events_of), f"{OFFICE}; lịch sự kiện",
        "Sự kiện xúc tiến bắt đầu trong năm mà tỉnh tổ chức hoặc tham gia; của huyện, xã: có sản phẩm của địa bàn.",
    ),
    _row(
        _I.PARTICIPATIONS, _U.TURNS, FLOW, support.flow_of(support.participations_of), f"{OFFICE}; lịch sự kiện",
        "Lượt sản phẩm có mặt ở các sự kiện bắt đầu trong năm.",
    ),
    _row(
        _I.FIELD_VISITS, _U.VISITS, FLOW, support.flow_of(support.visits_of), "Sổ hỗ trợ tại thực địa",
        "Chuyến hỗ trợ đã thực hiện trong năm.",
    ),
    _row(
        _I.IDEAS, _U.IDEAS, FLOW, support.flow_of(support.ideas_of), "Phiếu đăng ký ý tưởng trong cổng",
        "Ý tưởng đã gửi trong năm: bước đầu của đường từ ý tưởng tới hạng sao.",
    ),
    _row(
        _I.DOSSIERS, _U.DOSSIERS, FLOW, support.flow_of(support.sent_dossiers), "Hồ sơ trong cổng",
        "Hồ sơ đánh giá của năm đã nộp.",
    ),
    _row(
        _I.ACCEPTED_DOSSIERS, _U.DOSSIERS, FLOW, support.flow_of(support.taken_dossiers), "Hồ sơ trong cổng",
        "Hồ sơ đánh giá của năm đã được tiếp nhận.",
    ),
)  # fmt: skip
REGISTRY = {row.indicator: row for row in TABLE}
MEASURES = {row.indicator: row.measure for row in TABLE}
MISSING = {Indicator.KEPT_PRODUCTS_PCT: kept.MISSING, **producers.MISSING}
OF_PRODUCERS = frozenset({*producers.MEASURES, Indicator.WOMEN_LED})
HAPPENINGS = frozenset(
    {
        Indicator.PRODUCT_REVENUE,
        Indicator.EVENTS,
        Indicator.PARTICIPATIONS,
        Indicator.FIELD_VISITS,
        Indicator.IDEAS,
        Indicator.DOSSIERS,
        Indicator.ACCEPTED_DOSSIERS,
    }
)
