"""Conditions that many tables share, and the SQL of append-only ones."""

from django.db.models import Q


def together(*names):
    """All of these facts are known, or none of them is."""
    none, every = ({f"{name}__isnull": unknown for name in names} for unknown in (True, False))
    return Q(**none) | Q(**every)


APPEND_ONLY_SQL = """
create or replace function {table}_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'Bảng {table} chỉ được ghi thêm.' using errcode = 'integrity_constraint_violation';
end $$;
create trigger {table}_no_change before update or delete on {table}
  for each row execute function {table}_is_append_only();
create trigger {table}_no_truncate before truncate on {table}
  for each statement execute function {table}_is_append_only();
alter table {table} enable always trigger {table}_no_change;
alter table {table} enable always trigger {table}_no_truncate;
"""

APPEND_ONLY_REVERSE_SQL = """
drop trigger if exists {table}_no_change on {table};
drop trigger if exists {table}_no_truncate on {table};
drop function if exists {table}_is_append_only();
"""


def append_only(table):
    """Forward and backward SQL that makes a table append-only for every role, replica mode included."""
    return APPEND_ONLY_SQL.format(table=table), APPEND_ONLY_REVERSE_SQL.format(table=table)
