"""Pages of dossiers: registration, self-assessment choice by choice, evidence, check."""

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from foundation.regimes.models import Criterion
from products.models import Dossier, DossierStatus, Evidence
from tests.factories.products import (
    DossierFactory,
    EvidenceFactory,
    IdeaFactory,
    ProductFactory,
    SelfScoreFactory,
    answer_all,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def product(entity):
    return ProductFactory(entity=entity, idea=IdeaFactory(entity=entity))


@pytest.fixture
def dossier(product):
    return DossierFactory(product=product, spec="", capacity="", introduction="")


@pytest.fixture
def as_producer(client, people):
    client.force_login(people["producer"])
    return client


def pdf(tmp_path, name="a.pdf"):
    """A real PDF of one page."""
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(tmp_path / name)
    return SimpleUploadedFile(name, (tmp_path / name).read_bytes(), "application/pdf")


def at(name, dossier, *more):
    """An address of the dossier."""
    return reverse(f"products:{name}", args=[dossier.code, *more])


def test_opening_twice_leads_to_the_same_dossier(as_producer, product):
    first = as_producer.post(reverse("products:dossier_opening", args=[product.code]))
    second = as_producer.post(reverse("products:dossier_opening", args=[product.code]))

    assert first.url == second.url == Dossier.objects.get().get_absolute_url()


def test_registration_is_kept_and_leads_on(as_producer, dossier):
    typed = {"spec": "Hộp", "capacity": "500 khăn", "introduction": "Từ năm 2010."}

    response = as_producer.post(at("registration", dossier), typed)

    assert response.url == at("self_score", dossier)
    assert Dossier.objects.get().introduction == "Từ năm 2010."


def test_registration_with_a_gap_is_refused_and_keeps_what_was_typed(as_producer, dossier):
    response = as_producer.post(at("registration", dossier), {"spec": "", "introduction": "Từ năm 2010."})

    assert "Từ năm 2010." in response.content.decode()
    assert Dossier.objects.get().introduction == ""


@pytest.fixture
def criterion(dossier):
    return Criterion.objects.of(dossier.criteria_set).first()


def test_a_choice_is_saved_by_itself_and_answers_with_the_points(as_producer, dossier, criterion):
    option = criterion.options.order_by("points").last()

    response = as_producer.post(
        at("choices", dossier),
        {f"c-{criterion.code}": option.key, f"v-{criterion.code}": "0"},
        headers={"HX-Request": "true"},
    )

    page = response.content.decode()
    assert dossier.self_scores.get().option == option
    assert 'hx-swap-oob="true"' in page
    assert "Đã lưu" in page
    assert f'name="v-{criterion.code}" value="1"' in page


def test_a_stale_choice_is_refused_and_shows_what_stands(as_producer, dossier, criterion):
    low, high = criterion.options.order_by("points")[:2]
    SelfScoreFactory(dossier=dossier, criterion=criterion, option=high)

    response = as_producer.post(
        at("choices", dossier),
        {f"c-{criterion.code}": low.key, f"v-{criterion.code}": "0"},
        headers={"HX-Request": "true"},
    )

    page = response.content.decode()
    assert dossier.self_scores.get().option == high
    assert "vừa được chọn ở nơi khác" in page
    assert "Đã lưu" not in page


@pytest.mark.parametrize("key", ["9.9:99", "", "khong"])
def test_a_choice_that_is_not_on_the_form_is_refused(as_producer, dossier, key):
    criterion = Criterion.objects.of(dossier.criteria_set).filter(none_allowed=False).first()

    as_producer.post(at("choices", dossier), {f"c-{criterion.code}": key, f"v-{criterion.code}": "0"})

    assert not dossier.self_scores.exists()


def test_no_level_reached_is_an_answer_where_the_form_allows_it(as_producer, dossier, criterion):
    as_producer.post(at("choices", dossier), {f"c-{criterion.code}": "khong", f"v-{criterion.code}": "0"})

    assert dossier.self_scores.get().option is None


def test_without_scripts_a_whole_part_is_saved_at_once(as_producer, dossier):
    rows = Criterion.objects.of(dossier.criteria_set).filter(part="A")
    sent = {f"c-{row.code}": row.options.last().key for row in rows} | {f"v-{row.code}": "0" for row in rows}

    response = as_producer.post(at("choices", dossier), sent)

    assert dossier.self_scores.count() == len(rows)
    assert response.url.endswith("?phan=A")


def test_nothing_sent_is_not_found(as_producer, dossier):
    assert as_producer.post(at("choices", dossier)).status_code == 404


def test_the_self_assessment_costs_a_fixed_number_of_queries(
    as_producer, dossier, django_assert_max_num_queries
):
    as_producer.get(at("self_score", dossier))
    answer_all(dossier)

    with django_assert_max_num_queries(12):
        page = as_producer.get(at("self_score", dossier), {"phan": "B"}).content.decode()

    assert "Phần B" in page


def test_evidence_is_uploaded_read_back_and_removed(as_producer, dossier, criterion, tmp_path):
    given = {"kind": "business_registration", "title": "ĐKKD số 5", "criteria": [criterion.pk]}

    as_producer.post(at("evidence_new", dossier), given | {"file": pdf(tmp_path)})
    evidence = Evidence.objects.get()
    file = as_producer.get(at("evidence_file", dossier, evidence.code))

    assert file["Content-Type"] == "application/pdf"
    assert "sandbox" in file["Content-Security-Policy"]
    assert "ĐKKD số 5" in as_producer.get(dossier.get_absolute_url()).content.decode()
    as_producer.post(at("evidence_removal", dossier, evidence.code))
    assert not Evidence.objects.exists()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"MZ\x90 not a document", "không phải PDF"), (b"%PDF-1.4 broken", "bị hỏng"), (b"", "Tệp này trống")],
)
def test_a_file_that_is_not_what_it_says_is_refused(as_producer, dossier, content, sentence):
    file = SimpleUploadedFile("a.pdf", content, "application/pdf")

    response = as_producer.post(
        at("evidence_new", dossier), {"kind": "business_registration", "title": "ĐKKD", "file": file}
    )

    assert sentence in response.content.decode()
    assert not Evidence.objects.exists()


