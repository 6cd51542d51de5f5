"""A new turn of scoring needs two persons and keeps the turn before it; every value that a score has had is kept.

What writes the past runs as the owner of the tables (security definer): web and worker may not write it themselves.
A confirmed proposal copies every handed-in sheet before one of them can go back; only such a proposal lets a sheet
and its case go back. The channel of a sheet becomes paper only while nobody has typed in it in this turn, and is
written by whoever hands it in for its member.
"""

from django.db import migrations

from foundation.trail.constraints import append_only

NAME = "substring(current_setting('portal.person', true) from '^[0-9]{1,18}$')"
REFUSE = "using errcode = 'integrity_constraint_violation'"
KEPT = ("evaluation_scorechange", "evaluation_pastsheet", "evaluation_pastscore")

HISTORY = f"""
create function evaluation_keep_change() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
declare
  row evaluation_score := case when tg_op = 'DELETE' then old else new end;
begin
  if tg_op = 'UPDATE' and (new.option_id, new.note) is not distinct from (old.option_id, old.note) then
    return null;
  end if;
  insert into evaluation_scorechange (sheet_id, criterion_id, option_id, note, version, turn, act, at, by_id)
  select row.sheet_id, row.criterion_id, row.option_id, row.note, row.version, c.turn, tg_op, clock_timestamp(),
         nullif({NAME}, '0')::bigint
  from evaluation_scoresheet s join evaluation_case c on c.id = s.case_id where s.id = row.sheet_id;
  return null;
end $$;
create trigger evaluation_score_history after insert or update or delete on evaluation_score
  for each row execute function evaluation_keep_change();
alter table evaluation_score enable always trigger evaluation_score_history;
"""
HISTORY_BACK = """
drop trigger evaluation_score_history on evaluation_score;
drop function evaluation_keep_change();
"""

TURNS = f"""
create function evaluation_guard_reopening() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'Đề nghị chấm lại không xóa được.' {REFUSE};
  end if;
  if old.status <> 'proposed' or
    (new.case_id, new.turn, new.reason, new.due_on, new.proposed_by_id, new.proposed_as, new.proposed_at)
    is distinct from
    (old.case_id, old.turn, old.reason, old.due_on, old.proposed_by_id, old.proposed_as, old.proposed_at) then
    raise exception 'Đề nghị chấm lại đã ghi nên không sửa được nữa.' {REFUSE};
  end if;
  return new;
end $$;
create trigger evaluation_reopening_lock before update or delete on evaluation_reopening
  for each row execute function evaluation_guard_reopening();
alter table evaluation_reopening enable always trigger evaluation_reopening_lock;

create function evaluation_guard_reopening_sheets() returns trigger language plpgsql as $$
declare
  its_reopening bigint := case when tg_op = 'DELETE' then old.reopening_id else new.reopening_id end;
begin
  if tg_op = 'UPDATE' or (select r.status from evaluation_reopening r where r.id = its_reopening for share)
     is distinct from 'proposed' then
    raise exception 'Danh sách phiếu của đề nghị chấm lại không sửa được nữa.' {REFUSE};
  end if;
  return coalesce(new, old);
end $$;
create trigger evaluation_reopening_sheets_lock before insert or update or delete on evaluation_reopening_sheets
  for each row execute function evaluation_guard_reopening_sheets();
alter table evaluation_reopening_sheets enable always trigger evaluation_reopening_sheets_lock;

create function evaluation_keep_turn() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
  insert into evaluation_pastsheet (reopening_id, sheet_id, handed_in_at, channel, entered_by_id, struck, remark)
  select new.id, s.id, s.handed_in_at, s.channel, s.entered_by_id, coalesce(o.struck, '[]'::jsonb),
         coalesce(o.remark, '')
  from evaluation_scoresheet s left join evaluation_opinion o on o.sheet_id = s.id
  where s.case_id = new.case_id and s.status = 'handed_in';
  insert into evaluation_pastscore (past_sheet_id, criterion_id, option_id, note)
  select p.id, x.criterion_id, x.option_id, x.note
  from evaluation_pastsheet p join evaluation_score x on x.sheet_id = p.sheet_id where p.reopening_id = new.id;
  return null;
end $$;
create trigger evaluation_reopening_keep after update of status on evaluation_reopening
  for each row when (new.status = 'confirmed' and old.status <> 'confirmed')
  execute function evaluation_keep_turn();
alter table evaluation_reopening enable always trigger evaluation_reopening_keep;

create function evaluation_guard_turn() returns trigger language plpgsql as $$
begin
  if new.turn is not distinct from old.turn and not (old.status = 'opened' and new.status = 'scoring') then
    return new;
  end if;
  if old.status <> 'opened' or new.status <> 'scoring' or new.turn <> old.turn + 1 or not exists (
    select from evaluation_reopening r
    where r.case_id = old.id and r.turn = old.turn and r.status = 'confirmed' and r.decided_by_id <> r.proposed_by_id
  ) then
    raise exception 'Chấm lại cần đề nghị của một người và xác nhận của người thứ hai.' {REFUSE};
  end if;
  return new;
end $$;
create trigger evaluation_turn_lock before update on evaluation_case
  for each row execute function evaluation_guard_turn();
alter table evaluation_case enable always trigger evaluation_turn_lock;

create function evaluation_guard_channel() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
declare
  its_turn int;
begin
  if old.status = 'handed_in' and new.status = 'draft' then
    if new.channel <> 'electronic' then
      raise exception 'Phiếu chấm lại bắt đầu là phiếu điện tử.' {REFUSE};
    end if;
    if not exists (
      select from evaluation_reopening r join evaluation_reopening_sheets rs on rs.reopening_id = r.id
      join evaluation_case c on c.id = r.case_id
      where rs.scoresheet_id = old.id and r.case_id = old.case_id and r.turn = c.turn and r.status = 'confirmed'
        and r.decided_by_id <> r.proposed_by_id
    ) then
      raise exception 'Phiếu đã nộp nên không sửa được nữa.' {REFUSE};
    end if;
    return new;
  end if;
  if (new.channel, new.entered_by_id) is not distinct from (old.channel, old.entered_by_id) then
    return new;
  end if;
  select c.turn into its_turn from evaluation_case c where c.id = old.case_id;
  if old.status <> 'draft' or new.status <> 'draft' or old.channel <> 'electronic'
    or exists (select from evaluation_scorechange h where h.sheet_id = old.id and h.turn = its_turn)
    or exists (
      select from evaluation_opinion o left join evaluation_pastsheet p on p.sheet_id = o.sheet_id
        and p.reopening_id = (select max(r.id) from evaluation_reopening r
                              where r.case_id = old.case_id and r.status = 'confirmed')
      where o.sheet_id = old.id and (o.struck, o.remark) is distinct from (p.struck, p.remark)
    ) then
    raise exception 'Thành viên đã chấm trên máy nên không nhập phiếu giấy được nữa.' {REFUSE};
  end if;
  return new;
end $$;
create trigger evaluation_sheet_channel_lock before update on evaluation_scoresheet
  for each row execute function evaluation_guard_channel();
alter table evaluation_scoresheet enable always trigger evaluation_sheet_channel_lock;
"""
TURNS_BACK = """
drop trigger evaluation_sheet_channel_lock on evaluation_scoresheet;
drop trigger evaluation_turn_lock on evaluation_case;
drop trigger evaluation_reopening_keep on evaluation_reopening;
drop trigger evaluation_reopening_sheets_lock on evaluation_reopening_sheets;
drop trigger evaluation_reopening_lock on evaluation_reopening;
drop function evaluation_guard_channel();
drop function evaluation_guard_turn();
drop function evaluation_keep_turn();
drop function evaluation_guard_reopening_sheets();
drop function evaluation_guard_reopening();
"""

