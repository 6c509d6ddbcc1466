"""Words of the language as names: where a plan declares one, and nothing but a name can stand."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from lark import Lark, Token
from lark.lexer import LexerThread

from ..words import Words

# What joins the parts of a formula or a line, and what lines of pay are called by: each would be mistaken.
KEPT = frozenset({
    "OF", "IF", "OTHERWISE", "OR", "AND", "NOT", "ABOVE", "BELOW", "TO", "UP_TO", "FROM", "AT", "FOR", "ON",
    "BY", "IS", "WITHIN", "YES", "NO", "SALARY", "BONUS", "COMMISSION", "TOTAL",
})  # fmt: skip
FUNCTIONS = frozenset({"MIN", "MAX", "ROUND"})
CALLED = frozenset({"OPEN", "UP", "DOWN", "HALF_EVEN"})
BETWEEN = frozenset({"NEWLINE", "COMMENT"})
VALUED = frozenset({"NUMBER", "PERCENT", "SIGN", "MINUS", "DATE", "YES", "NO"})
# What stands before a name that is declared, and what after it.
PAID = frozenset({"STRING", "EQ"})
DECLARING: Mapping[str, frozenset[str]] = {
    "FACT": frozenset({
        "", "STRING", "NAME", "DAYS", "YES_NO", "ONE_OF", "SIGNED", "FROM", "OF", "UP_TO", "TO", "DEFAULT",
        "TAKEN_FROM", "TYPED_IN",
    }),
    **dict.fromkeys(("PAY", "COMMISSION", "SPIF", "REDUCTION", "MILESTONE", "PIECE"), PAID),
    **dict.fromkeys(("RECOVERY", "DRAW"), frozenset({"STRING", "WITHIN"})),
    "BALANCE": frozenset({
        "STRING", "NAME", "DAYS", "SIGNED", "OWED", "DUE_TO", "UP_TO", "TO", "EQ", "OPENED", "FORGIVEN_IF",
        "CLAIMED_IF",
    }),
    "SECTION": frozenset({"STRING", "WEIGHT"}),
    "RESULT": PAID | {"NAME", "DAYS", "YES_NO", "ONE_OF"},
}  # fmt: skip
# Lines that are whole with a name alone, as `fact money` is: no column is called like their keyword.
WHOLE = frozenset({"FACT", "TABLE", "GROUP", "SECTION"})
COLUMNS = frozenset({"DAYS", "YES_NO", "ONE_OF", "RECORD_OF", "OF"})  # kinds of a column, but for names
# What goes over records, and what stands further on in each phrase: without that it is none.
GATHERING = frozenset({
    "SUM_OF", "AVERAGE_OF", "LEAST_OF", "GREATEST_OF", "DISTINCT_OF", "FIRST_OF", "LAST_OF", "RANK_OF",
})  # fmt: skip
NEEDED = {**dict.fromkeys(GATHERING, "OF"), "SHARE_OF": "WITHIN", "PRIZES_OF": "WITHIN"}
# Beginnings of lines that an amount follows.
AMOUNTS = frozenset({
    ("SALARY",), ("COMMISSION",), ("COMMISSION", "STRING"), ("MILESTONE", "NAME"), ("PIECE", "NAME"),
    ("MILESTONE", "NAME", "STRING"), ("PIECE", "NAME", "STRING"),
})  # fmt: skip


@dataclass(frozen=True)
class Naming:
    """What tells a name from the keyword that it is spelt as, in the grammar of a language."""

    lark: Lark
    starters: frozenset[str]
    keywords: frozenset[str]
    words: Words

    @cached_property
    def free(self) -> frozenset[str]:
        """The keywords that can be names."""
        return self.keywords - KEPT

    @cached_property
    def after(self) -> Mapping[str, frozenset[str]]:
        """The terminals that can stand after each, wherever it stands."""
        found: dict[str, set[str]] = {}
        states = self.lark.parser.parser._parse_table.states  # the only way to them
        for actions in states.values():
            for terminal, (_, goal) in actions.items():
                if goal in states:
                    found.setdefault(terminal, set()).update(states[goal])
        return {terminal: frozenset(following) for terminal, following in found.items()}

    def named(self, tokens: list[Token], known: Collection[str] = ()) -> None:
        """Make names of the words of a text that are: of `known` ones, and of those that it declares."""
        words = [token for token in tokens if token.type not in BETWEEN]
        for at, word in enumerate(words):
            self._behind(words, at, word)
        columns = [*self._columns(words)]
        for at in columns:
            words[at].type = "NAME"
        free = [at for at, word in enumerate(words) if self._could(word)]
        # A text that includes others, or is included, has names that stand elsewhere.
        shared = any(word.type in {"INCLUDE", "DEFINITIONS"} for word in words)
        names = self._declared(words, free).union(str(words[at]) for at in columns)
        for at in free if names or known or shared else ():
            word = words[at]
            if (shared or word in names or word in known) and self._bare(words, at):
                word.type = "NAME"
        self._part(tokens, words, {*known, *(str(word) for word in words if word.type == "NAME")})

    def _columns(self, words: Sequence[Token]) -> Iterator[int]:
        """The words that columns are called: below the line of their table, each at the head of a line."""
        inside = False
        for at, word in enumerate(words):
            if not _first(words, at):
                continue
            kind = at + (2 if _kind(words, at + 1, same=True) == "STRING" else 1)
            shaped = self._kinded(words, kind) and _kind(words, kind + 1) != "EQ"
            whole = kind == at + 1 and word.type in WHOLE
            if inside and shaped and not whole and self._could(word):
                yield at
            inside = word.type == "TABLE" or (inside and (shaped or word.type not in self.starters))

    def _could(self, word: Token) -> bool:
        """Whether a word of the language can be a name somewhere."""
        return word.type in self.free and word.isidentifier()

    def _kinded(self, words: Sequence[Token], at: int) -> bool:
        """Whether a kind, or what else a column may be, stands at an index of a line of text."""
        kind = _kind(words, at, same=True)
        return kind in COLUMNS or (kind == "NAME" and words[at].casefold() in self.kinds)

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The words for what a column is."""
        return frozenset({*self.words.kinds, *self.words.roles})

    def _part(self, tokens: list[Token], words: list[Token], names: Collection[str]) -> None:
        """Part phrases whose first word is a name where they can mean nothing: `sum of share of deals`."""
        for at in range(len(words) - 1, -1, -1):
            word = words[at]
            name, *rest = word.split(maxsplit=1) if word.type in self.keywords else [""]
            if not rest or name not in names:
                continue
            needed = NEEDED.get(word.type)
            if _kind(words, at - 1) in GATHERING or (needed and needed not in self._further(words, at)):
                start = len(word) - len(rest[0])
                state = LexerThread.from_text(self.lark.parser.lexer, rest[0])
                (last,) = state.lex(None)  # type: ignore[no-untyped-call]  # untyped in Lark
                parts = [_piece(word, "NAME", 0, len(name)), _piece(word, last.type, start, len(word))]
                place = next(place for place, token in enumerate(tokens) if token is word)
                words[at : at + 1] = tokens[place : place + 1] = parts

    def _further(self, words: Sequence[Token], at: int) -> Iterator[str]:
        """The terminals that stand behind a word in its line of the plan."""
        for index in range(at + 1, len(words)):
            if _first(words, index) and words[index].type in self.starters:
                return
            yield words[index].type

    def _behind(self, words: Sequence[Token], at: int, word: Token) -> None:
        """What means something right behind a kind alone: in what money or a time is, how long one lasts."""
        kind = self.words.kinds.get(words[at - 1].casefold()) if _kind(words, at - 1) == "NAME" else None
        if word.type == "IN" and kind not in {"money", "date"}:
            word.type = "NAME"
        elif word.type == "NAME" and kind == "duration" and word.casefold() in self.words.units:
            word.type = "NAME" if _first(words, at) else "UNIT"

    def _declared(self, words: Sequence[Token], free: Sequence[int]) -> frozenset[str]:
        """The free words that are declared as names."""
        listed = frozenset(_listed(words))
        names = {
            str(words[at])
            for at in free
            if at in listed
            or _kind(words, at + 1, same=True) in DECLARING.get(_kind(words, at - 1), ())
            or _named(words, at)
        }
        # What is used nowhere as only a name is may be a clause with a sign too many.
        begun = {str(words[at]) for at in free if self._begins(words, at)} - names
        if not begun:
            return frozenset(names)
        used = {str(words[at]) for at in free if not self._begins(words, at) and self._bare(words, at)}
        return frozenset(names | (begun & used))

    def _begins(self, words: Sequence[Token], at: int) -> bool:
        """Whether a word begins a figure or a KPI: `cutoff percent = 80%`."""
        if not _first(words, at) or self._starts(words, at):
            return False
        kind = at + 1 < len(words) and (words[at + 1].casefold() in self.words.kinds)
        return _kind(words, at + 1) in {"STRING", "EQ", "WEIGHT"} or (kind and _kind(words, at + 2) == "EQ")

    def _starts(self, words: Sequence[Token], at: int) -> bool:
        """Whether a word is the keyword that a line begins with."""
        return words[at].type in self.starters and not _named(words, at)

    def _bare(self, words: Sequence[Token], at: int) -> bool:
        """Whether nothing but a name can stand where a word stands."""
        kind, before, after = words[at].type, _kind(words, at - 1), _kind(words, at + 1)
        if _first(words, at):
            if self._starts(words, at):
                return before == "SEMICOLON" and after in VALUED
            if self._begins(words, at):
                return True
        if kind in FUNCTIONS and after in CALLED:
            return False
        if before == "NAME" and _kind(words, at - 2) in {"GIVEN", "SEMICOLON"}:  # the value of an attribute
            return _kind(words, at + 1, same=True) in {"SEMICOLON", ""}
        if before == "NAME" and _kind(words, at - 2) == "RECORD_OF":
            return True
        could = self.after.get(before, frozenset())
        if before == "NUMBER" or "NAME" not in could:  # after a number a name is a currency
            return False
        return kind not in could or kind in FUNCTIONS or self._opening(words, at) in AMOUNTS

    def _opening(self, words: Sequence[Token], at: int) -> tuple[str, ...]:
        """What stands before a word in its line, if that is not much."""
        for start in range(at - 1, max(at - 4, -1), -1):
            if _first(words, start) and self._starts(words, start):
                return tuple(word.type for word in words[start:at])
        return ()


