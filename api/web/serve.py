"""The service as a process: a socket, uvicorn, and what to try first."""

from __future__ import annotations

import datetime
import errno
import json
import logging
import shlex
import socket
from contextlib import suppress
from functools import partial
from typing import Any, cast

import uvicorn

from dsl.faults import Fault, draw, phrase, shown
from dsl.words import Lang

from ..store import News, Registry, Shelf, watch
from .app import create_app
from .connection import Connection, Watch
from .examples import samples
from .service import Service

LOG = logging.getLogger("premia")
LISTED = 20  # plans in a line of the log


def serve(registry: Registry, host: str, port: int, lang: Lang | None = None) -> Fault | None:
    """Answer until somebody stops it, or the fault of an address that cannot be had.

    With a language, what to try first is printed as soon as there is an answer to it. Port 0 is any free one.
    New plans are taken up while it answers, and the log says so.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listening = socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        reason = (f"phrase:{_reason(error)}",)
        return Fault("P630", facts={"host": host, "port": str(port), "reason": reason})
    with listening:
        if lang is not None:
            print(greeting(registry.shelf, address(host, listening.getsockname()[1]), lang), flush=True)
        end = watch(registry, lambda news: log(news, lang or "en"))
        try:
            with suppress(KeyboardInterrupt):
                uvicorn.Server(config(create_app(registry))).run(sockets=[listening])
        finally:
            end()
    return None


def config(app: Service) -> uvicorn.Config:
    """How uvicorn serves the application.

    No log of requests, no headers of a proxy, no name of the server: nobody here asks for them, and each
    costs a part of every request.
    """
    limits = app.room.limits
    watch = Watch(limits)
    return uvicorn.Config(
        app,
        # The type is that of a class; uvicorn only calls it.
        http=cast(type[Connection], partial(Connection, watch)),
        callback_notify=watch.look,
        timeout_notify=1,
        log_config=LOGGING,
        log_level="warning",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_keep_alive=limits.keep,
        timeout_graceful_shutdown=limits.grace,
    )


def address(host: str, port: int) -> str:
    """Where a browser on this machine finds the service."""
    reached = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    return f"http://[{reached}]:{port}" if ":" in reached else f"http://{reached}:{port}"


def greeting(shelf: Shelf, at: str, lang: Lang) -> str:
    """What to try first: the description, the plans, and an example that is paid."""
    rows = [
        phrase("serve_ready", lang).format(address=at),
        "",
        f"  {phrase('serve_docs', lang)} {at}/docs",
        f"  {phrase('serve_plans', lang)} curl {at}/plans",
    ]
    if several := samples(shelf):
        sample = next((sample for sample in several if sample.lang == lang), several[0])
        body = json.dumps({**sample.request, "lang": lang}, ensure_ascii=False)
        title = phrase("serve_example", lang).format(plan=sample.entry.id)
        order = f"curl {at}/evaluate -H 'Content-Type: application/json' -d {shlex.quote(body)}"
        rows.extend(["", f"  {title}", "", f"  {order}"])
    return "\n".join([*rows, ""])


def _reason(error: OSError) -> str:
    """Why an address cannot be had: the name of a phrase."""
    match error.errno:
        case errno.EADDRNOTAVAIL | socket.EAI_NONAME:
            return "address_unknown"
        case errno.EADDRINUSE:
            return "address_taken"
        case errno.EACCES:
            return "address_forbidden"
        case _:
            return "address_failing"


# ── The log ──────────────────────────────────────────────────────────────────────────────────────────────


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


def log(news: News, lang: Lang) -> None:
    """Say in the log what was taken up, and what is wrong with it."""
    if news.changed:
        revision = news.shelf.revision
        where = f"{revision.short}, {shown(revision.author)}" if revision else "—"
        plans = ", ".join(map(shown, news.changed[:LISTED])) + ", …" * (len(news.changed) > LISTED)
        LOG.warning(phrase("registry_new", lang).format(where=where, plans=plans))
    for fault, source in news.told:
        LOG.warning("%s", draw(fault, source, lang))
