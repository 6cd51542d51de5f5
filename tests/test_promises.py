"""What the repository promises about itself."""

import importlib
import re
import subprocess
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.module_loading import import_string

from foundation.jobs.queue import WORKS
from foundation.trail.moves import diagram, models_with_moves

ROOT = Path(settings.BASE_DIR)
PUBLIC = {
    "home",
    "health",
    "accounts:area_search",
    "accounts:joining",
    "accounts:register",
    "account_login",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "accounts:demo_codes",
    "mfa_authenticate",
    "openid_connect_login",
    "openid_connect_callback",
    "products:catalogue",
    "products:public",
    "products:photo",
    "products:regimes",
    "products:regime",
    "products:regime_comparison",
    "products:photo_width",
    "products:compare",
    "products:labels",
    "products:labels_paper",
    "products:feed",
    "products:open_data",
    "products:products_csv",
    "products:api",
    "products:api_document",
    "products:api_products",
    "products:api_product",
    "products:api_producers",
    "products:api_villages",
    "products:api_groups",
    "products:api_ptnt_ocop",
    "robots",
    "sitemap",
    "sitemap_part",
    "products:certificate",
    "products:certificate_file",
    "products:certificate_check",
    "products:certificate_proof",
    "products:register",
    "products:register_heads",
    "products:register_leaves",
    "entities:villages",
    "entities:village",
    "entities:village_photo",
    "entities:calendar_feed",
    "entities:signing_up",
    "entities:member_joining",
    "entities:producer_public",
    "entities:producer_photo",
    "entities:producer_logo",
    "promotion:events",
    "promotion:event",
}
OURS = [config for config in apps.get_app_configs() if not config.name.startswith("django.")]
OUR_MODELS = [
    model
    for config in OURS
    if Path(config.path).is_relative_to(ROOT) and "site-packages" not in config.path
    for model in config.get_models()
]


def named(patterns, prefix=""):
    """Every view of the portal with its name."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            space = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from named(pattern.url_patterns, prefix + space)
        elif isinstance(pattern, URLPattern):
            yield prefix + (pattern.name or ""), pattern.callback


VIEWS = dict(named(get_resolver().url_patterns))


def tracked():
    """Files that git knows, or would."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def test_every_view_says_whether_it_reads_or_writes():
    assert [name for name, view in VIEWS.items() if not hasattr(view, "methods")] == []


def test_only_these_pages_are_public():
    assert {name for name, view in VIEWS.items() if not getattr(view, "login_required", True)} == PUBLIC


def test_every_template_is_used():
    text = "\n".join(
        path.read_text(encoding="utf-8")
        for path in tracked()
        if path.suffix in {".py", ".html"} and "tests" not in path.parts
    )
    templates = [
        path.relative_to(ROOT / "templates").as_posix() for path in (ROOT / "templates").rglob("*.html")
    ]
    by_list = set()
    for folder, rest in re.findall(r'render_list\(\s*request,\s*"([^"]+)"(.*?)\n\n', text, re.DOTALL):
        name = re.search(r'\bname="(\w+)"', rest)
        parts = (f"{name[1]}.html", f"_{name[1]}_rows.html") if name else ("list.html", "_rows.html")
        by_list |= {f"{folder}/{part}" for part in parts}
    known = ("crispy/", "errors/")
    assert [
        name for name in templates if name not in text and name not in by_list and not name.startswith(known)
    ] == []


def test_every_scheduled_task_exists():
    assert all(import_string(entry["task"]) for entry in settings.CELERY_BEAT_SCHEDULE.values())


def test_every_work_of_a_job_can_be_found_by_its_name():
    assert WORKS
    assert all(import_string(name) for name in WORKS)


def test_every_model_has_a_factory():
    text = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests" / "factories").glob("*.py"))
    without = {"Pulse", "LoadedData"}  # signs of life and digests, written by one function each
    without |= {"PastSheet", "PastScore", "ScoreChange"}  # written by the database alone
    law = {"Regime", "CriteriaSet", "Criterion", "Option"}  # the law is loaded, never made up
    missing = [model.__name__ for model in OUR_MODELS if not re.search(rf"model = {model.__name__}\b", text)]
    assert sorted(set(missing) - without - law - {"Entry", "Detail", "Link", "Area", "Succession"}) == []


def test_every_status_can_be_reached():
    for label, model in models_with_moves(OUR_MODELS).items():
        field = model._meta.get_field("status")
        reached = {field.default}.union(*model.MOVES.values())
        assert reached == {value for value, _ in field.choices}, label


@pytest.mark.parametrize("label", sorted(models_with_moves(OUR_MODELS)))
def test_state_diagrams_are_current(label):
    model = models_with_moves(OUR_MODELS)[label]
    drawn = ROOT / "docs" / "states" / f"{label.replace('.', '-')}.mmd"

    assert drawn.read_text(encoding="utf-8") == diagram(model)


def test_every_model_and_app_has_a_vietnamese_name():
    plain = [model for model in OUR_MODELS if model._meta.verbose_name == model._meta.object_name.lower()]
    assert plain == []


def test_every_module_says_what_it_is_for():
    silent = []
    for path in tracked():
        if path.suffix != ".py" or "migrations" in path.parts or not path.read_text(encoding="utf-8").strip():
            continue
        text = path.read_text(encoding="utf-8").removeprefix("#!/usr/bin/env python3\n")
        if path.name not in {"apps.py", "__init__.py"} and not text.startswith('"""'):
            silent.append(path.relative_to(ROOT).as_posix())
    assert silent == []


def test_modules_keep_their_size():
    long = {
        path.relative_to(ROOT).as_posix(): lines
        for path in tracked()
        if path.suffix == ".py"
        and "migrations" not in path.parts
        and (lines := len(path.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert long == {}


def test_no_address_of_a_package_registry_stands_in_the_tree():
    pattern = re.compile(r"--(extra-)?index-url|--find-links|\"resolved\": *\"https?://|source = \{ registry")
    suffixes = {".lock", ".txt", ".in", ".toml", ".json", ".cfg", ".yml", ".yaml"}
    found = [
        path.name for path in tracked() if path.suffix in suffixes and pattern.search(path.read_text("utf-8"))
    ]
    assert found == []


def test_every_app_can_be_imported_alone():
    for config in OURS:
        assert importlib.import_module(config.name)
