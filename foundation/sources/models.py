"""Where a fact was read, and which state of the reference files stands in the database."""

from django.db import models


class Source(models.Model):
    """A document or page that states a fact, cited by its key (S01 …)."""

    key = models.SlugField("ký hiệu", primary_key=True, max_length=20)
    publisher = models.CharField("nơi đăng", max_length=300)
    url = models.URLField(
        "địa chỉ", max_length=600, blank=True, help_text="Trống khi nguồn không được dẫn liên kết."
    )
    dated = models.CharField(
        "ngày đăng", max_length=20, blank=True, help_text="Như nguồn ghi: năm, tháng hoặc ngày."
    )
    covers = models.CharField("nội dung", max_length=400, blank=True)

    class Meta:
        verbose_name = "nguồn"
        verbose_name_plural = "nguồn"
        ordering = ["key"]

    def __str__(self):
        return f"{self.key} – {self.publisher}"

    @property
    def dated_in_words(self):
        """As exact as the source: 30/12/2019, 09/2023 or 2024."""
        return "/".join(reversed(self.dated.split("-")))


class LoadedData(models.Model):
    """What a set of reference files looked like when it was loaded last; unchanged files are not loaded again."""

    name = models.SlugField("bộ dữ liệu", primary_key=True, max_length=40)
    digest = models.CharField("mã băm các tệp (SHA-256)", max_length=64)
    loaded_at = models.DateTimeField("nạp lúc", auto_now=True)

    class Meta:
        verbose_name = "dữ liệu đã nạp"
        verbose_name_plural = "dữ liệu đã nạp"

    def __str__(self):
        return self.name
