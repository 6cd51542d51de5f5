"""The portal's own keys. A row is never taken out, its key and first moment never change, an end once set stays."""

from django.db import migrations, models

import foundation.trail.keys

FORWARD = """
create function trail_guard_key() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or (new.code, new.public_key, new.since) is distinct from (old.code, old.public_key, old.since)
    or (old.until is not null and new.until is distinct from old.until)
    or (old.stolen_since is not null and (new.stolen_since is null or new.stolen_since > old.stolen_since)) then
    raise exception 'Khoá của cổng và thời gian của nó không sửa lại được.'
      using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end $$;
create trigger trail_portalkey_guard before update or delete on trail_portalkey
  for each row execute function trail_guard_key();
alter table trail_portalkey enable always trigger trail_portalkey_guard;
"""
BACKWARD = """
drop trigger if exists trail_portalkey_guard on trail_portalkey;
drop function if exists trail_guard_key();
"""


class Migration(migrations.Migration):
    dependencies = [("trail", "0005_trail_link_by_key")]

    operations = [
        migrations.CreateModel(
            name="PortalKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=8, unique=True, verbose_name="mã khoá")),
                (
                    "public_key",
                    models.CharField(max_length=44, unique=True, verbose_name="khoá công khai (Ed25519, base64)"),
                ),
                (
                    "since",
                    models.DateTimeField(default=foundation.trail.keys.this_second, verbose_name="dùng từ lúc"),
                ),
                ("until", models.DateTimeField(blank=True, null=True, verbose_name="thôi dùng lúc")),
                ("stolen_since", models.DateTimeField(blank=True, null=True, verbose_name="lộ từ lúc")),
            ],
            options={
                "verbose_name": "khoá của cổng",
                "verbose_name_plural": "khoá của cổng",
                "ordering": ["since"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("until", None), ("until__gte", models.F("since")), _connector="OR"),
                        name="portal_key_runs_forward",
                    )
                ],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
