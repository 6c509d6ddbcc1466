"""Headers: what every answer carries, and what a reader likes best of what there is (RFC 9110).

Starlette and FastAPI read neither `Accept` nor `Accept-Language`. The libraries that do and are kept are
whole frameworks; the small ones are of years ago.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import count
from secrets import token_hex
from typing import Annotated, TypeVar

from fastapi import Depends, Header
from pydantic.json_schema import SkipJsonSchema
from starlette.requests import Request
from starlette.types import Scope

from dsl.words import LANGS, Lang

Headers = list[tuple[bytes, bytes]]

ID = b"x-request-id"
HARMLESS = re.compile(rb"[A-Za-z0-9._:/+=@-]{1,128}")  # what a caller may call a request
POLICY = b"content-security-policy"
NOTHING = b"default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
# Pages and pictures have their style in them; a browser runs nothing of them and loads nothing for them.
DRAWN = (b"text/html", b"image/svg+xml")
STYLED = NOTHING + b"; style-src 'unsafe-inline'; img-src data:"

SNIFFLESS = (b"x-content-type-options", b"nosniff")

_OURS = token_hex(8).encode()
_NUMBERS = count(1)


def header(scope: Scope, name: bytes) -> bytes:
    """A header as it was sent, empty where there is none."""
    for key, value in scope["headers"]:
        if key == name:
            return bytes(value)
    return b""


def named(scope: Scope) -> bytes:
    """The name of a request: the caller's where it is short and harmless, else one of ours."""
    theirs = header(scope, ID)
    return theirs if HARMLESS.fullmatch(theirs) else b"%b-%x" % (_OURS, next(_NUMBERS))


def safe(media: bytes) -> Headers:
    """What an answer of a media type says to browsers."""
    return [(POLICY, STYLED if media.startswith(DRAWN) else NOTHING), SNIFFLESS]


def dressed(headers: Headers, name: bytes) -> Headers:
    """The headers of an answer with what every answer carries; after a policy only the name is lacking."""
    if headers and headers[0][0] == POLICY:
        return [*headers, (ID, name)]
    media = next((value for key, value in headers if key == b"content-type"), b"")
    return [*safe(media), *headers, (ID, name)]


# ── A language, and a form of an answer ──────────────────────────────────────────────────────────────────

# A parameter that may be left out, and is never null.
Text = str | SkipJsonSchema[None]
F = TypeVar("F", bound=str)

LONGEST = 500  # characters of a header that are read
Liking = tuple[float, int]  # a quality, and of equal ones the first in the header
NOT = (0.0, -LONGEST)
VARY = "accept, accept-language"  # of an answer that hangs on both


def spoken(request: Request) -> Lang:
    """The language that a request prefers."""
    return preferred(header(request.scope, b"accept-language").decode("latin-1"))


async def _reader(
    accept_language: Annotated[
        Text, Header(description="The languages of the reader, such as `ru, en;q=0.5`.")
    ] = None,
) -> Lang:
    return preferred(accept_language or "")


Reader = Annotated[Lang, Depends(_reader)]  # the language of whoever asks


@lru_cache(maxsize=256)
def preferred(languages: str) -> Lang:
    """The language of an `Accept-Language` header: English where it says nothing that we speak."""
    likings = _likings(languages).items()

    def liking(lang: Lang) -> Liking:
        return max((one for tag, one in likings if tag.split("-")[0].strip() == lang), default=NOT)

    return max(LANGS, key=liking)


def accepted(types: str, forms: Mapping[F, str]) -> F:
    """The form, of several with their media types, that an `Accept` header likes best; else the first."""
    likings = _likings(types)

    def liking(form: F) -> Liking:
        media = forms[form].partition(";")[0]
        ranges = (media, f"{media.partition('/')[0]}/*", "*/*")  # what says more goes before what says less
        return next((likings[one] for one in ranges if one in likings), NOT)

    return max(forms, key=liking)


def _likings(said: str) -> dict[str, Liking]:
    """What a header names, and how well it is liked."""
    found: dict[str, Liking] = {}
    for place, part in enumerate(said[:LONGEST].split(",")):
        name, *parameters = (text.strip().casefold() for text in part.split(";"))
        pairs = (text.partition("=") for text in parameters)
        weight = next((value.strip() for key, _, value in pairs if key.strip() == "q"), "1")
        quality = float(weight) if weight.replace(".", "", 1).isdecimal() else 0.0
        found.setdefault(name, (quality, -place) if quality else NOT)
    return found
