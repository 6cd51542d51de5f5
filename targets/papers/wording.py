"""The words of a report, built from its figures: a draft that people edit before the report is signed."""

import datetime as dt
from collections import Counter

TITLES = {
    "results": "Kết quả thực hiện các chỉ tiêu",
    "places": "Sản phẩm theo địa bàn, hạng sao",
    "new": "Sản phẩm được công nhận trong năm",
    "producers": "Chủ thể",
    "assessment": "Đánh giá chung, tồn tại, nguyên nhân",
    "next": "Nhiệm vụ, giải pháp thời gian tới",
}
BEHIND, REACHED, PACE = "chậm", "đạt", "đúng tiến độ"


def paragraphs(figures):
    """A first draft: one paragraph for each part, in the order of the paper."""
    made = {
        "results": _results(figures),
        "places": _places(figures),
        "new": _new(figures),
        "producers": _producers(figures),
        "assessment": _assessment(figures),
        "next": _next(figures),
    }
    return [{"key": key, "title": TITLES[key], "text": text} for key, text in made.items()]


def _day(figures):
    return f"{dt.date.fromisoformat(figures['as_of']):%d/%m/%Y}"


def _labels(rows):
    return "; ".join(row["label"][0].lower() + row["label"][1:] for row in rows)


def _results(figures):
    said = [f"{row['label']}: {row['text']}{_planned(row)}" for row in figures["targets"]]
    if not said:
        return ""
    return f"Đến hết ngày {_day(figures)}: " + "; ".join(said) + "."


def _planned(row):
    return f" (kế hoạch {row['plan']}, {row['word']})" if row["plan"] else ""


def _places(figures):
    by_star = [f"{row['text']} sản phẩm {row['stars']} sao" for row in figures["stars"] if row["low"]]
    known = [row for row in figures["districts"] if row["total"]["low"] is not None]
    said = [f"{row['name']} {row['total']['text']}" for row in known]
    parts = ["Theo hạng sao: " + ", ".join(by_star) + "."] if by_star else []
    parts += ["Theo địa bàn: " + "; ".join(said) + "."] if said else []
    return " ".join(parts)


def _new(figures):
    if not figures["new"]:
        return f"Đến hết ngày {_day(figures)}, cổng chưa ghi quyết định công nhận sản phẩm mới trong năm."
    counted = sorted(Counter(row["stars"] for row in figures["new"]).items(), reverse=True)
    said = ", ".join(f"{number} sản phẩm {stars} sao" for stars, number in counted)
    return f"Trong năm có {len(figures['new'])} sản phẩm được công nhận lần đầu, gồm {said}."


def _producers(figures):
    if not figures["developed"]:
        return (
            f"Đến hết ngày {_day(figures)}, cổng chưa ghi chủ thể được phát triển mới hoặc củng cố trong năm."
        )
    kinds = "; ".join(f"{row['kind']} {row['text']}" for row in figures["kinds"])
    return f"{len(figures['developed'])} chủ thể được phát triển mới, củng cố trong năm: {kinds}."


def _assessment(figures):
    rows = figures["targets"]
    parts = []
    for word, lead in (
        (REACHED, "Chỉ tiêu đã đạt"),
        (PACE, "Chỉ tiêu đúng tiến độ"),
        (BEHIND, "Chỉ tiêu chậm"),
    ):
        if found := [row for row in rows if row["word"] == word]:
            parts.append(f"{lead}: {_labels(found)}.")
    if unknown := [row for row in rows if row["low"] is None]:
        parts.append(f"Chưa có số liệu để đánh giá: {_labels(unknown)}.")
    return " ".join(parts)


def _next(figures):
    late = [row for row in figures["targets"] if row["word"] == BEHIND]
    if not late:
        return "Tiếp tục thực hiện các nhiệm vụ của kế hoạch năm."
    return f"Tập trung vào các chỉ tiêu đang chậm: {_labels(late)}."
