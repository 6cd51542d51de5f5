"""The null project stays bare, and runs behind the very server that the portal has."""

import ast
import os
import sys
import time
from pathlib import Path

import pytest

from bench import client, pages
from bench import run as bench_run
from launcher import programs
from launcher.stack import PROJECT, Stack, fresh_database

NULL = PROJECT / "bench" / "null"


def test_it_imports_nothing_of_the_portal():
    imported = set()
    for path in NULL.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0, path
                imported.add(node.module)

    ours = {name for name in imported if name.partition(".")[0] not in {*sys.stdlib_module_names, "django"}}
    assert all(name.startswith("bench.null") for name in ours), ours


def test_its_one_template_has_at_most_40_lines():
    (template,) = NULL.rglob("*.html")
    assert len(template.read_text(encoding="utf-8").splitlines()) <= 40


def test_it_has_three_middlewares_and_no_context_processor():
    text = (NULL / "settings.py").read_text(encoding="utf-8")
    tree = {
        node.targets[0].id: node.value
        for node in ast.parse(text).body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }
    assert [name.rpartition(".")[2] for name in ast.literal_eval(tree["MIDDLEWARE"])] == [
        "SessionMiddleware",
        "CsrfViewMiddleware",
        "AuthenticationMiddleware",
    ]
    assert "context_processors" not in text


@pytest.fixture
def portal(tmp_path):
    """A portal that is not opened: it only says how its web server is started."""
    return Stack(
        tmp_path, database_url="postgresql://nobody@127.0.0.1:1/none", broker_url="redis://127.0.0.1:1/0"
    )


def test_its_server_differs_by_application_and_port_alone(portal):
    ours, null = programs.web(portal).command, bench_run.null_web(portal, 4321, {}).command

    assert len(ours) == len(null)
    assert [pair for pair in zip(ours, null, strict=True) if pair[0] != pair[1]] == [
        (portal.port, 4321),
        ("ocop_portal.wsgi:application", "bench.null.wsgi:application"),
    ]


def test_all_four_pages_answer_and_a_save_writes_a_row(portal):
    owner = os.environ["DATABASE_URL"]
    web = os.environ.get("DATABASE_APP_URL", owner)
    with (
        fresh_database(sys.executable, owner, web) as addresses,
        bench_run.null_site(portal, *addresses) as site,
    ):
        asked = pages.null_pages(site.port, site.password)
        counts = {name: len(client.ask_for(page, time.monotonic(), 0.05)) for name, page in asked.items()}
        rows = client.LINES.pop(site.port)
        rows.cookies = dict(asked["rows"].cookies)
        text = rows.page("/rows/")
        rows.line.close()

    assert min(counts.values()) > 0
    assert text.count("<tr>") == 25
    assert "Dòng mới" in text
    assert Path(portal.data / "logs" / "null.log").exists()
