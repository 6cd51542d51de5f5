"""The administrative units as they were and are."""

import datetime as dt
from collections import Counter

import pytest
from django.core.management import call_command

from foundation.areas import loading
from foundation.areas.models import Area, AreaKind, Relation, Succession, Whereabouts

pytestmark = pytest.mark.django_db
Y2024, H1_2025, NOW = dt.date(2024, 10, 15), dt.date(2025, 3, 1), dt.date(2025, 7, 1)


@pytest.fixture(autouse=True)
def areas(law):
    """The units are loaded."""


def unit(code, day, kind=AreaKind.COMMUNE):
    return Area.objects.on(day).get(code=code, kind=kind)


@pytest.mark.parametrize(
    ("day", "provinces", "districts", "communes"),
    [
        (Y2024, 1, 6, 109),
        (dt.date(2024, 12, 31), 1, 6, 109),
        (dt.date(2025, 1, 1), 1, 6, 98),
        (dt.date(2025, 6, 30), 1, 6, 98),
        (NOW, 1, 0, 33),
    ],
)
def test_so_many_units_exist_on_a_day(day, provinces, districts, communes):
    units = Area.objects.on(day)

    assert (units.provinces().count(), units.districts().count(), units.communes().count()) == (
        provinces,
        districts,
        communes,
    )


def test_communes_of_2024_by_district():
    parents = Area.objects.on(Y2024).communes().values_list("parent__code", flat=True)

    assert Counter(parents) == {"347": 21, "349": 16, "350": 18, "351": 16, "352": 17, "353": 21}


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("13285", ["Phường Quang Trung", "Phường Quang Trung", "Phường Phủ Lý"]),
        ("13366", ["Xã Tiên Tân", "Phường Tân Hiệp", "Phường Hà Nam"]),
    ],
)
def test_a_reused_code_means_another_unit(code, names):
    found = [unit(code, day) for day in (Y2024, H1_2025, NOW)]

    assert [area.full_name for area in found] == names
    assert len({area.pk for area in found}) == len(set(names))


def test_an_unchanged_commune_keeps_one_row_until_mid_2025():
    before, after = unit("13345", Y2024), unit("13345", dt.date(2025, 6, 30))

    assert before == after
    assert (before.valid_from, before.valid_to) == (None, dt.date(2025, 6, 30))


def test_every_commune_of_kim_bang_has_a_new_row_because_its_parent_does():
    before, after = unit("350", Y2024, AreaKind.DISTRICT), unit("350", H1_2025, AreaKind.DISTRICT)

    assert (before.full_name, after.full_name) == ("Huyện Kim Bảng", "Thị xã Kim Bảng")
    assert before.children.count() == 18
    assert set(before.children.values_list("valid_to", flat=True)) == {dt.date(2024, 12, 31)}
    assert after.children.count() == 17
    assert set(after.children.values_list("valid_from", flat=True)) == {dt.date(2025, 1, 1)}


def test_parents_live_as_long_as_their_children():
    for child in Area.objects.exclude(parent=None).select_related("parent"):
        later = child.parent.valid_to is None or (child.valid_to and child.valid_to <= child.parent.valid_to)
        earlier = child.parent.valid_from is None or child.valid_from >= child.parent.valid_from
        assert later, child
        assert earlier, child


def test_the_file_states_137_steps_and_7_communes_only_change_their_parent():
    counted = Counter(Succession.objects.values_list("relation", flat=True))

    assert sum(counted.values()) - counted[Relation.SAME] == 137
    assert counted[Relation.SAME] == 7
    same = Succession.objects.filter(relation=Relation.SAME).values_list("old__parent__code", flat=True)
    assert set(same) == {"350"}


def test_93_communes_go_over_whole_and_5_in_parts():
    steps = Succession.objects.filter(day=NOW, old__kind=AreaKind.COMMUNE)
    whole = steps.filter(relation=Relation.MERGED_FULL).values("old").distinct().count()
    split = steps.filter(relation=Relation.MERGED_PARTIAL).values("old").distinct().count()

    assert (whole, split, steps.count()) == (93, 5, 103)


