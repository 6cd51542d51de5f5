"""The files of production: complete, closed, and at one with the settings and the launcher."""

import os
import re
import subprocess

import pytest
import yaml

from ocop_portal.media import S3_NEEDS
from tests.launcher.conftest import PROJECT

COMPOSE = (PROJECT / "docker-compose.yml").read_text(encoding="utf-8")
EXAMPLE = (PROJECT / ".env.example").read_text(encoding="utf-8")
OURS = ("migrate", "web", "worker", "beat")
SHIPPED = (
    "Dockerfile",
    "docker-compose.yml",
    "deploy/nginx.conf",
    "deploy/roles.sh",
    ".env.example",
    ".ci/run",
)


@pytest.fixture(scope="module")
def services():
    """The services of docker-compose.yml, with anchors resolved."""
    return yaml.safe_load(COMPOSE)["services"]


def explained():
    """Every variable of .env.example, also those only shown in a comment."""
    return set(re.findall(r"^(?:# )?([A-Z][A-Z0-9_]+)=", EXAMPLE, re.MULTILINE))


def read_by_code():
    """Every variable that settings, what they ask, and the launcher read."""
    settings = (PROJECT / "ocop_portal/settings.py").read_text(encoding="utf-8")
    names = set(re.findall(r"\benv(?:_flag|_list)?\(\s*\"([A-Z_]+)\"", settings))
    for path in [*(PROJECT / "launcher").glob("*.py"), PROJECT / "ocop_portal/media.py"]:
        text = path.read_text(encoding="utf-8")
        names |= set(re.findall(r"os\.environ(?:\.get\(|\[)\"([A-Z0-9_]+)\"", text))
    names |= set(S3_NEEDS)
    return names - {"DATABASE_APP_URL"}  # told to the tests by the launcher, never by a person


def test_every_variable_of_compose_is_explained():
    used = set(re.findall(r"\$\{([A-Z0-9_]+)", COMPOSE))

    assert used
    assert used - explained() == set()


def test_every_variable_the_code_reads_is_explained_and_no_other():
    mentioned = read_by_code()
    containers = {"POSTGRES_PASSWORD", "PORTAL_OWNER_PASSWORD", "PORTAL_APP_PASSWORD", "VALKEY_PASSWORD"}
    containers |= {"HTTP_ADDRESS", "HTTP_PORT", "PORTAL_VERSION"}

    assert mentioned - explained() == set()
    assert explained() - mentioned - containers - {"DATABASE_OWNER_URL"} == set()


def test_no_secret_has_a_default():
    for name in re.findall(r"\$\{([A-Z_]*(?:PASSWORD|SECRET_KEY))", COMPOSE):
        assert f"${{{name}:?" in COMPOSE
        assert f"${{{name}:-" not in COMPOSE
        assert f"\n{name}=\n" in EXAMPLE


def test_only_the_migration_signs_in_as_the_owner(services):
    roles = {name: services[name]["environment"]["DATABASE_URL"].split(":")[1].strip("/") for name in OURS}

    assert roles == {
        "migrate": "portal_owner",
        "web": "portal_app",
        "worker": "portal_app",
        "beat": "portal_app",
    }
    assert not any("DATABASE_OWNER_URL" in services[name]["environment"] for name in OURS)


def test_our_containers_are_closed(services):
    for name in OURS:
        service = services[name]
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert "no-new-privileges:true" in service["security_opt"]
        assert "ports" not in service


def test_only_nginx_and_the_mailbox_are_reachable_and_only_from_this_machine(services):
    published = {name: service["ports"] for name, service in services.items() if "ports" in service}

    assert set(published) == {"nginx", "mailbox"}
    assert all(
        port.startswith(("127.0.0.1:", "${HTTP_ADDRESS:-127.0.0.1}:"))
        for ports in published.values()
        for port in ports
    )
    assert services["mailbox"]["profiles"] == ["development"]
    assert services["postgres"]["networks"] == services["valkey"]["networks"] == ["inside"]
    assert yaml.safe_load(COMPOSE)["networks"]["inside"] == {"internal": True}


def test_every_lasting_service_says_whether_it_is_well(services):
    lasting = set(services) - {"migrate", "mailbox"}

    assert {name for name in lasting if "healthcheck" not in services[name]} == set()
    assert all(services[name]["depends_on"]["migrate"] for name in ("web", "worker", "beat"))


def test_data_outlive_the_containers(services):
    assert services["postgres"]["image"] == "postgres:18"
    assert "database:/var/lib/postgresql" in services["postgres"]["volumes"]
    command = services["valkey"]["command"][-1]
    assert all(
        word in command for word in ("--appendonly yes", "--maxmemory-policy noeviction", "--requirepass")
    )


def test_the_database_has_the_roles_the_launcher_makes():
    script = (PROJECT / "deploy/roles.sh").read_text(encoding="utf-8")

    assert set(re.findall(r"create role (\w+)", script)) == {"portal_owner", "portal_app"}
    assert "create database portal owner portal_owner" in script
    assert os.access(PROJECT / "deploy/roles.sh", os.X_OK)


def test_the_image_holds_only_locked_packages_and_runs_as_nobody_special():
    text = (PROJECT / "Dockerfile").read_text(encoding="utf-8")

    assert "--require-hashes --no-deps --only-binary=:all: -r requirements/run.lock" in text
    assert not re.search(r"embedded\.lock|test\.lock", text)
    assert text.index("USER portal") < text.index("collectstatic") < text.index("CMD")
    assert "--uid 10001" in text
    assert '"101:10001"' in COMPOSE  # nginx reads uploads by that group
    ignored = (PROJECT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert {".env", ".git", ".portal", "tests"} <= set(ignored)
    assert "deploy/healthcheck.py" in COMPOSE
    assert not {"deploy", "deploy/healthcheck.py"} & set(ignored)


def test_nginx_limits_uploads_and_keeps_files_closed():
    text = (PROJECT / "deploy/nginx.conf").read_text(encoding="utf-8")

    assert "client_max_body_size 60m;" in text
    assert re.search(r"location /protected/ \{\s+internal;\s+alias /srv/media/;", text)
    assert "X_ACCEL_PREFIX: /protected" in COMPOSE
    assert "proxy_request_buffering on;" in text


def test_shell_scripts_parse_and_stop_at_the_first_error():
    for path in ("deploy/roles.sh", ".ci/run"):
        text = (PROJECT / path).read_text(encoding="utf-8")
        assert re.search(r"^set -eu", text, re.MULTILINE)
        subprocess.run(["bash", "-n", PROJECT / path], check=True)


def test_ci_does_what_the_readme_says():
    steps = re.findall(r"^(python3 portal\.py \w+|make \w+)", (PROJECT / ".ci/run").read_text(), re.MULTILINE)

    assert steps == ["python3 portal.py env", "make check", "python3 portal.py test"]


@pytest.mark.parametrize("path", SHIPPED)
def test_no_file_names_a_package_index(path):
    text = (PROJECT / path).read_text(encoding="utf-8")

    assert not re.search(r"index-url|https?://(?!localhost|web[:;]|127\.0\.0\.1)[\w.]+", text)
