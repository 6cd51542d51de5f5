"""What dated facts were before they were changed is kept by the database itself; the table only grows.

One statement writes one statement, however many rows it touches. Only the columns that figures are made of are kept:
dates, stars, kinds; no text of anybody.
"""

from django.db import migrations

from foundation.trail.constraints import append_only

KEPT = {
    "products_rating": ("product_id", "regime_id", "stars", "starts_on", "ends_on", "revoked_on", "decision_id"),
    "products_productfact": ("product_id", "kind", "day"),
    "entities_saleschannel": ("entity_id", "kind", "since", "until"),
    "entities_strengthening": ("entity_id", "kind", "day"),
}
PICK = "(select jsonb_object_agg(name, value) from jsonb_each(to_jsonb({row})) as fact(name, value) where name = any(tg_argv))"
KEEP = f"""
create function targets_keep_new() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
  insert into targets_factchange ("table", key, at, was)
  select tg_table_name, n.id, clock_timestamp(), null from new_rows n;
  return null;
end $$;
create function targets_keep_changed() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
  insert into targets_factchange ("table", key, at, was)
  select tg_table_name, o.id, clock_timestamp(), {PICK.format(row="o")}
  from old_rows o join new_rows n using (id)
  where {PICK.format(row="o")} is distinct from {PICK.format(row="n")};
  return null;
end $$;
create function targets_keep_gone() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
  insert into targets_factchange ("table", key, at, was)
  select tg_table_name, o.id, clock_timestamp(), {PICK.format(row="o")} from old_rows o;
  return null;
end $$;
"""
KEEP_BACK = """
drop function targets_keep_new();
drop function targets_keep_changed();
drop function targets_keep_gone();
"""
HANG = """
create trigger {table}_kept_new after insert on {table} referencing new table as new_rows
  for each statement execute function targets_keep_new();
create trigger {table}_kept_changed after update on {table} referencing old table as old_rows new table as new_rows
  for each statement execute function targets_keep_changed({columns});
create trigger {table}_kept_gone after delete on {table} referencing old table as old_rows
  for each statement execute function targets_keep_gone({columns});
alter table {table} enable always trigger {table}_kept_new;
alter table {table} enable always trigger {table}_kept_changed;
alter table {table} enable always trigger {table}_kept_gone;
"""
HANG_BACK = """
drop trigger {table}_kept_new on {table};
drop trigger {table}_kept_changed on {table};
drop trigger {table}_kept_gone on {table};
"""


def hung(table, columns):
    """Forward and backward SQL of one table's triggers."""
    names = ", ".join(f"'{name}'" for name in columns)
    return HANG.format(table=table, columns=names), HANG_BACK.format(table=table)


class Migration(migrations.Migration):
    dependencies = [
        ("targets", "0003_plan_tasks"),
        ("products", "0016_certificate_guards"),
        ("entities", "0005_vietnamese_order"),
    ]

    operations = [
        migrations.RunSQL(KEEP, KEEP_BACK),
        *(migrations.RunSQL(*hung(table, columns)) for table, columns in KEPT.items()),
        migrations.RunSQL(*append_only("targets_factchange")),
    ]
