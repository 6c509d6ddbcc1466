"""`python -m bench.service.serve NAME`: one of the services on a free port, which it prints."""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable, Mapping

import uvicorn
from fastapi import FastAPI

from ..people import PLAN


def ours() -> uvicorn.Config:
    """Premia with the reference plan on its shelf, as `premia serve` serves it."""
    from api.store import registry
    from api.web import create_app
    from api.web.serve import config

    return config(create_app(registry(PLAN.parent)))


def guide() -> uvicorn.Config:
    """The hand-written service."""
    from .guide import app

    return usual(app)


def echo() -> uvicorn.Config:
    """The service that sends the body back."""
    from .echo import app

    return usual(app)


def usual(app: FastAPI) -> uvicorn.Config:
    """As uvicorn is started by most, but for its log of requests, which would be most of what is measured."""
    return uvicorn.Config(app, loop="uvloop", http="httptools", log_level="warning", access_log=False)


SERVICES: Mapping[str, Callable[[], uvicorn.Config]] = {"ours": ours, "guide": guide, "echo": echo}


def main(name: str) -> None:
    """Serve until told to end."""
    config = SERVICES[name]()
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    listening.listen()  # who comes before it answers waits
    print(listening.getsockname()[1], flush=True)
    uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    main(sys.argv[1])
