"""T82, T83: hostile workbooks are refused before they are unpacked, quickly and in little memory, with the reason."""

import io
import json
import stat
import struct
import subprocess
import sys
import zipfile

import pytest

from foundation.inspection import archives as guard
from foundation.sheets import marks
from foundation.sheets.opening import REFUSALS, ROOT, UnfitWorkbook, rows_of
from tests.imports.books import master_book, master_row, plain_book, repacked

SHEET, TYPES = "xl/worksheets/sheet1.xml", "[Content_Types].xml"
GOOD = plain_book(["A", "B"], [["một", 2]])
HEAD = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
TAIL = b"</sheetData></worksheet>"
CPU_SECONDS, MEMORY_MB = 2.0, 150


def sheet(body, tail=TAIL):
    """The good workbook with another sheet."""
    return repacked(GOOD, lambda name, data: HEAD + body + tail if name == SHEET else data)


def typed(old, new):
    """The good workbook that says it is something else."""
    return repacked(GOOD, lambda name, data: data.replace(old, new) if name == TYPES else data)


def linked():
    """A part that is a symbolic link."""
    part = zipfile.ZipInfo("xl/media/a")
    part.external_attr = (stat.S_IFLNK | 0o777) << 16
    return repacked(GOOD, more=[(part, b"/etc/passwd")])


def locked_part():
    """A part that the archive says is locked by a password."""
    content = bytearray(GOOD)
    start = content.index(b"PK\x01\x02")
    content[start + 8] |= 1
    return bytes(content)


def lying(size=100):
    """A sheet that says it is small and is not."""
    content = bytearray(sheet(b"<row/>" * 200_000))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        part = archive.getinfo(SHEET)
    for mark, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        place = -1
        while (place := content.find(mark, place + 1)) >= 0:
            if struct.unpack_from("<I", content, place + offset)[0] == part.file_size:
                struct.pack_into("<I", content, place + offset, size)
    return bytes(content)


def bomb():
    """60 MB of spaces in some kilobytes."""
    return repacked(GOOD, more=[("xl/media/a.xml", b" " * 60_000_000)], compresslevel=9)


def many_rows():
    """400,000 rows in some 2 MB."""
    return sheet(b"".join(b'<row><c t="str"><v>%d</v></c></row>' % number for number in range(400_000)))


def quadratic():
    """Entities that name one another."""
    lines = b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 9))
    return repacked(
        GOOD,
        lambda name, data: b"<!DOCTYPE x [<!ENTITY a0 'x'>" + lines + b"]>" + data if name == SHEET else data,
    )


def merged():
    """One cell that stands for the whole sheet."""
    everything = b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>'
    return sheet(b'<row r="1"><c r="A1"><v>1</v></c></row>', everything)


