"""Names in every spelling are found, and stand where Vietnamese people look for them (T124)."""

import random
import re
import unicodedata

import pytest
from django.db import connection
from django.urls import reverse

from accounts.filters.people import PeopleFilter
from accounts.models import User
from entities.filters import ProducerFilter
from entities.models import Entity
from foundation.areas.models import Area
from foundation.ui.alphabet import Alphabetical, alphabetical
from products.filters import CatalogueFilter
from products.models import Product
from tests.factories.accounts import UserFactory
from tests.factories.entities import EntityFactory
from tests.factories.products import ProductFactory, RatingFactory

pytestmark = pytest.mark.django_db

IN_ORDER = [
    "3 sao", "Am", "An Hòa", "An Ninh", "Ăn", "Ấm trà", "Ba", "Bà", "Bả", "Bã", "Bá", "Bạ", "Bà Nà", "Ba Sao", "Cá kho",
    "Dưa", "Đa", "Đậu", "Em", "Ếch", "Ga", "Hoa", "Hòa", "Hóa", "Hoà Bình", "Ma", "Mà", "Mả", "Mã", "Má", "Mạ", "Mai",
    "Mài", "Na", "Oanh", "Ổi", "Ớt", "Phở", "Rượu", "Tu", "Tư", "Vân", "Xã", "Yên", "Zin",
]  # fmt: skip
MOVED = {"òa": "oà", "óa": "oá", "ỏa": "oả", "õa": "oã", "ọa": "oạ", "òe": "oè", "óe": "oé", "ùy": "uỳ", "úy": "uý",
         "ủy": "uỷ", "ũy": "uỹ", "ụy": "uỵ"}  # fmt: skip
BACK = {new: old for old, new in MOVED.items()}
END = re.compile("|".join([*MOVED, *BACK]))


def other_tone_place(text):
    """Hòa becomes Hoà, and Hoà becomes Hòa."""
    return END.sub(lambda found: (MOVED | BACK)[found[0]], text)


def bare(text):
    """As typed on a keyboard without Vietnamese."""
    letters = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


SPELLINGS = {
    "as it is": str,
    "other place of the tone": other_tone_place,
    "without marks": bare,
    "capitals": str.upper,
    "small": str.lower,
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
}


def place_names(most=300):
    """Real names of units, those with a movable tone and đ among them."""
    names = sorted(set(Area.objects.values_list("full_name", flat=True)))
    telling = [name for name in names if END.search(name) or "đ" in name.lower()]
    assert any(END.search(name) for name in telling)
    rest = [name for name in names if name not in telling]
    random.Random(1).shuffle(rest)
    return (telling + rest)[:most]


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_t124_every_unit_is_found_in_every_spelling(law, spelling):
    missed = [
        name
        for name in place_names()
        if not Area.objects.found_by(SPELLINGS[spelling](name)).filter(full_name=name).exists()
    ]
    assert missed == []


def test_control_without_folding_other_spellings_find_nothing(law):
    name = next(name for name in place_names() if END.search(name))
    assert not Area.objects.filter(full_name__icontains=other_tone_place(name)).exists()
    assert not Area.objects.filter(full_name__icontains=bare(name)).exists()
    assert unicodedata.normalize("NFD", "đ") == "đ"  # it does not decompose: taking marks away is not enough


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_t124_products_producers_and_people_are_found_in_every_spelling(commune, spelling):
    typed = SPELLINGS[spelling]("Đường Hòa Thủy")
    for name in ("Đường Hòa Thủy", "Đường Hoà Thuỷ"):
        maker = EntityFactory(area=commune, name=name)
        RatingFactory(product=ProductFactory(name=name, entity=maker))
        UserFactory(full_name=name)
    found = {
        CatalogueFilter({"q": typed}).narrow(Product.objects.public().for_list()).count(),
        ProducerFilter({"q": typed}).narrow(Entity.objects.for_list()).count(),
        PeopleFilter({"q": typed}).narrow(User.objects.all()).count(),
    }
    assert found == {2}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_t124_the_commune_box_finds_every_spelling(law, client, spelling):
    name = next(row for row in place_names() if END.search(row) and "xã" in row.lower())
    page = client.get(reverse("accounts:area_search"), {"q": SPELLINGS[spelling](name)}).content.decode()
    assert name in page


# ---------------------------------------------------------------- order


def test_t124_the_key_sorts_by_letters_then_by_tones():
    mixed = IN_ORDER.copy()
    random.Random(2).shuffle(mixed)
    assert sorted(mixed, key=alphabetical) == IN_ORDER
    assert sorted(mixed) != IN_ORDER  # control: by bytes Đ and Ă come after Z


def test_t124_the_two_places_of_a_tone_sort_alike():
    assert alphabetical("Hòa Bình") == alphabetical("hoà bình")
    assert alphabetical("Hòa Bình") < alphabetical("Hóa Bình") < alphabetical("Hòa Bo")


def keys(texts):
    with connection.cursor() as cursor:
        cursor.execute(
            "select array(select vn_order(t) from unnest(%s::text[]) with ordinality u(t, n) order by n)",
            [texts],
        )
        return cursor.fetchone()[0]


def test_the_database_makes_the_same_key(law):
    texts = [
        *place_names(),
        *IN_ORDER,
        "",
        "  ",
        "ĐỨC, Ợ Ặ 12-3",
        "日本",
        "é ñ ç",
        unicodedata.normalize("NFD", "Đặng"),
    ]
    assert keys(texts) == [alphabetical(text) for text in texts]


def test_t124_lists_of_products_and_producers_are_in_that_order(commune):
    mixed = IN_ORDER.copy()
    random.Random(3).shuffle(mixed)
    for name in mixed:
        maker = EntityFactory(area=commune, name=name)
        RatingFactory(product=ProductFactory(name=name, entity=maker))
    rows = Product.objects.public()
    by_name = CatalogueFilter({"sx": "ten"}).narrow(rows.for_list())
    assert [row.name for row in by_name] == IN_ORDER
    assert [row.name for row in rows.for_list()] == IN_ORDER
    makers = Entity.objects.filter(name__in=IN_ORDER)
    assert [row.name for row in ProducerFilter({"sx": "ten"}).narrow(makers)] == IN_ORDER
    assert [row.name for row in makers.order_by(Alphabetical("name"))] == IN_ORDER
    assert [row.name for row in makers.order_by("name")] != IN_ORDER  # control


@pytest.mark.parametrize(
    ("model", "index"), [(Product, "product_by_alphabet"), (Entity, "entity_by_alphabet")]
)
def test_a_page_of_a_long_list_is_read_from_the_index(model, index):
    with connection.cursor() as cursor:
        cursor.execute("set local enable_seqscan = off")
    assert index in model.objects.order_by("alphabet", "pk")[:30].explain()
    assert index not in model.objects.order_by("name", "pk")[:30].explain()  # control
