"""What stands in a line at another place than it should, and the one thing that is wanted there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...data import table
from ...place import Place
from ..lines import CLAUSES, SIDES, place
from .case import NAME, Broken, Facts, Repair, helps, short
from .expected import tabled
from .phrases import kind_said
from .recast import BETWEEN
from .spelling import begins

SIGNS = {"EQ": "=", "COLON": ":", "OPEN": "(", "CLOSE": ")", "SEMICOLON": ";"}
# Lines that give what they say a name and a label.
NAMING = frozenset({
    "FACT", "SECTION", "MILESTONE", "PIECE", "PAY", "SPIF", "REDUCTION", "RECOVERY", "RESULT", "TABLE",
    "GROUP",
})  # fmt: skip


def turned(case: Broken) -> Iterator[Repair]:
    """Two parts of a line in each other's place: `piece 3.50 crates`, `commission if passed 2% of sales`."""
    yield from _chosen(case)
    for start in range(min(case.index, len(case.tokens) - 2), max(case.index - 3, 0), -1):
        for middle in range(max(start + 1, case.index), min(start + 4, len(case.tokens))):
            for end in range(middle + 1, min(middle + 4, case.line_end(start)) + 1):
                if any(case.kind(at) in {"WRONG", "UNCLOSED", "IF", "EQ"} for at in range(start, end)):
                    continue
                words = f"{case.raw(middle, end)} {case.raw(start, middle)}"
                repair = Repair("P171", start, end, words, {"instead": short(words, 80)})
                if helps(case, repair)[1]:
                    yield repair


def _chosen(case: Broken) -> Iterator[Repair]:
    """A condition before the value that it is for."""
    start, kind = case.index, case.kind(case.index)
    if kind not in {"IF", "ONLY_IF"}:
        return
    ends = (at for at in range(start, len(case.tokens)) if case.kind(at) == "OTHERWISE")
    end = next(ends, len(case.tokens))
    # Without another value it is a gate.
    word = case.tokens[start] if end < len(case.tokens) else case.rules.words["only_if"]
    for middle in range(start + 2, min(end, start + 12)):
        stop = middle
        while stop > start + 2 and case.tokens[stop - 1].casefold() in BETWEEN:
            stop -= 1
        words = f"{case.raw(middle, end)} {word} {case.raw(start + 1, stop)}"
        repair = Repair("P171", start, end, words, {"instead": short(words, 80)})
        if helps(case, repair)[1]:
            yield repair


def only(case: Broken) -> Iterator[Repair]:
    """The one thing that can stand here: missing, or another in its place."""
    if len(case.expected) > FEW or case.token is None:
        return
    found = [repair for kind in sorted(case.expected) for repair in _wanted(case, kind)]
    if len(case.expected) == 1:
        yield from found
        return
    missing = [one for one in found if one.start == one.end and helps(case, one)[1]]
    yield from missing if len(missing) == 1 else ()


# Of so few things one alone may make the line right.
FEW = 3


def _wanted(case: Broken, kind: str) -> Iterator[Repair]:
    """Something that can stand at the mistake: put before it, or in its place."""
    if case.token is None:
        return
    word = SIGNS.get(kind) or (case.rules.words[kind.lower()] if kind in case.rules.keywords else None)
    if word is None:
        return
    # Two names beside each other may as well be one thing in words of its author's.
    if kind == "OF" and case.kind(case.index) == "NAME" == case.kind(case.index - 1):
        return
    at = place(case.token).start
    if kind == "EQ" and begins(case):
        return
    if kind in {"EQ", "COLON"}:
        yield Repair(
            "P117" if kind == "EQ" else "P172", case.index, case.index, word,
            {"word": short(case.tokens[case.index - 1])}, fix=":" if kind == "COLON" else " =",
        )  # fmt: skip
    elif word[0].isalpha():
        yield Repair(
            "P138", case.index, case.index, word, {"word": short(case.token), "instead": (word,)},
            place=Place(at, at), fix=f"{word} ",
        )  # fmt: skip
    if kind == "OPEN":
        for end in range(case.line_end(case.index), case.index, -1):
            inside = case.raw(case.index, end)
            for words in dict.fromkeys([f"({inside})", f"({inside.replace(',', ';')})"]):
                repair = Repair("P109", case.index, end, words, {"instead": short(words)})
                if helps(case, repair)[1]:
                    yield repair
    elif word[0].isalpha() and case.token[0].isalnum() and case.kind(case.index) not in CLAUSES | {"STRING"}:
        for end in range(case.index + 1, min(case.index + 3, case.line_end(case.index)) + 1):
            yield Repair("P102", case.index, end, word)


