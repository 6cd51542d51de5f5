"""An authenticator app for people in the browser, and what everybody meets who signs in for the first time."""

import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

STEP = 30


class Phone:
    """An authenticator app: gives each code once, and waits for the next one when it must."""

    def __init__(self, secret):
        self.secret, self.last = secret, 0

    def code(self):
        """The first code that was not given yet and that the portal takes now (one step ahead at most)."""
        step = max(int(time.time()) // STEP, self.last + 1)
        while step > int(time.time()) // STEP + 1:
            time.sleep(0.5)
        self.last = step
        return format_hotp_value(hotp_value(self.secret, step))


def set_up(visitor):
    """Switch codes on, as the page asks; the phone that gives them from now on."""
    visitor.sees("Cần đặt xác nhận hai lớp")
    visitor.follow("Bật ứng dụng tạo mã")
    phone = Phone(visitor.page.locator("[data-secret]").inner_text())
    visitor.page.get_by_label("Mã 6 số").fill(phone.code())
    visitor.press("Bật mã xác nhận")
    visitor.sees("Các mã chỉ hiện một lần")
    return phone


def agree(visitor):
    """Answer the consent text that stands before the first page of work."""
    visitor.page.goto(f"{visitor.portal.url}/ban-lam-viec/")
    visitor.sees("dữ liệu cá nhân")
    for box in visitor.page.get_by_role("checkbox").all():
        box.check()
    visitor.page.locator("main form button[type=submit]").first.click()
