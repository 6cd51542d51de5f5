"""Sources, and who cites them."""

import pytest

from foundation.sources import loading
from foundation.sources.models import Source
from products.models import Product
from tests.factories.products import ProductFactory
from tests.factories.sources import SourceFactory

pytestmark = pytest.mark.django_db


def test_48_sources_are_loaded_and_a_second_time_changes_nothing():
    first, second = loading.load()[0], loading.load()[0]

    assert (first.new, second.new, second.changed, second.kept) == (48, 0, 0, 48)


def test_copies_on_foreign_domains_are_never_linked():
    loading.load()

    assert set(Source.objects.filter(key__in=["S04", "S25"]).values_list("url", flat=True)) == {""}
    assert Source.objects.get(key="S01").url.startswith("https://")


def test_rows_cite_exactly_what_the_file_says(commune):
    one, two, three = SourceFactory.create_batch(3)
    product = ProductFactory(entity=None, area=commune)
    product.sources.set([one, two])
    other = ProductFactory(entity=None, area=commune)
    other.sources.add(one)

    loading.cite(Product.sources, {product.pk: [two.key, three.key]})

    assert set(product.sources.all()) == {two, three}
    assert set(other.sources.all()) == {one}


def test_keys_are_separated_by_semicolons():
    assert loading.keys_of({"sources": "S01;S16"}) == ["S01", "S16"]
    assert loading.keys_of({"sources": ""}) == []


@pytest.mark.parametrize(
    ("dated", "words"), [("2019-12-30", "30/12/2019"), ("2023-09", "09/2023"), ("2024", "2024"), ("", "")]
)
def test_a_day_is_written_as_exact_as_the_source(dated, words):
    assert Source(dated=dated).dated_in_words == words
