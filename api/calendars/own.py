"""The days on which a company works otherwise than its country, from a table of the company's own."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path

from dsl.faults import Fault
from dsl.words import LANGS, words
from engine.facts.decimals import day as read_day
from engine.facts.values import shown

from .. import files


def own_days(path: Path) -> Mapping[datetime.date, bool] | files.Unread:
    """Whether each of some days is worked; its columns are those of a table `calendar` in either language."""
    read = files.read_records(path)
    if isinstance(read, files.Unread):
        return read
    known = [words(lang) for lang in LANGS]
    answers = {said: word == "yes" for one in known for word in ("yes", "no") for said in one.spellings[word]}
    found: dict[datetime.date, bool] = {}
    for at, row in enumerate(read.rows):
        day, worked = (
            next((str(row[name]) for name in names if row.get(name) is not None), "")
            for names in ([one.day for one in known], [one.working for one in known])
        )
        number, answer = read_day(day), answers.get(worked.casefold())
        date = None if number is None else datetime.date.fromordinal(number)
        if date is None or answer is None or found.setdefault(date, answer) != answer:
            facts = {"row": str(at + 1), "day": shown(day), "working": shown(worked)}
            return files.Unread((Fault("P838", pointer=f"/{at}", facts=facts),))
    return found
