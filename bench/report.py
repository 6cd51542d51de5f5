"""Times of requests as figures, a table and a file."""

import json
import os
import platform
import statistics
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

HEADS = ("Trang", "Máy khách", "Cổng p50", "p95", "Trang trống p50", "p95", "Tỷ lệ", "từ–đến", "Số lượt")


def percentile(times, share):
    """The time that this share of the requests (0 to 1) did not exceed; nearest rank."""
    ordered = sorted(times)
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)]


@dataclass
class Series:
    """One pair of pages with so many clients: times in seconds of every request, round by round."""

    name: str
    title: str
    null_name: str
    clients: int
    ours: list = field(default_factory=list)
    null: list = field(default_factory=list)

    def ratios(self):
        """The ratio of the medians of each round."""
        return [
            statistics.median(ours) / statistics.median(null)
            for ours, null in zip(self.ours, self.null, strict=True)
        ]

    def figures(self):
        """Everything that is kept of the series; times in milliseconds."""
        ratios = self.ratios()
        return {
            "page": self.name,
            "title": self.title,
            "null_page": self.null_name,
            "clients": self.clients,
            "ours": summary(self.ours),
            "null": summary(self.null),
            "ratio": round(statistics.median(ratios), 2),
            "ratio_low": round(min(ratios), 2),
            "ratio_high": round(max(ratios), 2),
        }


def summary(rounds):
    """What one page did over all rounds; the spread is that of the rounds' medians."""
    times, medians = [time for one in rounds for time in one], [statistics.median(one) for one in rounds]
    return {
        "p50_ms": milliseconds(statistics.median(times)),
        "p95_ms": milliseconds(percentile(times, 0.95)),
        "median_low_ms": milliseconds(min(medians)),
        "median_high_ms": milliseconds(max(medians)),
        "requests": len(times),
    }


def milliseconds(seconds):
    """Seconds as milliseconds with two digits."""
    return round(seconds * 1000, 2)


def table(rows):
    """The figures for people: one line per page and number of clients."""
    lines = [HEADS]
    for row in rows:
        ours, null = row["ours"], row["null"]
        lines.append(
            (
                f"{row['title']} / {row['null_page']}",
                str(row["clients"]),
                f"{ours['p50_ms']:.1f} ms",
                f"{ours['p95_ms']:.1f}",
                f"{null['p50_ms']:.1f} ms",
                f"{null['p95_ms']:.1f}",
                f"{row['ratio']:.2f}",
                f"{row['ratio_low']:.2f}–{row['ratio_high']:.2f}",
                f"{ours['requests']}/{null['requests']}",
            )
        )
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADS))]
    return "\n".join(
        "  ".join(
            [line[0].ljust(widths[0]), *(cell.rjust(w) for cell, w in zip(line[1:], widths[1:], strict=True))]
        )
        for line in lines
    )


def machine():
    """On what it was measured."""
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text(encoding="utf-8").splitlines() if cpuinfo.exists() else []
    model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
    return {
        "cpu": model or platform.processor(),
        "cores": os.cpu_count(),
        "load_before": round(os.getloadavg()[0], 2),
        "system": platform.system(),
        "python": platform.python_version(),
    }


def commit(project):
    """The commit that was measured, with ``+`` when files differ from it; empty outside a repository."""
    head = _git(project, "rev-parse", "HEAD")
    return head + ("+" if head and _git(project, "status", "--porcelain") else "")


def _git(project, *arguments):
    try:
        done = subprocess.run(["git", *arguments], cwd=project, capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return done.stdout.strip()


def write(path, figures):
    """Keep the figures as JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(figures, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
