"""Five judges, each at a browser of their own, and how they fill in a sheet."""

import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import expect

from tests.journeys.conftest import Visitor
from tests.journeys.laying import JUDGES

PROJECT = Path(__file__).resolve().parents[2]
LAY = "from tests.journeys.laying import lay; lay()"
# Of every criterion, in the order of the page, its code, and of every box its digit and its points.
BOXES = """() => [...document.querySelectorAll("[data-criterion]")].map((item) => [
  item.dataset.criterion, [...item.querySelectorAll("[name=chon]")].map((box) => [
    box.dataset.digit, parseInt(box.dataset.text.match(/(\\d+) điểm/)[1], 10)])])"""
CHOSEN = """() => [...document.querySelectorAll("[data-criterion]")].map((item) => [
  item.dataset.criterion, item.querySelector("[name=chon]:checked")?.dataset.digit ?? ""])"""


def laid(portal):
    """The code of the dossier that waits for the council of five in this portal."""
    told = portal.told(
        owner=True, DATABASE_URL=portal.owner_url, DJANGO_SETTINGS_MODULE="ocop_portal.settings"
    )
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", LAY]
    done = subprocess.run(command, check=False, cwd=PROJECT, env=told, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()[-1]


class Judge(Visitor):
    """A judge at the sheet."""

    looks = True

    def look(self, name):
        """As everywhere, unless these very pages are looked at by another test."""
        if self.looks:
            super().look(name)

    def sit_down(self, case):
        """Say that there is no conflict of interest; the sheet opens."""
        self.goto(f"/phien-danh-gia/{case}/")
        self.follow("Khai báo xung đột lợi ích để chấm")
        self.press("Tôi không có xung đột lợi ích")
        expect(self.page.locator("[data-scoring]")).to_be_attached()

    def digits(self, most, **wanted):
        """Criterion → digit of the best box of at most so many points; ``c_4_3=0`` for the box of just so many."""
        wanted = {name.removeprefix("c_").replace("_", "."): points for name, points in wanted.items()}
        return {code: _digit(boxes, most, wanted.get(code)) for code, boxes in self.page.evaluate(BOXES)}

    def type(self, digits):
        """The digit of each criterion and on, as fast as the keys go; the page sends them by and by."""
        for code, digit in digits.items():
            expect(self.page.locator(f"[data-goes-to='{code}']")).to_have_attribute("aria-current", "step")
            self.page.keyboard.press(digit)
            self.page.keyboard.press("j")

    def kept(self):
        """Wait until nothing waits in the browser any more."""
        expect(self.page.locator("[data-goes-to].is-unsent")).to_have_count(0, timeout=60_000)
        expect(self.page.locator("[data-state]")).to_contain_text("Đã lưu")

    def chosen(self):
        """Criterion → digit that the page shows as chosen."""
        return {code: digit for code, digit in self.page.evaluate(CHOSEN) if digit}

    def leave_and_come_back(self, case):
        """Close the page in the middle; open the sheet anew."""
        self.page.close()
        self.page = self.context.new_page()
        self.goto(f"/phien-danh-gia/{case}/phieu/")

    def hand_in(self, remark):
        """Look it over and hand it in."""
        self.follow("Xem lại và nộp phiếu")
        self.page.get_by_label("Ý kiến của người đánh giá").fill(remark)
        self.press("Nộp phiếu")
        self.sees("Đã nộp phiếu")

    @property
    def context(self):
        """The browser context; it outlives its pages."""
        return self.__dict__.setdefault("kept_context", self.page.context)


def _digit(boxes, most, wanted):
    """The digit of the box of these points, else of the best that is not above ``most``, else of the lowest."""
    fitting = [box for box in boxes if box[1] == wanted] or [box for box in boxes if box[1] <= most]
    return (max(fitting, key=lambda box: box[1]) if fitting else min(boxes, key=lambda box: box[1]))[0]


@contextmanager
def judges_at(browser, portal, *, shots=False, looks=True):
    """User name → judge, each in a context of their own; a broken script or a refused resource is a failure."""
    trouble, found = [], {}
    for username in JUDGES:
        context = browser.new_context(locale="vi-VN", viewport={"width": 1280, "height": 900})
        context.on("dialog", lambda dialog: dialog.accept())
        context.on("weberror", lambda error: trouble.append(str(error.error)))
        context.on("console", lambda said: trouble.append(said.text) if said.type == "error" else None)
        found[username] = Judge(context.new_page(), portal, shots=shots)
        found[username].looks, found[username].name = looks, JUDGES[username][1]
        found[username].sign_in(username)
    yield found
    for judge in found.values():
        judge.context.close()
    assert trouble == []
