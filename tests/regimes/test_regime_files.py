"""The files are law only when every sum, order, gate and source is right; each check has its spoilt file."""

import pytest

from foundation.regimes.process import Process
from foundation.regimes.validate import BrokenFiles, Problem, check_regime
from tests.regimes.builders import REGIMES, files, ladder, marked, real_files


def problems(parsed):
    return [str(problem) for problem in check_regime("qd1-2001", parsed)]


def small_set(parsed):
    return parsed["01-thu.yaml"]


def section(parsed, part):
    return small_set(parsed)["parts"][part]["sections"][0]


def criterion(parsed, part=0, number=0):
    return section(parsed, part)["criteria"][number]


@pytest.mark.parametrize("regime", REGIMES)
def test_our_own_files_keep_every_rule(regime):
    assert check_regime(regime, real_files(regime)) == []


def test_control_the_small_regime_keeps_every_rule():
    assert problems(files()) == []
    assert problems(files(c11=marked(ladder("1.1", 20), s3=1, s4=5))) == []


def test_control_value_put_together_by_us_is_fine_when_it_says_so():
    parsed = files()
    criterion(parsed).update(source="reconstructed", doubt="Nguồn thiếu; suy từ tổng.")
    small_set(parsed)["confidence"] = "partly"
    assert problems(parsed) == []


SPOILT_SET = [
    (lambda f: criterion(f).update(max_points=19), "mục 1: các tiêu chí cộng lại 39 điểm, cần 40"),
    (lambda f: section(f, 0).update(max_points=39), "phần A: các mục cộng lại 39 điểm, cần 40"),
    (lambda f: small_set(f)["parts"][0].update(max_points=50), "phần A: 50 điểm, quy định 40"),
    (lambda f: small_set(f).update(max_points=99), "max_points: “99” khác “100”"),
    (lambda f: small_set(f)["parts"].reverse(), "parts: phải là A, B, C theo thứ tự"),
    (lambda f: criterion(f, 0, 1).update(code="1.1"), "tiêu chí 1.1: mã dùng hai lần"),
    (lambda f: section(f, 1).update(code="1"), "mục 1: mã dùng hai lần"),
    (lambda f: criterion(f).update(code="2.9"), "tiêu chí 2.9: mã không thuộc mục 1"),
    (lambda f: criterion(f)["options"].reverse(), "không tăng dần"),
    (lambda f: criterion(f)["options"].pop(), "mức cao nhất 19 khác điểm tối đa 20"),
    (lambda f: criterion(f)["options"].pop(0), "none_allowed sai với mức thấp nhất 1"),
    (lambda f: criterion(f).update(none_allowed=True), "none_allowed sai với mức thấp nhất 0"),
    (lambda f: criterion(f)["options"][3].update(points=2), "hai mức trùng điểm hoặc trùng lời văn"),
    (lambda f: criterion(f)["options"][3].update(text="Mức 2"), "hai mức trùng điểm hoặc trùng lời văn"),
    (lambda f: criterion(f)["options"][3].update(points=-1), "không có mức điểm hợp lệ"),
    (lambda f: criterion(f)["options"][3].update(points="3"), "không có mức điểm hợp lệ"),
    (lambda f: criterion(f).update(options=[]), "không có mức điểm hợp lệ"),
    (lambda f: criterion(f)["options"][3].update(text=" "), "lời văn trống"),
    (lambda f: criterion(f)["options"][3].update(text="Mức **"), "ký tự lạ"),
    (lambda f: criterion(f)["options"][3].update(text="x" * 321), "quá dài"),
    (lambda f: criterion(f)["options"][3].update(min_star=2), "dấu 2 sao không hợp lệ"),
    (lambda f: criterion(f)["options"][3].update(min_star=4), "suy từ dấu sao là {'4': 3, '5': 3}"),
    (lambda f: criterion(f).update(min_points_for_star={"4": 3}), "suy từ dấu sao là {}"),
    (lambda f: criterion(f).update(criterion_min_star=4), "suy từ dấu sao là {'4': 1, '5': 1}"),
    (lambda f: criterion(f)["options"][3].update(colour="red"), "mức 3: khóa lạ colour"),
    (lambda f: criterion(f)["options"][3].update(case=1), "các trường hợp khai báo và sử dụng khác nhau"),
    (lambda f: criterion(f).update(cases=[{"id": 1, "name": "x"}]), "các trường hợp khai báo"),
    (lambda f: criterion(f).update(name="x" * 91), "tên trống hoặc dài quá 90 ký tự"),
    (lambda f: criterion(f).update(source="S9"), "tiêu chí 1.1: nguồn S9 chưa khai báo"),
    (lambda f: criterion(f).update(colour="red"), "tiêu chí 1.1: khóa lạ colour"),
    (lambda f: criterion(f).update(group="1.1"), "nhóm 1.1 chưa khai báo"),
    (
        lambda f: criterion(f).update(applies_if={"criterion": "9", "min_points": 1}),
        "điều kiện theo tiêu chí 9",
    ),
    (
        lambda f: criterion(f).update(applies_if={"criterion": "1.1", "min_points": 1}),
        "điều kiện theo tiêu chí 1.1",
    ),
    (
        lambda f: section(f, 0).update(groups=[{"code": "1.x", "max_points": 5}]),
        "nhóm 1.x cộng lại 0 điểm, cần 5",
    ),
    (lambda f: section(f, 0).update(stop_if="Dừng"), "mục 1: khóa lạ stop_if"),
    (lambda f: criterion(f).update(source="reconstructed"), "dựng lại mà không có ghi chú nghi vấn"),
    (lambda f: criterion(f).update(source="reconstructed", doubt="?"), "confidence: có giá trị dựng lại"),
    (
        lambda f: small_set(f).update(incomplete={"part": "A", "missing_points": 2}),
        "cộng lại 42 điểm, cần 40",
    ),
    (lambda f: small_set(f).update(schema="x"), "schema: “x” khác “ocop-criteria/1”"),
    (lambda f: small_set(f).update(version="x"), "version: “x” khác “qd1-2001”"),
    (lambda f: small_set(f).update(code="02-thu"), "code: “02-thu” khác “01-thu”"),
    (lambda f: small_set(f).update(confidence="sure"), "confidence: “sure” không có trong quy ước"),
    (lambda f: small_set(f).update(sources=["S1", "S9"]), "sources: nguồn S9 chưa khai báo"),
    (lambda f: small_set(f).update(colour="red"), "khóa lạ colour"),
    (lambda f: small_set(f).pop("group"), "thiếu group"),
    (lambda f: small_set(f)["parts"].insert(0, 5), "không đọc được cấu trúc"),
    (lambda f: criterion(f)["options"].append("x"), "không đọc được cấu trúc"),
]


