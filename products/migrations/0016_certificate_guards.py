"""The register only grows, without gaps, and every leaf is its text's; an issued paper stays what it was.

ENABLE ALWAYS: a superuser in replica mode is stopped too.
"""

import django.db.models.deletion
from django.db import migrations, models

from foundation.trail.constraints import append_only

ENTRIES, HEADS = append_only("products_registerentry"), append_only("products_registerhead")
SIGNED, REVOKED = append_only("products_signedpaper"), append_only("products_revocation")
FORWARD = """
create function products_guard_register() returns trigger language plpgsql as $$
begin
  if new.number <> (select coalesce(max(number) + 1, 0) from products_registerentry) then
    raise exception 'Sổ giấy chứng nhận phải ghi liền số.' using errcode = 'integrity_constraint_violation';
  end if;
  if new.leaf <> sha256('\\x00'::bytea || convert_to(new.text, 'UTF8')) then
    raise exception 'Lá không khớp nội dung.' using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
create trigger products_registerentry_in_order before insert on products_registerentry
  for each row execute function products_guard_register();
alter table products_registerentry enable always trigger products_registerentry_in_order;

create function products_guard_certificate() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'Giấy chứng nhận không xoá được.' using errcode = 'integrity_constraint_violation';
  end if;
  if (new.recognition_id, new.number, new.token, new.issued_on, new.ends_on, new.facts, new.qr, new.file, new.sha256)
    is distinct from
    (old.recognition_id, old.number, old.token, old.issued_on, old.ends_on, old.facts, old.qr, old.file, old.sha256) then
    raise exception 'Giấy chứng nhận đã cấp không sửa được.' using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
create trigger products_certificate_guard before update or delete on products_certificate
  for each row execute function products_guard_certificate();
alter table products_certificate enable always trigger products_certificate_guard;
"""
BACKWARD = """
drop trigger if exists products_registerentry_in_order on products_registerentry;
drop function if exists products_guard_register();
drop trigger if exists products_certificate_guard on products_certificate;
drop function if exists products_guard_certificate();
"""


class Migration(migrations.Migration):
    dependencies = [("products", "0015_facts_of_certificates")]

    operations = [
        migrations.AlterField("certificate", "recognition", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="certificates", to="products.rating")),
        migrations.AlterField("certificate", "ends_on", models.DateField(verbose_name="ghi đến hết ngày")),
        migrations.AlterField("certificate", "qr", models.TextField(verbose_name="nội dung mã QR")),
        migrations.AddConstraint("certificate", models.CheckConstraint(condition=models.Q(models.Q(("rating", models.F("recognition")), ("rating__isnull", False)), models.Q(("rating", None), ("replaced_by__isnull", False)), _connector="OR"), name="certificate_in_use_or_replaced")),
        migrations.AddConstraint("certificate", models.CheckConstraint(condition=models.Q(models.Q(("replaced_by__isnull", True), ("replaced_on__isnull", True)), models.Q(("replaced_by__isnull", False), ("replaced_on__isnull", False)), _connector="OR"), name="certificate_replaced_on_a_day")),
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.RunSQL(*ENTRIES),
        migrations.RunSQL(*HEADS),
        migrations.RunSQL(*SIGNED),
        migrations.RunSQL(*REVOKED),
    ]
