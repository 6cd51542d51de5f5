"""Verdicts with their basis, decisions and the centre's answers, which nobody may touch any more.

A verdict is written together with its basis, whose hash the database checks itself; neither changes again. A draft of
a decision changes until it is released or given up; afterwards only its scan is added, once. The centre's answer is
written once. ENABLE ALWAYS: a superuser in replica mode is stopped too.
"""

from django.db import migrations

FORWARD = """
create function evaluation_guard_basis() returns trigger language plpgsql as $$
begin
  if new.basis_sha256 is distinct from
      (case when new.basis = '' then '' else encode(sha256(convert_to(new.basis, 'UTF8')), 'hex') end) then
    raise exception 'Mã băm không khớp với căn cứ của kết quả.' using errcode = 'integrity_constraint_violation';
  end if;
  if tg_op = 'INSERT' then
    return new;
  end if;
  if old.verdict is null and (new.verdict is not null) <> (new.basis <> '') then
    raise exception 'Kết quả được ghi cùng với căn cứ của nó.' using errcode = 'integrity_constraint_violation';
  end if;
  if old.verdict is not null and (new.basis, new.basis_sha256) is distinct from (old.basis, old.basis_sha256) then
    raise exception 'Căn cứ của kết quả đã kết luận nên không sửa được nữa.'
      using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;

create function evaluation_guard_draft() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'Dự thảo quyết định không xóa được.' using errcode = 'integrity_constraint_violation';
  end if;
  if (new.code, new.council_id) is distinct from (old.code, old.council_id) then
    raise exception 'Quyết định không chuyển sang hội đồng khác.' using errcode = 'integrity_constraint_violation';
  end if;
  if old.status <> 'draft' then
    if (to_jsonb(new) - 'scan' - 'scan_sha256') is distinct from (to_jsonb(old) - 'scan' - 'scan_sha256') then
      raise exception 'Quyết định đã ban hành hoặc đã bỏ nên không sửa được nữa.'
        using errcode = 'integrity_constraint_violation';
    end if;
    if old.scan <> '' and (new.scan, new.scan_sha256) is distinct from (old.scan, old.scan_sha256) then
      raise exception 'Bản quét đã lưu nên không sửa được nữa.' using errcode = 'integrity_constraint_violation';
    end if;
  end if;
  return new;
end $$;

create function evaluation_guard_annex() returns trigger language plpgsql as $$
declare
  its_draft bigint := case when tg_op = 'INSERT' then new.draft_id else old.draft_id end;
  draft_status text;
begin
  select d.status into draft_status from evaluation_decisiondraft d where d.id = its_draft for share;
  if draft_status is distinct from 'draft' then
    raise exception 'Quyết định đã ban hành hoặc đã bỏ nên phụ lục không sửa được nữa.'
      using errcode = 'integrity_constraint_violation';
  end if;
  if tg_op = 'UPDATE' and (new.draft_id, new.case_id) is distinct from (old.draft_id, old.case_id) then
    raise exception 'Dòng phụ lục không chuyển sang quyết định hoặc phiên khác.'
      using errcode = 'integrity_constraint_violation';
  end if;
  return coalesce(new, old);
end $$;

create function evaluation_guard_proposal() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'Đề nghị Trung ương không xóa được.' using errcode = 'integrity_constraint_violation';
  end if;
  if (new.case_id, new.number, new.day, new.stars_proposed) is distinct from
     (old.case_id, old.number, old.day, old.stars_proposed) or old.came_on is not null then
    raise exception 'Đề nghị và kết quả của Trung ương đã ghi nên không sửa được nữa.'
      using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;

create trigger evaluation_basis_lock before insert or update on evaluation_case
  for each row execute function evaluation_guard_basis();
create trigger evaluation_draft_lock before update or delete on evaluation_decisiondraft
  for each row execute function evaluation_guard_draft();
create trigger evaluation_annex_lock before insert or update or delete on evaluation_annexline
  for each row execute function evaluation_guard_annex();
create trigger evaluation_proposal_lock before update or delete on evaluation_centralproposal
  for each row execute function evaluation_guard_proposal();
alter table evaluation_case enable always trigger evaluation_basis_lock;
alter table evaluation_decisiondraft enable always trigger evaluation_draft_lock;
alter table evaluation_annexline enable always trigger evaluation_annex_lock;
alter table evaluation_centralproposal enable always trigger evaluation_proposal_lock;
"""

BACK = """
drop trigger evaluation_proposal_lock on evaluation_centralproposal;
drop trigger evaluation_annex_lock on evaluation_annexline;
drop trigger evaluation_draft_lock on evaluation_decisiondraft;
drop trigger evaluation_basis_lock on evaluation_case;
drop function evaluation_guard_proposal();
drop function evaluation_guard_annex();
drop function evaluation_guard_draft();
drop function evaluation_guard_basis();
"""


class Migration(migrations.Migration):
    dependencies = [("evaluation", "0010_verdict_basis_decisions")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
