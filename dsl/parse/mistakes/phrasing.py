"""One line of a plan as it is typed, what the parser can read of it, and an edit of its text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from lark import Token

from ...place import NOWHERE, Place
from ...words import Lang
from ..grammar import Grammar, State, ended, fed
from ..lines import place
from ..naming import DECLARING
from .case import copied, lexed
from .near import small

Sort = Literal["without", "added", "instead", "turned", "quoted"]
Value = Literal["", "number", "percent"]

NAMES = 40  # names of the plan that are tried
STEPS = 40_000  # tokens that are read for all edits of one line
SIGNS: Mapping[str, str] = {
    "OPEN": "(", "CLOSE": ")", "SEMICOLON": ";", "COLON": ":", "EQ": "=", "NE": "<>", "LE": "<=", "GE": ">=",
    "LT": "<", "GT": ">", "PLUS": "+", "MINUS": "-", "TIMES": "*", "DIVIDE": "/",
}  # fmt: skip
BLACK = re.compile(r"\S+")
ANSWERS = frozenset({"YES", "NO", "BPS"})  # what nobody forgets


@dataclass(frozen=True, slots=True)
class Single:
    """Other words for a place of a line, and how far they are from what is typed.

    With `value` a number or a percentage is wanted there, whichever it is; what is `named` is a name of the
    plan, or the word of a clause, that might as well be another one.
    """

    place: Place
    words: str
    sort: Sort
    cost: int
    value: Value = ""
    named: bool = False


@dataclass(slots=True)
class Phrasing:
    """A line, the tokens of all others, and the parser after each of the words that it can read.

    `names` are those of the other lines, in the order of the plan and without currencies.
    """

    tokens: Sequence[Token]
    others: Sequence[Token]
    text: str
    rules: Grammar
    names: Mapping[str, None] = field(init=False)
    used: frozenset[str] = field(init=False)
    states: list[State] = field(init=False)
    left: int = STEPS

    def __post_init__(self) -> None:
        before = [Token("", ""), *self.others]
        self.names = dict.fromkeys(
            str(token)
            for token, last in zip(self.others, before, strict=False)
            if token.type == "NAME" and last.type not in {"NUMBER", "CURRENCY"}
        )
        self.used = frozenset(token.type for token in self.others)
        parser = self.rules.begun()
        self.states = [copied(parser)]
        for token in self.tokens:
            if not fed(parser, [token]):
                break
            self.states.append(copied(parser))

    @property
    def lang(self) -> Lang:
        """The language of the plan."""
        return self.rules.words.lang

    @property
    def money(self) -> list[str]:
        """The currency of the plan, where another line says it."""
        return [str(token) for last, token in pairwise(self.others) if last.type == "CURRENCY"][:1]

    @property
    def declared(self) -> Token | None:
        """The name that the line is of: of one that cannot be read, a name that stands elsewhere too."""
        first = next((token for token in self.tokens[:2] if token.type == "NAME"), None)
        whole = len(self.states) > len(self.tokens)
        called = first is not None and (whole or first in self.names)
        return first if called and self.tokens[0].type in {"NAME", *DECLARING} else None

    # ── What can be read ─────────────────────────────────────────────────────────────────────────────────

    def reads(self, parser: State, new: Sequence[Token], rest: int) -> bool:
        """Whether the line can be read on with some tokens and those from an index on."""
        several = [*new, *self.tokens[rest:]]
        if self.left <= 0 or not several:
            return self.left > 0 and ended(copied(parser), self.tokens[-1]) is not None
        after = copied(parser)
        read = fed(after, several)
        self.left -= 1 + read
        return read == len(several) and ended(after, several[-1]) is not None

    def joined(self, start: int, words: str, end: int) -> bool:
        """Whether the line can be read with other words, which make one with those beside them."""
        head = max(start - 1, 0)
        said = " ".join([self.raw(head, start), words, self.raw(end, end + 1)])
        return self.reads(self.states[head], lexed(said, self.rules, NOWHERE, 0), end + 1)

    def could(self, parser: State) -> frozenset[str]:
        choices: Iterable[str] = parser.choices()  # type: ignore[no-untyped-call]  # untyped in Lark
        return frozenset(one for one in choices if one.isupper())

    def words(self, could: frozenset[str]) -> Iterator[tuple[str, str]]:
        """Words for some terminals."""
        vocabulary = self.rules.words
        for kind in sorted(could):
            if kind in SIGNS:
                yield kind, SIGNS[kind]
            elif kind.lower() in vocabulary.spellings and kind not in ANSWERS:
                # What stands behind a comma has it in its last spelling.
                spellings = vocabulary.spellings[kind.lower()]
                yield kind, spellings[-1] if spellings[-1][0] == "," else spellings[0]
            elif kind == "NAME":
                kinds = (*vocabulary.kind_words.values(), *vocabulary.role_words.values())
                several = (*(kinds if "YES_NO" in could else ()), *self.names)
                yield from (("NAME", one) for one in [*dict.fromkeys(several)][:NAMES] if one.isidentifier())

    # ── Texts ────────────────────────────────────────────────────────────────────────────────────────────

    def at(self, start: int, end: int) -> Place:
        """Where some tokens stand; for none, where a word is put in."""
        if start < end:
            return place(self.tokens[start]).to(place(self.tokens[end - 1]))
        spot = place(self.tokens[start]).start if start < len(self.tokens) else place(self.tokens[-1]).end
        return Place(spot, spot)

    def said(self, tokens: Sequence[Token]) -> str:
        """The text of some neighbouring tokens."""
        return self.text[place(tokens[0]).start : place(tokens[-1]).end] if tokens else ""

    def raw(self, start: int, end: int) -> str:
        """The text from one token to another."""
        return self.said(self.tokens[start:end])

    def stripped(self, tokens: Sequence[Token]) -> Sequence[Token]:
        """Some tokens without the small words around them."""
        lang = self.lang
        first, last = 0, len(tokens)
        while first < last and tokens[first].casefold() in small(lang):
            first += 1
        while last > first and tokens[last - 1].casefold() in small(lang):
            last -= 1
        return tokens[first:last]

    def closed(self, at: int) -> int:
        """The index after the bracket that closes one."""
        depth = 0
        for index in range(at, len(self.tokens)):
            depth += {"OPEN": 1, "CLOSE": -1}.get(self.tokens[index].type, 0)
            if depth == 0:
                return index + 1
        return at + 1

    def edit(self, start: int, end: int, word: str, sort: Sort, cost: int, value: Value = "") -> Single:
        """An edit of no more words than change, with the blanks that it needs."""
        at = self.at(start, end)
        typed, new = [*BLACK.finditer(self.text, at.start, at.end)], word.split()
        old = [one[0].casefold() for one in typed]
        head = tail = 0
        if not value and sort != "turned":
            while head < min(len(old), len(new)) and old[head] == new[head]:
                head += 1
            while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
                tail += 1
        word = " ".join(new[head : len(new) - tail])
        if head or tail:
            left = typed[head : len(typed) - tail]
            spot = typed[head - 1].end() if head else typed[0].start()
            at = Place(left[0].start(), left[-1].end()) if left else Place(spot, spot)
            sort = "instead" if left and word else "added" if word else "without"
        if word[:1] in {",", ";", ":", ")"}:
            at = Place(len(self.text[: at.start].rstrip()), at.end)
        elif at.start == at.end and word:
            behind = at.start < len(self.text) and not self.text[at.start].isspace()
            word = f"{word} " if behind else f" {word}"
        return Single(at, word, sort, cost, value)
