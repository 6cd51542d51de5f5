"""Figures of a run."""

import json

from bench import report


def series():
    """Three rounds in which the machine was busy once: ours and null suffered alike."""
    return report.Series(
        "catalogue",
        "Danh mục",
        "rows",
        8,
        ours=[[0.010, 0.012, 0.030], [0.100, 0.120, 0.300], [0.009, 0.012, 0.015]],
        null=[[0.004, 0.004, 0.005], [0.040, 0.040, 0.050], [0.003, 0.003, 0.004]],
    )


def test_the_ratio_is_the_median_of_the_ratios_of_the_rounds():
    figures = series().figures()

    assert series().ratios() == [3.0, 3.0, 4.0]
    assert (figures["ratio"], figures["ratio_low"], figures["ratio_high"]) == (3.0, 3.0, 4.0)


def test_times_are_milliseconds_over_all_rounds():
    ours = series().figures()["ours"]

    assert ours == {
        "p50_ms": 15.0,
        "p95_ms": 300.0,
        "median_low_ms": 12.0,
        "median_high_ms": 120.0,
        "requests": 9,
    }


def test_a_percentile_is_a_time_that_was_measured():
    times = [float(number) for number in range(1, 101)]

    assert report.percentile(times, 0.95) == 96.0
    assert report.percentile([1.0], 0.95) == 1.0


def test_the_table_has_a_line_per_page_and_number_of_clients():
    lines = report.table([series().figures(), series().figures()]).splitlines()

    assert len(lines) == 3
    assert len({len(line) for line in lines}) == 1
    assert "Danh mục / rows" in lines[1]
    assert "3.00–4.00" in lines[1]


def test_the_file_says_on_what_and_at_which_commit(tmp_path):
    path = tmp_path / "build" / "bench.json"
    report.write(path, {"machine": report.machine(), "commit": report.commit(tmp_path), "name": "Danh mục"})

    kept = json.loads(path.read_text(encoding="utf-8"))
    assert kept["machine"]["cores"] >= 1
    assert kept["machine"]["python"].startswith("3.")
    assert kept["commit"] == ""
    assert "Danh mục" in path.read_text(encoding="utf-8")
