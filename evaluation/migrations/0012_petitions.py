"""Producers may lodge a petition about a result, within the period that the council's Quy chế states."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import entities.models.facts


class Migration(migrations.Migration):
    dependencies = [
        ("evaluation", "0011_outcome_locks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            "council",
            "petition_days",
            models.PositiveSmallIntegerField(
                blank=True, help_text="để trống: Quy chế chưa ghi", null=True, verbose_name="thời hạn kiến nghị (ngày)"
            ),
        ),
        migrations.CreateModel(
            name="Petition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(default=entities.models.facts.new_code, max_length=40, unique=True, verbose_name="mã")),
                ("text", models.TextField(max_length=4000, verbose_name="nội dung kiến nghị")),
                ("lodged_on", models.DateField(verbose_name="ngày gửi")),
                ("last_day", models.DateField(verbose_name="hạn theo Quy chế")),
                ("outcome", models.CharField(blank=True, choices=[("kept", "Giữ kết quả"), ("again", "Đánh giá lại"), ("corrected", "Sửa quyết định"), ("refused", "Không thụ lý")], max_length=10, verbose_name="kết quả")),
                ("answer", models.TextField(blank=True, max_length=4000, verbose_name="trả lời")),
                ("answered_on", models.DateField(blank=True, null=True, verbose_name="ngày trả lời")),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="người gửi")),
                ("case", models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name="petition", to="evaluation.case", verbose_name="phiên đánh giá")),
            ],
            options={
                "verbose_name": "kiến nghị",
                "verbose_name_plural": "kiến nghị",
                "ordering": ["-lodged_on", "-pk"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("lodged_on__lte", models.F("last_day"))), name="petition_in_time"),
                    models.CheckConstraint(condition=models.Q(models.Q(("answer", ""), ("answered_on", None), ("outcome", "")), models.Q(models.Q(("outcome", ""), _negated=True), models.Q(("answer", ""), _negated=True), ("answered_on__gte", models.F("lodged_on")), ("answered_on__isnull", False)), _connector="OR"), name="petition_answered_as_a_whole"),
                ],
            },
        ),
    ]
