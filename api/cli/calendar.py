"""`premia calendar`: which days of a year are worked, and how many hours that makes."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

from dsl.words import words
from engine.paper import Table

from .. import calendars, files
from ..paper.spreadsheet import Separated
from ..paper.terminal import columns
from .common import deliver
from .door import Misuse
from .reader import Reader
from .reports import refuse, sound

WEEK = 60  # hours of the longest week that there is a calendar of


def calendar(country: str, year: str, week: str, own: Path | None, out: Path | None, reader: Reader) -> int:
    """Print the days and hours of each month, or write the days that are not as usual into a table."""
    if not (year.isascii() and year.isdigit() and len(year) <= len("9999")):
        raise Misuse(reader.words("bad_year"))
    if not (week.isascii() and week.isdigit() and len(week) <= len(str(WEEK)) and 0 < int(week) <= WEEK):
        raise Misuse(reader.words("bad_week", most=WEEK))
    days = {} if own is None else calendars.own_days(own)
    if isinstance(days, files.Unread):
        refuse(days.faults, days.source, reader, str(own))
    found = sound(calendars.calendar(country, int(year), int(week), days), reader)
    if out is not None:
        deliver(_table(found, reader), out, reader)
    elif reader.json:
        reader.data(found)
    else:
        reader.say(*_told(found, reader))
    return 0


def _told(found: calendars.WorkingYear, reader: Reader) -> list[str]:
    heads = (reader.words("calendar_month"), reader.words("calendar_days"), reader.words("calendar_hours"))
    unknown = reader.words("calendar_unknown")
    rows = [(one.period, str(one.days), one.hours or unknown) for one in (*found.months, found.whole)]
    title = reader.words("calendar_title", country=found.country, year=found.year, week=found.week)
    table = columns(Table(heads, tuple(rows), numeric=(1, 2)))
    return [title, "", *table, "", reader.words("calendar_next", country=found.country, year=found.year)]


def _table(found: calendars.WorkingYear, reader: Reader) -> bytes:
    """The rows of a table `calendar` for plans in the reader's language, with the hours of working days.

    Where the hours are not known it has none, and only the days that are not as usual.
    """
    said, stream = words(reader.lang), StringIO()
    known = found.whole.hours is not None
    rows = Separated(stream, reader.lang, (said.day, said.working, *([said.hours] if known else [])))
    unusual = {one.day for one in found.unusual}
    for one in found.days:
        if one.day in unusual or (known and one.working):
            answer = said["yes" if one.working else "no"]
            hours = rows.number(one.hours or "") if one.working else ""
            rows.add((one.day, answer, *([hours] if known else [])))
    return stream.getvalue().encode()
