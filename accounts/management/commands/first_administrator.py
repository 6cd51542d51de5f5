"""Opens the first account of a new portal, without any password: whoever it is for chooses one by a link."""

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.models import Assignment, Role, User
from accounts.works.signing import set_password_link
from foundation import clock
from foundation.trail.moves import write


class Command(BaseCommand):
    """Only while no administrator has ever signed in; asked again for the same name, it prints a new link."""

    help = "Mở tài khoản quản trị đầu tiên và in đường dẫn đặt mật khẩu (dùng một lần, trong 2 giờ)."

    def add_arguments(self, parser):
        parser.add_argument("username", help="tên đăng nhập")
        parser.add_argument("full_name", help="họ và tên")
        parser.add_argument("--email", default="", help="địa chỉ thư")

    @transaction.atomic
    def handle(self, username, full_name, email, **options):
        others = User.objects.filter(assignments__role=Role.ADMINISTRATOR, is_demo=False)
        if others.exclude(username=username).exists() or others.filter(last_login__isnull=False).exists():
            raise CommandError("Cổng đã có quản trị viên; hãy nhờ người đó mời thêm người.")
        person = others.first() or self.opened(username, full_name, email)
        self.stdout.write(f"Gửi đường dẫn này cho {person.full_name}, dùng một lần trong 2 giờ:")
        self.stdout.write(set_password_link(person))

    def opened(self, username, full_name, email):
        """The account and its role; it has no password yet."""
        if User.objects.filter(username=username).exists():
            raise CommandError(f"Đã có tài khoản {username}; hãy chọn tên khác.")
        person = User.objects.create_user(username, full_name=full_name, email=email)
        Assignment.objects.create(user=person, role=Role.ADMINISTRATOR, start=clock.today())
        write(person, "Mở tài khoản quản trị đầu tiên", by=None)
        return person
