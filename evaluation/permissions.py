"""Who may do what with councils, cases and sheets. Whether the moment is right, the MOVES tables say."""

from evaluation.models import OTHER_HAND, Answer, Case, CaseStatus, Council, Post
from evaluation.models.councils import OFFICE, SECRETARIES
from foundation import clock
from foundation.areas.models import Area
from products.permissions import acts_for


def may_run(user, council):
    """Keeps the council's papers: its secretary, or an officer of its very unit."""
    return Council.objects.run_by(user).filter(pk=council.pk).exists()


def may_establish(user, area):
    """An officer of that very unit, a district or the province, sets up its council."""
    role = OFFICE.get(area.kind)
    return role is not None and Area.objects.same_as(user.areas_as(role)).filter(pk=area.pk).exists()


def may_direct(user, council):
    """Changes the council's rules and people, and ends it: an officer of its very unit, not its secretary."""
    return Council.objects.directed_by(user).filter(pk=council.pk).exists()


def may_admit(user, council):
    """Whoever keeps the papers, while the council is at work."""
    return Council.objects.run_by(user).at_work().filter(pk=council.pk).exists()


def may_preside(user, case):
    """The chair opens sheets, sends them back, concludes; a vice chair where the chair has stood aside or left."""
    return Case.objects.filter(pk=case.pk).presided_by(user).exists()


def may_state(user, case):
    """Whoever holds a seat that scores states for this very seat."""
    return case.seat_of(user) is not None


def may_read_evidence(user, case):
    """Everybody who sees the case; its judges once they have stated no conflict, those who stood aside never."""
    seat = case.seat_of(user)
    if seat is None:
        return True
    if seat.stated is None:
        return case.status not in (CaseStatus.SCORING, CaseStatus.OPENED)
    return seat.stated == Answer.NONE


def is_of_the_producer(user, case):
    """Acts for the producer whose product is judged, so never scores it."""
    return acts_for(user, case.dossier.product.entity)


def may_score(user, sheet):
    """The member whose sheet it is, while the seat counts, unless acting for the producer or standing aside."""
    own = sheet.seat.user_id == user.pk and sheet.seat.counts_on(clock.today())
    return own and sheet.said != Answer.CONFLICT and not is_of_the_producer(user, sheet.case)


def may_settle(user, case):
    """Forwards, sends down or closes: whoever keeps the papers of the council that concluded."""
    return may_run(user, case.council)


def may_record_decision(user, case):
    """Whoever keeps the papers of the council whose office issues the decision."""
    return may_run(user, case.recognising_council)


def hand_of(user, case):
    """As what this person may ask for another turn of scoring: the chair's hand (whoever presides) or the secretary's.

    None for everybody else.
    """
    if may_preside(user, case):
        return Post.CHAIR
    return Post.SECRETARY if case.council.holds(user, *SECRETARIES) else None


def may_second(user, proposal):
    """Confirms another turn: the other one of chair and secretary, never the person who proposed it."""
    return (
        user.pk != proposal.proposed_by_id
        and hand_of(user, proposal.case) == OTHER_HAND[proposal.proposed_as]
    )


def may_enter_paper(user, sheet):
    """A secretary of the council, scoring or not, types the paper sheet of another member who may score."""
    is_other = sheet.seat.user_id != user.pk
    return is_other and sheet.case.council.holds(user, *SECRETARIES) and may_score(sheet.seat.user, sheet)


def may_print_sheets(user, case):
    """Blank sheets hold no secret: whoever works for the council."""
    return Council.objects.worked_by(user).filter(pk=case.council_id).exists()


def may_advise(user, sheet):
    """The adviser whose sheet it is, while on the council's team, unless acting for the producer."""
    advised = Council.objects.advised_by(user).filter(pk=sheet.case.council_id)
    return sheet.user_id == user.pk and advised.exists() and not is_of_the_producer(user, sheet.case)


def may_draft(user, draft):
    """Drafts, fills and releases the decisions of an office: whoever keeps its council's papers."""
    return may_run(user, draft.council)
