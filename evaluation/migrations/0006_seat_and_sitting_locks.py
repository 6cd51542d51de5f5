"""Seats, statements and sittings that nobody may rewrite, whoever asks the database.

A recusal is final: it is never changed or deleted, and where it stands no sheet is assigned and no score or opinion
saved (T11). A seat keeps its name, post and vote once something hangs on it (T14). Sittings lie inside their round,
cases on an agenda and people at a sitting are of its council, and the attendance of a closed sitting stays.
"""

from django.db import migrations

REFUSED = "using errcode = 'integrity_constraint_violation'"

FORWARD = f"""
create function evaluation_guard_statement() returns trigger language plpgsql as $$
declare
  case_status text;
  case_council bigint;
begin
  if tg_op = 'DELETE' then
    raise exception 'Khai báo xung đột lợi ích không xóa được.' {REFUSED};
  end if;
  select c.status, c.council_id into case_status, case_council from evaluation_case c where c.id = new.case_id for share;
  if tg_op = 'UPDATE' and (old.answer = 'conflict' or (new.case_id, new.seat_id) is distinct from (old.case_id, old.seat_id)) then
    raise exception 'Người đã từ chối chấm thì không rút lại được.' {REFUSED};
  end if;
  if case_status not in ('scoring', 'opened') or (new.answer = 'conflict' and case_status <> 'scoring') then
    raise exception 'Phiên đánh giá không còn chấm nên không khai báo được nữa.' {REFUSED};
  end if;
  if case_council is distinct from (select council_id from evaluation_seat where id = new.seat_id) then
    raise exception 'Ghế này không thuộc hội đồng của phiên.' {REFUSED};
  end if;
  return new;
end $$;

create function evaluation_stands_aside(its_case bigint, its_seat bigint) returns boolean language sql stable as $$
  select exists (select from evaluation_statement where case_id = its_case and seat_id = its_seat and answer = 'conflict')
$$;

create function evaluation_guard_recused_sheet() returns trigger language plpgsql as $$
begin
  if new.status <> 'released' and (tg_op = 'INSERT' or new.status is distinct from old.status)
    and evaluation_stands_aside(new.case_id, new.seat_id) then
    raise exception 'Người đã từ chối chấm thì không được phân công hồ sơ này.' {REFUSED};
  end if;
  if (select council_id from evaluation_case where id = new.case_id) is distinct from
     (select council_id from evaluation_seat where id = new.seat_id) then
    raise exception 'Ghế này không thuộc hội đồng của phiên.' {REFUSED};
  end if;
  return new;
end $$;

create function evaluation_guard_recused_words() returns trigger language plpgsql as $$
begin
  if exists (select from evaluation_scoresheet s where s.id = new.sheet_id and evaluation_stands_aside(s.case_id, s.seat_id)) then
    raise exception 'Người đã từ chối chấm thì không lưu được điểm.' {REFUSED};
  end if;
  return new;
end $$;

create function evaluation_guard_seat() returns trigger language plpgsql as $$
begin
  if (new.council_id, new.user_id, new.post, new.scores, new.name) is distinct from
     (old.council_id, old.user_id, old.post, old.scores, old.name)
    and (exists (select from evaluation_scoresheet where seat_id = old.id)
      or exists (select from evaluation_statement where seat_id = old.id)
      or exists (select from evaluation_attendance where seat_id = old.id)) then
    raise exception 'Ghế đã có phiếu hoặc đã dự họp thì giữ nguyên; hãy cử người khác vào ghế mới.' {REFUSED};
  end if;
  return new;
end $$;

create function evaluation_guard_sitting() returns trigger language plpgsql as $$
begin
  perform from evaluation_round r where r.id = new.round_id and new.day between r.opens_on and r.closes_on for share;
  if not found then
    raise exception 'Ngày họp phải nằm trong đợt đánh giá.' {REFUSED};
  end if;
  return new;
end $$;

create function evaluation_guard_round() returns trigger language plpgsql as $$
begin
  if new.council_id <> old.council_id then
    raise exception 'Một đợt đánh giá không chuyển sang hội đồng khác.' {REFUSED};
  end if;
  if exists (select from evaluation_sitting s where s.round_id = new.id and s.status <> 'cancelled'
             and s.day not between new.opens_on and new.closes_on) then
    raise exception 'Đợt đánh giá có phiên họp ngoài các ngày này.' {REFUSED};
  end if;
  return new;
end $$;

create function evaluation_council_of_sitting(its_sitting bigint) returns bigint language sql stable as $$
  select r.council_id from evaluation_sitting s join evaluation_round r on r.id = s.round_id where s.id = its_sitting
$$;

create function evaluation_guard_agenda() returns trigger language plpgsql as $$
begin
  if evaluation_council_of_sitting(new.sitting_id) is distinct from
     (select council_id from evaluation_case where id = new.case_id) then
    raise exception 'Hồ sơ này không ở trước hội đồng của phiên họp.' {REFUSED};
  end if;
  return new;
end $$;

create function evaluation_guard_attendance() returns trigger language plpgsql as $$
declare
  its_sitting bigint := case when tg_op = 'INSERT' then new.sitting_id else old.sitting_id end;
  sitting_status text;
begin
  select status into sitting_status from evaluation_sitting where id = its_sitting for share;
  if sitting_status in ('closed', 'cancelled') or (tg_op = 'UPDATE' and
     (new.sitting_id, new.seat_id) is distinct from (old.sitting_id, old.seat_id)) then
    raise exception 'Phiên họp đã bế mạc nên điểm danh không sửa được nữa.' {REFUSED};
  end if;
  if tg_op <> 'DELETE' and evaluation_council_of_sitting(new.sitting_id) is distinct from
     (select council_id from evaluation_seat where id = new.seat_id) then
    raise exception 'Người này không ở trong hội đồng của phiên họp.' {REFUSED};
  end if;
  return coalesce(new, old);
end $$;
"""
# Trigger → table, when, function.
TRIGGERS = {
    "evaluation_statement_lock": ("evaluation_statement", "insert or update or delete", "evaluation_guard_statement"),
    "evaluation_sheet_recused": ("evaluation_scoresheet", "insert or update", "evaluation_guard_recused_sheet"),
    "evaluation_score_recused": ("evaluation_score", "insert or update", "evaluation_guard_recused_words"),
    "evaluation_opinion_recused": ("evaluation_opinion", "insert or update", "evaluation_guard_recused_words"),
    "evaluation_seat_lock": ("evaluation_seat", "update", "evaluation_guard_seat"),
    "evaluation_sitting_in_round": ("evaluation_sitting", "insert or update", "evaluation_guard_sitting"),
    "evaluation_round_lock": ("evaluation_round", "update", "evaluation_guard_round"),
    "evaluation_agenda_lock": ("evaluation_agendaitem", "insert or update", "evaluation_guard_agenda"),
    "evaluation_attendance_lock": (
        "evaluation_attendance", "insert or update or delete", "evaluation_guard_attendance",
    ),
}  # fmt: skip
MADE = "".join(
    f"""create trigger {name} before {when} on {table} for each row execute function {function}();
alter table {table} enable always trigger {name};
"""
    for name, (table, when, function) in TRIGGERS.items()
)
BACK = "".join(f"drop trigger {name} on {table};\n" for name, (table, _, _) in TRIGGERS.items())
BACK += "".join(f"drop function {name}();\n" for name in sorted({row[2] for row in TRIGGERS.values()}))
BACK += "drop function evaluation_stands_aside(bigint, bigint);\ndrop function evaluation_council_of_sitting(bigint);\n"


class Migration(migrations.Migration):
    dependencies = [("evaluation", "0005_rounds_and_statements")]
    operations = [migrations.RunSQL(FORWARD + MADE, BACK)]
