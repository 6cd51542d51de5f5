"""When the clocks ring: the timetable of beat. Each entry goes stale before the next one rings."""

from celery.schedules import crontab


def rings(task, schedule, expires):
    """One clock; seconds or a crontab, and the seconds after which a ring that nobody heard is dropped."""
    return {"task": task, "schedule": schedule, "options": {"expires": expires}}


TIMETABLE = {
    "forgotten jobs": rings("foundation.jobs.tasks.sweep", 5.0, 5),
    "sign of life": rings("foundation.jobs.tasks.pulse", 2.0, 4),
    "sign-in upkeep": rings("accounts.tasks.sweep_sign_in", 3600.0, 3600),
    "progress reports": rings("targets.tasks.write_due_reports", 600.0, 600),
    "head of the trail": rings("ocop_portal.tasks.sign_head_of_the_day", 600.0, 600),
    "room on the volumes": rings("ocop_portal.tasks.watch_volumes", 900.0, 900),
    "head of the register": rings("ocop_portal.tasks.sign_register_of_the_day", 600.0, 600),
    "terms of personal data": rings("accounts.tasks.keep_privacy_terms", crontab(hour=2, minute=30), 3600),
    "yearly returns": rings("products.tasks.ask_for_returns", 3600.0, 3600),
    "deadlines of dossiers": rings("products.tasks.remind_of_deadlines", crontab(hour=7, minute=15), 3600),
    "terms of certificates": rings("products.tasks.tend_certificates", 3600.0, 3600),
    "letters": rings("accounts.tasks.send_letters", 10.0, 10),
    "digests": rings("accounts.tasks.gather_digests", 600.0, 600),
    "old notices": rings("accounts.tasks.clear_notices", crontab(hour=3, minute=0), 3600),
    "files without a verdict": rings("foundation.files.tasks.look_again", 60.0, 60),
    "files left behind": rings("foundation.files.tasks.clear_files", crontab(hour=3, minute=30), 3600),
}