@pytest.mark.parametrize(
    ("person", "draft", "sent"),
    [
        ("producer", 200, 200),
        ("other_producer", 404, 404),
        ("commune_officer", 404, 200),
        ("district_officer", 404, 200),
        ("other_district_officer", 404, 404),
        ("manager", 404, 200),
        ("judge", 404, 404),
        ("nobody", 404, 404),
    ],
)
def test_who_reads_a_dossier_and_its_evidence(client, people, dossier, person, draft, sent):
    evidence = EvidenceFactory(dossier=dossier)
    client.force_login(people[person])

    assert client.get(dossier.get_absolute_url()).status_code == draft
    Dossier.objects.update(status=DossierStatus.SUBMITTED, submitted_on="2024-10-15")
    assert client.get(dossier.get_absolute_url()).status_code == sent
    assert client.get(at("evidence_file", dossier, evidence.code)).status_code == sent


def test_a_dossier_that_misses_something_says_what_and_cannot_be_sent(as_producer, dossier):
    page = as_producer.get(dossier.get_absolute_url()).content.decode()
    response = as_producer.post(at("submission", dossier), follow=True)

    assert "27 tiêu chí chưa tự chấm" in page
    assert "Hồ sơ còn thiếu" in response.content.decode()
    assert Dossier.objects.get().status == DossierStatus.DRAFT


def test_from_submission_to_acceptance(client, people, dossier):
    answer_all(dossier)
    EvidenceFactory(dossier=dossier)
    Dossier.objects.update(spec="a", capacity="b", introduction="c")
    client.force_login(people["producer"])
    client.post(at("submission", dossier))
    client.force_login(people["district_officer"])
    client.post(at("return", dossier), {"w-fact-spec": "Thiếu mẫu sản phẩm.", "due_on": "2024-11-01"})
    client.force_login(people["producer"])
    assert "Thiếu mẫu sản phẩm." in client.get(dossier.get_absolute_url()).content.decode()
    client.post(at("submission", dossier))
    client.force_login(people["district_officer"])

    response = client.post(at("acceptance", dossier), follow=True)

    assert "Đã tiếp nhận hồ sơ" in response.content.decode()
    assert Dossier.objects.get().status == DossierStatus.ACCEPTED


def test_pages_of_a_sent_dossier_that_change_it_lead_back(as_producer, dossier):
    Dossier.objects.update(status=DossierStatus.SUBMITTED, submitted_on="2024-10-15")

    for name in ("registration", "self_score", "evidence_new"):
        assert as_producer.get(at(name, dossier)).url == dossier.get_absolute_url()


@pytest.mark.parametrize("count", [1, 12])
def test_the_list_costs_the_same_for_one_and_for_twelve(
    client, people, entity, count, django_assert_num_queries
):
    for _ in range(count):
        DossierFactory(product__entity=entity)
    client.force_login(people["producer"])
    client.get(reverse("products:dossiers"))

    with django_assert_num_queries(6):
        client.get(reverse("products:dossiers"))
