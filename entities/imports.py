"""What comes from workbooks: producers and craft villages. A new column is a line among columns and one among facts."""

from accounts.imports import Column, Importer, compare
from accounts.models import Role
from entities import kinds
from entities.books import Book, BookSession, Fact
from entities.channel_books import ChannelSession
from entities.models import CraftVillage, Entity, EntityKind, SalesChannel
from entities.producer_books import ProducerBook, phone_of, tax_code_of

OFFICES = frozenset({Role.COMMUNE_OFFICER, Role.DISTRICT_OFFICER, Role.PROVINCE_OFFICER})
KIND_WORDS = {
    "htx": EntityKind.COOPERATIVE,
    "htx dvnn": EntityKind.COOPERATIVE,
    "hop tac xa nong nghiep": EntityKind.COOPERATIVE,
    "tht": EntityKind.COOPERATIVE_GROUP,
    "dn": EntityKind.SME,
    "dnnvv": EntityKind.SME,
    "doanh nghiep": EntityKind.SME,
    "doanh nghiep tu nhan": EntityKind.SME,
    "cong ty": EntityKind.SME,
    "cong ty tnhh": EntityKind.SME,
    "cong ty co phan": EntityKind.SME,
    "ho": EntityKind.HOUSEHOLD,
    "ho kinh doanh": EntityKind.HOUSEHOLD,
    "ho gia dinh": EntityKind.HOUSEHOLD,
    "ho sxkd": EntityKind.HOUSEHOLD,
    "hkd": EntityKind.HOUSEHOLD,
    "hoi": EntityKind.ASSOCIATION,
    "hiep hoi": EntityKind.ASSOCIATION,
    "co so": EntityKind.UNKNOWN,
    "co so san xuat": EntityKind.UNKNOWN,
    **{compare(label): value for value, label in EntityKind.choices},
}


def kind_of(text):
    """The legal kind behind the word of an office: (kind, trouble)."""
    kind = KIND_WORDS.get(compare(text))
    return (kind, "") if kind else (None, f"“{text[:40]}” không phải loại hình chủ thể của Chương trình")


VILLAGE_WORDS = {compare(text): code for code, texts in kinds.words("villages") for text in texts}


def village_kind_of(text):
    """The kind of a village: (kind, trouble)."""
    kind = VILLAGE_WORDS.get(compare(text))
    return (kind, "") if kind else (None, f"“{text[:40]}” không phải loại làng nghề")


def longest(model, name):
    """How much of a text the database keeps."""
    return model._meta.get_field(name).max_length


# What a workbook says of a producer. Columns that the record does not have are left alone (Book).
PRODUCER_FACTS = (
    Fact("kind", "kind", "Loại hình", kind_of),
    Fact("address", "address", "Địa chỉ"),
    Fact("representative", "representative", "Người đại diện"),
    Fact("phone", "phone", "Điện thoại", phone_of),
    Fact("tax_code", "tax_code", "Mã số thuế", tax_code_of),
    Fact("note", "note", "Ghi chú"),
)
NAME = Column(
    "name",
    "Tên chủ thể",
    ("Chủ thể", "Tên cơ sở", "Đơn vị sản xuất", "Cơ sở sản xuất"),
    True,
    longest=longest(Entity, "name"),
)
COMMUNE = Column("commune", "Xã, phường", ("Xã/phường", "Xã", "Xã/phường/thị trấn", "Địa bàn"), True)
KIND = Column("kind", "Loại hình", ("Loại hình chủ thể", "Loại hình tổ chức"), longest=80)
ADDRESS = Column("address", "Địa chỉ", ("Địa chỉ sản xuất", "Thôn, xóm"), longest=longest(Entity, "address"))
REPRESENTATIVE = Column(
    "representative",
    "Người đại diện",
    ("Đại diện", "Họ tên người đại diện"),
    longest=longest(Entity, "representative"),
)
PHONE = Column("phone", "Điện thoại", ("Số điện thoại", "SĐT", "ĐT"), longest=longest(Entity, "phone"))
# Offices space the digits; what is kept is judged by its reader.
TAX_CODE = Column("tax_code", "Mã số thuế", ("MST",), longest=30)
NOTE = Column("note", "Ghi chú", (), longest=2000)


