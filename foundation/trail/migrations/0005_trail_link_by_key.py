"""The linking function finds its rows by key, whatever the planner knew of the tables when the session began.

Linking 20,000 entries of one transaction took 54 s under the chain's lock in one run and 1.8 s with this setting. The slow run
was not met again; a plan made while the tables were small and kept by the session is the likely reason, not a proven one.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("trail", "0004_trail_chain")]

    operations = [
        migrations.RunSQL(
            "alter function trail_append_link() set enable_seqscan = off",
            "alter function trail_append_link() reset enable_seqscan",
        )
    ]
