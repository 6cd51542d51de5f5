"""Row security on scores: whoever does not own the tables sees the rows of the person named, and opened ones.

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

FORWARD = f"""
alter table evaluation_score enable row level security;
create policy score_read on evaluation_score for select using ({READABLE});
create policy score_add on evaluation_score for insert with check ({OWN});
create policy score_change on evaluation_score for update using ({OWN}) with check ({OWN});
create policy score_remove on evaluation_score for delete using ({OWN});
"""
BACK = """
drop policy score_remove on evaluation_score;
drop policy score_change on evaluation_score;
drop policy score_add on evaluation_score;
drop policy score_read on evaluation_score;
alter table evaluation_score disable row level security;
"""


class Migration(migrations.Migration):
    dependencies = [("evaluation", "0002_locks")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
