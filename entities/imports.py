"""What comes from workbooks: producers and craft villages. A new column is a line among columns and one among facts."""

from accounts.imports import Column, Importer, compare
from accounts.models import Role
from entities.books import Book, BookSession, Fact
from entities.models import CraftVillage, Entity, EntityKind

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


# What a workbook says of a producer. Columns that the record does not have are left alone (Book).
PRODUCER_FACTS = (
    Fact("kind", "kind", "Loại hình", kind_of),
    Fact("address", "address", "Địa chỉ"),
    Fact("representative", "representative", "Người đại diện"),
    Fact("phone", "phone", "Điện thoại"),
    Fact("tax_code", "tax_code", "Mã số thuế"),
    Fact("note", "note", "Ghi chú"),
)
NAME = Column("name", "Tên chủ thể", ("Chủ thể", "Tên cơ sở", "Đơn vị sản xuất", "Cơ sở sản xuất"), True)
COMMUNE = Column("commune", "Xã, phường", ("Xã/phường", "Xã", "Xã/phường/thị trấn", "Địa bàn"), True)
KIND = Column("kind", "Loại hình", ("Loại hình chủ thể", "Loại hình tổ chức"), longest=80)
ADDRESS = Column("address", "Địa chỉ", ("Địa chỉ sản xuất", "Thôn, xóm"))
REPRESENTATIVE = Column(
    "representative", "Người đại diện", ("Đại diện", "Họ tên người đại diện"), longest=120
)
PHONE = Column("phone", "Điện thoại", ("Số điện thoại", "SĐT", "ĐT"), longest=30)
TAX_CODE = Column("tax_code", "Mã số thuế", ("MST",), longest=14)
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
    Fact("kind", "kind", "Hình thức công nhận"),
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


def open_producers(by, run):
    """A session over producers."""
    return BookSession(Book(Entity, PRODUCER_FACTS, by, OFFICES, prefix="ct"), run)


def open_villages(by, run):
    """A session over craft villages."""
    return BookSession(Book(CraftVillage, VILLAGE_FACTS, by, OFFICES, prefix="ln"), run)


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
]
