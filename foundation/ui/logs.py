"""One JSON line per event, without personal data: what people typed stays out of messages of failures too."""

import datetime as dt
import json
import logging
import re
import traceback

from django.db import Error as DatabaseTrouble

QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'|“[^”]*”", re.DOTALL)
LINE_ENDS = {"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"}


class JsonFormatter(logging.Formatter):
    """A log record as one line of JSON; what stands in ``record.facts`` becomes fields of its own."""

    def format(self, record):
        line = {
            "time": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "event": record.getMessage(),
            **getattr(record, "facts", {}),
        }
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        text = json.dumps(line, ensure_ascii=False, default=str)
        for end, written in LINE_ENDS.items():
            text = text.replace(end, written)
        return text

    def formatException(self, ei):
        """Where it failed, through every cause, and what kind of failure it was; values in the message are left out."""
        blocks, failure = [], ei[1]
        while failure is not None:
            where = "".join(traceback.format_tb(failure.__traceback__))
            blocks.append(f"{where}{named(failure)}")
            failure = failure.__cause__ or (None if failure.__suppress_context__ else failure.__context__)
        return "\n".join(reversed(blocks))


def named(failure):
    """The kind of a failure and its message without values: a database's message repeats whole rows, others quote."""
    kind = type(failure).__qualname__
    if isinstance(failure, DatabaseTrouble) or hasattr(failure, "pgcode"):
        facts = getattr(failure.__cause__, "diag", None) or getattr(failure, "diag", None)
        found = (getattr(facts, "sqlstate", None), getattr(facts, "constraint_name", None))
        return f"{kind} {' '.join(filter(None, found))}".rstrip()
    return f"{kind}: {QUOTED.sub('…', str(failure))}"
