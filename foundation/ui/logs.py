"""One JSON line per event, without personal data."""

import datetime as dt
import json
import logging


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
        return json.dumps(line, ensure_ascii=False, default=str)
