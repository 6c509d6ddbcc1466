"""The days on which a company works otherwise than its country, from a table of the company's own."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from dsl.faults import Fault
from dsl.words import LANGS, words
from engine.facts.decimals import day as read_day
from engine.facts.decimals import decimal
from engine.facts.values import shown

from .. import files
from .calendar import OFF, Hours

LONGEST = 24  # hours of a day


def own_days(path: Path) -> Mapping[datetime.date, Hours] | files.Unread:
    """How many hours each of some days has; None of one that is worked as usual.

    The columns are those of a table `calendar` in either language.
    """
    read = files.read_records(path)
    if isinstance(read, files.Unread):
        return read
    known = [words(lang) for lang in LANGS]
    answers = {said: word == "yes" for one in known for word in ("yes", "no") for said in one.spellings[word]}
    found: dict[datetime.date, Hours] = {}
    for at, row in enumerate(read.rows):
        day, worked, long = (
            next((str(row[name]) for name in names if row.get(name) is not None), "")
            for names in zip(*((one.day, one.working, one.hours) for one in known), strict=True)
        )
        number, answer = read_day(day), answers.get(worked.casefold())
        date = None if number is None else datetime.date.fromordinal(number)
        hours = _hours(long) if answer else OFF
        wrong = (long and hours is None) or (answer is False and long not in {"", "0"})
        if date is None or answer is None or wrong or found.setdefault(date, hours) != hours:
            facts = {"row": str(at + 1), "day": shown(day), "working": shown(worked), "hours": shown(long)}
            return files.Unread((Fault("P838", pointer=f"/{at}", facts=facts),))
    return found


def _hours(text: str) -> Hours:
    """The hours of a day that is worked; None where a text is no such number."""
    read = decimal(text.replace(",", "."))
    if read is None or read == "long" or read.percent or not 0 < read.digits <= LONGEST * 10**read.places:
        return None
    return Decimal(read.digits).scaleb(-read.places)
