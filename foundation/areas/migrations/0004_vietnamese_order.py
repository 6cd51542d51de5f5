"""A key that sorts names by the Vietnamese alphabet; foundation/ui/alphabet.py says how."""

from django.db import migrations

FORWARD = r"""
create or replace function vn_order(text) returns text language sql immutable strict parallel safe as $$
  select translate(
      replace(lower(replace(normalize($1, nfd), 'Đ', 'đ')), 'đ', 'd{'),
      U&'\0306\0302\031B\0300\0309\0303\0301\0323', '{|}')
    || chr(1)
    || translate(
      lower(replace(normalize($1, nfd), 'Đ', 'đ')),
      U&'\0300\0309\0303\0301\0323\0306\0302\031B' || 'abcdefghijklmnopqrstuvwxyz0123456789đ', '12345')
$$;
"""


class Migration(migrations.Migration):
    """Marked immutable because it is: nothing outside the text decides."""

    dependencies = [("areas", "0003_areas_whereabouts")]
    operations = [migrations.RunSQL(FORWARD, "drop function if exists vn_order(text);")]
