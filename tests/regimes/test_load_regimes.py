"""Files into rows: once, whole, and never under the feet of a dossier."""

import hashlib
import time
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from foundation.regimes.loading import DATA, UsedRegimeChanged, load, read_folder
from foundation.regimes.models import CriteriaSet, Criterion, Option, Regime
from foundation.regimes.validate import BrokenFiles
from tests.regimes.builders import REGIMES, files, ladder, marked, real_sets, write

pytestmark = pytest.mark.django_db
SMALL = "qd1-2001"


def run(**options):
    out = StringIO()
    call_command("load_regimes", stdout=out, **options)
    return out.getvalue()


def rows():
    """Primary keys and keys of the small regime's options."""
    options = Option.objects.filter(criterion__criteria_set__regime=SMALL).order_by("pk")
    return list(options.values_list("pk", "key", "criterion__criteria_set__code"))


def small():
    """The small regime as it is in the database."""
    return Regime.objects.get(pk=SMALL)


def small_set(number=1):
    return CriteriaSet.objects.select_related("regime").get(regime=SMALL, number=number)


def reading():
    """How long it takes here and now only to read the files."""
    began = time.monotonic()
    for folder in DATA.iterdir():
        if folder.is_dir():
            read_folder(folder)
    return time.monotonic() - began


def test_all_regimes_load_in_a_few_times_what_reading_them_takes():
    CriteriaSet.objects.all().delete()
    Regime.objects.all().delete()
    before = reading()
    began = time.monotonic()
    summary = load()
    took = time.monotonic() - began
    ratio = took / max(before, reading())  # both sides, should the machine grow busier meanwhile

    assert [(change.regime, change.kind) for change in summary.changes] == [
        (each, "created") for each in REGIMES
    ]
    assert (summary.sets, summary.criteria, summary.options) == (
        103,
        2 * 795 + 787 + 751,
        2 * 2632 + 2557 + 2688,
    )
    print(f"loading is {ratio:.2f} × reading")
    assert ratio < 6, f"loading took {ratio:.1f} times what reading takes"


def test_rows_say_what_the_engine_says(law):
    for regime in REGIMES:
        for row in CriteriaSet.objects.of(Regime.objects.get(pk=regime)).select_related("regime"):
            engine_set = row.engine_set()
            assert engine_set == real_sets(regime)[row.number]
            stored = {each.code: each for each in Criterion.objects.of(row)}
            assert list(stored) == list(engine_set.criteria)
            for code, criterion in engine_set.criteria.items():
                assert stored[code].can_strike == criterion.can_strike
                assert {int(stars): least for stars, least in stored[code].gates.items()} == criterion.gates
                options = [
                    (each.key, each.points, each.min_star, each.case) for each in stored[code].options.all()
                ]
                assert options == [
                    (each.key, each.points, each.min_star, each.case) for each in criterion.options
                ]


def test_loading_again_changes_nothing(tmp_path):
    write(tmp_path, files())
    first = run(path=tmp_path)
    before = rows()

    second = run(path=tmp_path)

    assert "qd1-2001: nạp mới\n1 bộ tiêu chí, 5 tiêu chí, 105 mức điểm." in first
    assert "qd1-2001: không đổi" in second
    assert rows() == before


def test_digest_is_the_sha256_over_names_and_bytes_of_all_files(tmp_path):
    write(tmp_path, files())
    folder = tmp_path / "qd1-2001"
    load(tmp_path)

    expected = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        raw = path.read_bytes()
        expected.update(path.name.encode() + b"\0" + str(len(raw)).encode() + b"\0" + raw)
    assert small().digest == expected.hexdigest()

    (folder / "01-thu.yaml").write_bytes((folder / "01-thu.yaml").read_bytes() + b"\n")
    assert read_folder(folder)[1] != expected.hexdigest()


def test_changed_file_replaces_only_its_own_set_while_nobody_uses_the_regime(tmp_path):
    parsed = files()
    second = files()["01-thu.yaml"] | {"code": "02-thu", "number": 2}
    parsed["02-thu.yaml"] = second
    parsed["version.yaml"] |= {"set_count": 2, "sets": [{"code": "01-thu"}, {"code": "02-thu"}]}
    load(write(tmp_path, parsed))
    kept = [row for row in rows() if row[2] == "01-thu"]
    parsed["02-thu.yaml"]["name"] = "Hàng thử đã sửa"

    summary = load(write(tmp_path, parsed))

    assert str(summary).startswith(
        "qd1-2001: nạp lại (02-thu.yaml)\n  02-thu.yaml, name: Hàng thử → Hàng thử đã sửa\n"
    )
    assert [row for row in rows() if row[2] == "01-thu"] == kept
    assert small_set(2).name == "Hàng thử đã sửa"
    assert CriteriaSet.objects.filter(regime=SMALL).count() == 2


