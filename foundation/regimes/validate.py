"""Whether a regime's files can be law here: every sum, order, gate, key and source. No Django.

A file that breaks one rule is refused as a whole; each problem names file, place and fault in Vietnamese.
The rules on files are described in ``data/README.md``.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from .criteria import RegimeError, option_key
from .process import CONFIDENCE
from .validate_process import RANKS, Faults, is_points, keys_of, process_faults

CRITERIA_SCHEMA = "ocop-criteria/1"
SET_CONFIDENCE = {"seen", "partly", "reconstructed"}

SET_NEEDS = {
    "schema", "version", "code", "number", "name", "industry", "group", "managing_ministries",
    "confidence", "max_points", "parts", "sources",
}  # fmt: skip
SET_MAY = {"subgroup", "classification_source", "requires_samples", "incomplete", "knockouts", "doubts"}
PART_NEEDS = {"code", "name", "max_points", "sections"}
SECTION_NEEDS = {"code", "name", "max_points", "criteria"}
SECTION_MAY = {"groups", "guidance"}
CRITERION_NEEDS = {"code", "name", "max_points", "options", "source"}
CRITERION_MAY = {
    "label", "group", "max_points_printed", "requirement", "applies_if", "knockout", "stop_if", "guidance",
    "criterion_min_star", "min_points_for_star", "none_allowed", "cases", "doubt",
}  # fmt: skip
OPTION_NEEDS = {"points", "text"}
OPTION_MAY = {"min_star", "case", "points_printed", "source"}
VERSION_NEEDS = {
    "id", "title", "legal_basis", "effective_from", "part_totals", "set_count", "star_bands",
    "star_bands_source", "star_bands_confidence", "star_gate", "knockout_rule", "sources", "sets",
}  # fmt: skip


@dataclass(frozen=True)
class Problem:
    """One fault: the file, the place in it, and what is wrong."""

    file: str
    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}, {self.place}: {self.message}" if self.place else f"{self.file}: {self.message}"


class BrokenFiles(RegimeError):
    """The files of a regime are refused; ``problems`` lists every fault that was found."""

    def __init__(self, problems: list[Problem]):
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


def check_regime(name: str, files: Mapping[str, Any]) -> list[Problem]:
    """All problems of a regime: its folder's name and its parsed files by file name (with ``.yaml``)."""
    version, process = files.get("version.yaml"), files.get("process.yaml")
    sets = {file: data for file, data in files.items() if file not in ("version.yaml", "process.yaml")}
    problems = _of("version.yaml", lambda: _version(name, version, sets))
    problems += _of("process.yaml", lambda: process_faults(name, process, sets))
    if not problems:
        for file, data in sets.items():
            problems += _of(file, lambda file=file, data=data: _set(file, data, version))
    return [Problem(f"{name}/{row.file}", row.place, row.message) for row in problems]


def _of(file: str, faults) -> list[Problem]:
    """The faults of one file; a shape nobody foresaw is a fault too, not a crash."""
    found = []
    try:
        found.extend(Problem(file, place, message) for place, message in faults())
    except (KeyError, TypeError, AttributeError, ValueError, IndexError) as fault:
        found.append(Problem(file, "", f"không đọc được cấu trúc ({type(fault).__name__}: {fault})."))
    return found


# ---------------------------------------------------------------- version.yaml
def _version(name: str, version: Any, sets: Mapping[str, Any]) -> Faults:
    if version is None:
        yield "", "không có tệp này."
        return
    yield from keys_of("", version, VERSION_NEEDS, set(version))  # notes of other names are welcome
    if version["id"] != name:
        yield "id", f"“{version['id']}” khác tên thư mục."
    if sum(version["part_totals"].values()) != 100:
        yield "part_totals", "các phần không cộng lại thành 100 điểm."
    yield from _bands(version["star_bands"])
    yield from _sure(version)
    listed = sorted(row["code"] for row in version["sets"])
    present = sorted(file.removesuffix(".yaml") for file in sets)
    if listed != present:
        yield "sets", f"danh sách bộ khác các tệp: {', '.join(sorted(set(listed) ^ set(present)))}."
    if len(sets) + len(version.get("missing_sets", [])) != version["set_count"]:
        yield "set_count", f"có {len(sets)} tệp, cần {version['set_count']}."
    numbers = [data["number"] for data in sets.values()]
    if len(numbers) != len(set(numbers)):
        yield "sets", "hai bộ tiêu chí trùng số thứ tự."


