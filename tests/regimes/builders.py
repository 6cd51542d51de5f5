"""Small laws made up for tests, and the real ones read from their files."""

import copy
from functools import cache

import yaml

from foundation.regimes import engine
from foundation.regimes.files import DATA, read_regime

MEAN = engine.Rules(gates_on="mean", rounding=None, knockout_by="any")
REGIMES = ("qd148-2023", "qd148-2025", "qd26-2026", "qd781-2020")

VERSION = {
    "schema": "ocop-criteria/1",
    "id": "qd1-2001",
    "title": "Quy định thử",
    "legal_basis": [{"number": "1/QĐ-TTg", "date": "2001-02-03", "criteria_in": "Phụ lục I"}],
    "effective_from": "2001-02-03",
    "part_totals": {"A": 40, "B": 25, "C": 35},
    "set_count": 1,
    "star_bands": [
        {"stars": 1, "min": 0, "max_exclusive": 30, "certified": False},
        {"stars": 2, "min": 30, "max_exclusive": 50, "certified": False},
        {"stars": 3, "min": 50, "max_exclusive": 70, "certified": True},
        {"stars": 4, "min": 70, "max_exclusive": 90, "certified": True},
        {"stars": 5, "min": 90, "max": 100, "certified": True},
    ],
    "star_bands_source": ["S1"],
    "star_bands_confidence": "seen",
    "star_gate": {"rule": "", "source": ["S1"], "confidence": "derived"},
    "knockout_rule": {"rule": "", "source": ["S1"], "confidence": "seen"},
    "sources": [{"id": "S1"}],
    "sets": [{"code": "01-thu", "number": 1, "name": "Hàng thử"}],
}

SEEN = {"source": ["P1"], "confidence": "seen"}
UNKNOWN = {"source": [], "confidence": "not_found"}
PROCESS = {
    "schema": "ocop-process/1",
    "regime": "qd1-2001",
    "offered": True,
    "industries": [{"code": "I", "name": "Ngành thử"}],
    "levels": [
        {"level": "province", "recognises": [3, 4], "authority": "UBND tỉnh"} | SEEN,
        {"level": "central", "recognises": [5], "authority": "Bộ"} | SEEN,
    ],
    "forward": [{"from": "province", "to": "central", "min_total": 90} | SEEN],
    "ended_lower": [
        {"from": "province", "at": "central", "ways": ["recognise_by_result"], "text": ""} | SEEN,
    ],
    "transfers": [{"from": "province", "to": "central", "papers": ["Công văn"]} | SEEN],
    "forms": [{"code": "form", "number": None, "name": "Phiếu", "filled_by": "producer"} | SEEN],
    "renewal": [
        {"code": "notice", "name": "Báo", "by": "issuer", "text": "", "closes_days_before": 30} | SEEN,
        {
            "code": "filing",
            "name": "Nộp",
            "by": "producer",
            "text": "",
            "opens_days_before": 180,
            "closes_days_before": 120,
        }
        | SEEN,
    ],
    "revocation_grounds": [{"code": "dishonest", "name": "Giả mạo"} | SEEN],
    "product_code": {"format": "{province}-{serial}-{year}", "text": ""} | SEEN,
    "document_kinds": [{"code": "form", "name": "Phiếu", "mandatory": True} | SEEN],
    "facts": {
        "intake_level": {"value": "province", "text": ""} | SEEN,
        "samples": {"value": {"count": 5, "except_industries": []}, "text": ""} | SEEN,
        "certificate_months": {"value": 36, "text": ""} | SEEN,
        "expiry_notice_days": {"value": None, "text": ""} | UNKNOWN,
    },
    "sources": [{"id": "P1"}],
}


def ladder(code, top, **more):
    """A criterion with one option for every number of points from 0 to ``top``."""
    options = [{"points": points, "text": f"Mức {points}"} for points in range(top + 1)]
    return {
        "code": code,
        "name": f"Tiêu chí {code}",
        "max_points": top,
        "options": options,
        "source": "S1",
    } | more


