"""The table of Django's database cache, as ``createcachetable`` makes it: here, so that rights are granted with the rest."""

from django.db import migrations

FORWARD = """
create table portal_cache (
  cache_key varchar(255) primary key,
  value text not null,
  expires timestamp with time zone not null
);
create index portal_cache_expires on portal_cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_sign_in")]
    operations = [migrations.RunSQL(FORWARD, "drop table portal_cache")]
