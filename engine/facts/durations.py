"""Durations that say their unit: `00:01:35`, `95 seconds`, `1,5 мин`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from dsl.words import LANGS, UNITS, words

from .decimals import Decimal

CLOCK = re.compile(r"([0-9]{1,4}):([0-5][0-9]):([0-5][0-9])")
SPOKEN = re.compile(r"(-?[0-9]{1,12}(?:[.,][0-9]{1,9})?)[ \u00a0]?([^\W\d_]{1,9})\.?")


def lasting(text: str) -> Decimal | None:
    """A duration in seconds; None where it does not say its unit."""
    if found := CLOCK.fullmatch(text.strip()):
        hours, minutes, seconds = map(int, found.groups())
        return Decimal((hours * 60 + minutes) * 60 + seconds, 0)
    found = SPOKEN.fullmatch(text.strip())
    unit = None if found is None else _units().get(found[2].casefold())
    if found is None or unit is None:
        return None
    whole, _, part = found[1].replace(",", ".").partition(".")
    return Decimal(int(whole + part) * unit, len(part))


@cache
def _units() -> Mapping[str, int]:
    """The words for units of durations, of both languages, since a system writes its own whoever reads."""
    return {word: UNITS[unit] for lang in LANGS for word, unit in words(lang).units.items()}