def marked(criterion, **marks):
    """The criterion with asterisks: ``s4=2`` marks the two-point option for four stars; gates follow."""
    gates, least = {}, 0
    for star in (3, 4, 5):
        points = marks.get(f"s{star}")
        if points is not None:
            least = points
            next(row for row in criterion["options"] if row["points"] == points)["min_star"] = star
        if least:
            gates[str(star)] = least
    return criterion | {"min_points_for_star": gates}


def content(**criteria):
    """A set's file: 1.1, 1.2 (20 points each), 2.1 (25), 3.1 (30), 3.2 (5), or others given as ``c11=…``."""
    given = {"1.1": 20, "1.2": 20, "2.1": 25, "3.1": 30, "3.2": 5}
    rows = {
        code: criteria.get(f"c{code.replace('.', '')}") or ladder(code, top) for code, top in given.items()
    }
    parts = []
    for number, part in enumerate("ABC", 1):
        inside = [row for code, row in rows.items() if code.startswith(f"{number}.")]
        top = VERSION["part_totals"][part]
        section = {"code": str(number), "name": f"Mục {number}", "max_points": top, "criteria": inside}
        parts.append({"code": part, "name": f"Phần {part}", "max_points": top, "sections": [section]})
    return {
        "schema": "ocop-criteria/1", "version": "qd1-2001", "code": "01-thu", "number": 1, "name": "Hàng thử",
        "industry": {"code": "I", "name": "Ngành thử"}, "group": "Nhóm thử", "managing_ministries": ["Bộ"],
        "confidence": "seen", "max_points": 100, "parts": parts, "sources": ["S1"],
    }  # fmt: skip


def files(**criteria):
    """The files of a small regime as ``validate`` and ``load`` see them; free to be spoilt."""
    parsed = {"version.yaml": VERSION, "process.yaml": PROCESS, "01-thu.yaml": content(**criteria)}
    return copy.deepcopy(parsed)


def write(folder, parsed):
    """The files of a regime on disk, below ``folder``; the place to give to ``load``."""
    inside = folder / parsed["version.yaml"]["id"]
    inside.mkdir(exist_ok=True)
    for name, data in parsed.items():
        (inside / name).write_text(
            yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8"
        )
    return folder


def made_up(**criteria):
    """The small set for the engine."""
    return engine.CriteriaSet.from_dict(content(**criteria), VERSION)


def sheet(total=None, **points):
    """A sheet of the small set: so many points in all, filled from above, or by criterion (``c11=2``)."""
    if total is not None:
        for code, top in {"c11": 20, "c12": 20, "c21": 25, "c31": 30, "c32": 5}.items():
            points[code] = min(top, total)
            total -= points[code]
    given = {"c11": 0, "c12": 0, "c21": 0, "c31": 0, "c32": 0} | points
    return engine.Sheet(
        {(code := f"{name[1]}.{name[2]}"): f"{code}:{value}" for name, value in given.items()}
    )


@cache
def real_files(regime):
    """The parsed files of a real regime; not to be changed."""
    return read_regime(DATA / regime)[0]


@cache
def real_sets(regime):
    """The engine's sets of a real regime by number."""
    parsed = real_files(regime)
    sets = (data for name, data in parsed.items() if name not in ("version.yaml", "process.yaml"))
    return {data["number"]: engine.CriteriaSet.from_dict(data, parsed["version.yaml"]) for data in sets}


def top_answers(criteria_set):
    """The highest option everywhere."""
    return {
        row.code: max(row.options, key=lambda each: each.points).key for row in criteria_set.criteria.values()
    }


def lowest_answers(criteria_set):
    """No box where that is allowed, the lowest option elsewhere."""
    return {
        row.code: None if row.none_allowed else min(row.options, key=lambda each: each.points).key
        for row in criteria_set.criteria.values()
    }
