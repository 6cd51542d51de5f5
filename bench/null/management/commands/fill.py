"""Makes the tables, one person and some rows."""

import os

from django.contrib.auth.models import User
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection

from bench.null.models import Note

NOTES = 2000


class Command(BaseCommand):
    """Run by the owner of the database; ROLE, the web server's, gets rights. The password stands in NULL_PASSWORD."""

    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("role")

    def handle(self, *args, role, **options):
        call_command("migrate", run_syncdb=True, verbosity=0)
        User.objects.create_user("null", password=os.environ["NULL_PASSWORD"])
        Note.objects.bulk_create([Note(title=f"Dòng số {number}") for number in range(NOTES)], 1000)
        with connection.cursor() as cursor:
            name = connection.ops.quote_name(role)
            cursor.execute(f"grant select, insert, update, delete on all tables in schema public to {name}")
            cursor.execute(f"grant usage, select on all sequences in schema public to {name}")
            cursor.execute("analyze")
