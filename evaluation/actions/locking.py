"""The lock that every deed on a case takes first, and its sheets after it."""

from evaluation.models import Case

LOOK_AGAIN = "Hãy tải lại trang để xem danh sách mới nhất."


def locked(case):
    """The case as it stands, locked until the end of the transaction."""
    return Case.objects.for_page().select_for_update(of=("self",)).get(pk=case.pk)
