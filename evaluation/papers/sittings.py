"""Papers of a sitting: invitation, filled sheets, minutes, table of points. Only what is opened is printed."""

from collections import Counter

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from evaluation.minutes import attendance_at
from evaluation.models import Post
from evaluation.models.councils import PRESIDING, SECRETARIES
from evaluation.papers.frame import day_in_words, framed, shown_day, shown_total, signs
from evaluation.scoring import Step
from evaluation.sittings import meetings, recusals_in, turns_of
from foundation.regimes.models import Criterion
from foundation.regimes.wording import points_text

NEXT = {
    Step.FORWARD: "Chuyển hồ sơ lên cấp trên đánh giá.",
    Step.RECOGNISE: "Trình cơ quan có thẩm quyền công nhận.",
    Step.SEND_DOWN: "Chuyển kết quả về cấp dưới công nhận.",
    Step.CLOSE: "Không có hạng sao được công nhận.",
    Step.CENTRAL: "Trung ương đã công nhận.",
}


def minutes(council, cases, day):
    """The minutes of the sitting that concluded these cases (``gathered``: case and its sheets), in their order."""
    dealt_with = [case for case, _ in cases]
    attendance, met, aside = attendance_at(dealt_with), meetings(dealt_with), recusals_in(dealt_with)
    turns = turns_of(dealt_with)
    return framed(council, name="Biên bản", about=f"Họp {council}", symbol="BB-HĐ", day=day) | {
        "council": council.name,
        "council_decision": f"{council.decision_number} ngày {shown_day(council.decided_on)}",
        "day": shown_day(day),
        "day_text": day_in_words(day),
        "meetings": [{"when": _moment(row.day, row.begins_at), "where": row.place} for row in met],
        "count": len(cases),
        "rules_source": council.rules_source,
        "quorum_percent": council.quorum_percent,
        "present_count": sum(row.present for row in attendance),
        "seat_count": len(attendance),
        "attendance": [
            {
                "order": order,
                "name": row.seat.held_by,
                "post": row.seat.get_post_display(),
                "present": "Có" if row.present else "Vắng",
                "reason": row.reason,
            }
            for order, row in enumerate(attendance, 1)
        ],
        "cases": [
            _case(case, sheets, order, aside[case.pk], turns[case.pk])
            for order, (case, sheets) in enumerate(cases, 1)
        ],
        "closing": f"Hội đồng đã kết luận {len(cases)} sản phẩm: {_sums(dealt_with)}.",
        **_signed(attendance),
    }


def _moment(day, hour):
    """Hour and day as papers write them."""
    return f"{hour:%H} giờ {hour:%M} phút, {day_in_words(day)}"


def _case(case, sheets, order, recusals, turns):
    """One product in the minutes."""
    verdict, spread = case.result, case.spread(sheets)
    return _product(case, order) | {
        "dossier": case.dossier.code.upper(),
        "criteria_set": verdict.set_name,
        "law": verdict.law,
        "recusals": [
            {
                "name": row.seat.held_by,
                "reason": row.reason,
                "day": shown_day(timezone.localtime(row.on).date()),
            }
            for row in recusals
        ],
        "turns": [_turn(row) for row in turns],
        "scores": [
            {
                "order": turn,
                "name": sheet.seat.held_by,
                "post": sheet.seat.get_post_display(),
                "points": str(points),
            }
            for turn, (sheet, points) in enumerate(zip(sheets, verdict.sheets, strict=True), 1)
        ],
        "total": shown_total(verdict.total),
        "spread": spread.points,
        "spread_rule": spread.rule,
        "reasons": list(verdict.reasons[:-1]),  # the last one is the outcome, printed by itself
        "verdict": stars_text(case),
        "next": NEXT[case.next_step.step],
        "conclusion": case.conclusion,
    }


def _turn(reopening):
    """Another turn of scoring: who asked, who agreed, whose sheets, why."""
    decided = timezone.localtime(reopening.decided_at)
    return {
        "turn": reopening.turn + 1,
        "members": ", ".join(sheet.seat.held_by for sheet in reopening.sheets.all()),
        "proposed_by": f"{reopening.proposed_by} ({reopening.get_proposed_as_display()})",
        "decided_by": str(reopening.decided_by),
        "day": shown_day(decided.date()),
        "reason": reopening.reason.rstrip("."),
    }


def stars_text(case):
    """The outcome in a few words."""
    verdict = case.result
    if verdict.struck_out:
        return "hồ sơ bị loại"
    return (
        f"{verdict.stars} sao"
        if verdict.certified
        else f"{verdict.stars} sao, không thuộc hạng được công nhận"
    )


def _sums(cases):
    """How many products of each outcome."""
    counted = Counter(stars_text(case) for case in cases)
    return "; ".join(f"{number} sản phẩm {what}" for what, number in sorted(counted.items(), reverse=True))


