"""The draft of the decision that sets a council up, with its seats and its advisory team."""

from evaluation.models import Post
from evaluation.papers.frame import AUTHORITY, ROLE, day_in_words, framed, signs
from foundation.regimes.models import Regime

RECIPIENTS = ("Như Điều 3;", "Lưu: VT.")


def establishment(council):
    """The decision as a paper. Always a draft: the office issues it outside the portal and its scan is kept."""
    day = council.decided_on
    about = f"Về việc thành lập {council.name}"
    frame = framed(
        council, name="Quyết định", about=about, symbol="QĐ-UBND", day=day, number=council.decision_number,
        draft=True, recipients=RECIPIENTS, by_issuer=True,
    )  # fmt: skip
    return frame | {
        "issuer": council.issuer,
        "council": council.name,
        "number": council.decision_number,
        "day_text": day_in_words(day),
        "grounds": [f"Căn cứ {law};" for law in _laws(day)],
        "rules_source": council.rules_source,
        "seats": [
            {
                "order": order,
                "name": seat.held_by,
                "title": ", ".join(filter(None, (seat.user.title, seat.employer))),
                "post": seat.get_post_display(),
                "scores": "Có" if seat.scores else "Không",
            }
            for order, seat in enumerate(_founders(council), 1)
        ],
        "advisers": [
            {
                "order": order,
                "name": adviser.name,
                "title": adviser.user.title,
                "duty": adviser.get_duty_display(),
            }
            for order, adviser in enumerate(council.advisers.in_force(day).for_list().order_by("pk"), 1)
        ],
        "sign": signs(AUTHORITY, ROLE),
    }


def _founders(council):
    """The seats that the decision itself gives: those of its own day, the chair first, in the order of the posts."""
    seats = council.seats.filter(replaces=None).in_force(council.decided_on).for_list().order_by("pk")
    return sorted(seats, key=lambda seat: Post.values.index(seat.post))


def _laws(day):
    """The law under which dossiers are taken on that day, where the portal knows one."""
    try:
        return [Regime.objects.for_filing(day).law]
    except Regime.DoesNotExist:
        return []
