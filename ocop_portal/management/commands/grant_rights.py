"""Give the role of web and worker what it needs, and no more."""

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connection, transaction
from psycopg2 import sql

from evaluation import seal

# Tables on which the role has less than all rights of rows.
LESS = {
    "trail_entry": "select, insert",
    "trail_detail": "select, insert, update",  # a trigger lets through erasure alone
    "trail_link": "select",  # the database itself adds to it
    "products_submission": "select, insert",
    "products_correctionitem": "select, insert",
    "targets_factchange": "select",  # triggers of the database add to it
    **dict.fromkeys(seal.PAST, "select"),  # triggers add to them
}


class Command(BaseCommand):
    """Runs as the owner after every migration. The role owns nothing; append-only tables it may only add to."""

    help = __doc__

    @transaction.atomic
    def handle(self, *args, **options):
        role = settings.DATABASE_APP_ROLE
        with connection.cursor() as cursor:
            cursor.execute("select 1 from pg_roles where rolname = %s", [role])
            if cursor.fetchone() is None:
                self.stdout.write(f"Không có vai trò {role} trong cơ sở dữ liệu; bỏ qua.")
                return
            for statement, rights in self.statements():
                cursor.execute(sql.SQL(statement).format(sql.Identifier(role), *rights))
        self.stdout.write(f"Đã cấp quyền cho {role}.")

    def statements(self):
        """What to grant and what to take back, in order."""
        yield "grant usage on schema public to {}", ()
        yield "grant usage, select on all sequences in schema public to {}", ()
        for table in sorted(self.tables()):
            rights = LESS.get(table, "select, insert, update, delete")
            yield "revoke all on {1} from {0}", (sql.Identifier(table),)
            yield "grant " + rights + " on {1} to {0}", (sql.Identifier(table),)
        for table in seal.STANDS:
            yield "alter table {1} enable row level security", (sql.Identifier(table),)
        yield "grant select on {1} to {0}", (sql.Identifier("django_migrations"),)

    def tables(self):
        """Every table of the models, many-to-many ones included, and of the cache."""
        models = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
        return models | {settings.CACHES["default"]["LOCATION"]}
