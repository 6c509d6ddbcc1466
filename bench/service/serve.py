"""`python -m bench.service.serve NAME`: one of the services on a free port, which it prints."""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable, Mapping

import uvicorn
from fastapi import FastAPI

from ..people import PLAN


def ours() -> FastAPI:
    """Premia with the reference plan on its shelf."""
    from api.store import registry
    from api.web import create_app

    return create_app(registry(PLAN.parent))


def guide() -> FastAPI:
    """The hand-written service."""
    from .guide import app

    return app


def echo() -> FastAPI:
    """The service that sends the body back."""
    from .echo import app

    return app


SERVICES: Mapping[str, Callable[[], FastAPI]] = {"ours": ours, "guide": guide, "echo": echo}


def main(name: str) -> None:
    """Serve until told to end."""
    app = SERVICES[name]()
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    print(listening.getsockname()[1], flush=True)
    config = uvicorn.Config(app, loop="uvloop", http="httptools", log_level="warning", access_log=False)
    uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    main(sys.argv[1])
