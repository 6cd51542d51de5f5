"""How far a case has come, told in one line."""

from evaluation import actions
from evaluation.models import Answer, Case, Post, ScoreSheet
from foundation import clock
from tests.factories.evaluation import case_before, fill, middling

THREE_STARS = {"pick": middling(3), "c_4_3": 0, "c_4_2": 0, "c_6_5": 0, "c_6_4": 0}  # 59 points
FOUR_STARS = {"pick": middling(4), "c_2_1": 5, "c_5_2": 5}  # 81 points
ONE_STAR = {"pick": middling(0)}  # 12 points


def holder(council, post):
    """The person in that post."""
    return council.seats.filter(post=post).order_by("pk").first().user


def sheet_of(case, user):
    """That person's sheet as it stands in the database."""
    return ScoreSheet.objects.with_scores().get(case=case, seat__user=user)


def again(case):
    """The case as it stands in the database."""
    return Case.objects.for_list().get(pk=case.pk)


def handed_in(case, **choices):
    """Every sheet filled in and handed in."""
    for sheet in case.sheets.select_related("seat__user"):
        actions.state(case, by=sheet.seat.user, answer=Answer.NONE)
        fill(sheet, **choices)
        actions.hand_in(sheet, by=sheet.seat.user)
    return again(case)


def opened(case, **choices):
    """Handed in, and opened by the chair."""
    case = handed_in(case, **choices)
    actions.open_case(case, by=holder(case.council, Post.CHAIR))
    return again(case)


def concluded(case, **choices):
    """Opened and concluded."""
    case = opened(case, **choices)
    actions.conclude(case, by=holder(case.council, Post.CHAIR), conclusion="Nhất trí.")
    return again(case)


def proposed(case, *members, reason="Trao đổi tiêu chí 1.4.", due_on=None, by=None):
    """The chair asks these members (all of them, when nobody is named) to score again."""
    sheets = case.sheets.handed_in()
    if members:
        sheets = sheets.filter(seat__user__in=members)
    facts = {"reason": reason, "due_on": due_on or clock.today()}
    return actions.propose_turn(case, list(sheets), by=by or holder(case.council, Post.CHAIR), **facts)


def reopened(case, *members, **facts):
    """Proposed by the chair, confirmed by the secretary: the sheets are back."""
    actions.confirm_turn(proposed(case, *members, **facts), by=holder(case.council, Post.SECRETARY))
    return again(case)


def forwarded(council, area, **choices):
    """A case of the district, concluded with enough points and sent on."""
    case = concluded(case_before(council, area=area), **(choices or FOUR_STARS))
    actions.forward(case, by=holder(council, Post.SECRETARY))
    return again(case)


def taken_up(case, upper):
    """The forwarded case before the upper council."""
    return actions.admit_forwarded(case, upper, by=holder(upper, Post.SECRETARY))


def sent_down(case, upper):
    """Judged at three stars by the upper council and sent down again."""
    above = concluded(taken_up(case, upper), **THREE_STARS)
    actions.send_down(above, by=holder(upper, Post.SECRETARY))
    return again(above)
