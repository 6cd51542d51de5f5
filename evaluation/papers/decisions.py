"""Papers of a recognition decision: the proposal to the office, the decision with its annex."""

from collections import Counter

from evaluation.models import DraftStatus, Post
from evaluation.papers.frame import BLANK, day_in_words, framed, shown_day, shown_total, signs


def rows_of(lines):
    """The annex as rows; ``stars`` as they are or would be recognised."""
    return [
        {
            "order": order,
            "product": line.case.dossier.product.name,
            "entity": line.case.dossier.product.entity.name,
            "place": line.case.dossier.product.area.place if line.case.dossier.product.area else "",
            "product_code": line.case.dossier.product_code or "",
            "concluded_on": shown_day(line.case.concluded_on),
            "total": shown_total(line.case.total),
            "stars": str(stars_of(line)),
        }
        for order, line in enumerate(lines, 1)
    ]


def stars_of(line):
    """What the release gave, or would give."""
    return line.rating.stars if line.rating else line.case.next_step.stars or "–"


def sums(rows):
    """2 sản phẩm 4 sao; 3 sản phẩm 3 sao."""
    counted = Counter(row["stars"] for row in rows)
    return "; ".join(
        f"{number} sản phẩm {stars} sao" for stars, number in sorted(counted.items(), reverse=True)
    )


def _is_draft(draft):
    """Whether the paper carries the mark of a draft."""
    return draft.status != DraftStatus.RELEASED


def proposal(draft, lines):
    """The council's proposal to its office."""
    council = draft.council
    chair = council.seats.filter(post=Post.CHAIR).select_related("user").first()
    return framed(
        council,
        name="Tờ trình",
        about="Về việc công nhận kết quả đánh giá, phân hạng sản phẩm OCOP",
        symbol="TTr-HĐ",
        draft=_is_draft(draft),
        recipients=("Như trên;", "Lưu: Hội đồng."),
    ) | {
        "to": council.issuer,
        "council": council.name,
        "grounds": _lines(draft.grounds),
        "rows": rows_of(lines),
        "lower": [
            {"product": line.case.dossier.product.name, "rule": line.case.lower_rule.text}
            for line in lines
            if line.case.lower_rule
        ],
        "sign": signs("TM. Hội đồng", "Chủ tịch Hội đồng", str(chair.user) if chair else ""),
    }


def decision(draft, lines):
    """The decision with its annex; a draft until it is released."""
    rows = rows_of(lines)
    months = sorted({line.case.dossier.regime.certificate_months for line in lines})
    frame = framed(
        draft.council, name="Quyết định",
        about="Về việc công nhận kết quả đánh giá, phân hạng sản phẩm OCOP", symbol="QĐ-UBND", day=draft.day,
        number=draft.number, draft=_is_draft(draft), recipients=_lines(draft.recipients), by_issuer=True,
    )  # fmt: skip
    frame["heading"]["place_date"] = f"{draft.place}, {day_in_words(draft.day)}"
    return frame | {
        "issuer": draft.council.issuer,
        "council": draft.council.name,
        "number": draft.number or f"{BLANK}/QĐ-UBND",
        "day_text": day_in_words(draft.day),
        "grounds": _lines(draft.grounds),
        "months": ", ".join(str(number) for number in months),
        "rows": rows,
        "sums": sums(rows),
        "sign": signs(draft.signer_authority, draft.signer_role, draft.signer_name),
    }


def _lines(text):
    return [line.strip() for line in text.split("\n") if line.strip()]