def test_engine_set_follows_the_files_while_nobody_uses_the_regime(tmp_path):
    load(write(tmp_path, files()))
    before = small_set().engine_set()
    load(write(tmp_path, files(c11=marked(ladder("1.1", 20), s4=5))))
    assert before.criterion("1.1").gates == {}
    assert small_set().engine_set().criterion("1.1").gates == {4: 5, 5: 5}


def test_engine_set_is_built_once(tmp_path, django_assert_num_queries):
    load(write(tmp_path, files()))
    row = small_set()
    with django_assert_num_queries(0):
        assert row.engine_set() is row.engine_set()


def test_regime_in_use_refuses_changed_files_and_says_which(tmp_path):
    load(write(tmp_path, files()))
    small().mark_used()
    before = rows()
    write(tmp_path, files(c11=marked(ladder("1.1", 20), s4=5)))

    with pytest.raises(
        UsedRegimeChanged, match=r"qd1-2001 đã có hồ sơ sử dụng từ .* bản đã nạp: 01-thu\.yaml\."
    ):
        load(tmp_path)
    with pytest.raises(CommandError, match="Luật mới phải là một quy định mới"):
        run(path=tmp_path)

    assert rows() == before


def test_regime_in_use_refuses_even_another_layout_of_the_same_words(tmp_path):
    load(write(tmp_path, files()))
    small().mark_used()
    path = tmp_path / "qd1-2001" / "01-thu.yaml"
    path.write_bytes(b"# note\n" + path.read_bytes())
    with pytest.raises(UsedRegimeChanged, match="chỉ khác cách trình bày"):
        load(tmp_path)


def test_control_regime_in_use_loads_its_own_files_again(tmp_path):
    load(write(tmp_path, files()))
    small().mark_used()
    assert [change.kind for change in load(tmp_path).changes] == ["unchanged"]


def test_broken_file_is_refused_whole_with_file_and_place(tmp_path):
    parsed = files()
    parsed["01-thu.yaml"]["parts"][0]["sections"][0]["criteria"][0]["max_points"] = 19
    with pytest.raises(
        CommandError, match=r"qd1-2001/01-thu\.yaml, mục 1: các tiêu chí cộng lại 39 điểm, cần 40"
    ):
        run(path=write(tmp_path, parsed))
    assert not Regime.objects.filter(pk=SMALL).exists()


def test_one_broken_regime_keeps_out_the_good_ones_too(tmp_path):
    write(tmp_path, files())
    broken = tmp_path / "qd2-2002"
    broken.mkdir()
    (broken / "version.yaml").write_text("a: [", encoding="utf-8")
    with pytest.raises(BrokenFiles, match=r"qd2-2002/version\.yaml: không phải YAML"):
        load(tmp_path)
    assert not Regime.objects.filter(pk=SMALL).exists()


def test_first_use_is_marked_once(tmp_path):
    load(write(tmp_path, files()))
    regime, same = small(), small()
    regime.mark_used()
    first = regime.used_at

    same.mark_used()
    regime.mark_used()

    assert first <= timezone.now()
    assert small().used_at == same.used_at == first


def test_our_own_folder_is_loaded_without_a_path():
    assert {path.name for path in DATA.iterdir() if path.is_dir()} == set(REGIMES)
    assert "103 bộ tiêu chí, 3128 tiêu chí, 10509 mức điểm." in run()


def test_what_would_change_is_said_without_loading(tmp_path):
    load(write(tmp_path, files()))
    assert "qd1-2001: không đổi" in run(path=tmp_path, check=True)
    parsed = files()
    parsed["process.yaml"]["facts"]["certificate_months"]["value"] = 24
    out = StringIO()

    with pytest.raises(CommandError, match="Tệp khác với bản đã nạp"):
        call_command("load_regimes", path=write(tmp_path, parsed), check=True, stdout=out)

    assert "process.yaml, facts › certificate_months › value: 36 → 24" in out.getvalue()
    assert small().certificate_months == 36


def test_of_many_differences_the_rest_is_counted(tmp_path):
    load(write(tmp_path, files()))
    parsed = files()
    for criterion in parsed["01-thu.yaml"]["parts"][2]["sections"][0]["criteria"]:
        for option in criterion["options"]:
            option["text"] += " khác"
    for option in parsed["01-thu.yaml"]["parts"][0]["sections"][0]["criteria"][0]["options"]:
        option["text"] += " khác"
    assert "… và 18 chỗ khác" in str(load(write(tmp_path, parsed)))


def test_a_new_regime_is_said_before_it_is_loaded(tmp_path):
    with pytest.raises(CommandError):
        run(path=write(tmp_path, files()), check=True)
    assert not Regime.objects.filter(pk=SMALL).exists()


def test_a_used_law_that_is_refused_says_each_place(tmp_path):
    load(write(tmp_path, files()))
    small().mark_used()
    parsed = files()
    parsed["process.yaml"]["facts"]["certificate_months"]["value"] = 24
    with pytest.raises(CommandError, match="facts › certificate_months › value: 36 → 24"):
        run(path=write(tmp_path, parsed))
