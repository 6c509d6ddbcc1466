"""Calendars of working time: a country's, from its holidays, with the days that a company works otherwise."""

from .calendar import Calendar, Day, Worked, calendar
from .own import own_days

__all__ = ["Calendar", "Day", "Worked", "calendar", "own_days"]
