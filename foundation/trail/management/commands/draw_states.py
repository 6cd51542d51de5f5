"""Draw every MOVES table into docs/states/."""

from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand

from foundation.trail.moves import diagram, models_with_moves


class Command(BaseCommand):
    """One Mermaid file per status; ``--check`` only says whether they are current."""

    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true")

    def handle(self, *args, check=False, **options):
        folder = Path(settings.BASE_DIR) / "docs" / "states"
        folder.mkdir(parents=True, exist_ok=True)
        stale = []
        for label, model in models_with_moves(apps.get_models()).items():
            path = folder / f"{label.replace('.', '-')}.mmd"
            if not path.exists() or path.read_text(encoding="utf-8") != diagram(model):
                stale.append(path.name)
                if not check:
                    path.write_text(diagram(model), encoding="utf-8")
        if check and stale:
            raise SystemExit(f"docs/states is out of date ({', '.join(stale)}): run make states")
