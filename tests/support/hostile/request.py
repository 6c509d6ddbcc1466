"""A request as bytes, to be sent to the application itself or over a socket."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from urllib.parse import quote

Header = tuple[bytes, bytes]
JSON: Header = (b"content-type", b"application/json")


@dataclass(frozen=True, slots=True)
class Request:
    """A method, an address with what stands behind its `?`, headers and a body."""

    method: str
    target: bytes
    headers: tuple[Header, ...] = ()
    body: bytes = b""

    def over_http(self) -> bytes:
        """The request as it goes over a socket."""
        sent = dict(self.headers)
        length = sent.pop(b"content-length", b"%d" % len(self.body))
        named = [(b"host", b"localhost"), (b"content-length", length), *sent.items()]
        head = b"".join(b"%s: %s\r\n" % pair for pair in named)
        return b"%s %s HTTP/1.1\r\n%s\r\n%s" % (self.method.encode(), self.target, head, self.body)


def got(path: str, *headers: Header, **query: str) -> Request:
    """A request for an address."""
    parameters = "&".join(f"{escaped(name)}={escaped(value)}" for name, value in query.items())
    return Request("GET", f"{path}?{parameters}".encode() if query else path.encode(), headers)


def sent(path: str, body: object, *headers: Header) -> Request:
    """A request with a body."""
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Request("POST", path.encode(), headers or (JSON,), data)


def escaped(word: str) -> str:
    """A word as it stands in an address; half a character as some programs would write it."""
    return quote(word.encode("utf-8", "surrogatepass"), safe="")


def headed(name: bytes, word: str, before: bytes = b"") -> Header:
    """A word as a header; what would end the header is left out, as no server would pass it on."""
    value = word.encode("utf-8", "surrogatepass")
    return name, before + bytes(byte for byte in value if byte >= 32 and byte != 127)[:8192]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the status, the headers and the body."""

    status: int
    headers: dict[bytes, bytes] = field(default_factory=dict)
    body: bytes = b""
