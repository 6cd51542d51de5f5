"""Open a workbook: its rows one after another from a process of its own, or the reason why it is refused."""

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MAX_BYTES = 10 * 1024**2
SECONDS = 60
REFUSALS = {
    "damaged": "Tệp Excel bị hỏng, không đọc được. Hãy mở bằng Excel, lưu lại dạng .xlsx rồi tải lên.",
    "encrypted": "Tệp Excel có mật khẩu. Hãy bỏ mật khẩu rồi tải lên lại.",
    "old": "Tệp thuộc dạng Excel cũ (.xls). Hãy lưu lại dạng .xlsx rồi tải lên.",
    "other": "Tệp không phải bảng tính Excel dạng .xlsx.",
    "macro": "Tệp Excel chứa mã lệnh (macro). Hãy lưu lại dạng .xlsx không có mã lệnh rồi tải lên.",
    "binary": "Tệp thuộc dạng Excel nhị phân (.xlsb). Hãy lưu lại dạng .xlsx rồi tải lên.",
    "links": "Tệp Excel liên kết tới tệp khác. Hãy bỏ liên kết, chỉ giữ giá trị, rồi tải lên.",
    "embedded": "Tệp Excel chứa tệp nhúng. Hãy bỏ tệp nhúng rồi tải lên.",
    "paths": "Tệp có đường dẫn không hợp lệ bên trong nên bị từ chối.",
    "entries": "Tệp có quá nhiều thành phần bên trong nên bị từ chối.",
    "bomb": "Tệp phình ra quá lớn khi mở nên bị từ chối. Hãy xóa các dòng, cột thừa và hình ảnh rồi lưu lại.",
    "entities": "Tệp khai báo nội dung lạ bên trong nên bị từ chối.",
    "rows": "Bảng có quá 20.000 dòng. Hãy xóa các dòng thừa hoặc chia thành nhiều tệp.",
    "columns": "Bảng có quá 100 cột. Hãy xóa các cột thừa rồi lưu lại.",
    "merges": "Bảng có quá nhiều ô gộp. Hãy bỏ gộp ô rồi lưu lại.",
    "empty": "Tệp không có trang tính nào có dữ liệu.",
    "heavy": "Tệp quá phức tạp để đọc. Hãy sao chép riêng bảng dữ liệu sang tệp mới rồi tải lên.",
}


class UnfitWorkbook(ValueError):
    """The workbook is refused; the message says why, in the words of the person who sent it."""

    def __init__(self, word):
        super().__init__(REFUSALS.get(word, REFUSALS["heavy"]))
        self.word = word


@dataclass(frozen=True)
class Row:
    """One row of a sheet: its number in Excel, and its cells as ``reader`` writes them."""

    number: int
    cells: list


def run_reader(path, out):
    """Let the child process read this file into another; ended in any case."""
    command = [sys.executable, "-E", "-s", "-m", "foundation.sheets.reader", str(path)]
    quiet = {"stdin": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    try:
        subprocess.run(command, cwd=ROOT, env={}, stdout=out, timeout=SECONDS, check=False, **quiet)
    except subprocess.TimeoutExpired as slow:
        raise UnfitWorkbook("heavy") from slow


def rows_of(path):
    """Every row of the first sheet, as a stream. Raises UnfitWorkbook, at the latest after the last row.

    The rows wait in a file, so that the reader is not held up by whoever works on them, nor memory by them.
    """
    with tempfile.TemporaryFile() as out:
        run_reader(path, out)
        out.seek(0)
        ended = False
        for line in out:
            said = parsed(line)
            if isinstance(said, list):
                yield Row(*said)
            elif "refused" in said:
                raise UnfitWorkbook(said["refused"])
            ended = ended or "end" in said
        if not ended:
            raise UnfitWorkbook("heavy")


def parsed(line):
    """One line of the reader; half a line is that of a reader that was stopped."""
    try:
        return json.loads(line)
    except json.JSONDecodeError as half:
        raise UnfitWorkbook("heavy") from half
