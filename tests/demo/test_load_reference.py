"""All reference data by one command, which skips what it knows."""

import pytest
from django.core.management import call_command

from foundation.sources.models import LoadedData
from ocop_portal.management.commands import load_reference

pytestmark = pytest.mark.django_db
TITLES = [title for _, title, _ in load_reference.SETS]


def run(capsys):
    capsys.readouterr()
    call_command("load_reference")
    return dict(line.split(": ", 1) for line in capsys.readouterr().out.splitlines())


def test_each_set_says_one_line_and_is_skipped_the_second_time(law, capsys):
    first, second = run(capsys), run(capsys)

    assert list(first) == list(second) == TITLES
    assert first["Sản phẩm"].startswith("51 sản phẩm (51 mới, 0 đổi)")
    assert set(second.values()) == {"không đổi"}


def test_a_known_portal_is_asked_one_query(law, capsys, django_assert_num_queries):
    run(capsys)

    with django_assert_num_queries(1):
        call_command("load_reference")


def test_a_changed_set_is_loaded_again_with_all_that_follow_it(law, capsys, monkeypatch):
    run(capsys)
    original = load_reference.reference.files_below
    monkeypatch.setattr(
        load_reference.reference,
        "files_below",
        lambda folder: original(folder)[1:] if "entities" in str(folder) else original(folder),
    )

    outcome = run(capsys)

    assert outcome["Quy định"] == "không đổi"
    assert outcome["Chủ thể, làng nghề"] == "22 chủ thể, không đổi; 12 làng nghề, không đổi"
    assert outcome["Sản phẩm"].startswith("51 sản phẩm, không đổi")


def test_a_set_that_fails_is_not_remembered(law, capsys, monkeypatch):
    monkeypatch.setattr(load_reference.entities.loading, "load", lambda: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        call_command("load_reference")

    assert not LoadedData.objects.filter(name="entities").exists()
    assert LoadedData.objects.filter(name="sources").exists()
