"""The log of the service: each line has its time, and nothing in it that a terminal would obey."""

from __future__ import annotations

import datetime
import logging
from typing import Any

from dsl.faults import shown


class Stamped(logging.Formatter):
    """A record as lines that each begin with the time (RFC 3339, in UTC) and the level."""

    def format(self, record: logging.LogRecord) -> str:
        """The lines of a record, be it a report or the trace of an exception."""
        moment = datetime.datetime.fromtimestamp(record.created, datetime.UTC)
        head = f"{moment.isoformat(timespec='milliseconds')} {record.levelname}"
        return "\n".join(f"{head} {shown(line)}".rstrip() for line in super().format(record).split("\n"))


# As `logging.config` takes it; uvicorn writes through the same handler.
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"stamped": {"()": Stamped}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "stamped"}},
    "loggers": {"premia": {"handlers": ["stderr"]}, "uvicorn": {"handlers": ["stderr"], "propagate": False}},
}
