"""Nobody changes the past: not the application, not the owner, not a superuser in replica mode."""

from django.db import migrations

from foundation.trail.constraints import append_only

FORWARD, BACKWARD = append_only("trail_entry")


class Migration(migrations.Migration):
    dependencies = [("trail", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
