"""A value of a sheet as a text, as facts are written."""

from __future__ import annotations

import datetime
import json
from decimal import Decimal, localcontext
from typing import Any

FIGURES = ".15g"  # a sheet keeps and shows fifteen digits of a number


def digits(text: str) -> str:
    """A number in plain digits; what is none is nothing."""
    if text in {"nan", "inf", "-inf"}:
        return "" if text == "nan" else text
    with localcontext() as context:
        context.prec = 400
        return format(Decimal(text), "f")


def text(value: Any, number_format: str = "") -> str:
    """A cell as a text, as facts are written."""
    match value:
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case datetime.date() | datetime.time() | datetime.timedelta():
            return _time(value)
        case int() | Decimal():
            return format(value, "d" if isinstance(value, int) else "f")
        case bytes():
            return value.decode("utf-8", "replace")
        case dict() | list():
            return json.dumps(value, ensure_ascii=False, default=str)
        case None:
            return ""
    plain = digits(format(value, FIGURES))
    if plain and "%" in number_format:
        return f"{(Decimal(plain) * 100).normalize():f}%"
    return plain


def _time(value: datetime.date | datetime.time | datetime.timedelta) -> str:
    """A day, with its time where it has one; a time of no day as a duration."""
    match value:
        case datetime.datetime() if value.time() != datetime.time():
            return value.isoformat(timespec="seconds")
        case datetime.datetime():
            return value.date().isoformat()
        case datetime.date():
            return value.isoformat()
        case datetime.time():
            return f"{value.hour}:{value.minute:02}:{value.second:02}"
    seconds = value.days * 86_400 + value.seconds
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
