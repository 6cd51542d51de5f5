import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

import entities.models.facts
import targets.models.plans

INDICATORS = [('new_products', 'Sản phẩm mới đạt từ 3 sao'), ('total_products', 'Tổng số sản phẩm từ 3 sao'), ('kept_products_pct', 'Sản phẩm đã công nhận được duy trì, củng cố, nâng hạng'), ('entities', 'Tổ chức kinh tế phát triển mới và củng cố'), ('modern_channels_pct', 'Chủ thể tham gia kênh bán hàng hiện đại'), ('new_villages', 'Làng nghề mới có sản phẩm từ 3 sao'), ('total_villages', 'Tổng số làng nghề có sản phẩm từ 3 sao'), ('expired_products', 'Sản phẩm hết hạn công nhận'), ('reevaluated_products', 'Sản phẩm được đánh giá lại'), ('revoked_products', 'Sản phẩm bị thu hồi công nhận'), ('women_led', 'Chủ thể do nữ đại diện'), ('product_revenue', 'Doanh thu sản phẩm đã công nhận'), ('events', 'Sự kiện xúc tiến thương mại'), ('participations', 'Lượt sản phẩm tham gia sự kiện'), ('field_visits', 'Chuyến hỗ trợ tại thực địa'), ('ideas', 'Ý tưởng đã gửi'), ('dossiers', 'Hồ sơ đã nộp'), ('accepted_dossiers', 'Hồ sơ đã được tiếp nhận')]
UNITS = [('products', 'sản phẩm'), ('entities', 'chủ thể'), ('makers', 'chủ thể đang tham gia'), ('modern', 'chủ thể trong kênh hiện đại'), ('villages', 'làng nghề'), ('percent', '%'), ('millions', 'triệu đồng'), ('events', 'sự kiện'), ('turns', 'lượt'), ('visits', 'chuyến'), ('ideas', 'ý tưởng'), ('dossiers', 'hồ sơ')]
STATUSES = [('not_begun', 'Chưa thực hiện'), ('doing', 'Đang thực hiện'), ('done', 'Hoàn thành'), ('dropped', 'Không thực hiện nữa')]
ROLES = [('department_officer', 'Cán bộ sở, ngành'), ('province_officer', 'Cán bộ tỉnh'), ('district_officer', 'Cán bộ huyện'), ('commune_officer', 'Cán bộ xã')]
OPEN = ('not_begun', 'doing')