HOSTILE = {
    "zip bomb": (bomb, "bomb"),
    "a part larger than it says": (lying, "bomb"),
    "400,000 rows": (many_rows, "rows"),
    "a row number that lies": (lambda: sheet(b'<row r="1048576"><c r="A1048576"><v>1</v></c></row>'), "rows"),
    "a cell that lies about its row": (lambda: sheet(b'<row r="1"><c r="A1048576"><v>1</v></c></row>'), "rows"),
    "the last column": (lambda: sheet(b'<row r="1"><c r="XFD1"><v>1</v></c></row>'), "columns"),
    "merged over everything": (
        merged,
        "merges",
    ),
    "entities": (quadratic, "entities"),
    "a path that climbs": (lambda: repacked(GOOD, more=[("../../etc/cron.d/a", b"x")]), "paths"),
    "an absolute path": (lambda: repacked(GOOD, more=[("/etc/a", b"x")]), "paths"),
    "a path of Windows": (lambda: repacked(GOOD, more=[("..\\a", b"x")]), "paths"),
    "a link": (linked, "paths"),
    "50,000 entries": (lambda: repacked(GOOD, more=[(f"a/{n}", b"") for n in range(50_000)]), "entries"),
    "a part with a password": (locked_part, "encrypted"),
    "a workbook with a password": (lambda: guard.OLD_OFFICE + b"\0" * 600 + guard.ENCRYPTED_MARK, "encrypted"),
    "an old workbook renamed": (lambda: guard.OLD_OFFICE + b"\0" * 600, "old"),
    "macros by kind": (lambda: typed(b"spreadsheetml.sheet.main", b"ms-excel.sheet.macroEnabled.main"), "macro"),
    "macros by part": (lambda: repacked(GOOD, more=[("xl/vbaProject.bin", b"x")]), "macro"),
    "a binary workbook": (lambda: repacked(GOOD, more=[("xl/workbook.bin", b"x")]), "binary"),
    "links to other files": (lambda: repacked(GOOD, more=[("xl/externalLinks/externalLink1.xml", b"<a/>")]), "links"),
    "an embedded file": (lambda: repacked(GOOD, more=[("xl/embeddings/oleObject1.bin", b"x")]), "embedded"),
    "a document": (lambda: typed(b"spreadsheetml.sheet.main", b"wordprocessingml.document.main"), "other"),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "other"),
    "nothing": (lambda: b"", "other"),
    "half a file": (lambda: GOOD[: len(GOOD) // 2], "damaged"),
    "a sheet that is no XML": (lambda: sheet(b"<row><c>"), "damaged"),
    "no sheet": (lambda: repacked(GOOD, lambda name, data: None if name == SHEET else data), "damaged"),
    "an empty sheet": (lambda: sheet(b""), "empty"),
}  # fmt: skip


# A process starts with the memory of the one that started it, so a small one stands between and measures.
MEASURE = """
import json, os, resource, subprocess, sys
child = subprocess.run([sys.executable, "-E", "-s", "-m", "foundation.sheets.reader", sys.argv[1]], capture_output=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([child.stdout.splitlines()[-1].decode(), used.ru_utime + used.ru_stime, used.ru_maxrss / 1024]))
"""


def judged(path):
    """(what the reader said last, CPU seconds, MB) of reading this file."""
    command = [sys.executable, "-c", MEASURE, str(path)]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    last, seconds, megabytes = json.loads(said.stdout)
    return json.loads(last), seconds, megabytes


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_workbook_is_refused_in_two_seconds_and_150_mb(tmp_path, name):
    make, word = HOSTILE[name]
    path = tmp_path / "a.xlsx"
    path.write_bytes(make())

    said, seconds, megabytes = judged(path)

    assert said == {"refused": word}
    assert seconds < CPU_SECONDS
    assert megabytes < MEMORY_MB


@pytest.mark.parametrize("name", ["zip bomb", "macros by part", "half a file"])
def test_the_reason_is_told_in_the_senders_words(tmp_path, name):
    make, word = HOSTILE[name]
    path = tmp_path / "a.xlsx"
    path.write_bytes(make())

    with pytest.raises(UnfitWorkbook, match=REFUSALS[word][:20]):
        list(rows_of(path))


def test_without_the_guard_the_bomb_would_be_unpacked(tmp_path, monkeypatch):
    path = tmp_path / "a.xlsx"
    path.write_bytes(bomb())
    monkeypatch.setattr(guard, "MAX_RATIO", 10**9)

    guard.judged(path)  # control: nothing else refuses it


def test_without_counting_while_streaming_the_rows_would_all_be_read(tmp_path, monkeypatch):
    monkeypatch.setattr(marks, "MAX_ROWS", 10**9)
    found = marks.Marks().read(io.BytesIO(HEAD + b"<row/>" * 30_000 + TAIL))

    assert found.rows == 30_000


def test_a_reader_that_dies_is_a_refusal_and_no_crash(tmp_path, monkeypatch):
    path = tmp_path / "a.xlsx"
    path.write_bytes(GOOD)
    monkeypatch.setattr("foundation.sheets.opening.SECONDS", 0.0)

    with pytest.raises(UnfitWorkbook, match="quá phức tạp"):
        list(rows_of(path))


def test_the_reader_lives_under_limits():
    code = (
        "import resource, foundation.sheets.reader as r;"
        "r.confine(memory=r.MEMORY, cpu=r.CPU_SECONDS, output=r.OUTPUT);"
        "print([resource.getrlimit(n)[1] for n in (resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_FSIZE)])"
    )
    said = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    assert json.loads(said.stdout) == [640 * 1024**2, 15, 256 * 1024**2]


def test_a_large_good_list_is_read_in_little_memory(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(master_book([master_row(n, f"Sản phẩm {n}", f"HTX {n}") for n in range(5_000)]))

    said, _, megabytes = judged(path)

    assert said["end"] >= 5_000
    assert megabytes < MEMORY_MB
