"""The chain: whoever commits an entry has it linked by the database, one after another.

An entry waits in ``trail_waiting`` until all other checks of the commit are through: those lock rows, and whoever holds
the chain must not wait for a row. What a constraint trigger asks for while the commit's own are running comes after
them. So the chain's lock is the last one of a transaction, and nobody can hold it and want another.
"""

from django.db import migrations

from foundation.trail.constraints import append_only

CHAIN = """
create table trail_waiting (entry_id bigint primary key);

create function trail_ask_for_link() returns trigger language plpgsql security definer
set search_path = pg_catalog, pg_temp as $$
begin
  insert into public.trail_waiting (entry_id) values (new.id);
  return null;
end $$;

create function trail_append_link() returns trigger language plpgsql security definer
set search_path = pg_catalog, pg_temp as $$
declare
  entry public.trail_entry;
  last public.trail_link;
  number bigint;
  before bytea;
begin
  perform pg_advisory_xact_lock(7310871451);
  select * into strict entry from public.trail_entry where id = new.entry_id;
  select * into last from public.trail_link order by seq desc limit 1;
  number := coalesce(last.seq, 0) + 1;
  before := coalesce(last.hash, decode(repeat('00', 32), 'hex'));
  insert into public.trail_link (seq, entry_id, previous, hash, version) values (
    number, entry.id, before,
    sha256(convert_to(concat_ws(chr(31),
      'ocop-trail/1',
      number::text,
      encode(before, 'hex'),
      entry.id::text,
      to_char(entry.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
      coalesce(entry.by_id::text, ''),
      entry.role,
      entry.subject_type_id::text,
      entry.subject_id::text,
      entry.act,
      entry.old,
      entry.new,
      encode(entry.digest, 'hex')
    ), 'UTF8')),
    1);
  delete from public.trail_waiting where entry_id = new.entry_id;
  return null;
end $$;

revoke all on function trail_ask_for_link(), trail_append_link() from public;

create constraint trigger trail_entry_is_linked after insert on trail_entry
  deferrable initially deferred for each row execute function trail_ask_for_link();
create constraint trigger trail_waiting_is_linked after insert on trail_waiting
  deferrable initially deferred for each row execute function trail_append_link();
alter table trail_entry enable always trigger trail_entry_is_linked;
alter table trail_waiting enable always trigger trail_waiting_is_linked;
"""

OLDER_ENTRIES = """
insert into trail_waiting (entry_id) select id from trail_entry order by id;
set constraints all immediate;
set constraints all deferred;
"""

NO_CHAIN = """
drop trigger trail_entry_is_linked on trail_entry;
drop table trail_waiting;
drop function trail_ask_for_link();
drop function trail_append_link();
"""

ONLY_ERASED = """
create function trail_detail_can_only_be_erased() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.erased_on is null and new.erased_on is not null and new.entry_id = old.entry_id
     and new.erased_why <> '' and new.note = '' and new.address = '' and new.agent = '' and new.salt = '' then
    return new;
  end if;
  raise exception 'Chi tiết nhật ký chỉ được xoá trắng, kèm ngày và lý do.' using errcode = 'integrity_constraint_violation';
end $$;
create trigger trail_detail_no_change before update or delete on trail_detail
  for each row execute function trail_detail_can_only_be_erased();
create trigger trail_detail_no_truncate before truncate on trail_detail
  for each statement execute function trail_detail_can_only_be_erased();
alter table trail_detail enable always trigger trail_detail_no_change;
alter table trail_detail enable always trigger trail_detail_no_truncate;
"""

ANYTHING = """
drop trigger trail_detail_no_change on trail_detail;
drop trigger trail_detail_no_truncate on trail_detail;
drop function trail_detail_can_only_be_erased();
"""


class Migration(migrations.Migration):
    dependencies = [("trail", "0003_trail_chain_tables")]
    operations = [
        migrations.RunSQL(CHAIN, NO_CHAIN),
        migrations.RunSQL(OLDER_ENTRIES, migrations.RunSQL.noop),
        migrations.RunSQL(*append_only("trail_link")),
        migrations.RunSQL(ONLY_ERASED, ANYTHING),
    ]
