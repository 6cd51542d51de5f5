"""Keeps the English of the public pages: which sentences there are, which have none yet, and the file gettext reads."""

import ast
import re

import yaml
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.template import engines
from django.templatetags.i18n import BlockTranslateNode, TranslateNode

from entities import kinds
from entities.models import EntityKind, EntityStatus, VillageStatus
from foundation.ui.catalogs import mo_bytes, read_po
from products.models import Standing

ENGLISH = settings.BASE_DIR / "locale" / "en" / "LC_MESSAGES"
PO, MO = ENGLISH / "django.po", ENGLISH / "django.mo"
CALLS = {"_", "gettext", "gettext_lazy"}
APPS = ("accounts", "entities", "evaluation", "foundation", "ocop_portal", "products", "promotion", "targets")
LAW = settings.BASE_DIR / "foundation" / "regimes" / "data"
NAME = re.compile(r"^name: (.+)$", re.MULTILINE)


def in_templates():
    """Sentences of {% translate %}, {% blocktranslate %} and _("…") in every template."""
    engine = engines["django"].engine
    for path in sorted((settings.BASE_DIR / "templates").rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        yield from re.findall(r'_\("([^"]+)"\)', text)
        for node in walk(engine.from_string(text).nodelist):
            if isinstance(node, TranslateNode):
                said = getattr(node.filter_expression.var, "literal", None)
                yield from [said] if isinstance(said, str) else ()
            elif isinstance(node, BlockTranslateNode):
                yield node.render_token_list(node.singular)[0]


def walk(nodes):
    """Every node of a template, those inside blocks included."""
    for node in nodes:
        yield node
        for name in (*node.child_nodelists, "nodelist"):
            inner = getattr(node, name, None)
            if inner is not None and not isinstance(node, BlockTranslateNode):
                yield from walk(inner)
        for _condition, inner in getattr(node, "conditions_nodelists", ()):
            yield from walk(inner)


def in_code():
    """Sentences in gettext calls."""
    for app in APPS:
        for path in sorted((settings.BASE_DIR / app).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                asks = isinstance(node, ast.Call) and getattr(node.func, "id", "") in CALLS and node.args
                if asks and isinstance(node.args[0], ast.Constant) and node.args[0].value:
                    yield node.args[0].value


def in_data():
    """Words of the law and of lists that public pages translate: groups, sets, kinds, standings."""
    for process in sorted(LAW.glob("*/process.yaml")):
        yield from (
            row["name"] for row in yaml.safe_load(process.read_text(encoding="utf-8")).get("industries", ())
        )
    for file in sorted(LAW.glob("*/[0-9]*.yaml")):
        yield NAME.search(file.read_text(encoding="utf-8"))[1].strip("'\"")
    for choices in (EntityKind, EntityStatus, VillageStatus, Standing):
        yield from choices.labels
    yield from (name for _code, name in (*kinds.channels(), *kinds.villages()))


def sentences():
    """All of them, once each, in the order found."""
    return list(dict.fromkeys([*in_templates(), *in_code(), *in_data()]))


def untranslated(texts):
    """Sentences of the public pages without English, and English without a sentence."""
    wanted = set(sentences())
    return sorted(one for one in wanted if not texts.get(one)), sorted(set(texts) - wanted - {""})


class Command(BaseCommand):
    """Writes django.mo; with --check only says whether something is missing or stale."""

    help = "Dịch các trang công khai: kiểm tra django.po và ghi django.mo."

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true")

    def handle(self, *args, check, **options):
        texts = read_po(PO)
        missing, left = untranslated(texts)
        for one in missing:
            self.stderr.write(f"chưa dịch: {one}")
        for one in left:
            self.stderr.write(f"không còn dùng: {one}")
        if not check:
            MO.write_bytes(mo_bytes(texts))
        stale = MO.read_bytes() != mo_bytes(texts)
        if missing or left or stale:
            raise CommandError("Bản dịch chưa đủ hoặc django.mo đã cũ.")
