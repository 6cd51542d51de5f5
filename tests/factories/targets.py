"""Plans, targets, sourced balances, remarks and reports."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from foundation.areas.models import Area
from foundation.jobs.models import Job
from foundation.sources.models import Source
from targets.models import (
    Indicator,
    OpeningBalance,
    ProgressReport,
    Remark,
    RemarkKind,
    ReportRun,
    Target,
    Unit,
    YearPlan,
)


def province():
    """Tỉnh Hà Nam of 2024."""
    return Area.objects.provinces().on(dt.date(2024, 10, 15)).get(code="35")


def district(code):
    """A district of 2024."""
    return Area.objects.districts().on(dt.date(2024, 10, 15)).get(code=code)


class SourceFactory(DjangoModelFactory):
    """A newspaper."""

    class Meta:
        model = Source

    key = factory.Sequence(lambda n: f"T{n:02}")
    publisher = factory.Sequence(lambda n: f"Báo Thử Nghiệm {n}")


class YearPlanFactory(DjangoModelFactory):
    """The plan of 2024."""

    class Meta:
        model = YearPlan
        django_get_or_create = ("year",)

    year = 2024
    area = factory.LazyFunction(province)


class TargetFactory(DjangoModelFactory):
    """142 to 152 products in all."""

    class Meta:
        model = Target

    plan = factory.SubFactory(YearPlanFactory)
    area = factory.SelfAttribute("plan.area")
    indicator = Indicator.TOTAL_PRODUCTS
    low, high = 142, 152
    unit = Unit.PRODUCTS


class OpeningBalanceFactory(DjangoModelFactory):
    """117 to 122 products at the end of 2023."""

    class Meta:
        model = OpeningBalance
        skip_postgeneration_save = True

    unit = Unit.PRODUCTS
    area = factory.LazyFunction(province)
    day = dt.date(2023, 12, 31)
    low, high = 117, 122

    @factory.post_generation
    def sources(self, create, extracted, **kwargs):
        """A balance always has a source."""
        self.sources.set(extracted or [SourceFactory()])


class RemarkFactory(DjangoModelFactory):
    """A figure without a day."""

    class Meta:
        model = Remark

    code = factory.Sequence(lambda n: f"luu-y-{n}")
    area = factory.LazyFunction(province)
    kind = RemarkKind.UNDATED
    text = "Nguồn nêu 130 sản phẩm, không rõ ngày."


class JobFactory(DjangoModelFactory):
    """A job that waits."""

    class Meta:
        model = Job

    work = "targets.works.write_report"
    title = "Báo cáo thử nghiệm"


class ProgressReportFactory(DjangoModelFactory):
    """A report on the province, asked for by nobody."""

    class Meta:
        model = ProgressReport

    code = factory.Sequence(lambda n: f"bc-2024-09-30-{n:08}")
    plan = factory.SubFactory(YearPlanFactory)
    area = factory.SelfAttribute("plan.area")
    as_of = dt.date(2024, 9, 30)
    figures = factory.LazyFunction(lambda: {"plan": {"year": 2024}, "targets": [], "demo": 0})
    digest = "0" * 64
    texts = factory.LazyFunction(lambda: [{"key": "results", "title": "Kết quả", "text": "Lời văn thử."}])
    written_at = dt.datetime(2024, 10, 1, 1, tzinfo=dt.UTC)
    pdf = factory.django.FileField(filename="bao-cao.pdf", data=b"%PDF-1.7 thu")
    docx = factory.django.FileField(filename="bao-cao.docx", data=b"PK thu")
    xlsx = factory.django.FileField(filename="bao-cao.xlsx", data=b"PK thu")
    job = factory.SubFactory(JobFactory)


class ReportRunFactory(DjangoModelFactory):
    """A report run again, with the same outcome."""

    class Meta:
        model = ReportRun

    report = factory.SubFactory(ProgressReportFactory)
    job = factory.SubFactory(JobFactory, work="targets.works.run_again")
    figures = factory.SelfAttribute("report.figures")
    digest = factory.SelfAttribute("report.digest")
    code_version = "0" * 12
