"""A body of lines, each a JSON document: read as it comes, so that nothing holds more than a line of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from starlette.requests import Request

from dsl.faults import Fault

from ..exact import SIZE, misread, read_json
from .body import Brought, Incoming, Reads, too_large, typed, untaken
from .headers import Reader, header
from .limits import STREAM
from .problems import Declined, Refusal

SUFFIX = "x-ndjson"
MEDIA = f"application/{SUFFIX}"


@dataclass(frozen=True, slots=True)
class Arriving:
    """What comes after the first line: what is there of it already, and the rest."""

    rest: bytes
    incoming: Incoming


@dataclass(frozen=True)
class ReadsLines(Reads):
    """A dependency: a body as its class says, or the `first` line of a body of lines and what follows it."""

    first: type = object

    async def __call__(self, request: Request, lang: Reader) -> Brought | tuple[Brought, Arriving]:  # type: ignore[override]  # it is called by FastAPI alone
        """The body, or its first line; the problem of one that is not taken."""
        if not typed(header(request.scope, b"content-type"), SUFFIX):
            return await super().__call__(request, lang)
        fault = untaken(request, SUFFIX, STREAM)
        incoming, data = Incoming(request, STREAM), b""
        while fault is None and b"\n" not in data:
            more = await incoming.more()
            if isinstance(more, Fault):
                fault = more
            elif not more:
                break
            elif len(data := data + more) > SIZE and b"\n" not in data[:SIZE]:
                fault = too_large(SIZE)
        if fault is not None:
            raise Declined(Refusal((fault,)), lang)
        line, _, rest = data.partition(b"\n")
        return Brought(line, self.first, lang), Arriving(rest, incoming)


class ArrivingLines:
    """The values of the lines that come, blank ones left out; `fault` is why some were not taken."""

    def __init__(self, rest: bytes, ask: Callable[[object], bytes | Fault]) -> None:
        self.rest, self.ask, self.fault = rest, ask, None

    fault: Fault | None

    def __iter__(self) -> Iterator[object]:
        """Each value, or what stood in its place."""
        rest, more = self.rest, b""
        while True:
            *whole, rest = (rest + more).split(b"\n")
            for line in whole:
                yield from _read(line)
            if len(rest) > SIZE:
                self.fault = too_large(SIZE)
                return
            found = self.ask(None)
            if isinstance(found, Fault):
                self.fault = found
                return
            if not found:
                yield from _read(rest)
                return
            more = found


def _read(line: bytes) -> Iterator[object]:
    if line.strip():
        value = read_json(line)
        yield misread(value, line) if isinstance(value, tuple) else value
