"""Who looks after an idea: its author until a hand-over."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F


def authors_keep(apps, schema_editor):
    """Until now whoever wrote an idea kept it."""
    apps.get_model("products", "Idea").objects.filter(keeper=None).update(keeper=F("created_by"))


def keeper(**more):
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to=settings.AUTH_USER_MODEL,
        verbose_name="người phụ trách",
        help_text="người lập, hoặc người nhận bàn giao",
        **more,
    )


class Migration(migrations.Migration):
    dependencies = [("products", "0001_initial")]

    operations = [
        migrations.AddField("idea", "keeper", keeper(null=True)),
        migrations.RunPython(authors_keep, migrations.RunPython.noop, elidable=True),
        migrations.RunSQL("set constraints all immediate", migrations.RunSQL.noop),
        migrations.AlterField("idea", "keeper", keeper()),
    ]
