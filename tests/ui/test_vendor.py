"""Files from elsewhere are what the manifest says, and pages stay light."""

import gzip
import json
import re
from pathlib import Path

import pytest

from tools import vendor

ROOT = Path(__file__).parents[2]
PACKAGES = json.loads(vendor.MANIFEST.read_text(encoding="utf-8"))
FILES = [file["file"] for package in PACKAGES for file in package["files"]]


def packed(paths):
    """Bytes over the wire, as gzip sends them; fonts are packed already."""
    return sum(
        len(path.read_bytes() if path.suffix == ".woff2" else gzip.compress(path.read_bytes()))
        for path in paths
    )


def linked(template, ending):
    """Our own files that a frame links to, through what it includes."""
    names = [template, "components/_assets.html"]
    text = "".join((ROOT / "templates" / name).read_text(encoding="utf-8") for name in names)
    return [
        ROOT / "static" / name
        for name in dict.fromkeys(re.findall(r"static '([^']+)'", text))
        if name.endswith(ending)
    ]


def test_every_vendored_file_has_its_hash():
    assert list(vendor.differences(PACKAGES)) == []


def test_a_changed_or_missing_file_is_noticed():
    wrong = [{"files": [{"file": FILES[0], "sha256": "0"}, {"file": "static/vendor/none.js", "sha256": "0"}]}]
    assert [line.split(": ")[1] for line in vendor.differences(wrong)] == ["changed", "missing"]


def test_the_manifest_names_every_vendored_file():
    folders = [ROOT / "static/vendor", ROOT / "static/fonts", ROOT / "foundation/ui/fonts"]
    present = {
        str(path.relative_to(ROOT)) for folder in folders for path in folder.rglob("*") if path.is_file()
    }
    assert present - {"static/vendor/vendor.json"} == set(FILES)


def test_every_package_has_a_licence_text():
    for package in PACKAGES:
        assert package["licence"]
        assert any(Path(file["file"]).name in {"LICENSE", "OFL.txt"} for file in package["files"])


def test_style_sheets_stay_within_their_weight():
    assert packed(linked("base.html", ".css")) <= 35_000


@pytest.mark.parametrize("frame", ["base.html", "public.html"])
def test_scripts_of_every_page_stay_within_their_weight(frame):
    assert packed(linked(frame, ".js")) <= 60_000


def test_the_first_visit_of_a_public_page_leaves_room_for_its_own_content():
    fonts = list((ROOT / "static/fonts").rglob("*.woff2"))
    assert packed([*linked("public.html", ".css"), *linked("public.html", ".js"), *fonts]) <= 150_000
