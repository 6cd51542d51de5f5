"""Rules of the Quy chế, seats with their time, advisers, rounds, sittings and statements.

Councils that are there already go on as they did: all members score, and a conclusion needs no sitting.
"""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.conf import settings
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models

import evaluation.models.councils


def key():
    return ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))


def link(to, name, **options):
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name=name, to=to, **options
    )


class Migration(migrations.Migration):
    dependencies = [
        ("areas", "0002_initial"),
        ("evaluation", "0004_rls_seal"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        BtreeGistExtension(),
        migrations.AddField(
            "council",
            "scan",
            models.FileField(
                blank=True, max_length=120, upload_to=evaluation.models.councils.scan_path,
                verbose_name="bản chụp quyết định",
            ),
        ),
        migrations.AddField(
            "council", "scan_type", models.CharField(blank=True, editable=False, max_length=40)
        ),
        migrations.AddField(
            "council",
            "sitting_required",
            models.BooleanField(default=False, verbose_name="chỉ kết luận tại phiên họp"),
            preserve_default=False,
        ),
        migrations.AddField(
            "council",
            "judges_min",
            models.PositiveSmallIntegerField(
                blank=True,
                help_text="để trống: mọi thành viên chấm điểm đều chấm mọi hồ sơ",
                null=True,
                verbose_name="số người chấm tối thiểu mỗi hồ sơ",
            ),
        ),
        migrations.AddConstraint(
            "council",
            models.CheckConstraint(
                condition=models.Q(("judges_min__isnull", True), ("judges_min__gte", 1), _connector="OR"),
                name="council_judges_at_least_one",
            ),
        ),
        migrations.RemoveConstraint("seat", "seat_once_per_person"),
        migrations.RemoveConstraint("seat", "seat_one_chair"),
        migrations.AlterField(
            "seat",
            "post",
            models.CharField(
                choices=[
                    ("chair", "Chủ tịch"),
                    ("vice", "Phó Chủ tịch"),
                    ("member", "Ủy viên"),
                    ("secretary", "Ủy viên kiêm Thư ký"),
                    ("clerk", "Thư ký"),
                    ("expert", "Chuyên gia mời"),
                ],
                max_length=10,
                verbose_name="vị trí",
            ),
        ),
        migrations.AlterField(
            "seat", "user", link(settings.AUTH_USER_MODEL, "seats", verbose_name="người")
        ),
        migrations.AddField("seat", "scores", models.BooleanField(default=True, verbose_name="chấm điểm")),
        migrations.AddField(
            "seat",
            "name",
            models.CharField(blank=True, editable=False, max_length=120, verbose_name="họ và tên khi được cử"),
        ),
        migrations.AddField(
            "seat", "started_on", models.DateField(blank=True, null=True, verbose_name="từ ngày")
        ),
        migrations.AddField(
            "seat", "ended_on", models.DateField(blank=True, null=True, verbose_name="thôi từ ngày")
        ),
        migrations.AddField(
            "seat", "ended_why", models.CharField(blank=True, max_length=200, verbose_name="lý do thôi")
        ),
        migrations.AddField(
            "seat", "basis", models.CharField(blank=True, max_length=200, verbose_name="căn cứ")
        ),
        migrations.AddField(
            "seat",
            "replaces",
            models.OneToOneField(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="successor",
                to="evaluation.seat", verbose_name="thay cho",
            ),
        ),
        migrations.AddField(
            "seat", "employer", models.CharField(blank=True, max_length=200, verbose_name="cơ quan công tác")
        ),
        migrations.AddField(
            "seat",
            "employer_tax_code",
            models.CharField(blank=True, max_length=14, verbose_name="mã số thuế cơ quan"),
        ),
        migrations.AddField(
            "seat",
            "home",
            models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to="areas.area",
                verbose_name="xã nơi cư trú",
            ),
        ),
        migrations.AddConstraint(
            "seat",
            models.UniqueConstraint(
                condition=models.Q(("ended_on", None)),
                fields=("council", "user"),
                name="seat_once_per_person",
                violation_error_message="Người này đang có ghế trong hội đồng.",
            ),
        ),
        migrations.AddConstraint(
            "seat",
            models.UniqueConstraint(
                condition=models.Q(("ended_on", None), ("post", "chair")),
                fields=("council",),
                name="seat_one_chair",
                violation_error_message="Hội đồng đang có Chủ tịch.",
            ),
        ),
        migrations.AddConstraint(
            "seat",
            models.CheckConstraint(
                condition=models.Q(
                    ("ended_on", None),
                    ("started_on", None),
                    ("ended_on__gte", models.F("started_on")),
                    _connector="OR",
                ),
                name="seat_runs_forward",
                violation_error_message="Ngày thôi không thể trước ngày được cử.",
            ),
        ),
        migrations.AlterField(
            "scoresheet",
            "status",
            models.CharField(
                choices=[
                    ("draft", "Đang chấm"),
                    ("handed_in", "Đã nộp phiếu"),
                    ("released", "Thôi chấm"),
                ],
                default="draft",
                max_length=10,
                verbose_name="trạng thái",
            ),
        ),
        migrations.CreateModel(
            name="Adviser",
            fields=[
                key(),
                (
                    "duty",
                    models.CharField(
                        choices=[("leader", "Tổ trưởng"), ("member", "Tổ viên")],
                        max_length=10,
                        verbose_name="nhiệm vụ",
                    ),
                ),
                (
                    "name",
                    models.CharField(editable=False, max_length=120, verbose_name="họ và tên khi được cử"),
                ),
                ("started_on", models.DateField(verbose_name="từ ngày")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="thôi từ ngày")),
                (
                    "council",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="advisers",
                        to="evaluation.council",
                    ),
                ),
                ("user", link(settings.AUTH_USER_MODEL, "advising", verbose_name="người")),
            ],
            options={
                "verbose_name": "thành viên tổ tư vấn",
                "verbose_name_plural": "tổ tư vấn",
                "ordering": ["council", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on", None)),
                        fields=("council", "user"),
                        name="adviser_once_per_person",
                        violation_error_message="Người này đang ở trong tổ tư vấn.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on", None), ("ended_on__gte", models.F("started_on")), _connector="OR"
                        ),
                        name="adviser_runs_forward",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Statement",
            fields=[
                key(),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("none", "Không có xung đột lợi ích"),
                            ("conflict", "Có xung đột lợi ích, từ chối chấm"),
                        ],
                        max_length=10,
                        verbose_name="khai báo",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=1000, verbose_name="lý do từ chối")),
                ("at", models.DateTimeField(verbose_name="lúc")),
                ("by", link(settings.AUTH_USER_MODEL, "+", verbose_name="người ghi")),
                ("case", link("evaluation.case", "statements")),
                ("seat", link("evaluation.seat", "statements")),
            ],
            options={
                "verbose_name": "khai báo xung đột lợi ích",
                "verbose_name_plural": "khai báo xung đột lợi ích",
                "ordering": ["case", "seat"],
                "constraints": [
                    models.UniqueConstraint(fields=("case", "seat"), name="statement_once_per_seat"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", "conflict"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="statement_recusal_has_a_reason",
                        violation_error_message="Hãy ghi lý do từ chối.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Round",
            fields=[
                key(),
                ("number", models.PositiveSmallIntegerField(verbose_name="đợt")),
                ("opens_on", models.DateField(verbose_name="chấm từ ngày")),
                ("scoring_until", models.DateField(verbose_name="chấm đến hết ngày")),
                ("closes_on", models.DateField(verbose_name="kết luận đến hết ngày")),
                ("council", link("evaluation.council", "rounds", verbose_name="hội đồng")),
            ],
            options={
                "verbose_name": "đợt đánh giá",
                "verbose_name_plural": "đợt đánh giá",
                "ordering": ["council", "-opens_on"],
                "constraints": [
                    models.UniqueConstraint(fields=("council", "number"), name="council_round_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("opens_on__lte", models.F("scoring_until")),
                            ("scoring_until__lte", models.F("closes_on")),
                        ),
                        name="council_round_dates_in_order",
                        violation_error_message=(
                            "Các ngày của đợt phải theo thứ tự: bắt đầu chấm, hết hạn chấm, hết hạn kết luận."
                        ),
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("council", "="),
                            (
                                models.Func(
                                    models.F("opens_on"),
                                    models.F("closes_on"),
                                    models.Value("[]"),
                                    function="daterange",
                                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="council_round_shares_no_day",
                        violation_error_message="Đợt này trùng ngày với một đợt khác của hội đồng.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Sitting",
            fields=[
                key(),
                ("code", models.SlugField(max_length=30, unique=True, verbose_name="mã")),
                ("day", models.DateField(verbose_name="ngày họp")),
                ("begins_at", models.TimeField(verbose_name="bắt đầu lúc")),
                ("place", models.CharField(max_length=200, verbose_name="địa điểm")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("planned", "Đã lên lịch"),
                            ("open", "Đang họp"),
                            ("closed", "Đã bế mạc"),
                            ("cancelled", "Đã hủy"),
                        ],
                        default="planned",
                        max_length=10,
                        verbose_name="trạng thái",
                    ),
                ),
                ("round", link("evaluation.round", "sittings", verbose_name="đợt")),
            ],
            options={
                "verbose_name": "phiên họp",
                "verbose_name_plural": "phiên họp",
                "ordering": ["-day", "-begins_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="AgendaItem",
            fields=[
                key(),
                ("position", models.PositiveSmallIntegerField(verbose_name="thứ tự")),
                ("presenter", models.CharField(blank=True, max_length=120, verbose_name="người trình bày")),
                (
                    "presentation",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="nội dung, hình thức trình bày"
                    ),
                ),
                ("case", link("evaluation.case", "agenda")),
                (
                    "sitting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="agenda",
                        to="evaluation.sitting",
                    ),
                ),
            ],
            options={
                "verbose_name": "mục chương trình",
                "verbose_name_plural": "chương trình",
                "ordering": ["sitting", "position"],
                "constraints": [
                    models.UniqueConstraint(fields=("sitting", "case"), name="agenda_case_once"),
                    models.UniqueConstraint(
                        deferrable=models.Deferrable["DEFERRED"],
                        fields=("sitting", "position"),
                        name="agenda_position_once",
                    ),
                ],
            },
        ),
        migrations.AddField(
            "sitting",
            "cases",
            models.ManyToManyField(
                related_name="sittings", through="evaluation.AgendaItem", to="evaluation.case"
            ),
        ),
        migrations.CreateModel(
            name="Attendance",
            fields=[
                key(),
                ("present", models.BooleanField(verbose_name="có mặt")),
                ("excuse", models.CharField(blank=True, max_length=200, verbose_name="lý do vắng")),
                ("seat", link("evaluation.seat", "attendance")),
                (
                    "sitting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="attendance",
                        to="evaluation.sitting",
                    ),
                ),
            ],
            options={
                "verbose_name": "điểm danh",
                "verbose_name_plural": "điểm danh",
                "ordering": ["sitting", "seat"],
                "constraints": [
                    models.UniqueConstraint(fields=("sitting", "seat"), name="attendance_once_per_seat"),
                    models.CheckConstraint(
                        condition=models.Q(("present", False), ("excuse", ""), _connector="OR"),
                        name="attendance_excuse_of_the_absent",
                    ),
                ],
            },
        ),
    ]
