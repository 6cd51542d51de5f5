"""Finding a text anywhere: in every column of every table, and in lines of the log."""

import io
import logging
from contextlib import contextmanager

from django.db import connection

from foundation.ui.logs import JsonFormatter

TEXT_COLUMNS = """
select table_name, column_name from information_schema.columns
where table_schema = 'public' and data_type in ('text', 'character varying', 'character', 'jsonb', 'json', 'ARRAY')
order by 1, 2
"""


def columns_with(*canaries):
    """Every (table, column) in which one of these texts stands."""
    found = set()
    with connection.cursor() as cursor:
        cursor.execute(TEXT_COLUMNS)
        for table, column in cursor.fetchall():
            quoted = f'"{column}"::text like any(%s)'
            cursor.execute(
                f'select 1 from "{table}" where {quoted} limit 1', [[f"%{text}%" for text in canaries]]
            )
            if cursor.fetchone():
                found.add((table, column))
    return found


@contextmanager
def log_lines(formatter=None):
    """What the portal logs meanwhile, as it stands in the file: a list of lines, filled when the block ends."""
    out, lines, root = io.StringIO(), [], logging.getLogger()
    handler = logging.StreamHandler(out)
    handler.setFormatter(formatter or JsonFormatter())
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    try:
        yield lines
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
        lines.extend(out.getvalue().splitlines())