def test_eleven_communes_were_withdrawn_without_a_known_successor():
    withdrawn = Succession.objects.filter(relation=Relation.WITHDRAWN, day=dt.date(2025, 1, 1))

    assert withdrawn.count() == 11
    assert set(withdrawn.values_list("new", flat=True)) == {None}


def test_the_province_and_the_districts_end():
    province = unit("35", Y2024, AreaKind.PROVINCE)

    assert [area.full_name for area in Area.objects.successors_of(province)] == ["Tỉnh Ninh Bình"]
    districts = Succession.objects.filter(day=NOW, old__kind=AreaKind.DISTRICT)
    assert (districts.count(), set(districts.values_list("relation", flat=True))) == (6, {Relation.WITHDRAWN})


@pytest.mark.parametrize(
    ("code", "steps"),
    [
        ("13345", [("merged_full", "Phường Duy Tiên")]),
        ("13357", [("merged_partial", "Phường Duy Hà"), ("merged_partial", "Phường Hà Nam")]),
        ("13384", [("renamed", "Phường Quế"), ("merged_full", "Phường Kim Bảng")]),
        ("13438", [("merged_full", "Phường Lý Thường Kiệt")]),
        ("13339", [("withdrawn", None)]),
    ],
)
def test_what_becomes_of_a_commune_of_2024(code, steps):
    found = Succession.objects.after(unit(code, Y2024))

    assert [(step.relation, step.new and step.new.full_name) for step in found] == steps


def test_loading_again_changes_nothing():
    before = (
        list(Area.objects.order_by("pk").values_list()),
        list(Succession.objects.order_by("pk").values_list()),
    )

    areas, successions, stays = loading.load()

    assert [(part.new, part.changed) for part in (areas, successions, stays)] == [(0, 0)] * 3
    assert before == (
        list(Area.objects.order_by("pk").values_list()),
        list(Succession.objects.order_by("pk").values_list()),
    )


def test_loading_repairs_a_row_that_differs_from_the_files():
    Area.objects.filter(code="13345").update(name="Sai")

    areas, _, _ = loading.load()

    assert areas.changed == 1
    assert unit("13345", Y2024).name == "Chuyên Ngoại"


def test_loading_into_empty_tables():
    Succession.objects.all().delete()
    for kind in reversed(loading.TOP_DOWN):
        Area.objects.filter(kind=kind).delete()

    areas, successions, stays = loading.load()

    assert (areas.new, successions.new) == (173, 144)
    assert Whereabouts.objects.count() == stays.new


def test_a_successor_that_becomes_known_takes_the_place_of_the_unknown_one(tmp_path, monkeypatch):
    gone = unit("13288", Y2024)
    for name in ("succession.csv", *(period[0] for period in loading.PERIODS)):
        text = (loading.DATA / name).read_text(encoding="utf-8")
        unknown = "Phường Lương Khánh Thiện,,,withdrawn"
        known = "Phường Lương Khánh Thiện,13294,Phường Châu Cầu,merged_full"
        (tmp_path / name).write_text(text.replace(unknown, known), encoding="utf-8")
    assert gone.place_on(H1_2025).is_pending
    monkeypatch.setattr(loading, "DATA", tmp_path)

    loading.load()

    assert str(gone.place_on(H1_2025).unit) == "Phường Châu Cầu"
    assert str(gone.place_on(NOW).unit) == "Phường Phủ Lý"
    assert Succession.objects.filter(old=gone).count() == 1


def test_loading_takes_away_stays_that_no_longer_hold():
    Whereabouts.objects.create(
        origin=unit("13345", Y2024), place=unit("13366", NOW), first=dt.date(2026, 1, 1)
    )

    loading.load()

    assert not Whereabouts.objects.filter(first=dt.date(2026, 1, 1)).exists()


def test_the_command_says_what_it_did(capsys):
    call_command("load_areas")

    assert "173 đơn vị hành chính theo thời kỳ, không đổi" in capsys.readouterr().out
