"""Words that fit a picture: of endless ones the beginning."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from engine.paper import bare

T = TypeVar("T")

LONGEST = 200  # letters of a label; to lay out a text takes time that grows faster than it


def fitting(part: T) -> T:
    """A picture, or a part of one, with each of its texts bare, and cut to what can be read in a picture.

    `about` is never drawn: it says in words what is shown, whole.
    """
    found: Any = part
    if isinstance(found, str):
        found = bare(found)
        found = found if len(found) <= LONGEST else f"{found[: LONGEST - 1]}…"
    elif isinstance(found, tuple):
        found = tuple(map(fitting, found))
    elif is_dataclass(found) and not isinstance(found, type):
        names = [field.name for field in fields(found) if field.name != "about"]
        found = replace(found, **{name: fitting(getattr(found, name)) for name in names})
    return found  # type: ignore[no-any-return]  # of the same class, whatever that is
