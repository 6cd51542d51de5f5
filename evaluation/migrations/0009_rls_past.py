"""Row security on the history of values, on past turns and on advice; whoever types a paper sheet may write in it.

The history is read once the chair has opened the case, past turns by anybody who is named: they were opened before
they became past. Nobody but the owner writes either. A sheet is typed from paper in one transaction, as a draft that
names who types; before and after it that person reads nothing of it.
"""

import importlib

from django.db import migrations

before = importlib.import_module("evaluation.migrations.0004_rls_seal")
PERSON = before.PERSON
TYPES = f"(s.channel = 'paper' and s.status = 'draft' and s.entered_by_id = {PERSON})"
OWN = f"""exists (
  select from evaluation_scoresheet s join evaluation_seat t on t.id = s.seat_id
  where s.id = sheet_id and (t.user_id = {PERSON} or {TYPES}))"""
READABLE = f"""exists (
  select from evaluation_scoresheet s join evaluation_seat t on t.id = s.seat_id join evaluation_case c on c.id = s.case_id
  where s.id = sheet_id and (t.user_id = {PERSON} or {TYPES} or (c.opened_at is not null and {PERSON} is not null)))"""
ADVICE_OWN = f"""exists (
  select from evaluation_advisorysheet s where s.id = sheet_id and s.user_id = {PERSON})"""
ADVICE_READABLE = f"""exists (
  select from evaluation_advisorysheet s join evaluation_case c on c.id = s.case_id
  where s.id = sheet_id and (s.user_id = {PERSON} or (c.opened_at is not null and {PERSON} is not null)))"""
OPENED = f"""exists (
  select from evaluation_scoresheet s join evaluation_case c on c.id = s.case_id
  where s.id = sheet_id and c.opened_at is not null and {PERSON} is not null)"""
NAMED = f"{PERSON} is not null"


def wall(table, own, readable):
    """The four policies of a sealed table."""
    return f"""
alter table {table} enable row level security;
create policy sealed_read on {table} for select using ({readable});
create policy sealed_add on {table} for insert with check ({own});
create policy sealed_change on {table} for update using ({own}) with check ({own});
create policy sealed_remove on {table} for delete using ({own});
"""


def read_only(table, readable):
    """A table of the past: one policy, to read."""
    forward = f"alter table {table} enable row level security; create policy sealed_read on {table} for select using ({readable});"
    return migrations.RunSQL(
        forward, f"drop policy sealed_read on {table}; alter table {table} disable row level security;"
    )


def rewritten(table):
    """The wall of 0004 with whoever types let in."""
    again = before.back(table)
    return migrations.RunSQL(again + wall(table, OWN, READABLE), again + before.forward(table))


class Migration(migrations.Migration):
    dependencies = [("evaluation", "0008_turns_are_kept")]
    operations = [
        rewritten("evaluation_score"),
        rewritten("evaluation_opinion"),
        migrations.RunSQL(
            wall("evaluation_advisoryscore", ADVICE_OWN, ADVICE_READABLE), before.back("evaluation_advisoryscore")
        ),
        read_only("evaluation_scorechange", OPENED),
        read_only("evaluation_pastsheet", NAMED),
        read_only("evaluation_pastscore", NAMED),
    ]