def _sure(version: Mapping) -> Faults:
    """Bands, minimums and knock-outs say where they come from and how sure we are."""
    known = {row["id"] for row in version["sources"]}
    said = {"star_bands": (version["star_bands_source"], version["star_bands_confidence"])}
    said |= {
        key: (version[key]["source"], version[key]["confidence"]) for key in ("star_gate", "knockout_rule")
    }
    for place, (source, confidence) in said.items():
        if not source or not set(source) <= known or confidence not in CONFIDENCE:
            yield place, f"nguồn {source} hoặc độ tin cậy “{confidence}” không có trong tệp."


def _bands(rows: list[Mapping]) -> Faults:
    rows = sorted(rows, key=lambda row: row["stars"])
    if [row["stars"] for row in rows] != [1, 2, 3, 4, 5] or rows[0]["min"] != 0 or rows[-1]["max"] != 100:
        yield "star_bands", "phải đủ 1 đến 5 sao, từ 0 đến 100 điểm."
        return
    for low, high in pairwise(rows):
        if low["max_exclusive"] != high["min"] or low["min"] >= high["min"]:
            yield "star_bands", f"khung {low['stars']} sao và {high['stars']} sao không liền nhau."
    if [row["certified"] for row in rows] != [False, False, True, True, True]:
        yield "star_bands", "chỉ hạng 3, 4, 5 sao được công nhận."


# ---------------------------------------------------------------- one criteria set
def _set(file: str, data: Mapping, version: Mapping) -> Faults:
    yield from keys_of("", data, SET_NEEDS, SET_MAY)
    stem = file.removesuffix(".yaml")
    for key, want in (
        ("schema", CRITERIA_SCHEMA),
        ("version", version.get("criteria_from", version["id"])),
        ("code", stem),
        ("max_points", 100),
    ):
        if data[key] != want:
            yield key, f"“{data[key]}” khác “{want}”."
    if data["confidence"] not in SET_CONFIDENCE:
        yield "confidence", f"“{data['confidence']}” không có trong quy ước."
    known = {row["id"] for row in version["sources"]}
    if unknown := sorted(set(data["sources"]) - known):
        yield "sources", f"nguồn {', '.join(unknown)} chưa khai báo."
    yield from _parts(data, version["part_totals"])
    sections = [section for part in data["parts"] for section in part["sections"]]
    for section in sections:
        yield from _section(section)
    criteria = [row for section in sections for row in section["criteria"]]
    yield from _codes(sections, criteria)
    for row in criteria:
        yield from _criterion(row, known, {each["code"]: each for each in criteria})
    yield from _honest(data, criteria)


def _parts(data: Mapping, totals: Mapping[str, int]) -> Faults:
    if [part["code"] for part in data["parts"]] != list(totals):
        yield "parts", f"phải là {', '.join(totals)} theo thứ tự."
        return
    lack = data.get("incomplete") or {"part": None, "missing_points": 0}
    for part in data["parts"]:
        place = f"phần {part['code']}"
        yield from keys_of(place, part, PART_NEEDS)
        if part["max_points"] != totals[part["code"]]:
            yield place, f"{part['max_points']} điểm, quy định {totals[part['code']]}."
        points = sum(section["max_points"] for section in part["sections"])
        points += lack["missing_points"] if lack["part"] == part["code"] else 0
        if points != part["max_points"]:
            yield place, f"các mục cộng lại {points} điểm, cần {part['max_points']}."


def _section(section: Mapping) -> Faults:
    place = f"mục {section['code']}"
    yield from keys_of(place, section, SECTION_NEEDS, SECTION_MAY)
    points = sum(row["max_points"] for row in section["criteria"])
    if points != section["max_points"]:
        yield place, f"các tiêu chí cộng lại {points} điểm, cần {section['max_points']}."
    groups = {row["code"]: row["max_points"] for row in section.get("groups", ())}
    for code, want in groups.items():
        points = sum(row["max_points"] for row in section["criteria"] if row.get("group") == code)
        if points != want:
            yield place, f"nhóm {code} cộng lại {points} điểm, cần {want}."
    for row in section["criteria"]:
        if row["code"].split(".")[0] != section["code"]:
            yield f"tiêu chí {row['code']}", f"mã không thuộc mục {section['code']}."
        if row.get("group") and row["group"] not in groups:
            yield f"tiêu chí {row['code']}", f"nhóm {row['group']} chưa khai báo."


