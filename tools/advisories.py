"""Known-vulnerable libraries: the pinned versions against requirements/advisories.yaml, without the network.

``python tools/advisories.py`` fails for a version below its fix and warns with the age of the list. Whoever reads the
advisories of the libraries writes the day into ``read_on`` and adds what concerns us.
"""

import datetime as dt
import re
import sys
from dataclasses import dataclass
from pathlib import Path

import yaml

FOLDER = Path(__file__).resolve().parent.parent / "requirements"
OLD_DAYS = 60  # two months without a look at the advisories is worth a word at every check
PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", re.MULTILINE)


@dataclass(frozen=True)
class Findings:
    """What is pinned although it is known to be bad, and how old the knowledge is in days."""

    bad: list
    age: int

    @property
    def is_old(self):
        """Nobody has looked for too long."""
        return self.age > OLD_DAYS


def plain(name):
    """Package names as registries compare them."""
    return re.sub(r"[-_.]+", "-", name).lower()


def number(version):
    """5.2.19 as (5, 2, 19); what is not a number counts as nothing."""
    return tuple(int(part) for part in re.findall(r"\d+", version.split("+")[0]))


def judge(pins, text, today):
    """Hold the text of a lock file against the text of the advisories."""
    known = yaml.safe_load(text)
    pinned = {plain(name): version for name, version in PIN.findall(pins)}
    bad = [
        f"{plain(row['package'])} {pinned[plain(row['package'])]}: {row['id']} ({row['says']}), sửa ở {row['below']}"
        for row in known["advisories"]
        if plain(row["package"]) in pinned and is_affected(number(pinned[plain(row["package"])]), row)
    ]
    return Findings(bad, (today - known["read_on"]).days)


def is_affected(version, row):
    """Between the first bad version (the first of all when not stated) and the fix."""
    return number(row.get("since", "0")) <= version < number(row["below"])


def main():
    """Say what was found; the exit code is 1 for a known-bad version."""
    pins = "\n".join(path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.lock")))
    found = judge(pins, (FOLDER / "advisories.yaml").read_text(encoding="utf-8"), dt.date.today())
    for line in found.bad:
        print(f"Cần nâng phiên bản thư viện: {line}")
    if found.is_old:
        print(
            f"Nhắc việc: khuyến cáo về thư viện được đối chiếu lần cuối cách đây {found.age} ngày. "
            "Khi thuận tiện, hãy xem lại và ghi ngày mới vào requirements/advisories.yaml."
        )
    return 1 if found.bad else 0


if __name__ == "__main__":
    sys.exit(main())
