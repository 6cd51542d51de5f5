"""Whether ``process.yaml`` can be law here: chain, papers, steps, and a source for every item. No Django."""

from collections.abc import Iterator, Mapping
from string import Formatter
from typing import Any

from .process import CONFIDENCE, LEVELS, RENEWAL_STEPS, WAYS

PROCESS_SCHEMA = "ocop-process/1"
RANKS = (3, 4, 5)
CODE_BLOCKS = {"province", "district", "commune", "serial", "year"}
NEEDED_FACTS = ("intake_level", "samples", "certificate_months", "expiry_notice_days")
LISTS = (
    "levels",
    "forward",
    "ended_lower",
    "transfers",
    "forms",
    "renewal",
    "revocation_grounds",
    "document_kinds",
)
TRUST = {"source", "confidence"}
FORM_NEEDS = {"code", "number", "name", "filled_by"} | TRUST
STEP_NEEDS = {"code", "name", "by", "text"} | TRUST
STEP_DAYS = ("opens_days_before", "closes_days_before", "max_days")

PROCESS_NEEDS = {
    "schema", "regime", "offered", "industries", "levels", "forward", "ended_lower", "transfers", "forms", "renewal",
    "revocation_grounds", "product_code", "document_kinds", "facts", "sources",
}  # fmt: skip

Faults = Iterator[tuple[str, str]]


def keys_of(place: str, row: Mapping, needs: set[str], may: set[str] = frozenset()) -> Faults:
    if missing := sorted(needs - set(row)):
        yield place, f"thiếu {', '.join(missing)}."
    if extra := sorted(set(row) - needs - may):
        yield place, f"khóa lạ {', '.join(extra)}."


def is_points(value: Any) -> bool:
    return type(value) is int and value >= 0


def process_faults(name: str, data: Any, sets: Mapping[str, Any]) -> Faults:
    if data is None:
        yield "", "không có tệp này."
        return
    yield from keys_of("", data, PROCESS_NEEDS)
    if data["schema"] != PROCESS_SCHEMA:
        yield "schema", f"“{data['schema']}” khác {PROCESS_SCHEMA}."
    if data["regime"] != name:
        yield "regime", f"“{data['regime']}” khác tên thư mục."
    named = {row["code"]: row["name"] for row in data["industries"]}
    for file, content in sets.items():
        industry = content["industry"]
        if named.get(industry["code"]) != industry["name"]:
            yield "industries", f"không có ngành {industry['code']} {industry['name']} của {file}."
    yield from _chain(data["levels"], data["forward"])
    yield from _above(data)
    yield from _renewal(data["renewal"])
    yield from _coded(data)
    yield from _product_code(data["product_code"])
    yield from _documents(data["document_kinds"], set(named))
    yield from _facts(data["facts"])
    yield from _trust(data)


def _chain(levels: list[Mapping], forward: list[Mapping]) -> Faults:
    names = [row["level"] for row in levels]
    if [name for name in LEVELS if name in names] != names:
        yield "levels", "các cấp phải xếp từ dưới lên và không trùng."
    if sorted(stars for row in levels for stars in row["recognises"]) != list(RANKS):
        yield "levels", "mỗi hạng 3, 4, 5 sao phải do đúng một cấp công nhận."
    for row in forward:
        if (
            row["from"] not in names
            or row["to"] not in names
            or names.index(row["from"]) >= names.index(row["to"])
        ):
            yield "forward", f"không chuyển được từ {row['from']} lên {row['to']}."
        if not is_points(row["min_total"]) or row["min_total"] > 100:
            yield "forward", f"ngưỡng {row['min_total']} không hợp lệ."