def kept(model, facts, columns):
    """The columns that the record has a place for."""
    names = {column.name for column in model._meta.concrete_fields}
    unkept = {fact.key for fact in facts if fact.field not in names}
    return tuple(column for column in columns if column.key not in unkept)


PRODUCER_COLUMNS = kept(
    Entity, PRODUCER_FACTS, (NAME, KIND, COMMUNE, ADDRESS, REPRESENTATIVE, PHONE, TAX_CODE, NOTE)
)
VILLAGE_FACTS = (
    Fact("craft", "craft", "Nghề"),
    Fact("hamlet", "hamlet", "Thôn, làng"),
    Fact("kind", "kind", "Hình thức công nhận", village_kind_of),
    Fact("year", "recognised_year", "Năm công nhận"),
    Fact("note", "note", "Ghi chú"),
)
VILLAGE_COLUMNS = (
    Column("name", "Tên làng nghề", ("Làng nghề", "Tên"), True, longest=160),
    Column("craft", "Nghề", ("Ngành nghề", "Nghề chính"), True, longest=80),
    COMMUNE,
    Column("hamlet", "Thôn, làng", ("Thôn", "Làng"), longest=120),
    Column("kind", "Hình thức công nhận", ("Loại làng nghề", "Danh hiệu"), longest=80),
    Column("year", "Năm công nhận", ("Năm",), kind="number"),
    NOTE,
)


CHANNEL_COLUMNS = (
    NAME,
    COMMUNE,
    Column("kind", "Loại kênh", ("Kênh", "Kênh bán hàng", "Hình thức bán"), True, longest=80),
    Column(
        "partner",
        "Nơi bán, đối tác",
        ("Nơi bán", "Đối tác", "Tên kênh", "Nơi bán/đối tác"),
        True,
        longest=longest(SalesChannel, "partner"),
    ),
    Column(
        "link",
        "Liên kết",
        ("Link", "Địa chỉ gian hàng", "Liên kết gian hàng"),
        longest=longest(SalesChannel, "link"),
    ),
    Column("contract", "Số hợp đồng", ("Hợp đồng", "Số HĐ"), longest=longest(SalesChannel, "contract")),
    Column("since", "Từ ngày", ("Ngày bắt đầu", "Bắt đầu"), True, kind="day"),
    Column("until", "Đến hết ngày", ("Đến ngày", "Ngày kết thúc", "Kết thúc"), kind="day"),
    NOTE,
)


def open_producers(by, run):
    """A session over producers."""
    return BookSession(ProducerBook(PRODUCER_FACTS, by, OFFICES), run)


def open_villages(by, run):
    """A session over craft villages."""
    return BookSession(Book(CraftVillage, VILLAGE_FACTS, by, OFFICES, prefix="ln"), run)


def open_channels(by, run):
    """A session over sales channels: of producers that stand in the person's area."""
    return ChannelSession(ProducerBook((), by, OFFICES), run)


IMPORTERS = [
    Importer(
        "producers",
        "Chủ thể",
        "Mỗi dòng một chủ thể, nhận ra theo tên và xã. Ô trống không xóa thông tin đã có.",
        PRODUCER_COLUMNS,
        OFFICES,
        open_producers,
    ),
    Importer(
        "villages",
        "Làng nghề",
        "Mỗi dòng một làng nghề, nhận ra theo tên và xã. Ô trống không xóa thông tin đã có.",
        VILLAGE_COLUMNS,
        OFFICES,
        open_villages,
    ),
    Importer(
        "channels",
        "Kênh bán hàng",
        "Mỗi dòng một kênh của chủ thể đã có trong cổng, nhận ra theo chủ thể, loại kênh, nơi bán và ngày bắt đầu. "
        "Ô trống không xóa thông tin đã có.",
        CHANNEL_COLUMNS,
        OFFICES,
        open_channels,
    ),
]
