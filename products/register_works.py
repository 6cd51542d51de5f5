"""Work behind the pages: what each day brings to certificates."""

from foundation import clock
from foundation.jobs.queue import enqueue, work
from products.actions import renewals


def ask_to_tend():
    """The job for the portal's day; asked again it is the same one."""
    day = clock.today().isoformat()
    return enqueue(
        tend, title=f"Theo dõi thời hạn giấy chứng nhận ngày {day}", effect_key=f"certificates:{day}"
    )


@work
def tend(step):
    """Reminders, letters to write, and the end of certificates whose time is over."""
    step(10, "Đang xem thời hạn của các giấy chứng nhận")
    count = renewals.tend()
    step(100, f"Xong, {count} việc")
    return ""
