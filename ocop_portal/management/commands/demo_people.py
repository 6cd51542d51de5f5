"""Prints who can sign in to the demonstration."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from ocop_portal.demo.seeding import PASSWORD

HEADS = ("Tên đăng nhập", "Mật khẩu", "Vai trò")
CODES = (
    "\nCán bộ, hội đồng, lãnh đạo và quản trị đăng nhập hai lớp: mã 6 số lúc này của từng người hiện trên trang "
    "đăng nhập, thay cho điện thoại."
)


class Command(BaseCommand):
    """A table: user name, password, role."""

    help = "In bảng người dùng trình diễn: tên đăng nhập, mật khẩu, vai trò."

    def handle(self, *args, **options):
        if not settings.DEMO:
            raise CommandError("Chỉ có người dùng trình diễn khi PORTAL_DEMO=1.")
        rows = [(user.username, PASSWORD, user.title) for user in User.objects.demo()]
        if not rows:
            raise CommandError("Chưa có người dùng trình diễn. Hãy chạy: python manage.py seed_demo")
        widths = [max(len(row[column]) for row in [HEADS, *rows]) for column in range(2)]
        for row in [HEADS, tuple("-" * len(head) for head in HEADS), *rows]:
            self.stdout.write("  ".join([row[0].ljust(widths[0]), row[1].ljust(widths[1]), row[2]]))
        self.stdout.write(CODES)
