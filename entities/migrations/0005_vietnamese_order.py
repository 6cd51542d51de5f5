"""Names of producers have a stored key by which lists are sorted."""

from django.db import migrations, models

import foundation.ui.alphabet


class Migration(migrations.Migration):
    dependencies = [
        ("areas", "0004_vietnamese_order"),
        ("entities", "0004_producers"),
    ]

    operations = [
        migrations.AddField(
            model_name="entity",
            name="alphabet",
            field=models.GeneratedField(
                db_persist=True,
                expression=foundation.ui.alphabet.Alphabetical(models.F("name")),
                output_field=models.TextField(db_collation="C"),
            ),
        ),
        migrations.AddIndex(
            model_name="entity",
            index=models.Index(fields=["alphabet", "id"], name="entity_by_alphabet"),
        ),
    ]
