"""``portal.py bench``: a real portal with generated data and the null project beside it, measured in turns.

Both run on the same PostgreSQL, each in a fresh database, behind web servers with the same arguments. Everything is
asked in short slices, ours then null, round after round, so that other work on the machine touches both alike.
"""

import contextlib
import datetime as dt
import json
import multiprocessing
import secrets
import shutil
import sys
import time
from urllib.parse import urlsplit

from bench import client, pages, report
from launcher import commands, host, programs
from launcher.processes import Program, clean_environment, run_and_hear, tail
from launcher.report import Failure, say
from launcher.stack import PROJECT, Stack, fresh_database

RESULT = PROJECT / "build" / "bench.json"
TODAY = "2024-10-15"
# About what the province has now; ten times as much is the size at which pages are measured.
ONCE = {"producers": 100, "products": 200, "dossiers": 50}
TIMES = 10
WIDE = 50_000  # producers: more than any province, of the size of the country
P95_RATIO = 100  # of the null page's median in the same run: half a second where that takes 5 ms
ROUNDS = 5
GROWTH_ROUNDS = 6
ENTRIES = 200  # of the trail, in each round
SLICE = 0.6  # seconds
LEAD = 0.05  # seconds until all clients are ready
NULL_SETTINGS = "bench.null.settings"
NULL_APPLICATION = "bench.null.wsgi:application"
START_LIMIT = 30.0  # seconds


def bench():
    """Set everything up, measure, print a table and keep the figures; the exit code."""
    state = commands.state_folder()
    with host.alone(state / "bench"), contextlib.ExitStack() as opened:
        environment = commands.ready_packages(state, "run")
        servers = Stack(state / "bench", python=environment.python, downloads=state)
        opened.callback(servers.close)
        servers.open_servers()
        portal = opened.enter_context(portal_on(servers, opened))
        null = opened.enter_context(null_site(portal, *fresh(servers, opened)))
        clients = opened.enter_context(clients_ready())
        figures = measured(portal, null, clients)
    report.write(RESULT, figures)
    say(f"Số đo nằm trong {RESULT}")
    for row in (slow := too_slow(figures["wide"])):
        say(
            f"Quá {P95_RATIO} lần trang trống ở {WIDE} chủ thể: {row['title']}, p95 {row['ours']['p95_ms']:.0f} ms"
        )
    return 1 if slow else 0


def fresh(servers, opened):
    """A new database on our server while ``opened`` lasts: its addresses for owner and web."""
    database = fresh_database(servers.packages.python, servers.owner_url, servers.database_url)
    return opened.enter_context(database)


def portal_on(servers, opened):
    """The portal, not yet started, with a database of its own."""
    owner, app = fresh(servers, opened)
    data = servers.data / "portal"
    shutil.rmtree(data / "media", ignore_errors=True)  # papers of an earlier database
    return Stack(
        data,
        today=TODAY,
        database_url=app,
        owner_url=owner,
        broker_url=servers.broker_url,
        python=servers.packages.python,
    )


# ---------------------------------------------------------------- the null project


class NullSite:
    """Where the null project answers, and the password of its person."""

    def __init__(self, port, password):
        self.port, self.password = port, password


@contextlib.contextmanager
def null_site(portal, owner_url, app_url):
    """The null project behind a web server with the portal's own arguments."""
    site = NullSite(host.free_port(), secrets.token_urlsafe())
    told = {"DJANGO_SECRET_KEY": secrets.token_urlsafe(50), "DJANGO_SETTINGS_MODULE": NULL_SETTINGS}
    fill(portal, clean_environment(**told, DATABASE_URL=owner_url, NULL_PASSWORD=site.password), app_url)
    web = null_web(portal, site.port, clean_environment(**told, DATABASE_URL=app_url))
    web.start()
    try:
        wait_for(web, site.port)
        yield site
    finally:
        web.stop()


def fill(portal, told, app_url):
    """Tables and rows of the null project."""
    log = portal.data / "logs" / "null-fill.log"
    command = [portal.packages.python, "-m", "django", "fill", urlsplit(app_url).username]
    if run_and_hear(say, command, log, cwd=portal.project, env=told):
        raise Failure(f"Không dựng được trang trống:\n{tail(log, 20)}", f"Xem {log}.")


def null_web(portal, port, told):
    """The portal's web program with another application and port, and nothing else changed."""
    model = programs.web(portal)
    changed = {portal.port: port, f"{programs.APPLICATION}.wsgi:application": NULL_APPLICATION}
    return Program(
        name="null",
        title="Máy chủ trang trống",
        command=[changed.get(word, word) for word in model.command],
        environment=told,
        folder=portal.project,
        data=portal.data,
    )


def wait_for(web, port):
    """Return once the site answers."""
    deadline = time.monotonic() + START_LIMIT
    while True:
        with contextlib.suppress(OSError):
            client.Visitor(port).page("/")
            return
        if not web.running or time.monotonic() > deadline:
            raise Failure(f"{web.title} không trả lời:\n{web.tail()}", f"Xem {web.log}.")
        time.sleep(0.1)


