"""Packages: installed once, by hash, with a message that fits what went wrong."""

import hashlib
import zipfile

import pytest

from launcher import packages
from launcher.packages import Environment
from launcher.report import Failure


@pytest.fixture
def wheel(tmp_path, monkeypatch):
    """A tiny package that pip finds in a folder, and nothing else."""
    shop = tmp_path / "shop"
    shop.mkdir()
    path = shop / "gao_nep-1.0-py3-none-any.whl"
    facts = "gao_nep-1.0.dist-info"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("gao_nep.py", "taste = 'ngon'\n")
        archive.writestr(f"{facts}/METADATA", "Metadata-Version: 2.1\nName: gao-nep\nVersion: 1.0\n")
        archive.writestr(f"{facts}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{facts}/RECORD", "")
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(shop))
    monkeypatch.setenv("PIP_RETRIES", "0")
    return path


@pytest.fixture
def fresh(tmp_path, monkeypatch):
    """A place for an environment, on a system whose Python lacks ensurepip (quicker, and the harder case)."""

    def refuse(*_details):
        raise SystemExit(1)

    monkeypatch.setattr(packages.venv.EnvBuilder, "create", refuse)
    return Environment(tmp_path / "state" / "venv")


def lock(folder, wheel, digest=None, name="run"):
    """A lock file with one package."""
    folder.mkdir(exist_ok=True)
    digest = digest or hashlib.sha256(wheel.read_bytes()).hexdigest()
    (folder / f"{name}.lock").write_text(f"gao-nep==1.0 --hash=sha256:{digest}\n")


def test_packages_are_installed_once_and_again_when_the_lock_changes(tmp_path, wheel, fresh, monkeypatch):
    requirements, log = tmp_path / "requirements", tmp_path / "pip.log"
    lock(requirements, wheel)
    lock(requirements, wheel, name="test")
    packages.ensure(fresh, requirements, "run", log)
    assert fresh.works
    assert fresh.find("gao_nep.py")

    monkeypatch.setenv("PIP_FIND_LINKS", "/nonexistent")
    packages.ensure(fresh, requirements, "run", log)  # the stamp fits: pip is not asked
    fresh.find("gao_nep.py")[0].unlink()
    (requirements / "run.lock").write_text("gao-la==1.0 --hash=sha256:00\n")
    with pytest.raises(Failure):
        packages.ensure(fresh, requirements, "run", log)


def test_the_test_group_contains_the_run_group(tmp_path, wheel, fresh):
    requirements = tmp_path / "requirements"
    lock(requirements, wheel)
    lock(requirements, wheel, name="test")
    fresh.folder.mkdir(parents=True)
    (fresh.folder / ".installed-test").write_text(packages.fingerprint(requirements / "test.lock"))

    assert packages.is_installed(fresh, requirements, "run")
    assert packages.is_installed(fresh, requirements, "test")
    (fresh.folder / ".installed-test").rename(fresh.folder / ".installed-run")
    assert packages.is_installed(fresh, requirements, "run")
    assert not packages.is_installed(fresh, requirements, "test")


def test_a_wrong_hash_stops_everything_even_for_an_optional_group(tmp_path, wheel, fresh):
    requirements = tmp_path / "requirements"
    lock(requirements, wheel, digest="0" * 64, name="embedded")

    with pytest.raises(Failure, match="không khớp mã băm"):
        packages.ensure_if_possible(fresh, requirements, "embedded", tmp_path / "pip.log")

    assert not fresh.find("gao_nep.py")


def test_an_optional_group_that_cannot_be_had_is_only_mentioned(tmp_path, wheel, fresh, capsys):
    requirements = tmp_path / "requirements"
    lock(requirements, wheel, name="embedded")
    wheel.unlink()

    packages.ensure_if_possible(fresh, requirements, "embedded", tmp_path / "pip.log")

    assert "tìm cách khác" in capsys.readouterr().out


def test_without_network_the_message_says_so(tmp_path, wheel, fresh, monkeypatch):
    requirements = tmp_path / "requirements"
    lock(requirements, wheel)
    wheel.unlink()
    monkeypatch.delenv("PIP_NO_INDEX")
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/")
    monkeypatch.setenv("PIP_RETRIES", "1")
    monkeypatch.setattr(packages.time, "sleep", lambda _seconds: None)

    with pytest.raises(Failure, match="Không kết nối được") as failure:
        packages.ensure(fresh, requirements, "run", tmp_path / "pip.log")

    assert str(tmp_path / "pip.log") in failure.value.todo


def test_offline_nothing_is_fetched(tmp_path, wheel, fresh, monkeypatch):
    requirements = tmp_path / "requirements"
    lock(requirements, wheel)
    monkeypatch.setenv("PORTAL_OFFLINE", "1")

    with pytest.raises(Failure, match="PORTAL_OFFLINE"):
        packages.ensure(fresh, requirements, "run", tmp_path / "pip.log")


def test_a_full_disk_and_an_unknown_trouble_have_their_own_words(tmp_path):
    assert "đầy" in packages.explain("OSError: No space left on device", tmp_path).what
    assert "ERROR: chuyện lạ" in packages.explain("một dòng\nERROR: chuyện lạ\n", tmp_path).what


def test_without_any_way_to_make_an_environment_the_instruction_follows(fresh, monkeypatch):
    monkeypatch.setattr(packages, "_other_ways", lambda _folder: [["/nonexistent"]])

    with pytest.raises(Failure, match="ensurepip") as failure:
        packages.create(fresh)

    assert "python3-venv" in failure.value.todo


def test_the_ordinary_way_is_taken_first(tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(packages.venv.EnvBuilder, "create", lambda _self, folder: asked.append(folder))

    packages.create(Environment(tmp_path / "venv"))

    assert asked == [tmp_path / "venv"]
