"""Search of the catalogue: letters in whatever spelling, one typo, the most fitting first; many products, in time."""

import random
import statistics
import time
import unicodedata

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from entities.models import Entity
from products.filters import CatalogueFilter, words_of
from products.models import Product, Word
from products.models.words import forgiving_query, one_edit, query_of
from tests.factories.entities import EntityFactory
from tests.factories.products import ProductFactory, RatingFactory, WordFactory

pytestmark = pytest.mark.django_db
FIRST_MS, SECOND_MS = 60, 400
MILLION = 1_000_000
SAMPLE = 3_000
THINGS = [
    "Cá kho", "Bánh đa nem", "Bánh cuốn", "Rượu nếp", "Chuối ngự", "Khăn lụa", "Trống da", "Gạo tám", "Trà sen",
    "Mật ong", "Nem chua", "Dưa lê", "Bưởi", "Tinh bột nghệ", "Hoà tan cà phê", "Đậu phụ", "Miến dong", "Mây tre đan",
    "Sừng mỹ nghệ", "Giò lụa", "Hạt sen sấy", "Bột sắn dây", "Nấm sò", "Dầu lạc", "Thêu ren", "Rau an toàn",
]  # fmt: skip
KINDS = [
    "truyền thống",
    "đặc sản",
    "hữu cơ",
    "cao cấp",
    "thượng hạng",
    "gia truyền",
    "sạch",
    "thơm ngon",
    "sấy khô",
]
PLACES = [
    "Vũ Đại", "Đại Hoàng", "Kiện Khê", "Nha Xá", "Đọi Tam", "An Ninh", "Bối Cầu", "Ngọc Động", "Quyển Sơn", "Thanh Hà",
    "Liêm Chính", "Tiên Tân", "Phù Vân", "Bình Lục", "Lý Nhân", "Thanh Liêm", "Kim Bảng", "Duy Tiên", "Mộc Nam",
]  # fmt: skip
FAMILIES = ["Trần", "Nguyễn", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Ngô", "Dương", "Lý"]
GIVEN = [
    "Luận",
    "Bá Nghĩa",
    "Thị Hòa",
    "Văn Thuỷ",
    "Hưng",
    "Tuấn",
    "Khoa",
    "Loan",
    "Quý",
    "Hiền",
    "Phong",
    "Ánh",
]


def names(**filters):
    form = CatalogueFilter(filters)
    found = [product.name for product in form.narrow(Product.objects.public().for_list())]
    return found, form


def product(name, **facts):
    row = ProductFactory(name=name, **facts)
    RatingFactory(product=row)
    return row


@pytest.fixture
def shelf(commune):
    """Products whose names are near one another."""
    maker = EntityFactory(area=commune, name="Cơ sở cá kho Trần Luận")
    other = EntityFactory(area=commune, name="Hợp tác xã Hoà Thuỷ")
    for name in (
        "Cá kho Nhân Hậu gia truyền",
        "Cá kho Nhân Hậu",
        "Cá kho làng Nhân Hậu",
        "Cá kho",
        "Nhãn Đại Hoàng",
    ):
        product(name, entity=maker)
    for name in ("Đậu phụ đường", "Cà phê/cacao hoà tan", "Chè thái"):
        product(name, entity=other)


@pytest.mark.parametrize(
    "typed",
    [
        "ca kho nhan hau",
        "cá kho Nhân Hâu",
        "CÁ KHO NHÂN HẬU",
        "  cá   kho, nhân-hậu! ",
        unicodedata.normalize("NFD", "cá kho Nhân Hậu"),
        "ca kho nhan ha",
        "ca kho nhan hạu",
        "ca khp nhan hau",
        "ca kho nhanhau",
        "ca kho nhna hau",
        "ca kho nhann hau",
    ],
)
def test_the_product_meant_comes_first_in_whatever_letters(shelf, typed):
    assert names(q=typed)[0][0] == "Cá kho Nhân Hậu"


def test_capitals_alone_find_the_shortest_name_that_begins_so(shelf):
    found, _ = names(q="CA KHO")

    assert found[0] == "Cá kho"
    assert "Cá kho Nhân Hậu" in found[:4]
    assert found[-1] == "Nhãn Đại Hoàng"  # only its producer's name has the words


def test_d_with_a_stroke_and_both_places_of_the_tone(shelf):
    for typed in ("dau phu duong", "đậu phụ đường", "ĐẬU PHỤ"):
        assert names(q=typed)[0] == ["Đậu phụ đường"]
    for typed in ("hòa tan", "hoà tan", "hoa tan", "cacao", "cà phê cacao"):
        assert names(q=typed)[0][0] == "Cà phê/cacao hoà tan"
    assert set(names(q="hòa thủy")[0]) == {"Đậu phụ đường", "Cà phê/cacao hoà tan", "Chè thái"}


def test_words_of_product_and_producer_together(shelf):
    assert names(q="nhan dai hoang tran luan")[0] == ["Nhãn Đại Hoàng"]


def test_what_the_first_chance_finds_is_not_mixed_with_what_is_near(shelf):
    found, form = names(q="che thai")
    assert (found, form.nearly) == (["Chè thái"], False)

    found, form = names(q="che thay")
    assert (found, form.nearly) == (["Chè thái"], True)


def test_one_typo_but_not_two_in_a_word(shelf):
    assert names(q="dau phu duogn")[0] == ["Đậu phụ đường"]
    assert names(q="dau phu dogn")[0] == []


def test_a_used_word_in_the_wrong_place_is_a_typo_too(shelf):
    assert "tan" in set(Word.objects.values_list("pk", flat=True))

    assert names(q="tan luan")[0]  # tan for tran


@pytest.mark.parametrize(
    "typed", ["' & | ! :* <->", "a:* & !b", "\\", "%", "🙂", "\u200b", "(((", "NULL", "\t\r\n"]
)
def test_operators_and_marks_are_no_query_language(shelf, client, typed):
    answer = client.get(reverse("products:catalogue"), {"q": typed})

    assert answer.status_code == 200


def test_control_marks_inside_a_word_do_not_matter(shelf):
    assert names(q="cá\u200b kho\ufeff nhân\x07 hậu")[0][0] == "Cá kho Nhân Hậu"


def test_ten_thousand_letters_are_told_to_be_too_many(shelf, client):
    text = client.get(reverse("products:catalogue"), {"q": "cá kho " * 1500}).content.decode()

    assert "dài quá 100 ký tự" in text
    assert "<strong>8</strong>" in text


@pytest.mark.parametrize("number", ["1000000000", "-1", "NaN", "1e9", "٣", "1" * 400])
def test_any_number_of_a_page_is_answered(shelf, client, number):
    assert client.get(reverse("products:catalogue"), {"trang": number, "q": "ca"}).status_code == 200


def test_the_page_says_that_what_it_shows_is_only_near(shelf, client):
    text = client.get(reverse("products:catalogue"), {"q": "che thay"}).content.decode()

    assert "Không có sản phẩm nào khớp đúng" in text


# ---------------------------------------------------------------- what the database keeps


def test_a_renamed_product_and_a_renamed_producer_are_found_by_the_new_name(shelf):
    row = Product.objects.get(name="Chè thái")
    row.name = "Chè bưởi"
    row.save()
    assert names(q="che thai")[1].nearly is False
    assert names(q="chè bưởi")[0] == ["Chè bưởi"]

    Entity.objects.filter(pk=row.entity_id).update(name="Hợp tác xã Sông Châu")
    assert names(q="song chau che")[0] == ["Chè bưởi"]
    assert {"buoi", "chau"} <= set(Word.objects.values_list("pk", flat=True))


def test_products_written_in_bulk_are_found(commune):
    maker = EntityFactory(area=commune)
    facts = {"entity": maker, "area": commune, "industry": "I"}
    Product.objects.bulk_create(Product(code=f"b-{n}", name=f"Bột sắn {n}", **facts) for n in range(3))
    Product.objects.filter(code="b-2").update(name="Bột nghệ")

    assert Product.objects.found_by(["bot", "san"]).count() == 2
    assert Product.objects.found_by(["bot", "nghe"]).count() == 1


def test_without_the_trigger_nothing_would_be_found(commune):
    with connection.cursor() as cursor:
        cursor.execute("alter table products_product disable trigger products_product_search")
    product("Cá kho Nhân Hậu", entity=EntityFactory(area=commune))

    assert names(q="ca kho nhan hau")[0] == [
        "Cá kho Nhân Hậu"
    ]  # the name's beginning has an index of its own
    assert not Product.objects.found_by(["ca", "kho"]).exists()


def test_one_edit_is_one_slip():
    assert {"kh", "khao", "hko", "kha", "kkho", "kho1"} <= one_edit("kho")
    assert "kho" not in one_edit("kho")
    assert "k" not in one_edit("kho")
    assert "" not in one_edit("a")


def test_queries_are_made_of_words_only():
    assert words_of("Cá (kho) & !x:*") == ["ca", "kho", "x"]
    assert len(words_of("a " * 90)) == 12
    assert query_of(["ca", "kho"]) == "ca & kho:*"
    assert query_of(["kho", "c"]) == "kho & c"
    assert query_of([]) == ""
    WordFactory(text="kho")
    assert query_of(["ca", "kho"]) == "ca & kho"


def test_two_unknown_words_are_each_corrected_or_nothing_is_said(shelf):
    assert forgiving_query(["xxxxxx", "kho"]) == ""
    assert names(q="nhab hay")[0]  # nhan hau
    assert Product.objects.nearly_found_by([]).count() == 0
    assert Product.objects.first_keys([]) == []


# ---------------------------------------------------------------- many


def generate(commune, count):
    """So many rated products of producers, written by the database itself; Cá kho Nhân Hậu among them."""
    maker = EntityFactory(area=commune, name="Cơ sở cá kho Nhân Hậu")
    first = product("Cá kho Nhân Hậu", entity=maker)
    rating = first.ratings.get()
    makers = max(count // 20, 1)
    lists = {"things": THINGS, "kinds": KINDS, "places": PLACES, "families": FAMILIES, "given": GIVEN}
    facts = {
        "makers": makers,
        "count": count,
        "pk": first.pk,
        "maker": maker.pk,
        "rating": rating.pk,
        **lists,
    }
    with connection.cursor() as cursor:
        cursor.execute("set local statement_timeout = 0; select setseed(0.5)")
        for statement in (MAKERS, PRODUCTS, RATINGS):
            cursor.execute(statement, facts)
        cursor.execute("select gin_clean_pending_list('product_search')")
        cursor.execute("analyze products_product, products_rating, products_word, entities_entity")
    return first


PICKED = "%({0})s::text[])[1 + floor(random() * cardinality(%({0})s::text[]))::int]"
THING, KIND, PLACE, FAMILY, NAME = (
    f"({PICKED.format(name)}" for name in ("things", "kinds", "places", "families", "given")
)
COPY = """insert into {table} ({columns}) select {values} from {table} model cross join
  generate_series(1, %({many})s) n where model.id = %({key})s"""


def copied(model, many, key, **values):
    """A statement that writes rows like one row, with these columns different."""
    columns = [
        field.column
        for field in model._meta.concrete_fields
        if not (field.primary_key or field.generated or field.attname == "search")
    ]
    given = ", ".join(values.get(column, f"model.{column}") for column in columns)
    return COPY.format(
        table=model._meta.db_table, columns=", ".join(columns), values=given, many=many, key=key
    )


MAKERS = copied(
    Entity, "makers", "maker", code="'m-' || n", name=f"'Cơ sở ' || {FAMILY} || ' ' || {NAME} || ' ' || n"
)
PRODUCTS = copied(
    Product,
    "count",
    "pk",
    code="'p-' || n",
    name=f"{THING} || ' ' || {KIND} || ' ' || {PLACE} || ' ' || {FAMILY} || ' ' || {NAME}",
    entity_id="(select min(id) from entities_entity where code like 'm-%%') + n %% %(makers)s",
)
RATINGS = """insert into products_rating (product_id, regime_id, stars, decision_id, year, starts_on, ends_on)
  select p.id, r.regime_id, 3 + (p.id %% 3), r.decision_id, r.year, r.starts_on, r.ends_on
  from products_product p, products_rating r where r.id = %(rating)s and p.code like 'p-%%'"""


def asked(first, seed):
    """What people type: two hundred names, whole and in parts; each once right and once with a slip."""
    chance = random.Random(seed)
    keys = Product.objects.filter(code__startswith="p-").order_by("pk").values_list("pk", flat=True)
    low, high = keys.first(), keys.last()
    for _ in range(200):
        name = Product.objects.get(pk=chance.randint(low, high)).name
        words = words_of(name)
        part = words[: chance.randint(2, len(words))]
        at = chance.choice([n for n, word in enumerate(part) if len(word) > 2])
        slip = list(part)
        slip[at] = chance.choice(sorted(edit for edit in one_edit(part[at]) if len(edit) > 2))
        yield " ".join(part), " ".join(slip)


def database_ms(**filters):
    """Milliseconds in the database for one search and its page of 24."""
    form = CatalogueFilter(filters)
    spent = []

    def timed(execute, sql, params, many, context):
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            spent.append(time.perf_counter() - began)

    with connection.execute_wrapper(timed):
        rows = form.narrow(Product.objects.public().for_list())
        rows.count()
        list(rows[:24])
    return sum(spent) * 1000, form


def p95(values):
    return statistics.quantiles(values, n=20)[-1]


def measured(first, seed=1):
    """p95 of the first and of the second chance, in ms."""
    right, wrong = [], []
    for typed, slip in asked(first, seed):
        right.append(database_ms(q=typed)[0])
        spent, form = database_ms(q=slip)
        if form.nearly:
            wrong.append(spent)
    assert len(wrong) > 50
    return p95(right), p95(wrong)


def is_found(first):
    for typed in ("ca kho nhan hau", "cá kho Nhân Hâu", "ca kho nhan hauu"):
        assert names(q=typed)[0][0] == first.name, typed


def test_search_over_a_sample_of_many(commune):
    first = generate(commune, SAMPLE)
    is_found(first)

    right, wrong = measured(first)
    assert max(right, wrong) <= SECOND_MS  # other tests run beside this one; the drill measures alone


@pytest.mark.parametrize("count", [1, SAMPLE])
def test_a_search_asks_the_same_number_of_questions_for_one_and_for_many(commune, client, count):
    generate(commune, count)
    with CaptureQueriesContext(connection) as first:
        client.get(reverse("products:catalogue"), {"q": "ca kho"})
    with CaptureQueriesContext(connection) as second:
        client.get(reverse("products:catalogue"), {"q": "ca kjo nhan hau"})

    assert (len(first) <= 10, len(second) <= 12) == (True, True), (len(first), len(second))


@pytest.mark.drill
def test_search_over_a_million(commune, record_property):
    first = generate(commune, MILLION)
    is_found(first)

    right, wrong = measured(first)
    print(f"first chance p95 {right:.1f} ms, second chance p95 {wrong:.1f} ms")
    assert (right <= FIRST_MS, wrong <= SECOND_MS) == (True, True), (right, wrong)
