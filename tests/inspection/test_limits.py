"""The process in which strangers' files are opened: what it cannot do, and that it ends."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from foundation.inspection import opening
from foundation.inspection.opening import inspected, inspected_bytes
from foundation.inspection.words import Unfit
from tests.ui.test_documents import pdf

ROOT = Path(__file__).resolve().parents[2]
CONFINED = "from foundation.inspection.limits import confine; print(confine(memory=300, cpu=1, output=1));"
SOCKET = "import socket; socket.socket(); print('open')"
NATIVE_SOCKET = "import ctypes; print('open' if ctypes.CDLL(None).socket(2, 1, 0) >= 0 else 'shut')"
PROGRAM = "import subprocess; subprocess.run(['true']); print('open')"
NATIVE_PROGRAM = (
    "import ctypes; libc = ctypes.CDLL(None);"
    "argv = (ctypes.c_char_p * 3)(b'/bin/echo', b'open', None); libc.execv(b'/bin/echo', argv); print('shut')"
)
MEMORY = "bytearray(500 * 1024**2); print('open')"
DISK = "open(r'{path}', 'wb').write(b'x' * 3 * 1024**2); print('open')"
FILES = "import os; [os.open('/dev/null', 0) for _ in range(200)]; print('open')"
ENDLESS = "\nwhile True: pass"


def lines(code):
    """What a process says that runs this code."""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=30, check=False
    )
    return done.stdout.split()


ATTEMPTS = {
    "socket": SOCKET,
    "native socket": NATIVE_SOCKET,
    "program": PROGRAM,
    "native program": NATIVE_PROGRAM,
    "memory": MEMORY,
    "disk": DISK,
    "files": FILES,
}


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_what_the_process_may_not_do(attempt, tmp_path):
    code = ATTEMPTS[attempt].format(path=tmp_path / "a")
    assert "open" in lines(code)  # control: unconfined it can
    assert "open" not in lines(CONFINED + code)


def test_processor_time_ends():
    assert lines(CONFINED + ENDLESS) in ([], ["True"], ["False"])  # and it came back


def test_this_machine_takes_the_network_away():
    assert lines(CONFINED) == ["True"]


def test_other_machines_keep_the_rest(monkeypatch):
    code = "import platform; platform.machine = lambda: 'riscv64';" + CONFINED + SOCKET
    assert lines(code) == ["False"]


def test_no_environment_and_no_open_files_reach_the_child(monkeypatch):
    called = {}

    def run(command, **options):
        called.update(options)
        return subprocess.CompletedProcess(command, 0, stdout=json.dumps({"pages": 1}))

    monkeypatch.setattr(opening.subprocess, "run", run)
    with inspected_bytes(b"a", "pdf") as found:
        assert found.facts == {"pages": 1}
    assert called["env"] == {}
    assert called["stdin"] == subprocess.DEVNULL
    assert called.get("close_fds", True)
    assert called["timeout"] == opening.SECONDS


@pytest.mark.parametrize(
    "done", [subprocess.CompletedProcess([], -9, stdout=b""), subprocess.CompletedProcess([], 0, stdout=b"{")]
)
def test_a_child_that_was_stopped_is_a_refusal(monkeypatch, done):
    monkeypatch.setattr(opening.subprocess, "run", lambda *args, **options: done)
    with pytest.raises(Unfit, match="heavy"), inspected_bytes(b"a", "pdf"):
        pass


def test_a_child_that_takes_too_long_is_killed(monkeypatch):
    monkeypatch.setattr(opening, "SECONDS", 0.01)
    with pytest.raises(Unfit, match="heavy"), inspected_bytes(pdf(), "pdf"):
        pass


def test_pages_are_drawn_as_pictures():
    with inspected_bytes(pdf(pages=12), "pages", first=11, last=20) as found:
        assert found.facts == {
            "numbers": [11, 12],
            "sizes": [[800, 800], [800, 800]],
            "cut_off": found.facts["cut_off"],
        }
        with Image.open(found.folder / "0011.jpg") as page:
            assert max(page.size) == 800  # 200 points, at most four times as large


def test_pages_of_something_else_are_a_refusal():
    with pytest.raises(Unfit, match="damaged"), inspected_bytes(b"%PDF-1.7\nx", "pages", first=1, last=2):
        pass


def test_photos_become_one_pdf_without_being_compressed_again(tmp_path):
    for number, size in enumerate([(300, 400), (400, 300)]):
        out = io.BytesIO()
        Image.new("RGB", size, "#2a6").save(out, "JPEG")
        (tmp_path / f"{number}.jpg").write_bytes(out.getvalue())
    with inspected(tmp_path, "join") as found:
        made = found.released.read_bytes()
        assert found.facts["pages"] == 2
    assert (tmp_path / "0.jpg").read_bytes() in made
    with (
        inspected_bytes(made, "pages", first=1, last=2) as drawn,
        Image.open(drawn.folder / "0002.jpg") as page,
    ):
        assert page.width > page.height
        assert page.getpixel((page.width // 2, page.height // 2))[1] > 100
