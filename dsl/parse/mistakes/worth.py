"""What the words of a line are worth: what it costs to lose one, to put one in, to read one as another."""

from __future__ import annotations

from functools import lru_cache
from unicodedata import normalize

from lark import Token

from ...faults.forms import related
from ...faults.nearest import edits
from ...words import Lang
from ..lines import CLAUSES, LISTS
from .changes import JOINING
from .expected import OPERATORS
from .near import denials, meant, small
from .phrasing import SIGNS, Phrasing
from .spelling import tolerance
from .times import monthly

# A word for one near to it, a mark or a small word, a word that says something, a name of the plan, a value.
NEAR, MARK, WORD, NAME, VALUE = 1, 1, 3, 4, 5
NUMERIC = frozenset({"NUMBER", "PERCENT"})
UNITS = frozenset({"DAYS", "BPS"})
COMPARED = frozenset({"NE", "LE", "GE", "LT", "GT"})
WEAK = JOINING | {"EQ", "IS", "TIMES"}  # of what is reckoned with, what people write as they speak
STEM = 4  # letters that words of one stem have in common


def dear(line: Phrasing, token: Token) -> bool:
    """Whether a word says what is paid: nobody can tell from examples that it is too much."""
    if token.type == "NAME":
        return token is line.declared or known(line, token) or monthly(token, line.lang)
    if token.type == "ON" and line.tokens[0].type == "COMMISSION":
        return True
    if token.type in {"STRING", *OPERATORS} - WEAK or normalize("NFKC", token) == "%":
        return True
    if token.type in CLAUSES and line.tokens[0].type not in {"FACT", "RECORD_OF", *LISTS}:
        return True
    value = token[0].isalnum() and token.type not in {"SIGN", *line.rules.keywords}
    return value or token.casefold() in denials(line.lang)


def nothing(line: Phrasing, token: Token) -> bool:
    """Whether a word is none of the plan or of the language, or says that there is nothing."""
    strange = token.type == "NAME" and not dear(line, token)
    return strange or token.type == "SIGN" or token.casefold() in denials(line.lang)


def known(line: Phrasing, token: Token) -> bool:
    return token.type == "NAME" and token in line.names


def like(line: Phrasing, token: Token, kind: str) -> bool:
    """Whether a name may be another one, or a word that joins others."""
    joins = kind in JOINING and token is not line.declared
    return token.type == "NAME" and (kind == "NAME" or joins)


def weight(line: Phrasing, token: Token) -> int:
    """What it costs to lose a word."""
    lang, plain = line.rules.words.lang, token.casefold()
    if not any(map(str.isalnum, plain)):
        return MARK if token.type not in SIGNS or token.type in {"COLON", "SEMICOLON"} else WORD
    if token.type == "SIGN":
        return MARK + 1
    if plain in denials(lang) or token.type not in {"NAME", *line.rules.keywords}:
        return VALUE
    if token.type == "NAME":
        known = token in line.names or plain in line.rules.words.kinds
        return MARK if plain in small(lang) else NAME if known else MARK + 1
    return MARK + 1 if token.type in JOINING | UNITS or plain in small(lang) else WORD


def put(line: Phrasing, kind: str, word: str) -> int:
    """What it costs to put in a word."""
    if kind in SIGNS or kind in JOINING or word in small(line.rules.words.lang):
        return MARK + 1
    # What other lines say as well is sooner forgotten in this one.
    return NAME if word in line.names or kind not in {"NAME", *line.used} else WORD


def near(line: Phrasing, start: int, end: int, kind: str, word: str) -> int:
    """What it costs to read some words as one that they are near to; 0 where they are not."""
    lang, tokens = line.rules.words.lang, line.tokens[start:end]
    plain = word.casefold()
    typed = " ".join(line.said(tokens).casefold().split())
    kinds, roles = line.rules.words.kinds, line.rules.words.roles
    strange = len(tokens) == 1 and tokens[0].type == "NAME" and not dear(line, tokens[0])
    kindly = plain in kinds if typed in kinds else strange and plain in {*kinds, *roles} - line.names.keys()
    if kindly or (tokens[0].type in COMPARED and kind in COMPARED):
        return MARK + 1
    if any(token.type in {"STRING", *NUMERIC} or token is line.declared for token in tokens):
        return 0
    if end - start == 1 and tokens[0] in line.names:
        return 0
    if any(keyword.upper() == kind for keyword, _, _ in meant(typed, lang)):
        return NEAR
    off, single = tolerance(plain), len(typed.split()) == len(plain.split())
    return NEAR if single and (_alike(typed, plain, lang) or edits(typed, plain, off) <= off) else 0


@lru_cache(maxsize=4096)
def _alike(one: str, other: str, lang: Lang) -> bool:
    """Whether two words are of one stem."""
    return related(one, other, lang) or (
        len(min(one, other, key=len)) > STEM and one[: STEM + 1] == other[: STEM + 1]
    )
