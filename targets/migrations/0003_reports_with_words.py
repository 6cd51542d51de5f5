import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('jobs', '0001_initial'),
        ('targets', '0002_channels_units'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='progressreport',
            name='status',
            field=models.CharField(choices=[('draft', 'Dự thảo'), ('signed', 'Đã ký'), ('sent', 'Đã gửi lên')], default='draft', max_length=10, verbose_name='trạng thái'),
        ),
        migrations.AddField(
            model_name='progressreport',
            name='texts',
            field=models.JSONField(blank=True, default=list, verbose_name='lời văn'),
        ),
        migrations.AddField(
            model_name='progressreport',
            name='annex',
            field=models.JSONField(blank=True, default=list, verbose_name='báo cáo của cấp dưới'),
        ),
        migrations.AddField(
            model_name='progressreport',
            name='edition',
            field=models.PositiveSmallIntegerField(default=1, verbose_name='bản'),
        ),
        migrations.AddField(
            model_name='progressreport',
            name='set_edition',
            field=models.PositiveSmallIntegerField(default=1, verbose_name='bản đã in'),
        ),
        migrations.AddField(
            model_name='progressreport',
            name='number',
            field=models.CharField(blank=True, max_length=40, verbose_name='số, ký hiệu'),
        ),
        migrations.AddField(
            model_name='progressreport',
            name='signed_on',
            field=models.DateField(blank=True, null=True, verbose_name='ngày ký'),
        ),
        migrations.AddField(
            model_name='progressreport',
            name='signer',
            field=models.CharField(blank=True, max_length=120, verbose_name='người ký'),
        ),
        migrations.AddField(
            model_name='progressreport',
            name='signer_role',
            field=models.CharField(blank=True, max_length=120, verbose_name='chức vụ người ký'),
        ),
        migrations.AddField(
            model_name='progressreport',
            name='sent_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='gửi lúc'),
        ),
        migrations.AddField(
            model_name='progressreport',
            name='author',
            field=models.CharField(blank=True, max_length=200, verbose_name='người lập'),
        ),
        migrations.AddField(
            model_name='progressreport',
            name='written_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='đọc số liệu lúc'),
        ),
        migrations.AddField(
            model_name='progressreport',
            name='code_version',
            field=models.CharField(blank=True, max_length=20, verbose_name='phiên bản chương trình'),
        ),
        migrations.AddField(
            model_name='progressreport',
            name='checksums',
            field=models.JSONField(blank=True, default=dict, verbose_name='mã băm tệp'),
        ),
        migrations.AddField(
            model_name='progressreport',
            name='failures',
            field=models.JSONField(blank=True, default=list, verbose_name='phần chưa lập được'),
        ),
        migrations.AddField(
            model_name='progressreport',
            name='docx',
            field=models.FileField(blank=True, max_length=200, upload_to='reports', verbose_name='tệp Word'),
        ),
        migrations.AlterField(
            model_name='progressreport',
            name='pdf',
            field=models.FileField(blank=True, max_length=200, upload_to='reports', verbose_name='tệp PDF'),
        ),
        migrations.AlterField(
            model_name='progressreport',
            name='xlsx',
            field=models.FileField(blank=True, max_length=200, upload_to='reports', verbose_name='tệp XLSX'),
        ),
        migrations.AddConstraint(
            model_name='progressreport',
            constraint=models.CheckConstraint(condition=models.Q(('status', 'draft'), models.Q(('signed_on__isnull', False), models.Q(('number', ''), _negated=True), models.Q(('signer', ''), _negated=True)), _connector='OR'), name='report_signed_has_number_day_and_signer'),
        ),
        migrations.AddConstraint(
            model_name='progressreport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'sent'), _negated=True), ('sent_at__isnull', False), _connector='OR'), name='report_sent_has_its_time'),
        ),
        migrations.CreateModel(
            name='ReportRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('figures', models.JSONField(verbose_name='số liệu')),
                ('digest', models.CharField(max_length=64, verbose_name='mã băm số liệu')),
                ('checksums', models.JSONField(blank=True, default=dict, verbose_name='mã băm tệp')),
                ('code_version', models.CharField(max_length=20, verbose_name='phiên bản chương trình')),
                ('changes', models.JSONField(blank=True, default=list, verbose_name='điểm khác')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='lúc')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('job', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='report_run', to='jobs.job')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='runs', to='targets.progressreport', verbose_name='báo cáo')),
            ],
            options={
                'verbose_name': 'lần chạy lại báo cáo',
                'verbose_name_plural': 'lần chạy lại báo cáo',
                'ordering': ['-pk'],
            },
        ),
    ]