def nameless(case: Broken) -> Iterator[Repair]:
    """A label where its name should stand before it: `fact "Revenue" money`."""
    if case.index != 1 or case.kind(1) != "STRING" or case.kind(0) not in NAMING:
        return
    name = re.sub(r"\W+", "_", case.tokens[1][1:-1].casefold()).strip("_")
    # What is a name by itself only stands in quotation marks.
    marked = case.kind(0) in {"TABLE", "GROUP"} and case.tokens[1][1:-1] == name
    if NAME.fullmatch(name) and not marked:
        where = place(case.tokens[1]).start
        yield Repair(
            "P173", 1, 1, name, {"word": short(case.tokens[1]), "name": name},
            place=Place(where, where), fix=f"{name} ", beyond=1,
        )  # fmt: skip


def unnamed(case: Broken) -> Iterator[Repair]:
    """A line of pay without its name: `pay = 40 * visits`; and one with a name under the word for a pool."""
    words = case.rules.words
    named = 1 + (case.kind(1) == "NAME") + (case.kind(1 + (case.kind(1) == "NAME")) == "STRING")
    if case.kind(0) in {"BONUS", "SALARY"} and case.kind(1) == "NAME" and case.kind(named) == "EQ":
        yield Repair("P102", 0, 1, words["pay"])
    if case.index != 1 or case.kind(1) != "EQ" or case.kind(0) not in NAMING - {"FACT", "SECTION"}:
        return
    fact = next((str(token) for token in case.tokens[2:] if token.type == "NAME"), "")
    if fact:
        name = f"{words['for']}_{fact}"
        at = place(case.tokens[1]).start
        facts: Facts = {"word": short(case.tokens[0]), "name": name}
        yield Repair("P183", 1, 1, name, facts, place=Place(at, at), fix=f"{name} ", beyond=1)


def below(case: Broken) -> Iterator[Repair]:
    """A clause below the rows of a table, or behind the last of them: `above 3%`, and then `floor 10`."""
    rows = case.kind(0) in SIDES or bool(case.above and case.above[0].type in SIDES)
    start = next((at for at in range(len(case.tokens)) if case.kind(at) in SETTLING), None)
    if not rows or start is None or start > case.index or (start and case.kind(0) not in SIDES):
        return
    clause, end = case.raw(start, len(case.tokens)), case.place(start, len(case.tokens)).end
    head = _head(case)
    if head is None:
        return
    line = case.text[:head].rpartition("\n")[2]
    said = f"{line.strip()} {' '.join(clause.split())}"
    before = case.place(start - 1, start).end if start else case.place(0, 1).start
    fix = f" {clause}{case.text[head:before].rstrip()}"
    facts: Facts = {"word": short(clause), "instead": short(said, 100)}
    also = case.place(start, len(case.tokens))
    yield Repair(
        "P184", start, len(case.tokens), "", facts,
        place=Place(head, end), also=also, fix=fix, beyond=1,
    )  # fmt: skip


def _head(case: Broken) -> int | None:
    """Where the line ends that the rows above are of; a comment behind it is left alone."""
    before = case.text[: case.place(0, 1).start]
    end = len(before)
    for typed in reversed(before.split("\n")):
        begun = next((token.type for token in case.rules.lex(typed) if token.type != "NEWLINE"), "")
        if begun not in SIDES | {"COLUMNS", "", "COMMENT"}:
            return end if "#" not in typed else None
        end -= len(typed) + 1
    return None


# Clauses of a line of pay that people write below its table.
SETTLING = frozenset({
    "ONLY_IF", "CAP", "FLOOR", "PRORATED", "MULTIPLIED", "ROUNDED_TO", "DURING",
})  # fmt: skip


def valued(case: Broken) -> Iterator[Repair]:
    """A row of a table with its value first: `2% up to 500`."""
    if case.index == 0 and case.kind(0) in {"PERCENT", "NUMBER"} and case.kind(1) in SIDES:
        bound = case.raw(1, len(case.tokens))
        said = f"{bound} {case.tokens[0]}" if len(case.tokens) == TWO else f"{bound}: {case.tokens[0]}"
        yield Repair("P171", 0, len(case.tokens), said, {"instead": said})


