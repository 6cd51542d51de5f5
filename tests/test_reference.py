"""Files become rows once; what people add to a row stays."""

import pytest

from foundation import reference
from foundation.sources.models import Source

pytestmark = pytest.mark.django_db
FIELDS = ("publisher", "url")


def rows(*pairs):
    return [Source(key=key, publisher=publisher) for key, publisher in pairs]


def store(*pairs):
    return reference.store(Source.objects.all(), rows(*pairs), key=("key",), fields=FIELDS, what="nguồn")


def test_the_first_time_everything_is_new():
    stored, loaded = store(("A1", "Báo A"), ("A2", "Báo B"))

    assert (loaded.new, loaded.changed, loaded.kept) == (2, 0, 0)
    assert stored["A1",].publisher == "Báo A"
    assert str(loaded) == "2 nguồn (2 mới, 0 đổi)"


def test_the_second_time_nothing_changes(django_assert_num_queries):
    store(("A1", "Báo A"))

    with django_assert_num_queries(1):
        _, loaded = store(("A1", "Báo A"))

    assert (loaded.new, loaded.changed, loaded.kept) == (0, 0, 1)
    assert str(loaded) == "1 nguồn, không đổi"


def test_a_changed_line_changes_only_what_comes_from_files():
    store(("A1", "Báo A"), ("A2", "Báo B"))
    Source.objects.filter(key="A1").update(covers="người dùng ghi thêm")

    _, loaded = store(("A1", "Báo A mới"), ("A2", "Báo B"))

    assert (loaded.new, loaded.changed, loaded.kept) == (0, 1, 1)
    assert Source.objects.values_list("publisher", "covers").get(key="A1") == (
        "Báo A mới",
        "người dùng ghi thêm",
    )


def test_rows_that_no_file_mentions_stay():
    store(("A1", "Báo A"))

    store(("A2", "Báo B"))

    assert Source.objects.filter(key="A1").exists()


def test_the_digest_tells_files_and_what_was_before(tmp_path):
    one, two = tmp_path / "một.csv", tmp_path / "hai.csv"
    one.write_text("a\n", encoding="utf-8")
    two.write_text("b\n", encoding="utf-8")
    first = reference.digest([one, two])

    assert reference.digest(reference.files_below(tmp_path)) == reference.digest([two, one])
    assert first != reference.digest([one])
    assert first != reference.digest([one, two], after="bộ trước")
    two.write_text("c\n", encoding="utf-8")
    assert first != reference.digest([one, two])


def test_a_code_keeps_its_leading_zero(tmp_path):
    path = tmp_path / "mã.csv"
    path.write_text("code,name\n01,Xã A\n", encoding="utf-8")

    assert reference.read(path) == [{"code": "01", "name": "Xã A"}]