@pytest.mark.parametrize(("spoil", "message"), SPOILT_SET)
def test_spoilt_set_is_refused_with_file_and_place(spoil, message):
    parsed = files()
    spoil(parsed)

    found = problems(parsed)

    assert any(message in line for line in found), found
    assert all(line.startswith("qd1-2001/01-thu.yaml") for line in found)


def test_conditions_may_not_hang_on_one_another():
    on_1_1 = {"applies_if": {"criterion": "1.1", "min_points": 1}}
    on_1_2 = {"applies_if": {"criterion": "1.2", "min_points": 1}}
    parsed = files(c12=ladder("1.2", 20, **on_1_1), c21=ladder("2.1", 25, **on_1_2))
    assert problems(parsed) == [
        "qd1-2001/01-thu.yaml, tiêu chí 2.1: điều kiện theo tiêu chí 1.2 không dùng được."
    ]


def version(parsed):
    return parsed["version.yaml"]


def band(parsed, stars):
    return version(parsed)["star_bands"][stars - 1]


SPOILT_VERSION = [
    (lambda f: f.pop("version.yaml"), "version.yaml: không có tệp này"),
    (lambda f: version(f).update(id="qd2-2002"), "id: “qd2-2002” khác tên thư mục"),
    (lambda f: version(f)["part_totals"].update(A=41), "các phần không cộng lại thành 100 điểm"),
    (lambda f: version(f)["star_bands"].pop(), "phải đủ 1 đến 5 sao"),
    (lambda f: band(f, 1).update(min=1), "từ 0 đến 100 điểm"),
    (lambda f: band(f, 5).update(max=99), "từ 0 đến 100 điểm"),
    (lambda f: band(f, 3).update(max_exclusive=69), "khung 3 sao và 4 sao không liền nhau"),
    (lambda f: band(f, 2).update(certified=True), "chỉ hạng 3, 4, 5 sao được công nhận"),
    (lambda f: version(f)["sets"].append({"code": "02-x"}), "danh sách bộ khác các tệp: 02-x"),
    (lambda f: version(f).update(set_count=2), "có 1 tệp, cần 2"),
    (lambda f: f.update({"02-thu.yaml": small_set(f)}), "hai bộ tiêu chí trùng số thứ tự"),
    (lambda f: version(f).pop("legal_basis"), "thiếu legal_basis"),
]


@pytest.mark.parametrize(("spoil", "message"), SPOILT_VERSION)
def test_spoilt_version_is_refused(spoil, message):
    parsed = files()
    spoil(parsed)
    assert any(message in line for line in problems(parsed)), problems(parsed)


def process(parsed):
    return parsed["process.yaml"]


def fact(parsed, key="certificate_months"):
    return process(parsed)["facts"][key]


