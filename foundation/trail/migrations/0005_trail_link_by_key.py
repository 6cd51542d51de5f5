"""The linking function finds its rows by key, whatever the planner knew of the tables when the session began.

A session plans the statements of a function once. Planned while the tables were small, they read the whole of
``trail_waiting`` for each of 20,000 entries of one transaction: minutes under the chain's lock instead of seconds.
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
