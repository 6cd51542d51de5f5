"""Reference data into the database, each set in its turn; sets whose files are unchanged are skipped."""

from pathlib import Path

from django.core.management.base import BaseCommand
from django.db import transaction

import entities.loading
import entities.support_loading
import foundation.areas.loading
import foundation.regimes.loading
import foundation.sources.loading
import products.loading
import promotion.loading
import targets.loading
from foundation import reference
from foundation.sources.models import LoadedData

# In this order, because each may point at those before it.
SETS = (
    ("areas", "Đơn vị hành chính", foundation.areas.loading),
    ("sources", "Nguồn", foundation.sources.loading),
    ("regimes", "Quy định", foundation.regimes.loading),
    ("entities", "Chủ thể, làng nghề", entities.loading),
    ("support", "Chính sách, hướng dẫn", entities.support_loading),
    ("products", "Sản phẩm", products.loading),
    ("promotion", "Sự kiện", promotion.loading),
    ("targets", "Chỉ tiêu", targets.loading),
)
COUNTED = {"plans": "kế hoạch", "targets": "chỉ tiêu", "balances": "số liệu đầu kỳ", "remarks": "lưu ý"}


class Command(BaseCommand):
    """Load what is new. A set is loaded again when its files, its loader or a set before it changed."""

    help = "Nạp dữ liệu tham chiếu; bộ dữ liệu có tệp không đổi được bỏ qua."

    def handle(self, *args, **options):
        known, before = dict(LoadedData.objects.values_list("name", "digest")), ""
        for name, title, module in SETS:
            files = [Path(module.__file__), *reference.files_below(module.DATA)]
            before = reference.digest(files, after=before)
            if known.get(name) == before:
                self.stdout.write(f"{title}: không đổi")
                continue
            with transaction.atomic():
                outcome = module.load()
                LoadedData.objects.update_or_create(name=name, defaults={"digest": before})
            self.stdout.write(f"{title}: {self.in_one_line(outcome)}")

    def in_one_line(self, outcome):
        """What a loader returned: one summary, several, or counts by name."""
        if isinstance(outcome, dict):
            return "; ".join(f"{count} {COUNTED.get(name, name)}" for name, count in outcome.items())
        parts = outcome if isinstance(outcome, list) else str(outcome).splitlines()
        return "; ".join(map(str, parts))
