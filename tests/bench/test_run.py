"""The order in which things are measured, and the command that starts it."""

import os
import sys

import pytest

from bench import client, pages, report
from bench import run as bench_run
from launcher import commands
from launcher.report import Failure
from launcher.stack import PROJECT


@pytest.fixture
def asked(monkeypatch):
    """What was asked, in order, instead of asking it; ours takes thrice as long."""
    seen = []

    def a_slice(clients, these, seconds):
        seen.append((these[0].path, len(these)))
        return [0.03 if these[0].path == "/ours/" else 0.01] * len(these)

    monkeypatch.setattr(bench_run, "a_slice", a_slice)
    return seen


def pair():
    """A page of ours and a null page for every client."""
    sides = ([client.Page(1, path)] * pages.CLIENTS for path in ("/ours/", "/null/"))
    return pages.Pair("catalogue", "Danh mục", "rows", *sides)


def test_ours_and_null_are_asked_in_turns_by_one_and_by_all_clients(asked):
    rows = bench_run.in_turns([pair()], (1, 8), 2, None)

    assert asked == [("/ours/", 1), ("/null/", 1), ("/ours/", 8), ("/null/", 8)] * 2
    assert [(row.clients, row.figures()["ratio"]) for row in rows] == [(1, 3.0), (8, 3.0)]


def test_growth_compares_the_catalogue_before_and_after(asked, monkeypatch):
    made, portal = [], type("Portal", (), {"port": 1})
    monkeypatch.setattr(bench_run, "generate", lambda portal, **counts: made.append(counts))
    monkeypatch.setattr(pages, "catalogue", lambda *addresses: pair())

    grown = bench_run.growth(portal, bench_run.NullSite(2, "x"), None)

    assert [counts["products"] for counts in made] == [200, 1800]
    assert (grown["p50_factor"], grown["ratio_factor"]) == (1.0, 1.0)
    assert "×1 → ×10: p50 30.0 → 30.0 ms (×1.00)" in bench_run.growth_text(grown)


def test_lists_are_measured_when_there_are_50000_producers(asked, monkeypatch):
    made, portal = [], type("Portal", (), {"port": 1})
    monkeypatch.setattr(bench_run, "generate", lambda portal, **counts: made.append(counts))
    monkeypatch.setattr(pages, "wide_lists", lambda *addresses: [pair()])

    rows = bench_run.wide(portal, bench_run.NullSite(2, "x"), None)

    assert made == [{"producers": 49_000, "products": 0, "dossiers": 0}]
    assert [row["ratio"] for row in rows] == [3.0]
    assert bench_run.too_slow(rows) == []


def test_a_list_over_the_limit_is_named():
    rows = [{"ours": {"p95_ms": time}, "null": {"p50_ms": 5.0}} for time in (499.9, 500.1)]
    assert bench_run.too_slow(rows) == rows[1:]


def test_times_of_all_clients_are_put_together():
    class Clients:
        def starmap(self, function, tasks, chunksize):
            return [[0.1] * number for number in range(1, len(tasks) + 1)]

    assert bench_run.a_slice(Clients(), pair().ours[:3], 0.1) == [0.1] * 6


def test_the_command_becomes_the_measuring_program(monkeypatch):
    become = []
    monkeypatch.setattr(os, "chdir", become.append)
    monkeypatch.setattr(os, "execv", lambda *words: become.append(words))
    commands.main(["bench"])

    assert become == [PROJECT, (sys.executable, [sys.executable, "-m", "bench.run"])]


def test_a_failure_while_measuring_is_said_and_ends_with_an_error(capsys):
    def fails():
        raise Failure("Không đo được.", "Chạy lại.")

    assert commands.carry_out(fails) == 1
    assert "Không đo được." in capsys.readouterr().err


def test_the_commit_of_this_project_is_known_where_there_is_git():
    assert len(report.commit(PROJECT)) in {0, 40, 41}