def _above(data: Mapping) -> Faults:
    """What goes up and what comes back: for a forwarding level that is stated, between levels that exist."""
    for row in data["ended_lower"]:
        yield from keys_of("ended_lower", row, {"from", "at", "ways", "text"} | TRUST)
        if (row["from"], row["at"]) not in {(each["from"], each["to"]) for each in data["forward"]}:
            yield "ended_lower", f"không có chuyển cấp từ {row['from']} lên {row['at']}."
        if not row["ways"] or not set(row["ways"]) <= set(WAYS):
            yield "ended_lower", f"cách xử lý {row['ways']} không có trong quy ước."
    for row in data["transfers"]:
        yield from keys_of("transfers", row, {"from", "to", "papers"} | TRUST)
        if LEVELS.index(row["from"]) >= LEVELS.index(row["to"]) or not row["papers"]:
            yield "transfers", f"không gửi được từ {row['from']} lên {row['to']}, hoặc không có giấy tờ nào."


def _renewal(rows: list[Mapping]) -> Faults:
    """Known steps in their order; days are positive, a window opens before it closes."""
    codes = [row["code"] for row in rows]
    if [code for code in RENEWAL_STEPS if code in codes] != codes:
        yield "renewal", f"các bước {', '.join(codes)} lạ, trùng hoặc sai thứ tự."
    for row in rows:
        place = f"renewal {row['code']}"
        yield from keys_of(place, row, STEP_NEEDS, {*STEP_DAYS, "written"})
        days = {name: row[name] for name in STEP_DAYS if name in row}
        if not all(type(count) is int and count > 0 for count in days.values()):
            yield place, "số ngày phải là số nguyên dương."
        elif days.get("opens_days_before", 10_000) <= days.get("closes_days_before", 0):
            yield place, "ngày mở phải trước ngày đóng."


def _coded(data: Mapping) -> Faults:
    """Forms and grounds have a code of their own."""
    for part, needs in (("forms", FORM_NEEDS), ("revocation_grounds", {"code", "name"} | TRUST)):
        codes = [row["code"] for row in data[part]]
        if len(codes) != len(set(codes)):
            yield part, "hai mục trùng mã."
        for row in data[part]:
            yield from keys_of(f"{part} {row['code']}", row, needs)


def _product_code(row: Mapping) -> Faults:
    blocks = [name for _, name, _, _ in Formatter().parse(row["format"])]
    if not set(blocks) <= CODE_BLOCKS or not {"province", "serial", "year"} <= set(blocks):
        yield "product_code", f"dạng mã “{row['format']}” không hợp lệ."


def _documents(rows: list[Mapping], industries: set[str]) -> Faults:
    codes = [row["code"] for row in rows]
    if len(codes) != len(set(codes)):
        yield "document_kinds", "hai loại giấy tờ trùng mã."
    for row in rows:
        place = f"document_kinds {row['code']}"
        needs = {"code", "name", "mandatory", "source", "confidence"}
        yield from keys_of(place, row, needs, {"note", "physical", "except_industries"})
        if unknown := sorted(set(row.get("except_industries", ())) - industries):
            yield place, f"không có ngành {', '.join(unknown)}."


def _facts(facts: Mapping[str, Mapping]) -> Faults:
    for key in NEEDED_FACTS:
        if key not in facts:
            yield "facts", f"thiếu {key}."
    for key, row in facts.items():
        yield from keys_of(f"facts {key}", row, {"value", "text", "source", "confidence"})
        if (row["value"] is None) != (row["confidence"] == "not_found"):
            yield f"facts {key}", "giá trị để trống khi và chỉ khi độ tin cậy là not_found."


def _trust(data: Mapping) -> Faults:
    """Every item says where it comes from and how sure we are."""
    known = {row["id"] for row in data["sources"]}
    items = [("product_code", data["product_code"])]
    items += [(f"{part} {number}", row) for part in LISTS for number, row in enumerate(data[part], 1)]
    items += [(f"facts {key}", row) for key, row in data["facts"].items()]
    for place, row in items:
        if row["confidence"] not in CONFIDENCE:
            yield place, f"độ tin cậy “{row['confidence']}” không có trong quy ước."
        if unknown := sorted(set(row["source"]) - known):
            yield place, f"nguồn {', '.join(unknown)} chưa khai báo."
        if not row["source"] and row["confidence"] in ("seen", "seen_part", "derived"):
            yield place, "thiếu nguồn."
