"""Marks round what an explanation is made of, so that it can be parted into sentences, places and numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from .. import kernel as k
from .show import Fixed, Say, Saying

# Characters that no text of a plan can have: a mark begins, its head ends, what it is round ends.
BEGIN, HEAD, END = "\x01", "\x02", "\x03"
PLACE = re.compile(r"\{(\w+)\}")
PAID = "paid"  # the number of a line's own amount

Sort = Literal["k", "p", "n"]  # a template by its key, a place of one by its name, a number by its own


@dataclass(slots=True)
class Marks:
    """The numbers of a script in the making, each with how it is said to a machine."""

    numbers: list[tuple[k.Node, Say]] = field(default_factory=list)

    def words(self, words: Mapping[str, str]) -> dict[str, str]:
        """Templates with marks round them and round their places."""
        return {
            key: text if key == "decimal" else around("k", key, PLACE.sub(_placed, text))
            for key, text in words.items()
        }

    def number(self, node: k.Node, say: Say, exact: Say) -> Say:
        """A number with marks round it."""
        name = str(len(self.numbers))
        self.numbers.append((node, exact))
        if isinstance(say, Fixed):
            return Fixed(around("n", name, say))
        return lambda numbers: around("n", name, say(numbers))

    def saying(self, node: k.Node, said: Saying, exact: Say) -> Saying:
        """How to say a number with marks round it."""
        return Saying(self.number(node, said.plain, exact), said.cut)


def bare(text: str) -> str:
    """A number without a mark before it."""
    return text.partition(HEAD)[2] if text.startswith(BEGIN) else text


def around(sort: Sort, name: str, text: str) -> str:
    """A text with a mark round it."""
    return f"{BEGIN}{sort}{name}{HEAD}{text}{END}"


def _placed(found: re.Match[str]) -> str:
    return around("p", found[1], found[0])