def columns(case: Broken) -> Iterator[Repair]:
    """The heading of a matrix without its word, or with another one: `headings up to 2%; above 2%`."""
    if not any(token.type == "MATRIX_BY" for token in case.above):
        return
    word = case.rules.words["columns"]
    bound = next((at for at in range(min(len(case.tokens), HEADED)) if case.kind(at) in SIDES), 0)
    if bound and all(case.kind(at) in {"NAME", "COLON"} for at in range(bound)):
        yield Repair("P102", 0, bound, word)
    if case.kind(0) in SIDES:
        at = place(case.tokens[0]).start
        facts: Facts = {"word": short(case.raw(0, len(case.tokens))), "instead": (word,)}
        yield Repair("P138", 0, 0, word, facts, place=Place(at, at), fix=f"{word} ")


def twice(case: Broken) -> Iterator[Repair]:
    """A currency before its amount and behind it: `£1 250 GBP`."""
    at = case.index
    if [case.kind(at - 2), case.kind(at - 1)] == ["SIGN", "NUMBER"] and case.kind(at) in {"NAME", "SIGN"}:
        yield Repair("P134", at - 2, at - 1, "", {"word": (short(case.tokens[at - 2]),)})


def kinds(case: Broken) -> Iterator[Repair]:
    """The kind of a fact before its name: `fact count orders "Orders"`."""
    vocabulary = case.rules.words
    kind = case.tokens[1].casefold() if len(case.tokens) > TWO else ""
    if case.kind(0) != "FACT" or case.kind(2) != "NAME":
        return
    known = kind in vocabulary.kinds or case.kind(1) in {"DAYS", "YES_NO"}
    said = str(case.tokens[1]) if known else kind_said(kind, vocabulary.lang)
    if said is None:
        return
    end = 4 if case.kind(3) == "STRING" else 3
    words = f"{case.raw(2, end)} {said}"
    yield Repair("P171", 1, end, words, {"instead": short(words, 80)})


def amounts(case: Broken) -> Iterator[Repair]:
    """An amount before the word that it belongs to: `28 000 salary`."""
    if case.kind(0) not in {"NUMBER", "PERCENT", "SIGN"}:
        return
    spellings = case.rules.words.spellings
    words = {one for word in ("salary", "bonus", "commission") for one in spellings[word]}
    for at in range(1, min(len(case.tokens), AMOUNT)):
        if case.tokens[at].casefold() in words:
            said = f"{case.tokens[at]} {case.raw(0, at)}"
            yield Repair("P171", 0, at + 1, said, {"instead": short(said, 80)})


def announced(case: Broken) -> Iterator[Repair]:
    """A word that says that a KPI comes: `KPI revenue weight 40%`."""
    known = table("grammars", "synonyms.toml")["announcing"][case.rules.words.lang]
    if case.kind(1) == "NAME" and case.tokens[0].casefold() in known:
        yield Repair("P134", 0, 1, "", {"word": (short(case.tokens[0]),)})


def unbounded(case: Broken) -> Iterator[Repair]:
    """A row of a table that does not say on which side it lies: `1 000 000 - 1%`, `80%: 50%`."""
    if not tabled(case) or case.kind(0) not in {"NUMBER", "PERCENT"} or len(case.tokens) < TWO:
        return
    sign = case.kind(1) in {"MINUS", "COLON"} or case.tokens[1] in {"–", "—", "=", "→"}
    rest = case.raw(2, len(case.tokens)) if sign and len(case.tokens) > TWO else case.raw(1, len(case.tokens))
    words = case.rules.words
    ways = tuple(f"{words[side]} {case.tokens[0]}: {rest}" for side in ("up_to", "from"))
    at = place(case.tokens[0]).start
    repair = Repair(
        "P138", 0, len(case.tokens), ways[0],
        {"word": short(case.tokens[0]), "instead": (words["up_to"], words["from"])},
        place=Place(at, at), offered=False,
    )  # fmt: skip
    if helps(case, repair)[1]:
        yield repair


TWO = 2
HEADED = 4  # tokens of a word for columns, and the first bound
AMOUNT = 4  # tokens of an amount and the word behind it
