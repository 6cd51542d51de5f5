"""Names of products have a stored key by which lists are sorted."""

from django.db import migrations, models

import foundation.ui.alphabet


class Migration(migrations.Migration):
    dependencies = [
        ("areas", "0004_vietnamese_order"),
        ("products", "0012_late_acceptances"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="product", name="product_by_name"),
        migrations.AddField(
            model_name="product",
            name="alphabet",
            field=models.GeneratedField(
                db_persist=True,
                expression=foundation.ui.alphabet.Alphabetical(models.F("name")),
                output_field=models.TextField(db_collation="C"),
            ),
        ),
        migrations.AddIndex(
            model_name="product",
            index=models.Index(fields=["alphabet", "id"], name="product_by_alphabet"),
        ),
    ]
