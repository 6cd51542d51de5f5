"""What a sheet says in words leaves the sheet's row, which the whole council may read, for a table that can be sealed.

In one deployment, against our habit of two: a copy of sealed words outside the wall is what has to go
(docs/decisions/0016). The guard of scores has its like for opinions.
"""

import django.db.models.deletion
from django.db import migrations, models

MOVE_OUT = """
insert into evaluation_opinion (sheet_id, struck, remark)
  select id, struck, remark from evaluation_scoresheet where struck <> '[]'::jsonb or remark <> '';
set constraints all immediate;
"""
MOVE_BACK = """
alter table evaluation_scoresheet disable trigger evaluation_sheet_lock;
update evaluation_scoresheet s set struck = o.struck, remark = o.remark from evaluation_opinion o where o.sheet_id = s.id;
set constraints all immediate;
alter table evaluation_scoresheet enable always trigger evaluation_sheet_lock;
"""


def guard_of_sheets(columns):
    """The function of 0002; these columns stay as they are when a sheet goes back."""
    new, old = (", ".join(f"{row}.{name}" for name in columns) for row in ("new", "old"))
    return f"""
create or replace function evaluation_guard_sheet() returns trigger language plpgsql as $$
declare
  case_status text;
begin
  if tg_op = 'DELETE' then
    raise exception 'Phiếu chấm không xóa được.' using errcode = 'integrity_constraint_violation';
  end if;
  select c.status into case_status from evaluation_case c where c.id = new.case_id for share;
  if tg_op = 'UPDATE' and old.status = 'handed_in' then
    if new.status <> 'draft' or case_status is distinct from 'opened' or ({new}) is distinct from ({old}) then
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
"""


GUARDS = guard_of_sheets(["case_id", "seat_id"]) + """
create function evaluation_guard_opinion() returns trigger language plpgsql as $$
declare
  its_sheet bigint := case when tg_op = 'INSERT' then new.sheet_id else old.sheet_id end;
  case_status text;
  sheet_status text;
begin
  select c.status into case_status from evaluation_case c
    where c.id = (select s.case_id from evaluation_scoresheet s where s.id = its_sheet) for share;
  select s.status into sheet_status from evaluation_scoresheet s where s.id = its_sheet for share;
  if case_status is distinct from 'scoring' or sheet_status is distinct from 'draft' then
    raise exception 'Phiếu đã nộp hoặc đã mở niêm phong nên ý kiến không sửa được nữa.'
      using errcode = 'integrity_constraint_violation';
  end if;
  if tg_op = 'UPDATE' and new.sheet_id is distinct from old.sheet_id then
    raise exception 'Một ý kiến không chuyển sang phiếu khác.' using errcode = 'integrity_constraint_violation';
  end if;
  return coalesce(new, old);
end $$;
create trigger evaluation_opinion_lock before insert or update or delete on evaluation_opinion
  for each row execute function evaluation_guard_opinion();
alter table evaluation_opinion enable always trigger evaluation_opinion_lock;
"""
GUARDS_BACK = """
drop trigger evaluation_opinion_lock on evaluation_opinion;
drop function evaluation_guard_opinion();
""" + guard_of_sheets(["case_id", "seat_id", "struck", "remark"])


class Migration(migrations.Migration):
    dependencies = [("evaluation", "0002_locks")]
    operations = [
        migrations.CreateModel(
            name="Opinion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("struck", models.JSONField(blank=True, default=list, verbose_name="loại hồ sơ vì")),
                ("remark", models.TextField(blank=True, max_length=4000, verbose_name="ý kiến của người đánh giá")),
                (
                    "sheet",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opinion",
                        to="evaluation.scoresheet",
                    ),
                ),
            ],
            options={"verbose_name": "ý kiến trong phiếu", "verbose_name_plural": "ý kiến trong phiếu"},
        ),
        migrations.RunSQL(MOVE_OUT, MOVE_BACK),
        migrations.RemoveField(model_name="scoresheet", name="struck"),
        migrations.RemoveField(model_name="scoresheet", name="remark"),
        migrations.RunSQL(GUARDS, GUARDS_BACK),
    ]
