"""A law that amends another says only what it changes; what differs between two states of the law is named."""

import pytest
import yaml

from foundation.regimes.differences import differences
from foundation.regimes.files import read_regime
from foundation.regimes.validate import BrokenFiles, check_regime
from tests.regimes.builders import SEEN, files, ladder, write


def problems(parsed):
    return [str(problem) for problem in check_regime("qd1-2001", parsed)]


# ---------------------------------------------------------------- a law that amends another
def amending(tmp_path, base="qd1-2001", **head):
    """The small regime and one that amends it, on disk."""
    write(tmp_path, files())
    folder = tmp_path / "qd2-2002"
    folder.mkdir()
    version = {"id": "qd2-2002", "criteria_from": base, "title": "Sửa", "effective_from": "2002-01-01"}
    version["legal_basis"] = [{"number": "2/QĐ-TTg", "date": "2002-01-01"}]
    version["sources"] = [{"id": "S1", "title": "khác"}]
    (folder / "version.yaml").write_text(yaml.safe_dump(version | head), encoding="utf-8")
    process = {"schema": "ocop-process/1", "regime": "qd2-2002", "offered": True}
    process["facts"] = {"samples": {"value": {"count": 3, "except_industries": []}, "text": ""} | SEEN}
    (folder / "process.yaml").write_text(yaml.safe_dump(process), encoding="utf-8")
    return folder


def test_an_amending_law_says_only_what_it_changes(tmp_path):
    folder = amending(tmp_path)
    parsed, digest = read_regime(folder)

    assert check_regime("qd2-2002", parsed) == []
    assert parsed["01-thu.yaml"]["version"] == "qd1-2001"
    assert parsed["process.yaml"]["facts"]["samples"]["value"]["count"] == 3
    assert parsed["process.yaml"]["facts"]["certificate_months"]["value"] == 36
    assert parsed["process.yaml"]["levels"] == files()["process.yaml"]["levels"]
    assert parsed["version.yaml"]["sources"] == [{"id": "S1", "title": "khác"}]
    assert "effective_to" not in parsed["version.yaml"]

    (tmp_path / "qd1-2001" / "01-thu.yaml").write_bytes(
        (tmp_path / "qd1-2001" / "01-thu.yaml").read_bytes() + b"\n"
    )
    assert read_regime(folder)[1] != digest  # who changes the base changes what amends it


@pytest.mark.parametrize("base", ["qd9-1999", "qd2-2002", "../qd1-2001", 7])
def test_an_amending_law_needs_a_base_beside_it(tmp_path, base):
    with pytest.raises(BrokenFiles, match="criteria_from: không có quy định"):
        read_regime(amending(tmp_path, base))


def test_amendments_are_not_chained(tmp_path):
    folder = amending(tmp_path)
    third = tmp_path / "qd3-2003"
    third.mkdir()
    (third / "version.yaml").write_text("id: qd3-2003\ncriteria_from: qd2-2002\n", encoding="utf-8")
    with pytest.raises(BrokenFiles, match="không nối chuỗi"):
        read_regime(third)
    assert read_regime(folder)


def test_a_set_that_is_none_of_the_amended_law_is_refused(tmp_path):
    parsed, _ = read_regime(amending(tmp_path))
    parsed["01-thu.yaml"]["version"] = "qd2-2002"
    assert any("version: “qd2-2002” khác “qd1-2001”" in str(row) for row in check_regime("qd2-2002", parsed))


# ---------------------------------------------------------------- what differs
def test_differences_name_the_place_and_both_values():
    new = files(c11=ladder("1.1", 20, none_allowed=False))
    new["process.yaml"]["facts"]["certificate_months"]["value"] = 24
    new["process.yaml"]["levels"][0]["authority"] = "x" * 200
    new["version.yaml"]["part_totals"] = None
    del new["01-thu.yaml"]
    new["02-thu.yaml"] = {"a": 1}
    lines = [str(row) for row in differences(files(), new)]

    assert "process.yaml, facts › certificate_months › value: 36 → 24" in lines
    assert "01-thu.yaml: (…) → (không có)" in lines
    assert "02-thu.yaml: (không có) → (…)" in lines
    assert "version.yaml, part_totals: (…) → (không có)" in lines
    assert any(
        "levels › province › authority: UBND tỉnh → xxx" in line and line.endswith("…") for line in lines
    )
    assert differences(files(), files()) == []


def test_rows_of_lists_are_found_by_what_names_them():
    old = {"a": [{"code": "1", "n": 1}, {"code": "2", "n": 2}]}
    assert differences({"f": old}, {"f": {"a": old["a"][::-1]}}) == []  # order is not law
    (row,) = differences({"f": old}, {"f": {"a": [{"code": "1", "n": 1}, {"code": "2", "n": 3}]}})
    assert (row.place, row.before, row.after) == ("a › 2 › n", 2, 3)
    (whole,) = differences({"f": {"a": [{"x": 1}]}}, {"f": {"a": [{"x": 2}]}})
    assert whole.place == "a"  # nothing names these rows
    (plain,) = differences({"f": {"a": [1]}}, {"f": {"a": [2]}})
    assert (plain.before, plain.after) == ([1], [2])


@pytest.mark.parametrize("place", ["star_gate", "knockout_rule"])
def test_minimums_and_knockouts_need_a_source(place):
    parsed = files()
    parsed["version.yaml"][place] |= {"source": []}
    assert any(f"version.yaml, {place}" in line for line in problems(parsed))
    parsed = files()
    parsed["version.yaml"]["star_bands_confidence"] = "surely"
    assert any("version.yaml, star_bands" in line for line in problems(parsed))
