"""What lines of all sorts are made of: places, comments, names, words for people."""

from __future__ import annotations

from dataclasses import field

from ..node import node
from ..place import NOWHERE, Place
from ..words import KindName


@node
class Notes:
    """The comments of one line (with their `#`), and whether blank space stands above it.

    Among those above, an empty one is blank space between a comment and what it stands above.
    """

    above: tuple[str, ...] = ()
    inside: tuple[str, ...] = ()
    beside: str | None = None
    apart: bool = False


@node
class Placed:
    """Anything that stands somewhere in the text."""

    place: Place = field(default=NOWHERE, compare=False, kw_only=True)


@node
class Name(Placed):
    """A name that the author gave: of a fact, a KPI, a figure, a line of pay."""

    text: str


@node
class Kind(Placed):
    """The word for a kind after a name: `money`; the kind is None where the language has no such word."""

    kind: KindName | None
    text: str = field(compare=False)


@node
class Text(Placed):
    """Words for people, in quotation marks."""

    text: str


@node
class Line(Placed):
    """One line of a plan (over one or more lines of text) with its comments."""

    notes: Notes = field(default=Notes(), compare=False, kw_only=True)