def _codes(sections: list[Mapping], criteria: list[Mapping]) -> Faults:
    for what, rows in (("mục", sections), ("tiêu chí", criteria)):
        codes = [row["code"] for row in rows]
        for code in sorted({code for code in codes if codes.count(code) > 1}):
            yield f"{what} {code}", "mã dùng hai lần."


def _criterion(row: Mapping, known: set[str], by_code: Mapping[str, Mapping]) -> Faults:
    place = f"tiêu chí {row['code']}"
    yield from keys_of(place, row, CRITERION_NEEDS, CRITERION_MAY)
    if not row["name"] or len(row["name"]) > 90:
        yield place, "tên trống hoặc dài quá 90 ký tự."
    if row["source"] not in known | {"reconstructed"}:
        yield place, f"nguồn {row['source']} chưa khai báo."
    if condition := row.get("applies_if"):
        other = by_code.get(condition["criterion"])
        if other is None or other.get("applies_if") or other is row:
            yield place, f"điều kiện theo tiêu chí {condition['criterion']} không dùng được."
    for option in row["options"]:
        yield from ((place, fault) for fault in _option(option))
    if all(is_points(option.get("points")) for option in row["options"]) and row["options"]:
        yield from ((place, fault) for fault in _scale(row))
    else:
        yield place, "không có mức điểm hợp lệ."


def _option(option: Mapping) -> Iterator[str]:
    for _, fault in keys_of("", option, OPTION_NEEDS, OPTION_MAY):
        yield f"mức {option.get('points')}: {fault}"
    text = option.get("text") or ""
    if not text.strip() or len(text) > 320 or re.search(r"[*□⏎¶]|\s{2,}", text):
        yield f"mức {option.get('points')}: lời văn trống, quá dài hoặc có ký tự lạ."
    if option.get("min_star", 3) not in RANKS:
        yield f"mức {option.get('points')}: dấu {option['min_star']} sao không hợp lệ."


def _scale(row: Mapping) -> Iterator[str]:
    """The options of a criterion as a ladder: cases, order, top, bottom, gates."""
    options = row["options"]
    cases = [each["id"] for each in row.get("cases", ())]
    if {option.get("case") for option in options} != (set(cases) or {None}):
        yield "các trường hợp khai báo và sử dụng khác nhau."
    keys = [option_key(row["code"], option["points"], option.get("case")) for option in options]
    texts = [(option.get("case"), option["text"]) for option in options]
    if len(keys) != len(set(keys)) or len(texts) != len(set(texts)):
        yield "hai mức trùng điểm hoặc trùng lời văn."
    for case in cases or [None]:
        ladder = [option for option in options if option.get("case") == case]
        points = [option["points"] for option in ladder]
        marks = [option["min_star"] for option in ladder if "min_star" in option]
        if points != sorted(points) or marks != sorted(marks):
            yield f"điểm {points} hoặc dấu sao {marks} không tăng dần."
    points = [option["points"] for option in options]
    if max(points) != row["max_points"]:
        yield f"mức cao nhất {max(points)} khác điểm tối đa {row['max_points']}."
    if bool(row.get("none_allowed")) != (min(points) > 0):
        yield f"none_allowed sai với mức thấp nhất {min(points)}."
    gates = derived_gates(row)
    if (row.get("min_points_for_star") or {}) != gates:
        yield f"min_points_for_star {row.get('min_points_for_star')}, suy từ dấu sao là {gates}."


def derived_gates(row: Mapping) -> dict[str, int]:
    """Least points for 3, 4 and 5 stars from the marks; a star includes the minima of lower ones."""
    gates = {}
    for star in RANKS:
        needs = [option["points"] for option in row["options"] if option.get("min_star", 9) <= star]
        if row.get("criterion_min_star", 9) <= star:
            needs.append(min(option["points"] for option in row["options"] if option["points"]))
        if need := max(needs, default=0):
            gates[str(star)] = need
    return gates


def _honest(data: Mapping, criteria: list[Mapping]) -> Faults:
    """What we put together ourselves is marked as such, up to the head of the file."""
    rebuilt = [
        row
        for row in criteria
        if "reconstructed" in {row["source"], *(option.get("source") for option in row["options"])}
    ]
    for row in rebuilt:
        if not row.get("doubt"):
            yield f"tiêu chí {row['code']}", "giá trị dựng lại mà không có ghi chú nghi vấn."
    if (rebuilt or data.get("incomplete")) and data["confidence"] == "seen":
        yield "confidence", "có giá trị dựng lại hoặc thiếu mà ghi là seen."