class Migration(migrations.Migration):

    dependencies = [
        ('areas', '0004_vietnamese_order'),
        ('targets', '0002_channels_units'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='FactChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('table', models.CharField(max_length=40, verbose_name='bảng')),
                ('key', models.BigIntegerField(verbose_name='khóa')),
                ('at', models.DateTimeField(verbose_name='lúc')),
                ('was', models.JSONField(null=True, verbose_name='trước đó')),
            ],
            options={
                'verbose_name': 'thay đổi số liệu',
                'verbose_name_plural': 'thay đổi số liệu',
                'indexes': [models.Index(fields=['table', 'at'], name='fact_change_since')],
            },
        ),
        migrations.AddField('yearplan', 'definitions', models.JSONField(blank=True, default=dict, verbose_name='định nghĩa')),
        migrations.AddField('yearplan', 'file', models.FileField(blank=True, max_length=120, upload_to=targets.models.plans.plan_path, verbose_name='tệp văn bản')),
        migrations.AddField('yearplan', 'copied_from', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='copies', to='targets.yearplan', verbose_name='sao chép từ')),
        migrations.AddField('target', 'note', models.CharField(blank=True, max_length=300, verbose_name='ghi chú')),
        migrations.AlterField('target', 'indicator', models.CharField(choices=INDICATORS, max_length=30, verbose_name='chỉ số')),
        migrations.AlterField('target', 'unit', models.CharField(choices=UNITS, max_length=10, verbose_name='đơn vị tính')),
        migrations.AlterField('openingbalance', 'unit', models.CharField(choices=UNITS, max_length=10, verbose_name='đếm gì')),
        migrations.RemoveConstraint('target', 'target_once'),
        migrations.AddConstraint('target', models.UniqueConstraint(fields=('plan', 'indicator', 'area'), name='target_once', violation_error_message='Chỉ tiêu này của địa bàn đã có trong kế hoạch.')),
        migrations.AddConstraint('target', models.CheckConstraint(condition=Q(low__gte=0), name='target_not_below_zero', violation_error_message='Chỉ tiêu không được âm.')),
        migrations.AddConstraint('target', models.CheckConstraint(condition=~Q(unit='percent') | (Q(low__lte=100) & (Q(high__isnull=True) | Q(high__lte=100))), name='target_share_at_most_a_hundred', violation_error_message='Tỷ lệ không được vượt quá 100%.')),
        migrations.CreateModel(
            name='PlanTask',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(default=entities.models.facts.new_code, max_length=40, unique=True, verbose_name='mã')),
                ('content', models.TextField(max_length=2000, verbose_name='nội dung')),
                ('lead', models.CharField(max_length=160, verbose_name='đơn vị chủ trì')),
                ('lead_role', models.CharField(choices=ROLES, max_length=20, verbose_name='cấp chủ trì')),
                ('helpers', models.CharField(blank=True, max_length=400, verbose_name='đơn vị phối hợp')),
                ('starts_on', models.DateField(verbose_name='từ ngày')),
                ('due_on', models.DateField(verbose_name='đến hết ngày')),
                ('indicator', models.CharField(blank=True, choices=INDICATORS, max_length=30, verbose_name='phục vụ chỉ tiêu')),
                ('status', models.CharField(choices=STATUSES, db_index=True, default='not_begun', max_length=10, verbose_name='trạng thái')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='ngày kết thúc')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='thứ tự')),
                ('is_demo', models.BooleanField(default=False, verbose_name='dữ liệu trình diễn')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.area', verbose_name='địa bàn chủ trì')),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người theo dõi')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='targets.yearplan', verbose_name='kế hoạch')),
            ],
            options={
                'verbose_name': 'nhiệm vụ của kế hoạch',
                'verbose_name_plural': 'nhiệm vụ của kế hoạch',
                'ordering': ['due_on', 'position', 'pk'],
                'constraints': [
                    models.CheckConstraint(condition=Q(due_on__gte=F('starts_on')), name='task_runs_forward', violation_error_message='Hạn không được trước ngày bắt đầu.'),
                    models.CheckConstraint(condition=Q(status__in=OPEN, ended_on=None) | (~Q(status__in=OPEN) & Q(ended_on__isnull=False)), name='task_ended_or_open', violation_error_message='Nhiệm vụ kết thúc phải có ngày, nhiệm vụ đang mở thì không.'),
                ],
            },
        ),
        migrations.CreateModel(
            name='TaskReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('evidence', models.FileField(blank=True, max_length=120, upload_to=entities.models.facts.proof_path, verbose_name='minh chứng')),
                ('evidence_type', models.CharField(blank=True, editable=False, max_length=40)),
                ('code', models.SlugField(default=entities.models.facts.new_code, max_length=40, unique=True, verbose_name='mã')),
                ('day', models.DateField(verbose_name='ngày')),
                ('status', models.CharField(choices=STATUSES, max_length=10, verbose_name='trạng thái')),
                ('note', models.TextField(max_length=2000, verbose_name='kết quả')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người báo cáo')),
                ('task', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='targets.plantask', verbose_name='nhiệm vụ')),
            ],
            options={
                'verbose_name': 'báo cáo nhiệm vụ',
                'verbose_name_plural': 'báo cáo nhiệm vụ',
                'ordering': ['-day', '-pk'],
            },
        ),
    ]
