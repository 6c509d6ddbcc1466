"""The application asked without a socket: a request goes in as a server hands it over."""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import unquote

from api.store import Registry
from api.web import create_app

from .request import Answer, Request


class Door:
    """An application that runs, and the loop that it runs in."""

    def __init__(self, kept: Registry) -> None:
        self.app = create_app(kept)
        self._runner = asyncio.Runner()

    def ask(self, request: Request) -> Answer:
        """The answer to a request."""
        return self._runner.run(self._asked(request))

    def close(self) -> None:
        """End the loop."""
        self._runner.close()

    async def _asked(self, request: Request) -> Answer:
        path, _, query = request.target.partition(b"?")
        scope = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "method": request.method,
            "scheme": "http",
            "path": unquote(path.decode("ascii")),
            "raw_path": path,
            "query_string": query,
            "root_path": "",
            "headers": [(b"host", b"localhost"), *request.headers],
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 80),
            "state": {},
        }
        waiting = [{"type": "http.request", "body": request.body, "more_body": False}]
        messages: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            return waiting.pop() if waiting else await asyncio.Future()

        async def send(message: Any) -> None:
            messages.append(message)

        try:
            await self.app(scope, receive, send)
        except Exception as error:  # a bug of the service, which it tells a server after it has answered
            if not messages:
                raise
            return Answer(599, {}, repr(error)[:300].encode())
        start, *rest = messages
        return Answer(
            start["status"], dict(start["headers"]), b"".join(part.get("body", b"") for part in rest)
        )
