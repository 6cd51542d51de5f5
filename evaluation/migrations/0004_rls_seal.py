"""Row security on scores and opinions: whoever does not own the tables finds the own rows, and opened ones.

The person is the setting ``portal.person``, local to a transaction. Unset, empty or not a number: no rows. For every
role but the owner, whatever its name: a role that comes later finds the wall closed too.
"""

from django.db import migrations

PERSON = "(select substring(current_setting('portal.person', true) from '^[0-9]{1,18}$')::bigint)"
OWN = f"""exists (
  select from evaluation_scoresheet s join evaluation_seat t on t.id = s.seat_id
  where s.id = sheet_id and t.user_id = {PERSON})"""
READABLE = f"""exists (
  select from evaluation_scoresheet s join evaluation_seat t on t.id = s.seat_id join evaluation_case c on c.id = s.case_id
  where s.id = sheet_id and (t.user_id = {PERSON} or (c.opened_at is not null and {PERSON} is not null)))"""


def forward(table):
    return f"""
alter table {table} enable row level security;
create policy sealed_read on {table} for select using ({READABLE});
create policy sealed_add on {table} for insert with check ({OWN});
create policy sealed_change on {table} for update using ({OWN}) with check ({OWN});
create policy sealed_remove on {table} for delete using ({OWN});
"""


def back(table):
    return f"""
drop policy sealed_remove on {table};
drop policy sealed_change on {table};
drop policy sealed_add on {table};
drop policy sealed_read on {table};
alter table {table} disable row level security;
"""


class Migration(migrations.Migration):
    dependencies = [("evaluation", "0003_rls_opinion")]
    operations = [
        migrations.RunSQL(forward(table), back(table)) for table in ("evaluation_score", "evaluation_opinion")
    ]
