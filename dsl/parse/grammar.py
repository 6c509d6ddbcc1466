"""One Lark parser for each human language, its words filled into the one grammar; and a line read by it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from lark import Lark, Token
from lark.exceptions import UnexpectedInput
from lark.lexer import LexerThread
from lark.parsers.lalr_interactive_parser import InteractiveParser

from .. import tree
from ..tree.declared import rules
from ..words import Lang, Words, words
from .build import Builder
from .naming import Naming
from .tables import parser

# The line of the grammar that the rules of clauses stand in the place of.
CLAUSES = "// Here stand the rules of clauses, as they are declared in dsl/tree/clauses.py."
State = InteractiveParser
SPACES = "[ \\t\\u00a0\\u2007\\u2009\\u202f]"


@dataclass(frozen=True, slots=True)
class Grammar:
    """A language's parser, and what it says about where lines begin and which terminals are words.

    `columns` says whether the line that is read can be a column of a table.
    """

    words: Words
    lark: Lark
    starters: frozenset[str]
    keywords: frozenset[str]
    naming: Naming
    columns: bool = False

    def begun(self) -> State:
        """A parser that has read nothing of a line."""
        return self.lark.parse_interactive(start="below_table" if self.columns else "line")

    def lex(self, text: str) -> Iterator[Token]:
        """The tokens of a text; `Lark.lex` would build a lexer for each."""
        tokens: Iterator[Token] = LexerThread.from_text(self.lark.parser.lexer, text).lex(None)  # type: ignore[no-untyped-call]  # untyped in Lark
        return tokens

    def named(self, text: str, known: Collection[str] = ()) -> list[Token]:
        """The tokens of a text; words of the language are names where they are declared, or `known`."""
        tokens = [*self.lex(text)]
        self.naming.named(tokens, known)
        return tokens

    def rewritten(self, text: str, word: Callable[[str, str], str], known: Collection[str] = ()) -> str:
        """A text with a word for the terminal and the text of each token, and all between them as it is."""
        parts: list[str] = []
        end = 0
        for token in self.named(text, known):
            parts += [text[end : token.start_pos], word(token.type, str(token))]
            end = token.end_pos or 0
        return "".join([*parts, text[end:]])


class Unparsed:
    """Keeps the terminals that no rule uses in Lark's lexer: comments, line ends, and what is miswritten."""

    always_accept = ("COMMENT", "NEWLINE", "UNCLOSED", "WRONG", "MISWRITTEN_NUMBER", "MISWRITTEN_DATE")

    def process(self, stream: Iterator[Token]) -> Iterator[Token]:
        """The tokens as they are."""
        return stream


@cache
def below_table(lang: Lang) -> Grammar:
    """The grammar of a language for what stands under the line of a table of records."""
    return replace(grammar(lang), columns=True)


@cache
def grammar(lang: Lang) -> Grammar:
    """The grammar of a language."""
    vocabulary = words(lang)
    lark = parser(lang, text(vocabulary), Builder(vocabulary), Unparsed())
    # What a parser can do at the start is keyed by terminals, which are upper-case, and by rules.
    begun = lark.parse_interactive(start="line").choices()  # type: ignore[no-untyped-call]  # untyped in Lark
    keywords = frozenset(keyword.upper() for keyword in vocabulary.spellings)
    starters = frozenset(filter(str.isupper, begun))
    return Grammar(vocabulary, lark, starters, keywords, Naming(lark, starters, keywords, vocabulary))


def text(vocabulary: Words) -> str:
    """The grammar of a language as Lark reads it: clauses and words filled into the shape of a line."""
    shape = files("grammars").joinpath("plan.lark").read_text("utf-8")
    return shape.replace(CLAUSES, rules()) + terminals(vocabulary)


def terminals(vocabulary: Words) -> str:
    """Definitions of the terminals that hang on a language: its words, signs and numbers."""
    rows = []
    for keyword, spellings in vocabulary.spellings.items():
        length = max(len(spelling.split()) for spelling in spellings)
        end = f"(?!\\w){overlap(spellings, vocabulary)}"
        rows.append(f"{keyword.upper()}.{10 * length + 10}: /(?:{spelled(spellings)}){end}/i")
    signs = "|".join(re.escape(sign) + r"(?!\w)" * sign[-1].isalpha() for sign in vocabulary.signs)
    # What is read once is never given back: the lexer would keep the marks of all terminals for each step.
    whole = f"(?:[0-9]{{1,3}}(?:{SPACES}[0-9]{{3}}(?![0-9]))++|[0-9]++)"
    mark = re.escape(vocabulary.decimal)
    mistaken = re.escape(vocabulary.mistaken)
    number = f"{whole}(?:{mark}[0-9]++)?"
    either = f"[{mark}{mistaken}]"
    wrong = f"(?:{mistaken}|{mark}[0-9]+{either})[0-9]++(?:{either}[0-9]++)*+"
    rows += [
        f"SIGN.5: /{signs}/i",
        f"NUMBER: /{number}/",
        f"PERCENT.1: /{number}{SPACES}?%/",
        f"MISWRITTEN_NUMBER.2: /{whole}{wrong}(?:{SPACES}?%)?/",
    ]
    return "\n".join(rows) + "\n"


def overlap(spellings: Iterable[str], vocabulary: Words) -> str:
    """A pattern for what may not follow: `above target` is two words where `of` makes `target of` of it.

    What begins a longer word of the language may: `paid by steps by the days in` has no `steps by` in it.
    """
    last = {spelling.split()[-1] for spelling in spellings if " " in spelling}
    phrases = [other for others in vocabulary.spellings.values() for other in others] if last else []
    parted = (phrase.partition(" ") for phrase in phrases)
    rests = [rest for first, _, rest in parted if rest and first in last]
    longer = [phrase for phrase in phrases if any(phrase.startswith(f"{rest} ") for rest in rests)]
    but = f"(?!(?:{spelled(longer)})(?!\\w))" if longer else ""
    return f"(?!{SPACES}+{but}(?:{spelled(rests)})(?!\\w))" if rests else ""


def spelled(spellings: Iterable[str]) -> str:
    """A pattern for any of some spellings, with any spaces between the words of one."""
    longest_first = sorted(spellings, key=len, reverse=True)
    return "|".join(
        f"{SPACES}+".join(re.escape(word).replace("/", r"\/") for word in spelling.split())
        for spelling in longest_first
    )


# ── A line, read ─────────────────────────────────────────────────────────────────────────────────────────


def read(tokens: Sequence[Token], rules: Grammar) -> tree.Line | None:
    """The line that some tokens make, if they make one."""
    parser = rules.begun()
    return ended(parser, tokens[-1]) if fed(parser, tokens) == len(tokens) else None


def fed(parser: State, tokens: Sequence[Token]) -> int:
    """How many of some tokens a parser reads, one after another."""
    read = 0
    with suppress(UnexpectedInput):
        for token in tokens:
            parser.feed_token(token)
            read += 1
    return read


def ended(parser: State, last: Token) -> tree.Line | None:
    """The line that a parser has read, if it may end there."""
    try:
        line: tree.Line = parser.feed_eof(last)  # type: ignore[no-untyped-call]  # untyped in Lark
    except UnexpectedInput:
        return None
    return line
