"""Compares frozen verdicts with the dossiers, criteria and sheets they were made from."""

from django.core.management.base import BaseCommand, CommandError

from evaluation import proof, seal
from evaluation.models import Case
from evaluation.rehearsal import gathered

AT_A_TIME = 50


class Auditor:
    """Reads as nobody in particular: what is opened, and nothing that is sealed."""

    is_authenticated, looked_through_by, pk = True, True, None


class Command(BaseCommand):
    help = "Đối chiếu kết quả đã đóng băng với hồ sơ, bộ tiêu chí và phiếu: manage.py verify_verdicts [mã phiên…]"

    def add_arguments(self, parser):
        parser.add_argument("codes", nargs="*", metavar="mã phiên", help="để trống: mọi phiên có kết quả")

    def handle(self, *args, codes, **options):
        found = Case.objects.exclude(basis="").for_page().order_by("pk")
        cases = list(found.filter(code__in=codes) if codes else found)
        if unknown := sorted(set(codes) - {case.code for case in cases}):
            raise CommandError(f"Các phiên này không có kết quả đóng băng: {', '.join(unknown)}.")
        wrong = 0
        with seal.read_by(Auditor()):
            for start in range(0, len(cases), AT_A_TIME):
                part = cases[start : start + AT_A_TIME]
                basis = gathered(part)
                wrong += sum(not self._holds(case, *basis[case.pk]) for case in part)
        if wrong:
            raise CommandError(f"{wrong} kết quả không khớp trên {len(cases)} kết quả.")
        self.stdout.write(f"{len(cases)} kết quả khớp.")

    def _holds(self, case, sheets, last):
        """Whether the verdict stands; names what does not."""
        different = [check for check in proof.checks(case, sheets, last) if not check.holds]
        for check in different:
            self.stdout.write(f"{case.code}: {check.label}: đã ghi {check.frozen}, nay {check.found}")
        return not different
