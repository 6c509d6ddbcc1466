"""What every answer carries: a name to find it by in the log, and what a browser must not do with it."""

from __future__ import annotations

import re
from itertools import count
from secrets import token_hex

from starlette.types import Scope

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
