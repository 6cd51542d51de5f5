"""Everything a database needs before the portal serves: schema, rights, reference data, demo, static files."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from evaluation import seal
from foundation.jobs.models import Pulse


class Command(BaseCommand):
    """One process for all steps, as the owner of the tables; each step is idempotent and says one line."""

    help = __doc__

    def handle(self, *args, **options):
        self.migrate()
        self.check_seal()
        call_command("load_reference", stdout=self.stdout)
        if settings.DEMO:
            call_command("seed_demo", stdout=self.stdout)
        self.collect_static()
        Pulse.objects.all().delete()  # signs of life of an earlier run prove nothing

    def migrate(self):
        """Bring the schema up to date and hand out rights; nothing when it is."""
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        if plan:
            call_command("migrate", verbosity=0, interactive=False)
            call_command("grant_rights", stdout=self.stdout)
        self.stdout.write(f"Cơ sở dữ liệu đã cập nhật ({len(plan)} bước).")

    def check_seal(self):
        """The portal does not start while the database would show sealed scores to its web process."""
        if missing := seal.gaps(settings.DATABASE_APP_ROLE):
            raise CommandError(f"Phiếu chấm chưa được niêm phong trong cơ sở dữ liệu: {' '.join(missing)}")
        self.stdout.write("Bảo vệ theo dòng của phiếu chấm đang bật.")

    def collect_static(self):
        """Hash and compress static files, when one of them changed."""
        stamp = Path(settings.STATIC_ROOT) / ".digest"
        digest = self.static_digest()
        if stamp.exists() and stamp.read_text(encoding="ascii") == digest:
            return
        call_command("collectstatic", interactive=False, verbosity=0, clear=True)
        stamp.write_text(digest, encoding="ascii")
        self.stdout.write("Đã chuẩn bị tệp tĩnh.")

    def static_digest(self):
        """Names, sizes and times of all static files, hashed."""
        digest = hashlib.sha256()
        for folder in settings.STATICFILES_DIRS:
            for path in sorted(Path(folder).rglob("*")):
                if path.is_file():
                    facts = path.stat()
                    digest.update(
                        f"{path.relative_to(folder)} {facts.st_size} {facts.st_mtime_ns}\n".encode()
                    )
        return digest.hexdigest()
