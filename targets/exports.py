"""The rows behind a figure as a sheet."""

from foundation.ui.exports import Sheet
from targets.producers import reasons

SECTIONS = {
    "added": "Cộng thêm",
    "unsure": "Có thể đã gồm trong số đầu kỳ",
    "ended": "Kết thúc",
    "included": "Đã gồm trong số đầu kỳ",
}
HEADER = (
    "Mục",
    "Sản phẩm",
    "Chủ thể",
    "Địa bàn",
    "Hạng sao",
    "Quyết định",
    "Từ ngày",
    "Đến hết ngày",
    "Trình diễn",
)


def listing_sheet(name, title, figure, listing):
    """What the figure is made of: the balance in the first row, then every record by section."""
    return Sheet(name=name, header=HEADER, rows=_rows(figure, listing), title=f"{title}: {figure.text}")


def _rows(figure, listing):
    if balance := figure.balance:
        yield (
            "Số liệu đầu kỳ",
            f"{balance.day:%d/%m/%Y}: {balance.text}",
            balance.note,
            "",
            None,
            "",
            None,
            None,
            None,
        )
    for section, label in SECTIONS.items():
        for rating in getattr(listing, section):
            yield (label, *_rating(rating))
    for product in listing.stated:
        yield ("Nguồn nêu tên", *_product(product), product.stated.stars, "", None, None, product.is_demo)


def _rating(rating):
    return (
        *_product(rating.product),
        rating.stars,
        str(rating.decision),
        rating.starts_on,
        rating.revoked_on or rating.ends_on,
        rating.product.is_demo,
    )


def _product(product):
    return product.name, str(product.entity or ""), product.area.place if product.area else ""


def producer_sheet(name, title, rows, newcomers):
    """The producers behind a figure, with what made them count."""
    header = ("Chủ thể", "Loại hình", "Địa bàn", "Phát triển mới, củng cố", "Kênh hiện đại", "Trình diễn")
    cells = (
        (
            row.name,
            row.get_kind_display(),
            row.area.place,
            reasons(row, newcomers),
            "; ".join(str(channel) for channel in row.sold),
            row.is_demo,
        )
        for row in rows
    )
    return Sheet(name=name, header=header, rows=cells, title=title)
