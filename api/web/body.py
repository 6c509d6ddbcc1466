"""The body of a request: read exactly, and held against the class of requests that its operation takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from functools import cache, lru_cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from anyio import Event
from starlette.requests import Request

from dsl.faults import Fault, nearest
from dsl.words import LANGS, Lang
from engine.facts import Origins, SentTables
from engine.facts.decimals import JsonNumber

from ..exact import SIZE, misread, read_json, size, text_of
from ..origins import read_origins
from ..person import missing, mistyped, surplus
from ..tables import read_tables
from .headers import Reader, header
from .problems import Declined, Refusal
from .requests import NULL, Person, PlanChoice, Spoken

Table = dict[str, object]

SHORT = 64 * 1024  # bytes of a body that is read at once; a longer one is read apart from the service


@dataclass(frozen=True, slots=True)
class Brought:
    """A body as it came, the class of requests that it is to be, and the language that its headers prefer.

    It has `most` bytes at most.
    """

    data: bytes
    kind: type
    spoken: Lang
    most: int = SIZE

    @property
    def short(self) -> bool:
        """Whether it is read in no time."""
        return len(self.data) <= SHORT


@dataclass(slots=True)
class Asked:
    """An object that came as a body, the language to answer in, and the faults found in it so far.

    A field of another sort than its class says has its fault, and is none.
    """

    body: Table
    lang: Lang
    faults: list[Fault] = field(default_factory=list)

    def text(self, name: str) -> str | None:
        """A field that holds a text; None where there is none."""
        return text_of(self.body.get(name))

    def people(self) -> list[object]:
        """The people of a body; none where there is no list of them."""
        people = self.body.get("people")
        return people if isinstance(people, list) else []

    def tables(self, origins: Origins) -> SentTables | None:
        """The records of a company, if the body has them; what is wrong with their form is entered."""
        if not isinstance(self.body.get("tables"), dict):
            return None
        sent = read_tables(self.body["tables"], "/tables", self.faults)
        return None if sent is None else SentTables(sent, origins=origins)

    def origins(self) -> Origins:
        """Where what all people bring came from; what is wrong with that is entered."""
        return read_origins(self.body, "", self.faults)


class Incoming:
    """The body of a request as it comes, of `most` bytes at most; `ended` when nothing more comes."""

    def __init__(self, request: Request, most: int) -> None:
        self.request, self.left, self.most, self.ended = request, most, most, Event()

    async def more(self) -> bytes | Fault:
        """What comes next, nothing at the end; or why no more is taken."""
        while not self.ended.is_set():
            message = await self.request.receive()
            if message["type"] == "http.disconnect":
                self.ended.set()
                return Fault("P609", pointer="")
            data: bytes = message.get("body", b"")
            self.left -= len(data)
            if not message.get("more_body", False):
                self.ended.set()
            if self.left < 0:
                return too_large(self.most)
            if data:
                return data
        return b""


@dataclass(frozen=True)
class Reads:
    """A dependency: the body of a request as its class says it is to be, of `most` bytes at most."""

    kind: type
    most: int = SIZE

    async def __call__(self, request: Request, lang: Reader) -> Brought:
        """The body; the problem of one that is not taken."""
        data = await self.content(request)
        if isinstance(data, Fault):
            raise Declined(Refusal((data,)), lang)
        return Brought(data, self.kind, lang, self.most)

    async def content(self, request: Request) -> bytes | Fault:
        """The bytes of a body of JSON, or why they are not taken."""
        fault = untaken(request, "json", self.most)
        incoming, data = Incoming(request, self.most), bytearray()
        while fault is None:
            more = await incoming.more()
            if isinstance(more, Fault):
                return more
            if not more:
                return bytes(data)
            data += more
        return fault


def untaken(request: Request, suffix: str, most: int) -> Fault | None:
    """Why a body is not taken, as far as its headers say: it is of another type, or too large."""
    kind, length = header(request.scope, b"content-type"), header(request.scope, b"content-length")
    if not typed(kind, suffix):
        return Fault("P621", facts={"type": kind[:80].decode("latin-1") or "-"})
    if length.isdigit() and (len(length) > 18 or int(length) > most):
        return too_large(most)
    return None


def too_large(most: int) -> Fault:
    """The fault of a body, or of a line of one, that is larger than it may be."""
    return Fault("P608", pointer="", facts={"most": size(most)})


@lru_cache(maxsize=64)
def typed(kind: bytes, suffix: str) -> bool:
    """Whether a media type is JSON in UTF-8, or lines of it (`x-ndjson`)."""
    name, *parameters = (part.strip().casefold() for part in kind.decode("latin-1").split(";"))
    charsets = [
        part.removeprefix("charset=").strip('"') for part in parameters if part.startswith("charset=")
    ]
    family, _, own = name.partition("/")
    kin = own == suffix or own.endswith(f"+{suffix}")
    return family == "application" and kin and {"utf-8", "utf8", "us-ascii"}.issuperset(charsets)


# ── What it says ─────────────────────────────────────────────────────────────────────────────────────────


def ask(brought: Brought) -> Asked | Refusal:
    """What a body asks, its form held against its class; or why it cannot be read."""
    value = read_json(brought.data, brought.most)
    if isinstance(value, tuple):
        found = misread(value, brought.data)
        return Refusal(found.faults, found.source)
    if not isinstance(value, dict):
        return Refusal((mistyped(value, "", "object", ""),))
    asked = Asked(value, brought.spoken)
    if issubclass(brought.kind, Spoken):
        asked.lang = next((lang for lang in LANGS if lang == value.get("lang")), brought.spoken)
        hold(asked, brought.kind)
    return asked


@dataclass(frozen=True, slots=True)
class Sort:
    """What a field has to hold: `text`, `yes_no`, `list`, `object`, `lang`, or `any` where its reader says.

    It may have to be there, and it may be null.
    """

    wanted: str
    needed: bool
    nullable: bool


OBJECTS = {dict: "object", PlanChoice: "object"}
WANTED: Mapping[Any, str] = {str: "text", bool: "yes_no", Lang: "lang", list: "list", **OBJECTS}
JSON = {"text": str, "lang": str, "yes_no": bool, "list": list, "object": dict, "any": object}


@cache
def sorts(kind: type) -> Mapping[str, Sort]:
    """The fields of a class of requests, but for those of a person."""
    hints, persons = get_type_hints(kind), get_type_hints(Person) if issubclass(kind, Person) else {}
    own = (entry for entry in fields(kind) if entry.name not in persons)
    return {entry.name: _sort(hints[entry.name], entry.metadata) for entry in own}


def _sort(hint: Any, says: Mapping[str, Any]) -> Sort:
    several = get_args(hint) if get_origin(hint) in {Union, UnionType} else (hint,)
    value = next(one for one in several if one is not NoneType)
    return Sort(WANTED.get(get_origin(value) or value, WANTED.get(value, "any")), not says, says is NULL)


def hold(asked: Asked, kind: type) -> None:
    """Enter what is wrong with the form of a body, field by field of its class.

    What stands beside a person is read with the person (`read_person`): what is missing, and what is unknown.
    """
    body, known = asked.body, sorts(kind)
    if not issubclass(kind, Person):
        if not body.keys() <= known.keys():
            asked.faults.extend(surplus(body, known, ""))
        needed = (name for name, sort in known.items() if sort.needed)
        asked.faults.extend(missing(body, needed, ""))
    for name, sort in known.items():
        if name in body:
            asked.faults.extend(_unlike(body[name], name, sort))


def _unlike(value: object, name: str, sort: Sort) -> Iterator[Fault]:
    """What is wrong with the value of a field."""
    if value is None and sort.nullable:
        return
    if not isinstance(value, JSON[sort.wanted]) or (sort.wanted != "any" and isinstance(value, JsonNumber)):
        yield mistyped(value, name, "text" if sort.wanted == "lang" else sort.wanted, f"/{name}")
    elif sort.wanted == "lang" and value not in LANGS:
        told = str(value)[:40]
        fix = nearest(told, LANGS)
        yield Fault("P619", pointer=f"/{name}", facts={"value": told, "known": LANGS}, fix=fix)
    elif sort.wanted == "list" and not value:
        yield Fault("P620", pointer=f"/{name}")
