"""Calendars of working time: a country's, from its holidays, with the days that a company works otherwise."""

from .calendar import Day, Worked, WorkingYear, calendar
from .own import own_days

__all__ = ["Day", "Worked", "WorkingYear", "calendar", "own_days"]
