"""What a request asks: its body, read exactly, and the reader's language."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from functools import lru_cache

from starlette.requests import Request
from starlette.types import Scope

from dsl.faults import Fact, Fault, nearest
from dsl.source import Source
from dsl.words import LANGS, Lang

from ..exact import SIZE, read_json, size
from ..person import mistyped, surplus, text_field

Table = dict[str, object]

SHORT = 64 * 1024  # bytes of a body that is read at once; a longer one is read apart from the service
SUBJECT = ("plan", "source", "version", "revision")  # the plan that a request is about


@dataclass(frozen=True, slots=True)
class Refusal:
    """Everything that is wrong with a request; `source` is the text that the faults have places in."""

    faults: tuple[Fault, ...]
    source: Source | None = None


@dataclass(slots=True)
class Brought:
    """A body as it came, and the language that the headers of its request prefer."""

    data: bytes
    spoken: Lang

    @property
    def short(self) -> bool:
        """Whether it is read in no time."""
        return len(self.data) <= SHORT


@dataclass(slots=True)
class Asked:
    """An object that came as a body, the language to answer in, and the faults found in it so far.

    `spoken` is the language that the headers of the request prefer, whatever the body says.
    """

    body: Table
    lang: Lang
    spoken: Lang
    faults: list[Fault] = field(default_factory=list)

    def text(self, name: str) -> str | None:
        """A field that holds a text; None where there is none."""
        return text_field(self.body, name, "", self.faults)

    def choice(self, name: str) -> Lang | None:
        """A field that names a language; None where there is none."""
        value = self.text(name)
        if value is None or value in LANGS:
            return value
        facts: dict[str, Fact] = {"value": value[:40], "known": LANGS}
        self.faults.append(Fault("P619", pointer=f"/{name}", facts=facts, fix=nearest(value[:40], LANGS)))
        return None

    def people(self) -> list[object]:
        """The people of a body, at least one; none where they are missing or no list, which is entered."""
        people = self.body.get("people")
        if "people" not in self.body:
            self.faults.append(Fault("P611", pointer="", facts={"name": "people"}))
        elif not isinstance(people, list):
            self.faults.append(mistyped(people, "people", "list", "/people"))
        elif not people:
            self.faults.append(Fault("P620", pointer="/people"))
        return people if isinstance(people, list) else []


async def bring(request: Request) -> Brought | Refusal:
    """The body of a request, or why it is not taken."""
    data = await body(request)
    return Refusal((data,)) if isinstance(data, Fault) else Brought(data, spoken(request))


def ask(brought: Brought) -> Asked | Refusal:
    """What a body asks, its `lang` read; or why it cannot be read."""
    value = read_json(brought.data)
    if isinstance(value, tuple):
        # Only what is no JSON has a place, and only then is the text worth keeping.
        placed = any(fault.place for fault in value)
        return Refusal(value, Source("body", brought.data.decode("utf-8-sig")) if placed else None)
    if not isinstance(value, dict):
        return Refusal((mistyped(value, "", "object", ""),))
    asked = Asked(value, brought.spoken, brought.spoken)
    if "lang" in value:
        asked.lang = asked.choice("lang") or brought.spoken
    return asked


def unknown(asked: Asked, fields: Collection[str]) -> None:
    """Enter a fault for each field that the request must not have."""
    if not asked.body.keys() <= set(fields):
        asked.faults.extend(surplus(asked.body, fields, ""))


async def body(request: Request) -> bytes | Fault:
    """The bytes of a body of JSON, or why they are not taken."""
    kind, length = header(request.scope, b"content-type"), header(request.scope, b"content-length")
    if not _json(kind):
        return Fault("P621", facts={"type": kind[:80].decode("latin-1") or "-"})
    if length.isdigit() and (len(length) > 18 or int(length) > SIZE):
        return _too_large()
    parts: list[bytes] = []
    total = 0
    while True:
        message = await request.receive()
        if message["type"] == "http.disconnect":
            return Fault("P609", pointer="")
        part = message.get("body", b"")
        total += len(part)
        if total > SIZE:
            return _too_large()
        parts.append(part)
        if not message.get("more_body", False):
            return b"".join(parts)


def header(scope: Scope, name: bytes) -> bytes:
    """A header as it was sent, empty where there is none."""
    for key, value in scope["headers"]:
        if key == name:
            return bytes(value)
    return b""


def _too_large() -> Fault:
    return Fault("P608", pointer="", facts={"most": size(SIZE)})


@lru_cache(maxsize=64)
def _json(kind: bytes) -> bool:
    """Whether a media type is JSON in UTF-8."""
    name, *parameters = (part.strip().casefold() for part in kind.decode("latin-1").split(";"))
    charsets = [
        part.removeprefix("charset=").strip('"') for part in parameters if part.startswith("charset=")
    ]
    family = name == "application/json" or (name.startswith("application/") and name.endswith("+json"))
    return family and {"utf-8", "utf8", "us-ascii"}.issuperset(charsets)


def spoken(request: Request) -> Lang:
    """The language that a request prefers: English where it says nothing that we speak."""
    return preferred(header(request.scope, b"accept-language"))


@lru_cache(maxsize=256)
def preferred(header: bytes) -> Lang:
    """The language of an `Accept-Language` header (RFC 9110)."""
    best: tuple[float, Lang] = (0.0, "en")
    for part in header[:200].decode("latin-1").split(","):
        tag, _, weight = part.strip().partition(";")
        lang = tag.split("-")[0].strip().casefold()
        if lang in LANGS and (quality := _quality(weight)) > best[0]:
            best = (quality, lang)
    return best[1]


def _quality(weight: str) -> float:
    name, _, value = weight.strip().partition("=")
    if not weight:
        return 1.0
    return float(value) if name.strip() == "q" and value.replace(".", "", 1).isdecimal() else 0.0