SPOILT_PROCESS = [
    (lambda f: f.pop("process.yaml"), "process.yaml: không có tệp này"),
    (lambda f: process(f).update(schema="x"), "schema: “x” khác ocop-process/1"),
    (lambda f: process(f).update(regime="x"), "regime: “x” khác tên thư mục"),
    (lambda f: process(f)["industries"].clear(), "không có ngành I Ngành thử của 01-thu.yaml"),
    (lambda f: process(f)["levels"].reverse(), "các cấp phải xếp từ dưới lên"),
    (lambda f: process(f)["levels"][0].update(level="moon"), "các cấp phải xếp từ dưới lên"),
    (lambda f: process(f)["levels"][0].update(recognises=[3]), "do đúng một cấp công nhận"),
    (lambda f: process(f)["levels"][1].update(recognises=[4, 5]), "do đúng một cấp công nhận"),
    (lambda f: process(f)["forward"][0].update(to="district"), "không chuyển được từ province lên district"),
    (lambda f: process(f)["forward"][0].update(to="province"), "không chuyển được từ province lên province"),
    (lambda f: process(f)["forward"][0].update(min_total=101), "ngưỡng 101 không hợp lệ"),
    (lambda f: process(f)["product_code"].update(format="{province}-{moon}"), "dạng mã"),
    (lambda f: process(f)["document_kinds"].append(process(f)["document_kinds"][0]), "trùng mã"),
    (lambda f: process(f)["document_kinds"][0].update(except_industries=["X"]), "không có ngành X"),
    (lambda f: process(f)["document_kinds"][0].update(colour="red"), "document_kinds form: khóa lạ colour"),
    (lambda f: process(f)["facts"].pop("samples"), "facts: thiếu samples"),
    (lambda f: fact(f).update(value=None), "facts certificate_months: giá trị để trống khi và chỉ khi"),
    (lambda f: fact(f).update(confidence="not_found"), "giá trị để trống khi và chỉ khi"),
    (lambda f: fact(f).update(confidence="sure"), "độ tin cậy “sure” không có trong quy ước"),
    (lambda f: fact(f).update(source=["P9"]), "nguồn P9 chưa khai báo"),
    (lambda f: fact(f).update(source=[]), "facts certificate_months: thiếu nguồn"),
    (
        lambda f: process(f)["ended_lower"][0].update(at="district"),
        "không có chuyển cấp từ province lên district",
    ),
    (lambda f: process(f)["ended_lower"][0].update(ways=["guess"]), "cách xử lý ['guess']"),
    (lambda f: process(f)["ended_lower"][0].update(ways=[]), "cách xử lý []"),
    (lambda f: process(f)["transfers"][0].update(to="district"), "không gửi được từ province lên district"),
    (lambda f: process(f)["transfers"][0].update(papers=[]), "không có giấy tờ nào"),
    (lambda f: process(f)["renewal"].reverse(), "sai thứ tự"),
    (lambda f: process(f)["renewal"][0].update(code="party"), "lạ, trùng"),
    (lambda f: process(f)["renewal"][0].update(closes_days_before=0), "số nguyên dương"),
    (lambda f: process(f)["renewal"][1].update(opens_days_before=120), "ngày mở phải trước ngày đóng"),
    (lambda f: process(f)["renewal"][0].update(colour="red"), "renewal notice: khóa lạ colour"),
    (lambda f: process(f)["forms"].append(process(f)["forms"][0]), "forms: hai mục trùng mã"),
    (lambda f: process(f)["revocation_grounds"][0].pop("name"), "revocation_grounds dishonest: thiếu name"),
    (lambda f: process(f)["levels"][0].pop("source"), "không đọc được cấu trúc"),
]


@pytest.mark.parametrize(("spoil", "message"), SPOILT_PROCESS)
def test_spoilt_process_is_refused(spoil, message):
    parsed = files()
    spoil(parsed)
    assert any(message in line for line in problems(parsed)), problems(parsed)


def test_problem_without_a_place_names_only_the_file():
    assert str(Problem("a.yaml", "", "hỏng.")) == "a.yaml: hỏng."
    assert str(BrokenFiles([Problem("a", "b", "c"), Problem("d", "", "e")])) == "a, b: c\nd: e"


# ---------------------------------------------------------------- the chain and the papers of each law
def law(regime):
    return Process.from_dict(real_files(regime)["process.yaml"])


@pytest.mark.parametrize(
    ("regime", "levels"),
    [
        ("qd148-2023", {1: None, 2: None, 3: "district", 4: "province", 5: "central"}),
        ("qd148-2025", {1: None, 2: None, 3: "province", 4: "province", 5: "central"}),
        ("qd26-2026", {1: None, 2: None, 3: "province", 4: "province", 5: "central"}),
        ("qd781-2020", {1: None, 2: None, 3: "province", 4: "province", 5: "central"}),
    ],
)
def test_each_star_is_recognised_at_its_level(regime, levels):
    process = law(regime)

    assert {stars: process.level_for(stars) for stars in levels} == levels
    assert process.level_for(None) is None
    for level in ("commune", "district", "province", "central"):
        assert process.recognised_at(level) == {stars for stars, at in levels.items() if at == level}


