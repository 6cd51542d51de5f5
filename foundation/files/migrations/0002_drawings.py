import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('files', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Drawing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sha256', models.CharField(max_length=64, unique=True, verbose_name='mã băm')),
                ('total', models.PositiveIntegerField(default=0, verbose_name='số trang')),
                ('trouble', models.CharField(blank=True, max_length=300, verbose_name='vì sao không vẽ được hết')),
                ('drawn_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='vẽ lúc')),
            ],
            options={
                'verbose_name': 'bản vẽ trang',
                'verbose_name_plural': 'bản vẽ trang',
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='DrawnPage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='trang')),
                ('width', models.PositiveSmallIntegerField(default=0, verbose_name='rộng (điểm ảnh)')),
                ('height', models.PositiveSmallIntegerField(default=0, verbose_name='cao (điểm ảnh)')),
                ('file', models.FileField(max_length=120, upload_to='', verbose_name='ảnh')),
                ('drawing', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pages', to='files.drawing')),
            ],
            options={
                'verbose_name': 'trang đã vẽ',
                'verbose_name_plural': 'trang đã vẽ',
                'ordering': ['number'],
            },
        ),
        migrations.AddField(
            model_name='pageimage',
            name='width',
            field=models.PositiveSmallIntegerField(default=0, verbose_name='rộng (điểm ảnh)'),
        ),
        migrations.AddField(
            model_name='pageimage',
            name='height',
            field=models.PositiveSmallIntegerField(default=0, verbose_name='cao (điểm ảnh)'),
        ),
        migrations.AddConstraint(
            model_name='drawnpage',
            constraint=models.UniqueConstraint(fields=('drawing', 'number'), name='drawn_page_once'),
        ),
    ]
