"""What every answer carries: a name to find it by in the log, and what a browser must not do with it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import count
from secrets import token_hex

from starlette.types import Scope

from .asking import header

Headers = list[tuple[bytes, bytes]]

ID = b"x-request-id"
HARMLESS = re.compile(rb"[A-Za-z0-9._:/+=@-]{1,128}")  # what a caller may call a request
POLICY = b"content-security-policy"
NOTHING = b"default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
# Pages and pictures have their style in them; a browser runs nothing of them and loads nothing for them.
DRAWN = (b"text/html", b"image/svg+xml")
STYLED = NOTHING + b"; style-src 'unsafe-inline'; img-src data:"

SAFE: Headers = [(b"x-content-type-options", b"nosniff")]
OF_DATA: Headers = [*SAFE, (POLICY, NOTHING)]
OF_PAGE: Headers = [*SAFE, (POLICY, STYLED)]

_OURS = token_hex(8).encode()
_NUMBERS = count(1)


def named(scope: Scope) -> bytes:
    """The name of a request: the caller's where it is short and harmless, else one of ours."""
    theirs = header(scope, ID)
    return theirs if HARMLESS.fullmatch(theirs) else b"%b-%x" % (_OURS, next(_NUMBERS))


def dressed(headers: Iterable[tuple[bytes, bytes]], name: bytes) -> Headers:
    """The headers of an answer with what every answer carries; a policy of its own stays."""
    own, more = [*headers, (ID, name)], OF_DATA
    for key, value in own:
        if key == POLICY:
            return [*own, *SAFE]
        if key == b"content-type" and value.startswith(DRAWN):
            more = OF_PAGE
    return own + more
