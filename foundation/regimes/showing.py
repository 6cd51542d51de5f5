"""A regime in words for people: its rules with source and confidence, and how it differs from another. No Django."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .differences import Difference, shown
from .process import KEEP_OWN_RESULT, REASSESS, RECOGNISE_BY_RESULT

SURE = {
    "seen": "Đã đọc trong nguồn",
    "seen_part": "Nguồn chỉ đọc được một phần",
    "derived": "Suy ra từ điều đã đọc",
    "recalled": "Nhớ lại, chưa đối chiếu",
    "not_found": "Không thấy trong nguồn",
}
AT = {"commune": "cấp xã", "district": "cấp huyện", "province": "cấp tỉnh", "central": "trung ương"}
BY = {
    "issuer": "Cơ quan đã công nhận",
    "producer": "Chủ thể",
    "council": "Hội đồng",
    "commune": "UBND cấp xã",
}
DONE = {
    RECOGNISE_BY_RESULT: "công nhận theo kết quả của cấp trên",
    KEEP_OWN_RESULT: "giữ kết quả của mình",
    REASSESS: "đánh giá lại",
}


@dataclass(frozen=True)
class Rule:
    """One provision for a page: what it is about, what it says, where it was read, how sure we are."""

    name: str
    says: str
    sources: tuple[str, ...]
    confidence: str

    @property
    def sure(self) -> str:
        return SURE[self.confidence]

    @property
    def is_sure(self) -> bool:
        return self.confidence == "seen"


@dataclass(frozen=True)
class Chapter:
    """Rules that belong together."""

    title: str
    rules: tuple[Rule, ...]


def chapters(version: Mapping, process: Mapping) -> list[Chapter]:
    """Everything that a regime decides besides its criteria, from its two files as loaded."""
    titles = {row["id"]: _cited(row) for row in [*version["sources"], *process["sources"]]}

    def rule(name: str, says: str, row: Mapping) -> Rule:
        sources = tuple(titles.get(each, each) for each in row["source"])
        return Rule(name, says, sources, row["confidence"])

    parts = [
        ("Hạng sao", _stars(version)),
        ("Cấp đánh giá, công nhận", _levels(process)),
        ("Giấy tờ chuyển cấp", _transfers(process)),
        ("Biểu mẫu", ((_form(row), BY[row["filled_by"]], row) for row in process["forms"])),
        ("Thành phần hồ sơ", ((row["name"], _paper(row), row) for row in process["document_kinds"])),
        ("Mã số sản phẩm", [("Dạng mã", process["product_code"]["text"], process["product_code"])]),
        (
            "Giấy chứng nhận: các bước gia hạn",
            ((row["name"], row["text"], row) for row in process["renewal"]),
        ),
        (
            "Giấy chứng nhận: căn cứ thu hồi",
            ((row["name"], "", row) for row in process["revocation_grounds"]),
        ),
        ("Quy định khác", (("", row["text"], row) for row in process["facts"].values())),
    ]
    built = (Chapter(title, tuple(rule(*row) for row in rows)) for title, rows in parts)
    return [chapter for chapter in built if chapter.rules]


Rows = Iterator[tuple[str, str, Mapping]]


def _cited(row: Mapping) -> str:
    where = row.get("where")
    return f"{row.get('title', row['id'])} ({where})" if where else row.get("title", row["id"])


def _stars(version: Mapping) -> Rows:
    trust = {"source": version["star_bands_source"], "confidence": version["star_bands_confidence"]}
    for row in sorted(version["star_bands"], key=lambda each: -each["stars"]):
        top = f"đến {row['max']} điểm" if "max" in row else f"đến dưới {row['max_exclusive']} điểm"
        yield (
            f"{row['stars']} sao",
            f"Từ {row['min']} {top}{'' if row['certified'] else ', không được công nhận'}.",
            trust,
        )
    gate, knockout = version["star_gate"], version["knockout_rule"]
    words = [
        gate[name]
        for name in ("rule", "cumulative", "effect", "none_allowed", "interpretation")
        if name in gate
    ]
    yield "Mức tối thiểu theo sao", " ".join(words), gate
    yield "Loại hồ sơ", knockout["rule"], knockout


def _levels(process: Mapping) -> Rows:
    for row in process["levels"]:
        yield (
            f"Công nhận {', '.join(map(str, row['recognises']))} sao",
            f"{row['authority']} ({AT[row['level']]}).",
            row,
        )
    for row in process["forward"]:
        yield (
            "Chuyển cấp trên",
            f"Từ {row['min_total']} điểm: {AT[row['from']]} chuyển lên {AT[row['to']]}.",
            row,
        )
    for row in process["ended_lower"]:
        ways = ", hoặc ".join(DONE[way] for way in row["ways"])
        yield "Cấp trên chấm thấp hơn", f"{row['text']} ({AT[row['from']].capitalize()}: {ways}.)", row


def _transfers(process: Mapping) -> Rows:
    for row in process["transfers"]:
        yield f"Từ {AT[row['from']]} lên {AT[row['to']]}", "; ".join(row["papers"]), row


def _form(row: Mapping) -> str:
    return f"{row['number']}: {row['name']}" if row["number"] else row["name"]


def _paper(row: Mapping) -> str:
    needed = "Bắt buộc" if row["mandatory"] else "Minh chứng, nếu có"
    exempt = f", trừ ngành {', '.join(row['except_industries'])}" if row.get("except_industries") else ""
    return ". ".join([f"{needed}{exempt}", *([row["note"]] if row.get("note") else [])])


def comparable(data: Mapping) -> dict[str, dict]:
    """What two regimes are compared by besides their criteria: bands, minimums, and the process but for its sources."""
    version, process = data["version"], data["process"]
    kept = ("star_bands", "star_gate", "knockout_rule", "part_totals")
    return {
        "Khung điểm, hạng sao": {name: version[name] for name in kept},
        "Quy trình": {
            name: value for name, value in process.items() if name not in ("schema", "regime", "sources")
        },
    }


def in_words(row: Difference) -> tuple[str, str, str]:
    """A difference as place, before and after; the file only where it is a whole file."""
    return row.place or row.file, shown(row.before), shown(row.after)
