"""Debian's packages, for the rare machine where nothing else serves and we are root."""

import os
import shutil
import subprocess

from launcher.report import say


def install(package):
    """Install one package with apt-get; False where that is not ours to do or did not work."""
    if os.geteuid() != 0 or not shutil.which("apt-get") or os.environ.get("PORTAL_OFFLINE") == "1":
        return False
    say(f"Đang cài gói {package} bằng apt-get…")
    settings = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    commands = (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", package],
    )
    for command in commands:
        done = subprocess.run(
            command, env=settings, stdin=subprocess.DEVNULL, capture_output=True, check=False
        )
    return done.returncode == 0
