"""Lines and texts that stand together and should not, or apart and should not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...data import table
from ...faults import Fault
from ...place import Place
from ...tree import PAIRS, quoted
from ..grammar import Grammar, read
from ..limits import WORDS, Work
from ..lines import LISTS, ROWS, SIDES, TokenRow, place
from .case import NEWLINE, Broken, Mended, Repair, helps, short

# Where a name stands behind the word that a line begins with, it ends before this.
NAMED = 2
# A paragraph of so many lines is looked through for its closing mark.
LINES = 12


def continued(case: Broken) -> Iterator[Repair]:
    """A list that goes on in the next line without its first word."""
    if case.above and case.above[0].type in LISTS:
        keyword = case.rules.words[case.above[0].type.lower()]
        yield Repair("P130", 0, 0, keyword, {"word": keyword}, fix=f"{keyword} ")


def begun(case: Broken) -> Iterator[Repair]:
    """The first row of an example without its word."""
    above = case.above[0].type if case.above else ""
    keyword = None
    if above == "EXAMPLE" and case.kind(0) == "NAME":
        keyword = "given"
    elif above in LISTS | {"EXAMPLE", "NAME"} and case.kind(0) in {"TOTAL", "SALARY", "BONUS", "COMMISSION"}:
        keyword = "pays"
    if keyword is not None:
        word = case.rules.words[keyword]
        at = place(case.tokens[0]).start
        repair = Repair(
            "P138", 0, 0, word, {"word": short(case.tokens[0]), "instead": (word,)},
            place=Place(at, at), fix=f"{word} ",
        )  # fmt: skip
        if helps(case, repair)[1]:
            yield repair


def parted(rows: Sequence[TokenRow], index: int, text: str, rules: Grammar, work: Work) -> Mended | None:
    """A line broken before a word that begins a row of a table: `accel 1.2`, and below it `above 100%`."""
    if index + 1 == len(rows):
        return None
    above, below = rows[index].tokens, rows[index + 1].tokens
    # A colon shows that it is a row, whatever the line above it would make of it.
    if below[0].type not in SIDES or len(above) > WORDS or any(token.type == "COLON" for token in below):
        return None
    work.spend(len(above) + len(below))
    line = read([*above, *below], rules)
    if line is None:
        return None
    between = Place(place(above[-1]).end, place(below[0]).start)
    # A comment at the line's end cannot stay there.
    fix = " " if text[between.start : between.end].isspace() else None
    found = Fault("P150", place=between, facts={"word": short(below[0])}, fix=fix)
    return Mended((line,), (found,), healed=True, begins=above[0].type, rows=2)


def joined(case: Broken) -> Iterator[Repair]:
    """Two lines of a plan on one line of text."""
    small = table("grammars", "synonyms.toml")["small"][case.rules.words.lang]
    for index in (case.index, case.index - 1):
        if index <= 0 or index >= len(case.tokens):
            continue
        start = index + (case.kind(index) == "SEMICOLON" or case.tokens[index] in {",", ".", ":", "|"})
        # In a list a name begins the next item rather than a line, and only below a row comes a row.
        begins = case.rules.starters - ({"NAME"} if case.kind(0) in LISTS else set())
        begins -= frozenset() if case.kind(0) in SIDES else ROWS
        # Two names beside each other on one line of text are rather one of two words.
        if case.kind(start) == "NAME" == case.kind(start - 1) and start == case.index == NAMED:
            begins -= {"NAME"}
        if case.kind(start) == "NAME" and case.tokens[start].casefold() in small:
            continue
        # Behind a percentage stands what it is of, unless a KPI begins.
        if (
            case.kind(start) == "NAME"
            and case.kind(start - 1) == "PERCENT"
            and case.kind(start + 1) != "WEIGHT"
        ):
            continue
        if case.kind(start) in begins:
            where = Place(place(case.tokens[index - 1]).end, place(case.tokens[start]).start)
            yield Repair("P129", index, start, NEWLINE, {"word": short(case.tokens[start])}, place=where)


def long_text(rows: Sequence[TokenRow], index: int, text: str, rules: Grammar, work: Work) -> Mended | None:
    """A text that begins in a row and ends in a later one.

    None of the lines below the first may make sense by itself: then the closing mark was forgotten instead.
    """
    opening = next((token for token in rows[index].tokens if token.type == "UNCLOSED"), None)
    if opening is None:
        return None
    start = place(opening).start
    end = _closing(text, start, PAIRS[opening[0]])
    if end is None:
        return None
    last = index + 1
    while last < len(rows) and place(rows[last].tokens[0]).start < end:
        work.spend(len(rows[last].tokens))
        if read(rows[last].tokens, rules) is not None:
            return None
        last += 1
    typed = text[start:end]
    better = quoted(" ".join(typed[1:-1].split()))
    found = Fault("P137", place=Place(start, end), facts={"word": short(typed)}, fix=better)
    return Mended((), (found,), healed=True, begins=rows[index].tokens[0].type, rows=last - index)


def _closing(text: str, start: int, mark: str) -> int | None:
    """The end of a text that begins at an offset, if its closing mark is the last thing on a later line."""
    at = text.find(mark, start + 1)
    if at < 0 or text.count("\n", start, at) >= LINES:
        return None
    rest = text[at + 1 :].partition("\n")[0].strip()
    return at + 1 if not rest or rest.startswith("#") else None