def test_good_products_go_on_from_district_at_70_and_from_province_at_90():
    process = law("qd148-2023")
    district, province = process.forward_from("district"), process.forward_from("province")

    assert (district.to_level, district.min_total) == ("province", 70)
    assert (province.to_level, province.min_total) == ("central", 90)
    assert process.forward_from("central") is None
    assert law("qd26-2026").forward_from("district") is None


def test_samples_are_asked_for_except_in_tourism():
    samples = next(row for row in law("qd148-2023").document_kinds if row.code == "product_samples")
    assert samples.physical
    assert samples.required_for("I")
    assert not samples.required_for("VI")


def test_supplementary_papers_are_never_required():
    assert not any(row.required_for("I") for row in law("qd148-2023").document_kinds if not row.mandatory)


@pytest.mark.parametrize(
    ("regime", "kinds", "mandatory"), [("qd148-2023", 17, 4), ("qd26-2026", 18, 3), ("qd781-2020", 18, 5)]
)
def test_papers_of_a_dossier(regime, kinds, mandatory):
    papers = law(regime).document_kinds
    assert (len(papers), sum(row.mandatory for row in papers)) == (kinds, mandatory)


def test_fact_that_was_not_found_gives_the_default():
    process = law("qd148-2023")
    assert process.value("certificate_months") == 36
    assert process.value("receipt_check_days", "quy chế") == "quy chế"
    assert process.value("no_such_fact", 7) == 7
    assert process.facts["receipt_check_days"].confidence == "not_found"


def test_transition_from_148_to_26_is_written_down():
    transition = law("qd26-2026").value("transition")
    assert transition["previous_regime"] == "qd148-2025"
    assert transition["finish_within_days"] == {"first_time": 60, "upgrade": 60, "re_evaluation": 30}


# ---------------------------------------------------------------- certificates: their renewal and their end
def test_renewal_of_148_is_a_written_notice_thirty_days_before_the_end():
    process = law("qd148-2023")
    notice = process.renewal_step("notice")

    assert [row.code for row in process.renewal] == ["notice", "filing", "evaluation"]
    assert (notice.closes_days_before, notice.written, notice.by) == (30, True, "issuer")
    assert process.renewal_step("filing").opens_days_before is None  # not found in any source
    assert process.renewal_step("extension") is None


def test_renewal_of_26_is_filed_180_to_120_days_before_and_extends_by_180_at_most():
    process = law("qd26-2026")
    filing, judged = process.renewal_step("filing"), process.renewal_step("evaluation")

    assert (filing.opens_days_before, filing.closes_days_before) == (180, 120)
    assert (judged.max_days, judged.written) == (45, True)
    assert process.renewal_step("extension").max_days == 180
    window = process.value("re_evaluation_window")
    assert window == {
        "opens_days_before": 180,
        "closes_days_before": 120,
    }  # the same rule, said once more for dossiers


def test_grounds_of_revocation_have_codes():
    grounds = law("qd26-2026").revocation_grounds
    assert [row.code for row in grounds] == [
        "dishonest", "criteria_missed", "law_broken", "mark_misused", "no_longer_made", "authority_concluded",
    ]  # fmt: skip
    assert law("qd26-2026").revocation_ground("mark_misused").name == "Sử dụng sai nhãn hiệu OCOP"
    assert law("qd26-2026").revocation_ground("no_such") is None
    assert {row.code for row in law("qd148-2023").revocation_grounds} == {
        "not_renewed", "criteria_missed", "decision_clause",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("regime", "level", "ways", "confidence"),
    [
        ("qd148-2023", "district", ("recognise_by_result",), "recalled"),
        ("qd148-2023", "province", ("keep_own_result",), "derived"),
        ("qd26-2026", "province", ("recognise_by_result", "reassess"), "seen"),
    ],
)
def test_forwarded_product_that_ends_lower_follows_the_regime(regime, level, ways, confidence):
    row = law(regime).after_ending_lower(level)
    assert (row.ways, row.confidence) == (ways, confidence)
    assert law(regime).after_ending_lower("central") is None


def test_papers_that_go_up_and_forms():
    assert law("qd148-2023").transfer_from("district").to_level == "province"
    assert law("qd26-2026").transfer_from("commune").papers[0] == "Văn bản đề nghị"
    assert law("qd26-2026").transfer_from("central") is None
    assert [row.number for row in law("qd26-2026").forms] == [
        "Mẫu số 01",
        "Mẫu số 02",
        "Mẫu số 03",
        "Phụ lục II",
    ]
