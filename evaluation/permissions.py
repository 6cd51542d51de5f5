"""Who may do what with councils, cases and sheets. Whether the moment is right, the MOVES tables say."""

from evaluation.models import OTHER_HAND, Council, Post
from products.permissions import acts_for


def may_run(user, council):
    """Keeps the council's papers: its secretary, or an officer of its very unit."""
    return Council.objects.run_by(user).filter(pk=council.pk).exists()


def may_admit(user, council):
    """Whoever keeps the papers, while the council is at work."""
    return Council.objects.run_by(user).at_work().filter(pk=council.pk).exists()


def may_preside(user, case):
    """The chair opens sheets, sends them back, concludes."""
    return case.council.holds(user, Post.CHAIR)


def is_of_the_producer(user, case):
    """Acts for the producer whose product is judged, so never scores it."""
    return acts_for(user, case.dossier.product.entity)


def may_score(user, sheet):
    """The member whose sheet it is, unless acting for the producer."""
    return sheet.seat.user_id == user.pk and not is_of_the_producer(user, sheet.case)


def may_settle(user, case):
    """Forwards, sends down or closes: whoever keeps the papers of the council that concluded."""
    return may_run(user, case.council)


def may_record_decision(user, case):
    """Whoever keeps the papers of the council whose office issues the decision."""
    return may_run(user, case.recognising_council)


def hand_of(user, case):
    """As what this person may ask for another turn of scoring: chair or secretary; None for everybody else."""
    return case.council.seats.filter(user=user, post__in=OTHER_HAND).values_list("post", flat=True).first()


def may_second(user, proposal):
    """Confirms another turn: the other one of chair and secretary, never the person who proposed it."""
    return (
        user.pk != proposal.proposed_by_id
        and hand_of(user, proposal.case) == OTHER_HAND[proposal.proposed_as]
    )


def may_enter_paper(user, sheet):
    """The council's secretary types the paper sheet of another member who may score."""
    is_other = sheet.seat.user_id != user.pk
    return is_other and sheet.case.council.holds(user, Post.SECRETARY) and may_score(sheet.seat.user, sheet)


def may_print_sheets(user, case):
    """Blank sheets hold no secret: whoever works for the council."""
    return Council.objects.worked_by(user).filter(pk=case.council_id).exists()


def may_advise(user, sheet):
    """The adviser whose sheet it is, unless acting for the producer."""
    return sheet.user_id == user.pk and not is_of_the_producer(user, sheet.case)
