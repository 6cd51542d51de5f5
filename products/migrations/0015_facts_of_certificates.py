"""Papers that were issued before: what they certify, their printed end, the address in their code."""

from django.conf import settings
from django.db import migrations
from django.urls import reverse


def forward(apps, schema_editor):
    for paper in apps.get_model("products", "Certificate").objects.select_related("rating"):
        paper.recognition, paper.ends_on = paper.rating, paper.rating.ends_on
        paper.qr = f"{settings.PORTAL_URL}{reverse('products:certificate', args=[paper.token])}"
        paper.save(update_fields=["recognition", "ends_on", "qr"])


class Migration(migrations.Migration):
    dependencies = [("products", "0014_certificates_with_a_life")]

    operations = [migrations.RunPython(forward, migrations.RunPython.noop)]
