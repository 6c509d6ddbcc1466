"""The table: every hostile input with the requests that carry it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from typing import NamedTuple

from tests.support.service import REQUEST, Json

from .bodies import BODIES
from .plans import LONGEST, PLANS
from .request import JSON, Request, got, sent
from .routes import ONE, PAIR, PEOPLE, QUICK, TEXTS, receipt, slots
from .shelf import hostile
from .words import KINDS


class Case(NamedTuple):
    """A row: where, what, and the request."""

    where: str
    what: str
    ask: Callable[[], Request]


def words() -> Iterator[Case]:
    """Each word in each place that is meant for its kind."""
    for slot in slots():
        for kind in slot.kinds:
            for name, word in KINDS[kind].items():
                yield Case(slot.name, name, partial(slot.ask, word))


@cache
def good_bodies() -> Mapping[str, bytes]:
    """A body that each operation takes."""
    bodies: Mapping[str, object] = {
        "/evaluate": REQUEST,
        "/receipt": REQUEST,
        "/evaluate/batch": PEOPLE,
        "/simulate": QUICK,
        "/diff": PAIR,
        "/verify": receipt(),
        "/bridge": {"old": receipt(), "new": receipt()},
        **{path: {"plan": "ivanov", **more} for path, more in TEXTS.items()},
    }
    return {path: json.dumps(body).encode() for path, body in bodies.items()}


def bodies() -> Iterator[Case]:
    """Each body to `/evaluate`, and to three of the other operations in turn."""
    first, *others = good_bodies()
    for number, (name, make) in enumerate(BODIES.items()):
        for path in (first, *(others[(number + step) % len(others)] for step in (0, 3, 6))):
            yield Case(f"POST {path}", name, partial(_made, path, make))


def _made(path: str, make: Callable[[bytes], bytes]) -> Request:
    return sent(path, make(good_bodies()[path]))


# What stands beside the text of a plan in the body of each operation that takes one.
BESIDE: Mapping[str, Json] = {
    "/check": {},
    "/format": {},
    "/translate": {"to": "ru"},
    "/evaluate": ONE,
    "/evaluate/batch": {"people": [ONE] * 5},
    "/receipt": ONE,
    "/simulate": {"people": [ONE] * 5},
    "/diff": {"old": {"plan": "ivanov"}},
    "/verify": {},
}


def texts(written: Mapping[str, Callable[[], str]] = PLANS) -> Iterator[Case]:
    """Each text of a plan to `/check`, and to one of the other operations in turn."""
    first, *others = BESIDE
    for number, (name, write) in enumerate(written.items()):
        for path in (first, others[number % len(others)]):
            yield Case(f"POST {path}", name, partial(_with, path, write))


def _with(path: str, write: Callable[[], str]) -> Request:
    """A request with the text of a plan."""
    if path == "/verify":
        whole = receipt()
        return sent(path, {**whole, "plan": {**whole["plan"], "text": write()}})
    text = {"source": write()}
    return sent(path, {**BESIDE[path], **({"new": text} if path == "/diff" else text)})


def longest() -> Iterator[Case]:
    """The longest texts."""
    return texts(LONGEST)


FORMS = (
    *("", "/versions", "/inputs"),
    *(f"/curve?format={form}" for form in ("json", "html", "svg", "png")),
    *(f"/regulation?format={form}" for form in ("json", "html", "docx")),
)


def shown() -> Iterator[Case]:
    """Each hostile plan of the shelf in each form in which the service shows it."""
    for file in hostile():
        plan = file.removesuffix(".plan")
        for form in FORMS:
            yield Case(f"GET /plans/…{form}", plan, partial(got, f"/plans/{plan}{form}"))


METHODS = ("HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "EVIL", "G" * 5000)


def methods() -> Iterator[Case]:
    """Each method that nobody asked for at each address."""
    paths = [
        *good_bodies(),
        "/plans",
        "/plans/ivanov",
        "/plans/ivanov/curve",
        "/faults/P101",
        "/healthz",
        "/docs",
    ]
    for path in paths:
        for method in METHODS:
            yield Case(path, method[:20], partial(Request, method, path.encode()))


LANGUAGES = ",".join(f"ru;q=0.{number % 1000:03}" for number in range(900))[:8192]
HEADERS: Mapping[str, tuple[tuple[bytes, bytes], ...]] = {
    "many languages": (JSON, (b"accept-language", LANGUAGES.encode())),
    "a language of 8 KiB": (JSON, (b"accept-language", b"q" * 8192)),
    "a weight of 8 000 digits": (JSON, (b"accept-language", b"ru;q=0." + b"1" * 8000)),
    "no type": (),
    "said to be UTF-7": ((b"content-type", b"application/json; charset=utf-7"),),
    "two types": (JSON, (b"content-type", b"text/plain")),
    "a type of 8 KiB": ((b"content-type", b"application/" + b"x" * 8000 + b"+json"),),
    "many parameters": ((b"content-type", b"application/json" + b";a=b" * 2000),),
    "compressed": (JSON, (b"content-encoding", b"gzip")),
    "shorter than said": (JSON, (b"content-length", b"999999")),
    "longer than said": (JSON, (b"content-length", b"1")),
    "huge": (JSON, (b"content-length", b"9" * 5000)),
    "less than nothing": (JSON, (b"content-length", b"-1")),
    "Arabic digits": (JSON, (b"content-length", "٣".encode())),
    "another host": (JSON, (b"host", b"evil.example")),
    "forwarded": (JSON, (b"x-forwarded-for", b"1"), (b"x-forwarded-prefix", b"/../")),
    "500 headers": (JSON, *((b"x-%d" % number, b"1") for number in range(500))),
}


def headers() -> Iterator[Case]:
    """Each method at each address, and each set of headers to each operation that takes a body."""
    yield from methods()
    for path, good in good_bodies().items():
        for name, several in HEADERS.items():
            yield Case(f"POST {path}", name, partial(Request, "POST", path.encode(), several, good))


TABLE: Mapping[str, Callable[[], Iterator[Case]]] = {
    "words": words,
    "bodies": bodies,
    "texts": texts,
    "shown": shown,
    "headers": headers,
}
# What costs too much for every day.
LONG: Mapping[str, Callable[[], Iterator[Case]]] = {"longest": longest}
