"""One line that does not parse: how far the reader gets in it, and how much further with a repair."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import cast

from lark import Token

from ...faults import Fact, Fault
from ...place import NOWHERE, Place
from ...tree import Line
from ...words import Lang, words
from ..grammar import Grammar, State, ended, fed, grammar, spelled
from ..limits import CHARACTERS, OPENED, Work
from ..lines import place

# A repair begins at most so many words before the one that cannot stand where it stands…
BACK = 6
# …and so many words after it are read to see whether it helps, which bounds the work on a long list.
AHEAD = 60
# A repair of more characters is not tried.
WIDE = 2_000

# So many tokens into a commission its rate is said.
RATED = 2

NEWLINE = "\n"
Facts = Mapping[str, Fact]
NAME = re.compile(r"[^\W\d](?:[^\W\d]++|[0-9]++)*+")


@dataclass(frozen=True, slots=True)
class Broken:
    """A line that does not parse.

    `index` is the token that cannot stand where it stands, or the number of tokens where more is wanted;
    `expected` are the terminals that could stand there. `above` is the line of the plan above this one.
    `work` is what may still be done for it, and for all that stands below it.
    """

    tokens: tuple[Token, ...]
    above: tuple[Token, ...]
    text: str
    rules: Grammar
    index: int
    expected: frozenset[str]
    states: Mapping[int, State]
    work: Work

    @property
    def token(self) -> Token | None:
        """The token that cannot stand where it stands."""
        return self.tokens[self.index] if self.index < len(self.tokens) else None

    def kind(self, index: int) -> str:
        """The terminal at an index; the empty text outside the line."""
        return self.tokens[index].type if 0 <= index < len(self.tokens) else ""

    def place(self, start: int, end: int) -> Place:
        """Where some tokens stand; for none, the end of the token before them."""
        if start < end:
            return place(self.tokens[start]).to(place(self.tokens[end - 1]))
        at = place(self.tokens[start - 1]).end if start else place(self.tokens[0]).start
        return Place(at, at)

    def raw(self, start: int, end: int) -> str:
        """The text from one token to another, as the author wrote it."""
        stretch = self.place(start, end)
        return self.text[stretch.start : stretch.end]

    def glued(self, start: int, end: int) -> bool:
        """Whether no space stands between some tokens."""
        return all(place(a).end == place(b).start for a, b in pairwise(self.tokens[start:end]))

    def line_end(self, index: int) -> int:
        """The index after the last token on the line of text that a token stands on."""
        return bisect_right(self.tokens, standing(self.tokens[index]), lo=index, key=standing)

    def broken(self, index: int) -> bool:
        """Whether a line break stands before a token."""
        return index > 0 and standing(self.tokens[index]) > standing(self.tokens[index - 1])


@dataclass(frozen=True, slots=True)
class Repair:
    """Other words for some tokens of a line.

    `words` are read instead of the tokens; `place` and `fix` say it to the author where they differ from the
    tokens and the words, and so do `word` and `instead` among the facts. With it the reader must come at
    least `beyond` words further; one is enough for what is right by itself, whatever else is wrong in the
    line. One that is not `offered` is only one of several readings.
    """

    code: str
    start: int
    end: int
    words: str
    facts: Facts = field(default_factory=dict)
    place: Place | None = None
    also: Place | None = None
    fix: str | None = None
    beyond: int = 3
    offered: bool = True


@dataclass(frozen=True, slots=True)
class Mended:
    """What was understood of a row that does not parse: the lines in it, repaired where they can be, and its
    faults.

    `healed` where the repairs that are offered leave nothing wrong; `begins` is the terminal that the last
    of its lines begins with, repaired; it `joins` the line above where it is a part of that, and takes in
    `rows` of the text, which stand at `place`. `names` is what it declares, as far as it can be read.
    """

    lines: tuple[Line, ...]
    faults: tuple[Fault, ...]
    healed: bool
    begins: str
    joins: bool = False
    rows: int = 1
    place: Place = NOWHERE
    names: tuple[str, ...] = ()


def opened(tokens: Sequence[Token], above: Sequence[Token], text: str, rules: Grammar, work: Work) -> Broken:
    """The case of a line that does not parse."""
    work.spend(OPENED + 3 * len(tokens))
    index = fed(rules.begun(), tokens)
    states: dict[int, State] = {}
    # The failed token may have run some reductions, so those before it are read again for a clean state.
    parser = rules.begun()
    for at in range(index + 1):
        # Where nothing is tried, nothing is read again from a place before the mistake.
        if not work.done and (at == 0 or at >= index - BACK):
            states[at] = copied(parser)
        if at < index:
            parser.feed_token(tokens[at])
    expected = possible(parser.accepts(), text, rules.words.lang)  # type: ignore[no-untyped-call]  # untyped in Lark
    return Broken(tuple(tokens), tuple(above), text, rules, index, expected, states, work)


# What is said of records, which only a plan with tables of them has.
RECORDS = frozenset({
    "RECORD_OF", "COUNTS", "SUM_OF", "COUNT_OF", "AVERAGE_OF", "LEAST_OF", "GREATEST_OF", "DISTINCT_OF",
    "FIRST_OF", "LAST_OF", "IN_ORDER_OF", "WHERE", "FOR_EACH", "EACH_OF", "EACH", "IN_ALL",
})  # fmt: skip


def possible(terminals: Collection[str], text: str, lang: Lang) -> frozenset[str]:
    """Those of some terminals that can be meant: of records where a text has tables, or takes in another."""
    if _tabled(text, lang):
        return frozenset(terminals)
    # What bands are of is of records too, and what they lie on top of is a balance: hardly what a line lacks.
    banded = "EACH_BAND" in terminals and "PLUS" not in terminals
    return frozenset(terminals) - RECORDS - ({"OF", "ON_TOP_OF"} if banded else set())


@lru_cache(maxsize=4)
def _tabled(text: str, lang: Lang) -> bool:
    """Whether a line of a text begins with the word for a table of records, or for another file."""
    vocabulary = words(lang)
    begun = spelled(one for word in ("table", "include", "definitions") for one in vocabulary.spellings[word])
    return re.search(rf"^[ \t]*(?:{begun})(?!\w)", text, re.MULTILINE | re.IGNORECASE) is not None


def standing(token: Token) -> int:
    """The line of text that a token stands on."""
    return token.line or 0


def lexed(words: str, rules: Grammar, where: Place, on: int) -> list[Token]:
    """The tokens of a repair, all at the place and on the line of text of what they stand for."""
    return [
        Token(kind, text, where.start, on, 0, on, 0, where.end)
        for kind, text in _lexed(words, rules.words.lang)
    ]


@lru_cache(maxsize=1024)
def _lexed(words: str, lang: Lang) -> tuple[tuple[str, str], ...]:
    """Terminals and their words, without comments; most repairs are the same few words again and again."""
    return tuple(
        (token.type, str(token))
        for token in grammar(lang).lex(words)
        if token.type not in {"NEWLINE", "COMMENT"}
    )


def helps(case: Broken, repair: Repair) -> tuple[bool, bool]:
    """Whether a repair brings the reader further, and whether it makes the line parse."""
    if repair.end - repair.start == len(case.tokens) and not repair.words:
        # Nothing is left of the line, which is what a comment or a lonely bracket should come to.
        return True, True
    if case.work.done or len(repair.words) > WIDE:
        return False, False
    parser = _state(case, repair.start)
    if parser is None:
        return False, False
    case.work.spend(1 + len(repair.words) // CHARACTERS)
    if repair.words == NEWLINE:
        if ended(parser, case.tokens[0]) is None:
            return False, False
        parser = case.rules.begun()
    words = lexed(repair.words, case.rules, Place(0, 0), 0)
    if fed(parser, words) < len(words):
        return False, False
    rest = case.tokens[repair.end : repair.end + AHEAD]
    read = fed(parser, rest)
    case.work.spend(read)
    if repair.end + read == len(case.tokens) and ended(parser, case.tokens[-1]) is not None:
        return True, True
    beyond = repair.end + read - max(case.index, repair.end - 1)
    return beyond >= repair.beyond, False


def applied(case: Broken, repair: Repair) -> tuple[Token, ...]:
    """The tokens of the line with a repair in place."""
    on = standing(case.tokens[min(repair.start, len(case.tokens) - 1)])
    return (
        *case.tokens[: repair.start],
        *lexed(repair.words, case.rules, case.place(repair.start, repair.end), on),
        *case.tokens[repair.end :],
    )


def fault(case: Broken, repair: Repair) -> Fault:
    """What to tell the author about a repair."""
    fix = _spaced(case, repair) if repair.fix is None else repair.fix
    word = short(case.raw(repair.start, repair.end))
    return Fault(
        repair.code,
        place=repair.place or case.place(repair.start, repair.end),
        also=repair.also,
        facts={"word": word, "instead": repair.words, **repair.facts},
        fix=fix if repair.offered else None,
    )


def _spaced(case: Broken, repair: Repair) -> str:
    """The words of a repair, apart from those that they would run into: in place of a comma, say."""
    start, end, words = repair.start, repair.end, repair.words
    if start == end:
        return words
    before = case.tokens[start - 1] if start and case.glued(start - 1, start + 1) else ""
    after = case.tokens[end] if end < len(case.tokens) and case.glued(end - 1, end + 1) else ""
    if not words:
        return " " * (_runs(before) and _runs(after))
    return f"{' ' * (_runs(before) and _runs(words))}{words}{' ' * (_runs(words) and _runs(after))}"


def _runs(word: str) -> bool:
    """Whether a word would run into another beside it."""
    return word[:1].isalnum() and (word[-1:].isalnum() or word[-1:] == "%")


def refused(case: Broken, repair: Repair) -> bool:
    """Whether the whole plan was worse with a repair, so that another one is wanted."""
    told = fault(case, repair) if case.work.refused else None
    return told is not None and (told.place, told.fix) in case.work.refused


def unsigned(case: Broken, repair: Repair) -> bool:
    """Whether a repair takes the sign or the `%` from a number, which is another number then."""
    start, end = repair.start, repair.end
    if not start < end or repair.words:
        return False
    taken = unicodedata.normalize("NFKC", case.raw(start, end))
    percent = "%" in taken and case.kind(start - 1) == "NUMBER" and case.glued(start - 1, start + 1)
    sign, value = case.kind(end - 1), case.kind(end)
    signed = sign == "MINUS" and value in {"NUMBER", "PERCENT"} and case.glued(end - 1, end + 1)
    return percent or (start > 0 and (signed or (sign == "PLUS" and value == "PERCENT")))


def priceless(case: Broken, repair: Repair) -> bool:
    """Whether a repair leaves a commission of no rate, by which all that is sold would be paid."""
    if repair.start > RATED:
        return False
    after = [one.type for one in applied(case, repair)[: RATED + 1]]
    typed = repair.start > 1 and [case.kind(0), case.kind(1)] == after[:2]
    bare = after[:2] == ["COMMISSION", "NAME"] and (len(after) == 2 or after[2] in RATELESS)
    return bare and not typed


# What stands behind the whole amount of a commission.
RATELESS = frozenset({"ONLY_IF", "CAP", "FLOOR"})


def short(words: str, most: int = 40) -> str:
    """Words of the author's, cut where they are too long for a sentence."""
    line = " ".join(words.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def places_back(case: Broken, steps: int = BACK) -> Iterator[int]:
    """The tokens where a repair may begin, from the mistake backwards."""
    yield from range(min(case.index, len(case.tokens) - 1), max(case.index - steps, 0) - 1, -1)


def _state(case: Broken, index: int) -> State | None:
    """A parser that has read the tokens before an index."""
    if index > case.index:
        return None
    nearest = max(at for at in case.states if at <= index)
    parser = copied(case.states[nearest])
    case.work.spend(index - nearest)
    fed(parser, case.tokens[nearest:index])
    return parser


def copied(parser: State) -> State:
    """A parser with a state of its own; what it read before is shared, since only its state is looked at."""
    return cast(State, parser.copy(deepcopy_values=False))  # type: ignore[no-untyped-call]  # untyped in Lark
