"""What was handed in stays; of a returned dossier only what the office ticked may change. Whoever asks the database.

A draft is open; a returned dossier is open in the items of its open round (as a whole when it was returned before there
were rounds); any other is closed. Submissions and ticked items are append-only, and a submission's hash is its content's.
ENABLE ALWAYS: a superuser in replica mode is stopped too.
"""

from django.db import migrations

from foundation.trail.constraints import append_only

FORWARD = """
alter table products_submission add constraint submission_hash_is_of_content
  check (sha256 = encode(sha256(convert_to(content, 'UTF8')), 'hex'));

create function products_require_open(its_dossier bigint, item_kind text, item_key text) returns void
language plpgsql as $$
declare
  its_status text;
  its_round bigint;
begin
  select status into its_status from products_dossier where id = its_dossier for share;
  if its_status = 'draft' then
    return;
  end if;
  if its_status = 'returned' then
    select id into its_round from products_correctionround where dossier_id = its_dossier and closed_on is null;
    if its_round is null or exists (
      select 1 from products_correctionitem where round_id = its_round and kind = item_kind and key = item_key
    ) then
      return;
    end if;
  end if;
  raise exception 'Hồ sơ đã nộp, mục % % đang khóa.', item_kind, item_key
    using errcode = 'integrity_constraint_violation';
end $$;

create function products_guard_dossier() returns trigger language plpgsql as $$
begin
  if old.status <> 'draft' and
    (new.product_id, new.application, new.year, new.regime_id, new.criteria_set_id, new.code) is distinct from
    (old.product_id, old.application, old.year, old.regime_id, old.criteria_set_id, old.code) then
    raise exception 'Hồ sơ đã nộp không đổi sản phẩm, loại, năm hoặc quy định.'
      using errcode = 'integrity_constraint_violation';
  end if;
  if new.spec is distinct from old.spec then perform products_require_open(old.id, 'fact', 'spec'); end if;
  if new.capacity is distinct from old.capacity then
    perform products_require_open(old.id, 'fact', 'capacity');
  end if;
  if new.introduction is distinct from old.introduction then
    perform products_require_open(old.id, 'fact', 'introduction');
  end if;
  return new;
end $$;

create function products_guard_selfscore() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' then
    perform products_require_open(old.dossier_id, 'score', c.code)
      from regimes_criterion c where c.id = old.criterion_id;
  end if;
  if tg_op <> 'DELETE' then
    perform products_require_open(new.dossier_id, 'score', c.code)
      from regimes_criterion c where c.id = new.criterion_id;
  end if;
  return coalesce(new, old);
end $$;

create function products_guard_evidence() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and
    (new.dossier_id, new.code, new.kind, new.title, new.file, new.size, new.sha256, new.valid_until)
    is not distinct from
    (old.dossier_id, old.code, old.kind, old.title, old.file, old.size, old.sha256, old.valid_until) then
    return new;
  end if;
  if tg_op <> 'INSERT' then perform products_require_open(old.dossier_id, 'evidence', old.kind); end if;
  if tg_op <> 'DELETE' then perform products_require_open(new.dossier_id, 'evidence', new.kind); end if;
  return coalesce(new, old);
end $$;

create function products_guard_evidence_criteria() returns trigger language plpgsql as $$
begin
  perform products_require_open(e.dossier_id, 'evidence', e.kind)
    from products_evidence e where e.id = case when tg_op = 'DELETE' then old.evidence_id else new.evidence_id end;
  return coalesce(new, old);
end $$;

create trigger products_dossier_lock before update on products_dossier
  for each row execute function products_guard_dossier();
create trigger products_selfscore_lock before insert or update or delete on products_selfscore
  for each row execute function products_guard_selfscore();
create trigger products_evidence_lock before insert or update or delete on products_evidence
  for each row execute function products_guard_evidence();
create trigger products_evidence_criteria_lock before insert or update or delete on products_evidence_criteria
  for each row execute function products_guard_evidence_criteria();
alter table products_dossier enable always trigger products_dossier_lock;
alter table products_selfscore enable always trigger products_selfscore_lock;
alter table products_evidence enable always trigger products_evidence_lock;
alter table products_evidence_criteria enable always trigger products_evidence_criteria_lock;
"""

BACK = """
drop trigger products_dossier_lock on products_dossier;
drop trigger products_selfscore_lock on products_selfscore;
drop trigger products_evidence_lock on products_evidence;
drop trigger products_evidence_criteria_lock on products_evidence_criteria;
drop function products_guard_dossier();
drop function products_guard_selfscore();
drop function products_guard_evidence();
drop function products_guard_evidence_criteria();
drop function products_require_open(bigint, text, text);
alter table products_submission drop constraint submission_hash_is_of_content;
"""


class Migration(migrations.Migration):
    dependencies = [("products", "0009_dossier_submissions_rounds"), ("regimes", "0002_used_law_stays")]
    operations = [
        migrations.RunSQL(FORWARD, BACK),
        migrations.RunSQL(*append_only("products_submission")),
        migrations.RunSQL(*append_only("products_correctionitem")),
    ]
