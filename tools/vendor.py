"""Refresh or check the files from elsewhere that the portal serves: ``python tools/vendor.py [check]``.

``static/vendor/vendor.json`` names each file with its package, version, licence and SHA-256. Without an
argument every package that comes from npm is packed anew with ``npm pack`` (the client's own configuration
decides from where), its files are copied and their hashes written. To move to another version change it in
the manifest, and the folder in the templates with it.
"""

import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MANIFEST = ROOT / "static" / "vendor" / "vendor.json"
SOURCE_MAP = (b"/*# sourceMappingURL=", b"//# sourceMappingURL=")


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def unpacked(package, folder):
    """The folder with the files of one npm package."""
    name = f"{package['package']}@{package['version']}"
    packed = subprocess.run(
        ["npm", "pack", "--silent", name], cwd=folder, capture_output=True, text=True, check=True
    ).stdout.split()[-1]
    target = Path(folder) / packed.removesuffix(".tgz")
    target.mkdir()
    subprocess.run(
        ["tar", "xzf", str(Path(folder) / packed), "-C", str(target), "--strip-components=1"], check=True
    )
    return target


def copied(source, target):
    """Copy one file, without the pointer to a map that is not served."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    lines = target.read_bytes().splitlines(keepends=True)
    if lines and lines[-1].startswith(SOURCE_MAP):
        target.write_bytes(b"".join(lines[:-1]))
    target.chmod(0o644)


def refresh(packages):
    """Fetch every npm package and write the hashes of its files."""
    with tempfile.TemporaryDirectory() as folder:
        for package in packages:
            source = unpacked(package, folder) if package["from"] == "npm" else None
            for file in package["files"]:
                if source:
                    copied(source / file["source"], ROOT / file["file"])
                file["sha256"] = digest(ROOT / file["file"])
    MANIFEST.write_text(json.dumps(packages, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def differences(packages):
    """What is missing or is not what the manifest says."""
    for package in packages:
        for file in package["files"]:
            path = ROOT / file["file"]
            if not path.is_file():
                yield f"{file['file']}: missing"
            elif digest(path) != file["sha256"]:
                yield f"{file['file']}: changed"


def main(arguments):
    packages = json.loads(MANIFEST.read_text(encoding="utf-8"))
    if arguments == ["check"]:
        found = list(differences(packages))
        print("\n".join(found) or "vendored files are as the manifest says")
        return 1 if found else 0
    refresh(packages)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
