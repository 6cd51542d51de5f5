"""What a leaving person's seats are to a council: they stay until a decision changes the council."""

from accounts.handover import Piece
from evaluation.models import ScoreSheet, Seat

BY_DECISION = "Thay thành viên hội đồng cần quyết định của người lập hội đồng."


def pieces(person):
    """Seats on councils at work, and sheets not handed in."""
    for seat in Seat.objects.at_work().of(person).select_related("council"):
        yield Piece(
            "Ghế hội đồng", f"{seat.get_post_display()}, {seat.council}", moves=False, why=BY_DECISION
        )
    for sheet in ScoreSheet.objects.waiting_for(person):
        yield Piece("Phiếu chấm", str(sheet.case), moves=False, why="Mỗi phiếu là của riêng một thành viên.")


def pass_on(person, to, *, by):
    """Nothing passes by an officer's word."""
