"""Scores and verdicts that nobody may touch any more, whoever asks the database.

Scores change only while their sheet is a draft and their case is being scored; a sheet goes back to draft only while
its case is open (the chair sends it back); a verdict is written once. The guard of scores locks case and sheet, so a
save that races with the chair's opening is either before it and counted, or refused. ENABLE ALWAYS: a superuser in
replica mode is stopped too.
"""

from django.db import migrations

FORWARD = """
create function evaluation_guard_score() returns trigger language plpgsql as $$
declare
  its_sheet bigint := case when tg_op = 'INSERT' then new.sheet_id else old.sheet_id end;
  case_status text;
  sheet_status text;
begin
  select c.status into case_status from evaluation_case c
    where c.id = (select s.case_id from evaluation_scoresheet s where s.id = its_sheet) for share;
  select s.status into sheet_status from evaluation_scoresheet s where s.id = its_sheet for share;
  if case_status is distinct from 'scoring' or sheet_status is distinct from 'draft' then
    raise exception 'Phiếu đã nộp hoặc đã mở niêm phong nên điểm không sửa được nữa.'
      using errcode = 'integrity_constraint_violation';
  end if;
  if tg_op = 'UPDATE' and (new.sheet_id, new.criterion_id) is distinct from (old.sheet_id, old.criterion_id) then
    raise exception 'Một điểm không chuyển sang phiếu hoặc tiêu chí khác.'
      using errcode = 'integrity_constraint_violation';
  end if;
  return coalesce(new, old);
end $$;

create function evaluation_guard_sheet() returns trigger language plpgsql as $$
declare
  case_status text;
begin
  if tg_op = 'DELETE' then
    raise exception 'Phiếu chấm không xóa được.' using errcode = 'integrity_constraint_violation';
  end if;
  select c.status into case_status from evaluation_case c where c.id = new.case_id for share;
  if tg_op = 'UPDATE' and old.status = 'handed_in' then
    if new.status <> 'draft' or case_status is distinct from 'opened'
      or (new.case_id, new.seat_id, new.struck, new.remark) is distinct from
         (old.case_id, old.seat_id, old.struck, old.remark) then
      raise exception 'Phiếu đã nộp nên không sửa được nữa.' using errcode = 'integrity_constraint_violation';
    end if;
    return new;
  end if;
  if case_status is distinct from 'scoring' then
    raise exception 'Phiên đánh giá không còn chấm nên phiếu không sửa được nữa.'
      using errcode = 'integrity_constraint_violation';
  end if;
  if tg_op = 'UPDATE' and (new.case_id, new.seat_id) is distinct from (old.case_id, old.seat_id) then
    raise exception 'Một phiếu không chuyển sang phiên hoặc ghế khác.' using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;

create function evaluation_guard_case() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'Phiên đánh giá không xóa được.' using errcode = 'integrity_constraint_violation';
  end if;
  if (new.dossier_id, new.council_id, new.code) is distinct from (old.dossier_id, old.council_id, old.code) then
    raise exception 'Phiên đánh giá không chuyển sang hồ sơ hoặc hội đồng khác.'
      using errcode = 'integrity_constraint_violation';
  end if;
  if old.verdict is not null and
    (new.verdict, new.total, new.stars, new.conclusion, new.concluded_on, new.opened_at) is distinct from
    (old.verdict, old.total, old.stars, old.conclusion, old.concluded_on, old.opened_at) then
    raise exception 'Kết quả đã kết luận nên không sửa được nữa.' using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;

create trigger evaluation_score_lock before insert or update or delete on evaluation_score
  for each row execute function evaluation_guard_score();
create trigger evaluation_sheet_lock before insert or update or delete on evaluation_scoresheet
  for each row execute function evaluation_guard_sheet();
create trigger evaluation_case_lock before update or delete on evaluation_case
  for each row execute function evaluation_guard_case();
alter table evaluation_score enable always trigger evaluation_score_lock;
alter table evaluation_scoresheet enable always trigger evaluation_sheet_lock;
alter table evaluation_case enable always trigger evaluation_case_lock;
"""

BACK = """
drop trigger evaluation_case_lock on evaluation_case;
drop trigger evaluation_sheet_lock on evaluation_scoresheet;
drop trigger evaluation_score_lock on evaluation_score;
drop function evaluation_guard_case();
drop function evaluation_guard_sheet();
drop function evaluation_guard_score();
"""


class Migration(migrations.Migration):
    dependencies = [("evaluation", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