# ---------------------------------------------------------------- measuring


@contextlib.contextmanager
def clients_ready():
    """Processes that ask, one per client; they keep their connections from slice to slice."""
    with multiprocessing.get_context("spawn").Pool(pages.CLIENTS, client.ignore_interrupts) as pool:
        yield pool


def measured(portal, null, clients):
    """Everything, as it goes into the file."""
    machine, began = report.machine(), time.monotonic()
    grown = growth(portal, null, clients)
    pairs = pages.pairs(portal.port, null.port, null.password)
    warm_up(pairs, clients)
    say(f"Đo {len(pairs)} trang, {ROUNDS} vòng, {SLICE} giây mỗi lượt…")
    rows = [series.figures() for series in in_turns(pairs, (1, pages.CLIENTS), ROUNDS, clients)]
    rows.append(trail_entry(portal).figures())
    print(f"\n{report.table(rows)}\n", flush=True)
    say(growth_text(grown))
    many = wide(portal, null, clients)
    print(f"\n{report.table(many)}\n", flush=True)
    return {
        "machine": machine,
        "commit": report.commit(PROJECT),
        "at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "seconds": round(time.monotonic() - began, 1),
        "data": {name: count * TIMES for name, count in ONCE.items()},
        "rounds": ROUNDS,
        "slice_seconds": SLICE,
        "pages": rows,
        "catalogue_growth": grown,
        "producers": WIDE,
        "wide": many,
    }


def generate(portal, **counts):
    """More invented rows."""
    options = [f"--{name}={count}" for name, count in counts.items()]
    said = portal.manage("generate", *options, f"--seed={pages.SEED}", "--more", owner=True)
    say("Dữ liệu giả định: " + ", ".join(said.splitlines()))


def growth(portal, null, clients):
    """The catalogue with the data of today, then with ten times as much, which stay for what follows."""
    found = {}
    for times in (1, TIMES):
        generate(portal, **{name: count * (times - 1 or 1) for name, count in ONCE.items()})
        pair = pages.catalogue(portal.port, null.port, null.password)
        warm_up([pair], clients)
        (series,) = in_turns([pair], (1,), GROWTH_ROUNDS, clients)
        found[times] = series.figures()
    once, more = found[1], found[TIMES]
    return {
        "times": TIMES,
        "once": once,
        "more": more,
        "p50_factor": round(more["ours"]["p50_ms"] / once["ours"]["p50_ms"], 2),
        "ratio_factor": round(more["ratio"] / once["ratio"], 2),
    }


def wide(portal, null, clients):
    """The lists of producers when there are as many as in the whole country."""
    generate(portal, producers=WIDE - ONCE["producers"] * TIMES, products=0, dossiers=0)
    pairs = pages.wide_lists(portal.port, null.port, null.password)
    warm_up(pairs, clients)
    return [series.figures() for series in in_turns(pairs, (1,), ROUNDS, clients)]


def too_slow(rows):
    """The pages whose p95 is over the limit."""
    return [row for row in rows if row["ours"]["p95_ms"] > P95_RATIO * row["null"]["p50_ms"]]


def trail_entry(portal):
    """One entry of the trail, written and committed, beside one plain row."""
    ask = f"from bench import entries; entries.main({ROUNDS}, {ENTRIES})"
    times = json.loads(portal.manage("shell", "--no-imports", "--command", ask).splitlines()[-1])
    return report.Series("trail_entry", "Một mục nhật ký", "một dòng thường", 1, **times)


def growth_text(grown):
    """The growth in one line."""
    once, more = (grown[name]["ours"]["p50_ms"] for name in ("once", "more"))
    return (
        f"Danh mục, dữ liệu ×1 → ×{grown['times']}: p50 {once:.1f} → {more:.1f} ms (×{grown['p50_factor']:.2f}), "
        f"tỷ lệ so với trang trống ×{grown['ratio_factor']:.2f}"
    )


def warm_up(pairs, clients):
    """One slice of everything, by all clients, that does not count."""
    for pair in pairs:
        for side in (pair.ours, pair.null):
            a_slice(clients, side, SLICE / 2)


def in_turns(pairs, counts, rounds, clients):
    """Every pair with every number of clients, ours and null in turns, round after round."""
    found = [
        (pair, report.Series(pair.name, pair.title, pair.null_name, count))
        for pair in pairs
        for count in counts
    ]
    for _ in range(rounds):
        for pair, series in found:
            series.ours.append(a_slice(clients, pair.ours[: series.clients], SLICE))
            series.null.append(a_slice(clients, pair.null[: series.clients], SLICE))
    return [series for _, series in found]


def a_slice(clients, asked, seconds):
    """All these pages at once, one client each; how long each request took."""
    start = time.monotonic() + LEAD
    taken = clients.starmap(client.ask_for, [(page, start, seconds) for page in asked], chunksize=1)
    return [time for one in taken for time in one]


if __name__ == "__main__":
    sys.exit(commands.carry_out(bench))
