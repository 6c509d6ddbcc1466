"""Where the service takes a word: each part of an address, each header, each field of a body."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from tests.support.service import PERSON, REQUEST, Json, served

from .plans import labelled, named
from .request import JSON, Request, escaped, got, headed, sent

IDS = ("", "/versions", "/inputs", "/curve", "/regulation")
GOOD = sent("/evaluate", REQUEST)
TOTAL = "119800.00"


@dataclass(frozen=True, slots=True)
class Slot:
    """A place where a word may come, the kinds of words that are meant for it, and the request with one."""

    name: str
    ask: Callable[[str], Request]
    kinds: tuple[str, ...] = ("any",)


@cache
def receipt() -> Json:
    """A true receipt of the reference case."""
    found: Json = served().client.post("/receipt", json=REQUEST).json()
    return found


def put(path: str, body: Json, *way: str | int) -> Callable[[str], Request]:
    """A body with a word at the end of a way through it."""

    def ask(word: str) -> Request:
        return sent(path, replaced(body, way, word))

    return ask


def replaced(value: Any, way: tuple[str | int, ...], word: object) -> Any:
    """A copy of a value with another at the end of a way through it; a table that lacks it gets it."""
    if not way:
        return word
    first, *rest = way
    if isinstance(value, list):
        return [replaced(one, tuple(rest), word) if at == first else one for at, one in enumerate(value)]
    return {**value, str(first): replaced(value.get(first, {}), tuple(rest), word)}


def keyed(path: str, body: Json, *way: str | int) -> Callable[[str], Request]:
    """A body with a word for the name of a field, in a table at the end of a way."""

    def ask(word: str) -> Request:
        table: Any = body
        for step in way:
            table = table[step]
        return sent(path, replaced(body, way, {**table, word: "1"}))

    return ask


PEOPLE: Json = {"plan": "ivanov", "people": [PERSON]}
QUICK: Json = {**PEOPLE, "sensitivity": False}
PAIR: Json = {"old": {"plan": "ivanov"}, "new": {"plan": "иванов"}, "people": [PERSON]}
TEXTS: Mapping[str, Json] = {"/check": {}, "/format": {}, "/translate": {"to": "ru"}}
ONE: Json = {"employee": "1", "period": "2025-07", "facts": {"x": "5"}}
READ = ("any", "path", "shown")
REVISED = ("any", "revision")


def slots() -> list[Slot]:
    """Every place."""
    return [*_addresses(), *_queries(), *_headers(), *_people(), *_plans(), *_texts(), *_receipts()]


def _addresses() -> list[Slot]:
    ids = [_address(end) for end in IDS]
    return [
        *ids,
        Slot("GET /…", lambda word: got(f"/{escaped(word)}")),
        Slot("GET /faults/…", lambda word: got(f"/faults/{escaped(word)}"), READ),
    ]


def _address(end: str) -> Slot:
    return Slot(f"GET /plans/…{end}", lambda word: got(f"/plans/{escaped(word)}{end}"), READ)


def _queries() -> list[Slot]:
    curve, rules = "/plans/ivanov/curve", "/plans/ivanov/regulation"
    asked = [
        ("/plans", "revision", REVISED),
        ("/plans/ivanov", "revision", REVISED),
        ("/plans/ivanov", "version", REVISED),
        ("/plans/ivanov/inputs", "revision", ("any",)),
        ("/plans/ivanov/inputs", "version", ("any",)),
        (curve, "revision", ("any",)),
        (curve, "version", ("any",)),
        (curve, "kpi", READ),
        (curve, "sort", READ),
        (curve, "lang", ("any",)),
        (curve, "format", ("any",)),
        (rules, "revision", ("any",)),
        (rules, "version", ("any",)),
        (rules, "format", ("any",)),
    ]
    return [*(_query(*one) for one in asked), Slot("GET /plans?…", lambda word: got("/plans", **{word: "1"}))]


def _query(path: str, name: str, kinds: tuple[str, ...]) -> Slot:
    return Slot(f"GET {path}?{name}=…", lambda word: got(path, **{name: word}), kinds)


def _headers() -> list[Slot]:
    plan = {"plan": "ivanov"}
    return [
        Slot("accept-language", lambda word: got("/healthz", headed(b"accept-language", word))),
        Slot("accept", lambda word: got("/plans/ivanov/curve", headed(b"accept", word))),
        Slot("content-type", lambda word: sent("/check", plan, headed(b"content-type", word))),
        Slot(
            "charset",
            lambda word: sent("/check", plan, headed(b"content-type", word, JSON[1] + b";charset=")),
        ),
        Slot("host", lambda word: got("/plans", headed(b"host", word))),
        Slot("x-request-id", lambda word: got("/healthz", headed(b"x-request-id", word))),
    ]


def _people() -> list[Slot]:
    first = ("people", 0)
    found = [
        Slot("/evaluate employee", put("/evaluate", REQUEST, "employee"), READ),
        Slot("/evaluate period", put("/evaluate", REQUEST, "period"), ("any", "period")),
        Slot("/evaluate fact", put("/evaluate", REQUEST, "facts", "revenue"), ("any", "number", "period")),
        Slot("/evaluate name of a fact", keyed("/evaluate", REQUEST, "facts"), READ),
        Slot("/evaluate target", put("/evaluate", REQUEST, "targets", "revenue"), ("any", "number")),
        Slot("/evaluate field", keyed("/evaluate", REQUEST)),
        Slot("/evaluate lang", put("/evaluate", REQUEST, "lang")),
    ]
    for path, body in (("/evaluate/batch", PEOPLE), ("/simulate", QUICK), ("/diff", PAIR)):
        found += [
            Slot(f"{path} employee", put(path, body, *first, "employee")),
            Slot(f"{path} period", put(path, body, *first, "period"), ("any", "period")),
            Slot(f"{path} fact", put(path, body, *first, "facts", "revenue"), ("any", "number")),
            Slot(f"{path} name of a fact", keyed(path, body, *first, "facts")),
            Slot(f"{path} person", put(path, body, *first)),
        ]
    return found


def _plans() -> list[Slot]:
    kept = {"/evaluate": REQUEST, "/receipt": REQUEST, "/evaluate/batch": PEOPLE, "/simulate": QUICK}
    kept |= {path: {"plan": "ivanov", **more} for path, more in TEXTS.items()}
    found: list[Slot] = []
    for path, body in kept.items():
        found += [
            Slot(f"{path} plan", put(path, body, "plan")),
            Slot(f"{path} version", put(path, body, "version")),
            Slot(
                f"{path} revision", put(path, body, "revision"), REVISED if path == "/evaluate" else ("any",)
            ),
        ]
    against: Json = {**QUICK, "against": {"plan": "ivanov"}}
    for path, side, body in (
        ("/diff", "old", PAIR),
        ("/diff", "new", PAIR),
        ("/simulate", "against", against),
    ):
        found += [
            Slot(f"{path} {side} plan", put(path, body, side, "plan")),
            Slot(f"{path} {side} revision", put(path, body, side, "revision"), ("any",)),
        ]
    return [*found, Slot("/translate to", put("/translate", {"plan": "ivanov"}, "to"))]


def _texts() -> list[Slot]:
    found: list[Slot] = []
    for path, more in {**TEXTS, "/evaluate": ONE, "/receipt": ONE}.items():
        found += [
            Slot(f"{path} source", put(path, more, "source")),
            _source(path, "label", more, labelled, READ if path == "/check" else ("any",)),
            _source(path, "name", more, named, ("any",)),
        ]
    return found


def _source(path: str, name: str, more: Json, write: Callable[[str], str], kinds: tuple[str, ...]) -> Slot:
    return Slot(f"{path} {name}", lambda word: sent(path, {**more, "source": write(word)}), kinds)


def _receipts() -> list[Slot]:
    whole = receipt()
    ways: list[tuple[str | int, ...]] = [
        ("format",), ("engine",), ("lang",), ("plan", "id"), ("plan", "file"), ("plan", "text"),
        ("people", 0, "employee"), ("people", 0, "facts", "revenue"), ("digests", "plan"), ("answers", 0),
    ]  # fmt: skip
    verified = [Slot(f"/verify {' '.join(map(str, way))}", put("/verify", whole, *way)) for way in ways]
    pair: Json = {"old": whole, "new": whole}
    return [
        *verified,
        Slot("/bridge employee", put("/bridge", pair, "employee")),
        Slot("/bridge old engine", put("/bridge", pair, "old", "engine")),
        Slot("/bridge new plan", put("/bridge", pair, "new", "plan", "text")),
        Slot("/bridge field", keyed("/bridge", pair)),
    ]