def _piece(word: Token, kind: str, start: int, end: int) -> Token:
    """A part of a token, as a token of a kind."""
    first, line, column = word.start_pos or 0, word.line, word.column or 0
    place = first + start, line, column + start, line, column + end, first + end
    return Token(kind, word[start:end], *place)


def _named(words: Sequence[Token], at: int) -> bool:
    """Whether the word for a result, a balance or a draw at the head of a line names a figure or a KPI."""
    return (
        words[at].type in {"RESULT", "BALANCE", "DRAW"}
        and _first(words, at)
        and _kind(words, at + 1) in {"EQ", "WEIGHT"}
    )


def _listed(words: Sequence[Token]) -> Iterator[int]:
    """Where the values of an attribute stand, each by itself: in `one of (up; down)`."""
    inside = False
    for at, word in enumerate(words):
        inside = word.type == "ONE_OF" or (inside and word.type != "CLOSE")
        single = _kind(words, at - 1) in {"OPEN", "SEMICOLON"}
        if inside and single and _kind(words, at + 1) in {"SEMICOLON", "CLOSE"}:
            yield at


def _kind(words: Sequence[Token], at: int, *, same: bool = False) -> str:
    """The terminal at an index, or nothing; with `same` nothing where a line of text begins."""
    return words[at].type if 0 <= at < len(words) and not (same and _first(words, at)) else ""


def _first(words: Sequence[Token], at: int) -> bool:
    """Whether a word is the first of its line of text."""
    return at == 0 or (words[at].line or 0) > (words[at - 1].line or 0)