ADVICE = f"""
create function evaluation_guard_advice() returns trigger language plpgsql as $$
declare
  its_sheet bigint := case when tg_op = 'INSERT' then new.sheet_id else old.sheet_id end;
  case_status text;
  sheet_status text;
begin
  select c.status into case_status from evaluation_case c
    where c.id = (select s.case_id from evaluation_advisorysheet s where s.id = its_sheet) for share;
  select s.status into sheet_status from evaluation_advisorysheet s where s.id = its_sheet for share;
  if case_status is distinct from 'scoring' or sheet_status is distinct from 'draft'
    or (tg_op = 'UPDATE' and (new.sheet_id, new.criterion_id) is distinct from (old.sheet_id, old.criterion_id)) then
    raise exception 'Phiếu tư vấn đã nộp hoặc đã mở niêm phong nên không sửa được nữa.' {REFUSE};
  end if;
  return coalesce(new, old);
end $$;
create trigger evaluation_advisoryscore_lock before insert or update or delete on evaluation_advisoryscore
  for each row execute function evaluation_guard_advice();
alter table evaluation_advisoryscore enable always trigger evaluation_advisoryscore_lock;

create function evaluation_guard_advisorysheet() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or old.status = 'handed_in' or (new.case_id, new.user_id) is distinct from (old.case_id, old.user_id)
    or (select c.status from evaluation_case c where c.id = old.case_id for share) is distinct from 'scoring' then
    raise exception 'Phiếu tư vấn không sửa được nữa.' {REFUSE};
  end if;
  return new;
end $$;
create trigger evaluation_advisorysheet_lock before update or delete on evaluation_advisorysheet
  for each row execute function evaluation_guard_advisorysheet();
alter table evaluation_advisorysheet enable always trigger evaluation_advisorysheet_lock;
"""
ADVICE_BACK = """
drop trigger evaluation_advisorysheet_lock on evaluation_advisorysheet;
drop trigger evaluation_advisoryscore_lock on evaluation_advisoryscore;
drop function evaluation_guard_advisorysheet();
drop function evaluation_guard_advice();
"""


class Migration(migrations.Migration):
    dependencies = [("evaluation", "0007_turns_and_channels")]
    operations = [
        migrations.RunSQL(HISTORY, HISTORY_BACK),
        migrations.RunSQL(TURNS, TURNS_BACK),
        migrations.RunSQL(ADVICE, ADVICE_BACK),
        *(migrations.RunSQL(*append_only(table)) for table in KEPT),
    ]
