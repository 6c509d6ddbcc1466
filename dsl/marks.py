"""Marks that stand on a letter (accents, vowel points), and how many may stand on one.

To put a run of them in order, as NFC asks, takes time that grows with the square of its length. Unicode's
Stream-Safe Text Format (UAX #15) therefore allows 30 on one letter, more than any language has, and so do we:
every text is asked before it is composed.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

Form = Literal["NFC", "NFKC"]

MOST = 30  # marks on one letter

# Nothing in here is ever a mark: the letters of the alphabets that plans are written in are passed over fast.
PLAIN = "\x00-\u02ff\u0370-\u0482\u048a-\u0590"
SUSPECT = MOST // 2 + 1  # letters in a row that may hold too many, as some are two
RUN = re.compile(f"[^{PLAIN}]{{{SUSPECT},}}")
# These are not marks to Unicode's tables, and come apart into marks.
SPLIT = frozenset("\u0f73\u0f75\u0f81\uff9e\uff9f")


def overladen(text: str) -> int | None:
    """Where the first mark stands that is one too many on its letter; None in nearly every text."""
    if text.isascii():
        return None
    for run in RUN.finditer(text):
        count = 0
        for at in range(run.start(), run.end()):
            split = text[at] in SPLIT
            count = count + 1 + split if split or unicodedata.combining(text[at]) else 0
            if count > MOST:
                return at
    return None


def composed(text: str, form: Form = "NFC") -> str:
    """A text in a normal form; one with too many marks stays as it is, which no name is equal to."""
    return text if text.isascii() or overladen(text) is not None else unicodedata.normalize(form, text)
