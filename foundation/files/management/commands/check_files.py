"""``manage.py check_files``: files that no row names, rows whose file is not there."""

from django.core.management.base import BaseCommand, CommandError

from foundation.files.reconcile import differences


class Command(BaseCommand):
    """Prints every difference; ends with an error when rows name files that are not stored."""

    help = "Đối chiếu tệp đã lưu với dữ liệu."

    def handle(self, *args, **options):
        missing, unknown = differences()
        for name in missing:
            self.stdout.write(f"thiếu tệp      {name}")
        for name in unknown:
            self.stdout.write(f"không rõ tệp   {name}")
        if missing:
            raise CommandError(f"{len(missing)} dòng dữ liệu không còn tệp.")
        self.stdout.write("Không dòng dữ liệu nào thiếu tệp.")
