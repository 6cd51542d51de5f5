"""The second wall around sealed sheets: the database itself shows a person nothing sealed of anybody else.

Row security on scores and opinions, on advice and on their past (migrations 0004, 0009) reads the setting
``portal.person``, local to a transaction: nothing set, or nonsense, means no rows. Whoever works for a person says
so with ``read_by``; then each statement about these tables is preceded, in its own transaction, by that person's
name. Requests do so by the middleware below.
The owner of the tables passes: migrations, the demonstration and the tests run as the owner.
"""

import contextlib
import re

from django.db import DatabaseError, NotSupportedError, connection

TABLES = ("evaluation_score", "evaluation_opinion", "evaluation_advisoryscore")
PAST = (
    "evaluation_scorechange",
    "evaluation_pastsheet",
    "evaluation_pastscore",
)  # the database alone writes here
POLICIES = {"sealed_read", "sealed_add", "sealed_change", "sealed_remove"}  # on each of the sealed tables
STANDS = {table: POLICIES for table in TABLES} | {table: POLICIES & {"sealed_read"} for table in PAST}
SEALED = re.compile(rf"\b({'|'.join(STANDS)})\b")
NOBODY = "0"  # whose seat no row is: opened sheets can be read, sealed ones cannot
NAME = "select set_config('portal.person', '{}', true)"


def name_of(person):
    """Under which name this person reads: the key; nobody's while somebody else looks through these eyes."""
    if not person.is_authenticated:
        return ""
    return NOBODY if person.looked_through_by else str(person.pk)


@contextlib.contextmanager
def read_by(person):
    """Inside, statements about what is sealed are this person's; where two are nested, the inner one counts."""
    named = False

    def say_who(execute, sql, params, many, context):
        nonlocal named
        if not SEALED.search(str(sql)):
            return execute(sql, params, many, context)
        if context["cursor"].cursor.name:
            raise NotSupportedError(
                "Read what is sealed without iterator(): its cursor cannot be told who reads."
            )
        named = True
        # One message of two statements is one transaction (or part of the caller's) and one round trip.
        return execute(f"{NAME.format(name_of(person))}; {sql}", params, many, context)

    try:
        with connection.execute_wrapper(say_who):
            yield
    finally:
        if named and connection.in_atomic_block:
            forget()


def forget():
    """The rest of the transaction is nobody's; a broken one shows nothing any more."""
    with contextlib.suppress(DatabaseError), connection.cursor() as cursor:
        cursor.execute(NAME.format(""))


class SealedSheets:
    """Stands behind the one who acts: what a request asks about sheets is asked as that person."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        with read_by(request.user):
            return self.get_response(request)


STANDING = """
select c.relrowsecurity, coalesce(array_agg(p.polname::text) filter (where p.polname is not null), '{}')
from pg_class c left join pg_policy p on p.polrelid = c.oid
where c.oid = %s::regclass group by c.oid, c.relrowsecurity
"""
PASSES = (
    "select rolsuper or rolbypassrls or pg_has_role(rolname, %s, 'MEMBER') from pg_roles where rolname = %s"
)


def gaps(role):
    """What is missing of the wall against this role, as sentences; a role that is not there has none of its own."""
    found = []
    with connection.cursor() as cursor:
        for table, known in STANDS.items():
            cursor.execute(STANDING, [table])
            enabled, policies = cursor.fetchone()
            if not enabled:
                found.append(f"Bảng {table} không bật bảo vệ theo dòng.")
            if set(policies) != known:
                found.append(f"Bảng {table} thiếu hoặc thừa quy tắc bảo vệ theo dòng.")
        cursor.execute("select tableowner from pg_tables where tablename = %s", [TABLES[0]])
        cursor.execute(PASSES, [cursor.fetchone()[0], role])
        passes = cursor.fetchone()
    if passes and passes[0]:
        found.append(f"Vai trò {role} vượt được bảo vệ theo dòng.")
    return found
