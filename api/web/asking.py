"""What a request asks: its body, read exactly, and the reader's language."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from starlette.requests import Request

from dsl.faults import Fact, Fault, nearest
from dsl.source import Source
from dsl.words import LANGS, Lang

from ..exact import SIZE, read_json, size
from ..person import mistyped, surplus, text_field

Table = dict[str, object]

SUBJECT = ("plan", "source")  # the plan that a request is about: one of the two


@dataclass(frozen=True, slots=True)
class Refusal:
    """Everything that is wrong with a request; `source` is the text that the faults have places in."""

    faults: tuple[Fault, ...]
    source: Source | None = None


@dataclass(slots=True)
class Asked:
    """An object that came as a body, the language to answer in, and the faults found in it so far."""

    body: Table
    lang: Lang
    faults: list[Fault]

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


async def ask(request: Request) -> Asked | Refusal:
    """What a request asks, its `lang` read; or why its body cannot be read."""
    heard = spoken(request)
    data = await body(request)
    if isinstance(data, Fault):
        return Refusal((data,))
    value = read_json(data)
    if isinstance(value, tuple):
        # Only what is no JSON has a place, and only then is the text worth keeping.
        placed = any(fault.place for fault in value)
        return Refusal(value, Source("body", data.decode("utf-8-sig")) if placed else None)
    if not isinstance(value, dict):
        return Refusal((mistyped(value, "", "object", ""),))
    asked = Asked(value, heard, [])
    if "lang" in value:
        asked.lang = asked.choice("lang") or heard
    return asked


def unknown(asked: Asked, fields: Collection[str]) -> None:
    """Enter a fault for each field that the request must not have."""
    if not asked.body.keys() <= set(fields):
        asked.faults.extend(surplus(asked.body, fields, ""))


async def body(request: Request) -> bytes | Fault:
    """The bytes of a body of JSON, or why they are not taken."""
    kind = request.headers.get("content-type", "")
    if not _json(kind):
        return Fault("P621", facts={"type": kind[:80]} if kind else {"type": "-"})
    length = request.headers.get("content-length", "0")
    if length.isdecimal() and len(length) < 20 and int(length) > SIZE:
        return _too_large()
    parts: list[bytes] = []
    total = 0
    async for part in request.stream():
        total += len(part)
        if total > SIZE:
            return _too_large()
        parts.append(part)
    return b"".join(parts)


def _too_large() -> Fault:
    return Fault("P608", pointer="", facts={"most": size(SIZE)})


@lru_cache(maxsize=64)
def _json(kind: str) -> bool:
    """Whether a media type is JSON in UTF-8."""
    name, *parameters = (part.strip().casefold() for part in kind.split(";"))
    charsets = [
        part.removeprefix("charset=").strip('"') for part in parameters if part.startswith("charset=")
    ]
    family = name == "application/json" or (name.startswith("application/") and name.endswith("+json"))
    return family and {"utf-8", "utf8", "us-ascii"}.issuperset(charsets)


def spoken(request: Request) -> Lang:
    """The language that a request prefers: English where it says nothing that we speak."""
    header = request.headers.get("accept-language")
    return preferred(header) if header else "en"


@lru_cache(maxsize=256)
def preferred(header: str) -> Lang:
    """The language of an `Accept-Language` header (RFC 9110)."""
    best: tuple[float, Lang] = (0.0, "en")
    for part in header[:200].split(","):
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
