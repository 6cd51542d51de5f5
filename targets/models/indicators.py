"""What targets measure: the indicators, their units, how they add up."""

from django.db import models


class Indicator(models.TextChoices):
    """What a target measures."""

    NEW_PRODUCTS = "new_products", "Sản phẩm mới đạt từ 3 sao"
    TOTAL_PRODUCTS = "total_products", "Tổng số sản phẩm từ 3 sao"
    KEPT_PRODUCTS_PCT = "kept_products_pct", "Sản phẩm đã công nhận được duy trì, củng cố, nâng hạng"
    ENTITIES = "entities", "Tổ chức kinh tế phát triển mới và củng cố"
    MODERN_CHANNELS_PCT = "modern_channels_pct", "Chủ thể tham gia kênh bán hàng hiện đại"
    NEW_VILLAGES = "new_villages", "Làng nghề mới có sản phẩm từ 3 sao"
    TOTAL_VILLAGES = "total_villages", "Tổng số làng nghề có sản phẩm từ 3 sao"
    EXPIRED_PRODUCTS = "expired_products", "Sản phẩm hết hạn công nhận"
    REEVALUATED_PRODUCTS = "reevaluated_products", "Sản phẩm được đánh giá lại"
    REVOKED_PRODUCTS = "revoked_products", "Sản phẩm bị thu hồi công nhận"
    WOMEN_LED = "women_led", "Chủ thể do nữ đại diện"
    PRODUCT_REVENUE = "product_revenue", "Doanh thu sản phẩm đã công nhận"
    EVENTS = "events", "Sự kiện xúc tiến thương mại"
    PARTICIPATIONS = "participations", "Lượt sản phẩm tham gia sự kiện"
    FIELD_VISITS = "field_visits", "Chuyến hỗ trợ tại thực địa"
    IDEAS = "ideas", "Ý tưởng đã gửi"
    DOSSIERS = "dossiers", "Hồ sơ đã nộp"
    ACCEPTED_DOSSIERS = "accepted_dossiers", "Hồ sơ đã được tiếp nhận"

    @property
    def slug(self):
        """The word for it in addresses."""
        return INDICATOR_SLUGS[self.value]


INDICATOR_SLUGS = {
    "new_products": "san-pham-moi",
    "total_products": "tong-san-pham",
    "kept_products_pct": "duy-tri",
    "entities": "chu-the",
    "modern_channels_pct": "kenh-hien-dai",
    "new_villages": "lang-nghe-moi",
    "total_villages": "tong-lang-nghe",
    "expired_products": "het-han",
    "reevaluated_products": "danh-gia-lai",
    "revoked_products": "thu-hoi",
    "women_led": "chu-the-nu",
    "product_revenue": "doanh-thu",
    "events": "su-kien",
    "participations": "luot-tham-gia",
    "field_visits": "ho-tro-thuc-dia",
    "ideas": "y-tuong",
    "dossiers": "ho-so",
    "accepted_dossiers": "ho-so-tiep-nhan",
}


class Unit(models.TextChoices):
    """What a figure counts."""

    PRODUCTS = "products", "sản phẩm"
    ENTITIES = "entities", "chủ thể"  # newly developed or strengthened in the year of the figure's day
    MAKERS = "makers", "chủ thể đang tham gia"
    MODERN = "modern", "chủ thể trong kênh hiện đại"
    VILLAGES = "villages", "làng nghề"
    PERCENT = "percent", "%"
    MILLIONS = "millions", "triệu đồng"
    EVENTS = "events", "sự kiện"
    TURNS = "turns", "lượt"
    VISITS = "visits", "chuyến"
    IDEAS = "ideas", "ý tưởng"
    DOSSIERS = "dossiers", "hồ sơ"


class Kind(models.TextChoices):
    """How a figure is added up: what happened since 1 January, what stands on the day, or a part of a whole."""

    FLOW = "flow", "cộng dồn từ đầu năm"
    STOCK = "stock", "có tại ngày"
    SHARE = "share", "tỷ lệ tại ngày"
