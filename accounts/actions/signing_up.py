"""A new account for a person who has none, by invitation or by signing up."""

from django.core.exceptions import ValidationError

from accounts.actions.people import enter_charge
from accounts.models import Role, User
from foundation import clock
from foundation.trail.moves import write


def new_account(*, username, full_name, password, act, **facts):
    """A person who may sign in, in the caller's transaction; who may be one was asked by the deed that calls this."""
    if User.objects.filter(username=username).exists():
        raise ValidationError({"username": "Tên đăng nhập này đã có người dùng. Hãy chọn tên khác."})
    person = User.objects.create_user(username, password, full_name=full_name, **facts)
    write(person, act, by=person)
    return person


def make_producer(person, *, by, basis):
    """The person may work for producers from today on; whoever may already, may."""
    today = clock.today()
    if not person.assignments.overlapping(Role.PRODUCER, None, today, None).exists():
        enter_charge(person, by=by, role=Role.PRODUCER, area=None, start=today, basis=basis)
