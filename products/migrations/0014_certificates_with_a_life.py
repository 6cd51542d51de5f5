"""Certificates have a life: signed, extended, replaced, revoked, in a register that only grows; inspections."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import entities.models.facts
import products.models.lives


class Migration(migrations.Migration):
    dependencies = [
        ("products", "0013_vietnamese_order"),
        ("regimes", "0002_used_law_stays"),
        ("trail", "0006_portal_keys"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField("certificate", "recognition", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="certificates", to="products.rating")),
        migrations.AlterField("certificate", "rating", models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="certificate", to="products.rating")),
        migrations.AddField("certificate", "ends_on", models.DateField(null=True, verbose_name="ghi đến hết ngày")),
        migrations.AddField("certificate", "facts", models.JSONField(default=dict, verbose_name="nội dung in")),
        migrations.AddField("certificate", "qr", models.TextField(default="", verbose_name="nội dung mã QR")),
        migrations.AddField("certificate", "replaced_by", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="replaces", to="products.certificate")),
        migrations.AddField("certificate", "replaced_on", models.DateField(blank=True, null=True, verbose_name="được thay từ ngày")),
        migrations.CreateModel(
            name="SignedPaper",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file", models.FileField(max_length=120, upload_to=products.models.lives.decision_path, verbose_name="tệp")),
                ("sha256", models.CharField(max_length=64, unique=True, verbose_name="mã băm")),
                ("signer", models.CharField(max_length=300, verbose_name="người ký")),
                ("authority", models.CharField(max_length=300, verbose_name="nơi cấp chữ ký")),
                ("signed_at", models.DateTimeField(blank=True, null=True, verbose_name="ký lúc (theo chữ ký)")),
                ("is_test", models.BooleanField(default=False, verbose_name="chữ ký thử")),
                ("on", models.DateField(verbose_name="ngày nhận")),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL, null=True, verbose_name="người nhận")),
                ("certificate", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="signed", to="products.certificate")),
            ],
            options={"verbose_name": "bản ký số", "verbose_name_plural": "bản ký số"},
        ),
        migrations.CreateModel(
            name="Extension",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("was_until", models.DateField(verbose_name="trước đó đến hết ngày")),
                ("until", models.DateField(verbose_name="kéo dài đến hết ngày")),
                ("number", models.CharField(max_length=40, verbose_name="số văn bản")),
                ("day", models.DateField(verbose_name="ngày văn bản")),
                ("basis", models.CharField(max_length=600, verbose_name="căn cứ")),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="cán bộ")),
                ("rating", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="extension", to="products.rating")),
            ],
            options={"verbose_name": "lần kéo dài", "verbose_name_plural": "lần kéo dài", "constraints": [
                    models.CheckConstraint(condition=models.Q(("until__gt", models.F("was_until"))), name="extension_runs_forward"),
                ]},
        ),
        migrations.CreateModel(
            name="Revocation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ground", models.CharField(max_length=40, verbose_name="mã căn cứ")),
                ("ground_text", models.CharField(max_length=600, verbose_name="căn cứ")),
                ("number", models.CharField(max_length=40, verbose_name="số quyết định")),
                ("day", models.DateField(verbose_name="ngày quyết định")),
                ("note", models.CharField(max_length=1000, verbose_name="nội dung")),
                ("file", models.FileField(max_length=120, upload_to=products.models.lives.decision_path, verbose_name="quyết định thu hồi")),
                ("sha256", models.CharField(max_length=64, verbose_name="mã băm")),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="cán bộ")),
                ("rating", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="revocation", to="products.rating")),
                ("regime", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="regimes.regime", verbose_name="quy định")),
            ],
            options={"verbose_name": "lần thu hồi", "verbose_name_plural": "lần thu hồi"},
        ),
        migrations.CreateModel(
            name="RenewalStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("opens", "Bắt đầu nhận hồ sơ đánh giá lại"), ("closing", "Sắp hết hạn nộp hồ sơ đánh giá lại"), ("notice", "Thông báo bằng văn bản"), ("ended", "Hết hiệu lực")], max_length=10, verbose_name="bước")),
                ("due_on", models.DateField(verbose_name="hạn")),
                ("on", models.DateField(verbose_name="ngày báo")),
                ("number", models.CharField(blank=True, max_length=40, verbose_name="số thông báo")),
                ("sent_on", models.DateField(blank=True, null=True, verbose_name="ngày thông báo")),
                ("rating", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="products.rating")),
            ],
            options={"verbose_name": "bước trước khi hết hạn", "verbose_name_plural": "bước trước khi hết hạn", "ordering": ["due_on", "pk"], "constraints": [
                    models.UniqueConstraint(fields=("rating", "kind"), name="renewal_step_once", violation_error_message="Bước này của giấy chứng nhận đã được làm."),
                    models.CheckConstraint(condition=models.Q(models.Q(("number", ""), ("sent_on", None)), models.Q(models.Q(("number", ""), _negated=True), ("sent_on__isnull", False)), _connector="OR"), name="renewal_letter_has_number_and_day"),
                ]},
        ),
        migrations.CreateModel(
            name="Inspection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(default=entities.models.facts.new_code, max_length=40, unique=True, verbose_name="mã")),
                ("day", models.DateField(verbose_name="ngày kiểm tra")),
                ("inspector", models.CharField(max_length=160, verbose_name="đơn vị kiểm tra")),
                ("result", models.CharField(choices=[("good", "Còn đạt tiêu chí"), ("mend", "Phải khắc phục"), ("failed", "Không còn đạt, đề nghị thu hồi")], max_length=6, verbose_name="kết quả")),
                ("findings", models.TextField(max_length=4000, verbose_name="nội dung ghi nhận")),
                ("to_mend", models.TextField(blank=True, max_length=2000, verbose_name="việc phải khắc phục")),
                ("mend_until", models.DateField(blank=True, null=True, verbose_name="khắc phục đến hết ngày")),
                ("mended_on", models.DateField(blank=True, null=True, verbose_name="khắc phục xong ngày")),
                ("mended_how", models.TextField(blank=True, max_length=2000, verbose_name="kết quả khắc phục")),
                ("is_demo", models.BooleanField(default=False, verbose_name="dữ liệu trình diễn")),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="người ghi")),
                ("product", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="inspections", to="products.product", verbose_name="sản phẩm")),
                ("rating", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="inspections", to="products.rating", verbose_name="hạng sao")),
            ],
            options={"verbose_name": "lần kiểm tra sau công nhận", "verbose_name_plural": "lần kiểm tra sau công nhận", "ordering": ["-day", "-pk"], "constraints": [
                    models.UniqueConstraint(fields=("product", "day", "inspector"), name="inspection_once", violation_error_message="Đơn vị này đã ghi một lần kiểm tra sản phẩm trong ngày đó."),
                    models.CheckConstraint(condition=models.Q(models.Q(("mend_until__gt", models.F("day")), ("mend_until__isnull", False), ("result", "mend"), models.Q(("to_mend", ""), _negated=True)), models.Q(models.Q(("result", "mend"), _negated=True), ("mend_until", None), ("mended_on", None), ("to_mend", "")), _connector="OR"), name="inspection_mends_until", violation_error_message="Ghi việc phải khắc phục và ngày sau ngày kiểm tra, chỉ khi kết quả là “Phải khắc phục”."),
                    models.CheckConstraint(condition=models.Q(("mended_on", None), ("mended_on__gte", models.F("day")), _connector="OR"), name="inspection_mended_after"),
                ]},
        ),
        migrations.CreateModel(
            name="RegisterEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(unique=True, verbose_name="thứ tự")),
                ("happening", models.CharField(choices=[("issued", "Cấp"), ("signed", "Có bản ký số"), ("extended", "Kéo dài"), ("expired", "Hết hiệu lực"), ("revoked", "Thu hồi"), ("replaced", "Được thay")], max_length=10, verbose_name="việc")),
                ("day", models.DateField(verbose_name="ngày")),
                ("text", models.TextField(verbose_name="nội dung được băm")),
                ("leaf", models.BinaryField(max_length=32, verbose_name="lá")),
                ("certificate", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="products.certificate")),
            ],
            options={"verbose_name": "dòng sổ giấy chứng nhận", "verbose_name_plural": "sổ giấy chứng nhận", "ordering": ["number"], "constraints": [
                    models.UniqueConstraint(condition=models.Q(("happening__in", ["issued", "revoked", "replaced"])), fields=("certificate", "happening"), name="register_once", violation_error_message="Việc này đã ghi vào sổ giấy chứng nhận."),
                ]},
        ),
        migrations.CreateModel(
            name="RegisterHead",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(unique=True, verbose_name="ngày")),
                ("size", models.PositiveIntegerField(verbose_name="số dòng")),
                ("root", models.CharField(max_length=64, verbose_name="gốc (SHA-256)")),
                ("text", models.TextField(verbose_name="nội dung được ký")),
                ("signature", models.CharField(max_length=88, verbose_name="chữ ký (base64)")),
                ("key", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="trail.portalkey")),
            ],
            options={"verbose_name": "dấu cuối của sổ giấy chứng nhận", "verbose_name_plural": "dấu cuối của sổ giấy chứng nhận", "ordering": ["-day"]},
        ),
    ]
