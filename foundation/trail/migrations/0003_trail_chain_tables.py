"""Reasons leave the entries for details of their own, which can be erased; the entries keep the digest."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# The trail is append-only, so its guard stands aside while the notes of older entries move.
NOTES_OUT = """
alter table trail_entry disable trigger trail_entry_no_change;
insert into trail_detail (entry_id, salt, note, address, agent, erased_why)
  select id, uuid_send(gen_random_uuid()), normalize(replace(note, chr(31), ' '), NFC), '', '', '' from trail_entry;
update trail_entry e set
  role = replace(normalize(e.role, NFC), chr(31), ' '), act = replace(normalize(e.act, NFC), chr(31), ' '),
  digest = sha256(d.salt || convert_to(
    concat_ws(chr(31), 'ocop-trail-detail/1', d.note, d.address, d.agent), 'UTF8'))
  from trail_detail d where d.entry_id = e.id;
set constraints all immediate;
set constraints all deferred;
alter table trail_entry enable always trigger trail_entry_no_change;
"""
NOTES_BACK = """
alter table trail_entry disable trigger trail_entry_no_change;
update trail_entry e set note = d.note from trail_detail d where d.entry_id = e.id;
alter table trail_entry enable always trigger trail_entry_no_change;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('contenttypes', '0002_remove_content_type_name'),
        ('trail', '0002_append_only'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Detail',
            fields=[
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, serialize=False, to='trail.entry', verbose_name='mục nhật ký')),
                ('salt', models.BinaryField(max_length=16, verbose_name='muối')),
                ('note', models.TextField(blank=True, verbose_name='ghi chú')),
                ('address', models.CharField(blank=True, max_length=45, verbose_name='địa chỉ')),
                ('agent', models.CharField(blank=True, max_length=80, verbose_name='trình duyệt')),
                ('erased_on', models.DateField(blank=True, null=True, verbose_name='ngày xoá')),
                ('erased_why', models.CharField(blank=True, max_length=200, verbose_name='lý do xoá')),
            ],
            options={
                'verbose_name': 'chi tiết của mục nhật ký',
                'verbose_name_plural': 'chi tiết của nhật ký',
            },
        ),
        migrations.CreateModel(
            name='Link',
            fields=[
                ('seq', models.BigIntegerField(primary_key=True, serialize=False, verbose_name='số')),
                ('previous', models.BinaryField(max_length=32, unique=True, verbose_name='dấu trước')),
                ('hash', models.BinaryField(max_length=32, verbose_name='dấu')),
                ('version', models.PositiveSmallIntegerField(verbose_name='phiên bản')),
            ],
            options={
                'verbose_name': 'mắt xích của nhật ký',
                'verbose_name_plural': 'mắt xích của nhật ký',
            },
        ),
        migrations.AddField(
            model_name='entry',
            name='digest',
            field=models.BinaryField(db_default=b'', max_length=32, verbose_name='dấu của chi tiết'),
        ),
        migrations.RunSQL(NOTES_OUT, NOTES_BACK),
        migrations.RemoveField(
            model_name='entry',
            name='note',
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('role__contains', '\x1f'), _negated=True), models.Q(('act__contains', '\x1f'), _negated=True), models.Q(('old__contains', '\x1f'), _negated=True), models.Q(('new__contains', '\x1f'), _negated=True)), name='entry_texts_hold_no_separator', violation_error_message='Mục nhật ký chứa ký tự điều khiển.'),
        ),
        migrations.AddConstraint(
            model_name='detail',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('erased_on__isnull', True), ('erased_why', '')), models.Q(('address', ''), ('agent', ''), ('erased_on__isnull', False), ('note', ''), ('salt', b''), models.Q(('erased_why', ''), _negated=True)), _connector='OR'), name='detail_erased_is_blank', violation_error_message='Chi tiết đã xoá thì không còn nội dung và phải nêu lý do.'),
        ),
        migrations.AddField(
            model_name='link',
            name='entry',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, to='trail.entry', verbose_name='mục nhật ký'),
        ),
    ]
