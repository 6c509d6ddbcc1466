"""Calendars of working time: a country's, from its holidays, with the days that a company works otherwise."""

from .calendar import WorkingYear, Day, Worked, calendar
from .own import own_days

__all__ = ["WorkingYear", "Day", "Worked", "calendar", "own_days"]
