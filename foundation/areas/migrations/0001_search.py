"""Text without Vietnamese marks, the same in every index and query."""

from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations

FORWARD = """
create or replace function vn_norm(text) returns text language sql immutable strict parallel safe as $$
  select lower(public.unaccent('public.unaccent'::regdictionary, normalize($1, nfc)))
$$;
"""


class Migration(migrations.Migration):
    """Marked immutable because the dictionary never changes here; so it may stand in stored columns and indexes."""

    dependencies = []
    operations = [
        UnaccentExtension(),
        TrigramExtension(),
        migrations.RunSQL(FORWARD, "drop function if exists vn_norm(text);"),
    ]