def _product(case, order):
    product = case.dossier.product
    return {
        "order": order,
        "code": case.code,
        "product": product.name,
        "entity": product.entity.name,
        "place": product.area.place if product.area else "",
    }


def _signed(attendance):
    """The two who sign: a secretary, and whoever presides (the vice chair where the chair was not there)."""
    clerk, presiding = (_first(attendance, posts) for posts in (SECRETARIES, PRESIDING))
    role = presiding.get_post_display() if presiding else Post.CHAIR.label
    return {
        "left": signs(role="Thư ký", name=clerk.held_by if clerk else ""),
        "right": signs(role=f"{role} Hội đồng", name=presiding.held_by if presiding else ""),
    }


def _first(attendance, posts):
    """The seat of whoever was there and holds the first of these posts that anybody there holds, or None."""
    here = [row.seat for row in attendance if row.present and row.seat.post in posts]
    return min(here, key=lambda seat: posts.index(seat.post), default=None)


def scores(council, cases, day):
    """The table of points: a row for each product, a column for each member who scored any of them."""
    seats = {sheet.seat_id: sheet.seat for _, sheets in cases for sheet in sheets}
    attendance = attendance_at([case for case, _ in cases])
    return framed(
        council, name="Bảng tổng hợp điểm", about=f"Kỳ họp {day_in_words(day)}", symbol="BTH-HĐ", day=day
    ) | {
        "members": [
            {"mark": f"TV{turn}", "name": seat.held_by, "post": seat.get_post_display()}
            for turn, seat in enumerate(seats.values(), 1)
        ],
        "rows": [_points(case, sheets, seats, order) for order, (case, sheets) in enumerate(cases, 1)],
        **_signed(attendance),
    }


def _points(case, sheets, seats, order):
    """One product's row in the table."""
    given = {sheet.seat_id: str(total) for sheet, total in zip(sheets, case.result.sheets, strict=True)}
    return _product(case, order) | {
        "points": [given.get(seat, "") for seat in seats],
        "total": shown_total(case.result.total),
        "spread": case.spread(sheets).points,
        "stars": str(case.result.stars) if case.result.certified else "–",
    }


def sheet(record):
    """One member's filled sheet. Take it ``with_scores``."""
    case, result = record.case, record.result()
    criteria_set = case.dossier.criteria_set
    return (
        framed(
            case.council,
            name="Phiếu chấm",
            about=f"Sản phẩm {case.dossier.product.name}",
            symbol="PC-HĐ",
            day=timezone.localtime(record.handed_in_at).date(),
        )
        | _product(case, 1)
        | {
            "member": record.seat.held_by,
            "post": record.seat.get_post_display(),
            "dossier": case.dossier.code.upper(),
            "criteria_set": f"{criteria_set} ({criteria_set.regime.law})",
            "handed_in_at": f"{timezone.localtime(record.handed_in_at):%H:%M ngày %d/%m/%Y}",
            "parts": _parts(record, result),
            "total": str(result.total),
            "strikes": [{"where": where, "reason": reason} for where, reason in record.struck],
            "remark": record.remark,
            "sign": signs(role="Người chấm", name=record.seat.held_by),
        }
    )


def _parts(record, result):
    """The criteria under their parts, each with the chosen level."""
    chosen = {score.criterion_id: score for score in record.scores.all()}
    parts = {part.code: {"code": part.code, "name": part.name, "points": points_text(part.points),
                         "most": part.max_points, "rows": []} for part in result.parts}  # fmt: skip
    for criterion in Criterion.objects.of(record.case.dossier.criteria_set):
        score = chosen.get(criterion.pk)
        option = score and score.option
        parts[criterion.part]["rows"].append(
            {
                "code": criterion.code,
                "name": criterion.name,
                "choice": option.text if option else "Không đạt mức nào" if score else "Không chấm",
                "note": score.note if score else "",
                "points": str(result.points.get(criterion.code, 0)),
                "most": criterion.max_points,
            }
        )
    return list(parts.values())


def invitation(council, cases, *, when, where):
    """The invitation to a sitting on these cases. ``when``: a local moment."""
    seats = council.seats.in_force(when.date()).select_related("user").order_by("pk")
    about = f"Họp {council}"
    chair = next((seat for seat in seats if seat.post == Post.CHAIR), None)
    return framed(
        council,
        name="Giấy mời",
        about=about,
        symbol="GM-HĐ",
        draft=False,
        recipients=("Như trên;", "Các chủ thể có sản phẩm;", "Lưu: Hội đồng."),
    ) | {
        "council": council.name,
        "members": [
            {"name": seat.held_by, "post": seat.get_post_display(), "title": seat.user.title}
            for seat in seats
        ],
        "when": _moment(when.date(), when),
        "where": where,
        "cases": [_product(case, order) for order, case in enumerate(cases, 1)],
        "address": f"{settings.PORTAL_URL}{reverse('evaluation:cases')}",
        "sign": signs("TM. Hội đồng", "Chủ tịch Hội đồng", chair.held_by if chair else ""),
    }
