"""What a worker does for the register of certificates, every day: check it, sign its head, take it out of the house."""

import json
import logging

from django.utils import timezone

from foundation.jobs.queue import enqueue, work
from ocop_portal.works import mail_witnesses
from products import register_check
from products.actions import register

log = logging.getLogger("portal.register")


def ask_for_head():
    """The job for today's head, in real time; asked again it is the same one."""
    day = timezone.localdate().isoformat()
    title = f"Ký dấu cuối sổ giấy chứng nhận ngày {day}"
    return enqueue(sign_register, title=title, effect_key=f"register-head:{day}", day=day)


@work
def sign_register(step, *, day):
    """Sign and mail the head of a whole register; a broken one is told instead of signed."""
    step(10, "Đang kiểm tra sổ giấy chứng nhận")
    if faults := register_check.faults():
        log.error("the register is broken", extra={"facts": {"faults": len(faults)}})
        mail_witnesses(day, "register_broken", {"faults": faults[:20]})
        return ""
    step(80, "Đang ký dấu cuối")
    head = register.sign_head(day)
    paper = json.dumps(head.published, ensure_ascii=False)
    mail_witnesses(day, "register_head", {"size": head.size, "root": head.root, "head": paper})
    return ""
