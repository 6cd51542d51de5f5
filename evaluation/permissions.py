"""Who may do what with councils, cases and sheets. Whether the moment is right, the MOVES tables say."""

from evaluation.models import Council, Post
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


def may_draft(user, draft):
    """Drafts, fills and releases the decisions of an office: whoever keeps its council's papers."""
    return may_run(user, draft.council)
