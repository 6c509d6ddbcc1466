"""Formulas that leave open what is meant, or that are written as a spreadsheet writes them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from ...faults.forms import inflected
from ...place import Place
from ...tree.declared import DECLARED
from .. import lines
from ..limits import SCANNED
from ..lines import place
from .case import NEWLINE, Broken, Facts, Repair, helps, short
from .expected import OPERATORS, sample

Reading = tuple[int, int, str]


def sided(case: Broken) -> Iterator[Repair]:
    """`a * b above c` and its like: what is measured, and by what mark, stands alone or in brackets."""
    kind = case.kind(case.index)
    near = range(case.index, max(case.index - 12, 0), -1) if kind in SIDES | ARITHMETIC else ()
    side = next((at for at in near if case.kind(at) in SIDES), 0)
    if side == 0:
        return
    begin, end = formula(case, side)
    alone = kind in {"ABOVE_TARGET", "BELOW_TARGET"}
    stop = side + 1 if alone else after(case, side + 1)
    wraps = [(before(case, side), stop if kind in SIDES else case.index), (begin, side)]
    if not alone:
        wraps.append((side + 1, end))
    # A line that ends here has nothing to put in brackets.
    parts = [(start, stop) for start, stop in wraps if start < stop <= len(case.tokens)]
    yield from _bracketed(case, side, [(begin, end, _wrapped(case, begin, end, *part)) for part in parts])


COMPARISONS = frozenset({"EQ", "NE", "LT", "LE", "GT", "GE"})


def chained(case: Broken) -> Iterator[Repair]:
    """`10 < calls < 20`, `calls > 10 and < 20`: a comparison has two sides, so that this is two of them."""
    at = case.index
    if case.kind(at) not in COMPARISONS:
        return
    if case.kind(at - 1) in {"AND", "OR"}:
        compared = next((one for one in range(at - 1, 0, -1) if case.kind(one) in COMPARISONS), 0)
        word = case.raw(before(case, compared), compared) if compared else ""
    else:
        word = f"{case.rules.words['and']} {case.raw(at - 1, at)}" if case.kind(at - 2) in COMPARISONS else ""
    if not word:
        return
    start = case.place(at, at + 1).start
    yield Repair(
        "P138", at, at, word, {"word": case.raw(at, at + 1), "instead": (word,)},
        place=Place(start, start), fix=f"{word} ", beyond=1,
    )  # fmt: skip


def unfinished(case: Broken) -> Iterator[Repair]:
    """A choice without its other case: a gate, or one in the other case of a choice."""
    kinds, end, words = [token.type for token in case.tokens], len(case.tokens), case.rules.words
    if case.index < end or "OTHERWISE" not in case.expected or "IF" not in kinds:
        return
    last = end - 1 - kinds[::-1].index("IF")
    if "OTHERWISE" not in kinds:
        yield Repair("P102", last, last + 1, words["only_if"])
    elif "OTHERWISE" not in kinds[last:]:
        said, sampled = f"{words['otherwise']} 0", sample(words.lang, "if")
        facts: Facts = {"after": short(case.tokens[end - 1]), "expected": (said,), "sample": sampled}
        yield Repair("P115", end, end, said, facts, fix=f" {said}")


def calculated(case: Broken) -> Iterator[Repair]:
    """A calculation in a clause, which holds one single thing."""
    row = case.kind(0) in lines.SIDES and case.kind(case.index) == "MINUS"  # a dash before its value
    if case.kind(case.index) not in ARITHMETIC or row:
        return
    start = before(case, case.index)
    if case.kind(start - 1) in SINGLE:
        end = formula_end(case, case.index)
        if not _rated(case, start):
            yield from _bracketed(case, case.index, [(start, end, f"({case.raw(start, end)})")])


def measured(case: Broken) -> Iterator[Repair]:
    """The rate of a tier with what it is of, which the head of the table says: `up to 9: 2% of revenue`.

    In brackets it would be an amount of its own.
    """
    if case.kind(case.index) not in {"OF", "TIMES"}:
        return
    start, end = before(case, case.index), formula_end(case, case.index)
    if case.kind(start - 1) in SINGLE and _rated(case, start):
        said = " ".join(token.casefold() for token in case.tokens[case.index + 1 : end])
        same = any(inflected(said, name, case.rules.words.lang) for name in _tiered(case))
        at = Place(place(case.tokens[case.index - 1]).end, case.place(case.index, end).end)
        word = (short(case.raw(case.index, end)),)
        yield Repair("P134", case.index, end, "", {"word": word}, at, beyond=1, offered=same)


def _rated(case: Broken, start: int) -> bool:
    """Whether a percentage is the rate of a tier of a commission."""
    rate = case.kind(0) in lines.SIDES and case.kind(start) == "PERCENT" and not case.broken(case.index)
    return rate and bool(_tiered(case))


def _tiered(case: Broken) -> frozenset[str]:
    """The names at the head of a commission that a row is a tier of, as far as the lines above tell."""
    above = case.text[: case.place(0, 1).start]
    case.work.spend(ABOVE + len(above) // SCANNED)
    for typed in reversed(above.rsplit("\n", ABOVE)[-ABOVE:]):
        tokens = [token for token in case.rules.lex(typed) if token.type not in {"COMMENT", "NEWLINE"}]
        if tokens and tokens[0].type not in lines.SIDES:
            names = frozenset(token.casefold() for token in tokens if token.type == "NAME")
            return names if tokens[0].type == "COMMISSION" else frozenset()
    return frozenset()


# The head of a table is looked for over so many lines at most.
ABOVE = 40


def _bracketed(case: Broken, sign: int, found: Sequence[Reading]) -> Iterator[Repair]:
    """The readings that parse: where there is one it is offered, otherwise all are shown."""
    # A sign that begins a line of text is rather the mark of a list than one of a formula.
    found = [one for one in found if NEWLINE not in one[2]]
    good = [one for one in found if any(helps(case, Repair("P119", *one)))]
    whole = [one for one in good if helps(case, Repair("P119", *one))[1]]
    good = list(dict.fromkeys(whole or good))
    if good:
        ways = tuple(short(words, 60) for _, _, words in good)
        yield Repair(
            "P119", *good[0], {"word": short(case.tokens[sign]), "instead": ways}, offered=len(good) == 1
        )


def _wrapped(case: Broken, begin: int, end: int, start: int, stop: int) -> str:
    """A formula with brackets around a part of it."""
    head = case.text[case.place(begin, begin + 1).start : case.place(start, start + 1).start]
    tail = case.text[case.place(stop - 1, stop).end : case.place(end - 1, end).end]
    return f"{head}({case.raw(start, stop)}){tail}"


def rounding(case: Broken) -> Iterator[Repair]:
    """`round(x; 2)`, as a spreadsheet has it: a number of digits where a plan names the unit."""
    if "TO" not in case.expected:
        return
    words = case.rules.words
    start = case.index
    before_it = place(case.tokens[start - 1]).end
    if case.kind(start) == "CLOSE":
        unit = "1"
        end = start
    elif case.kind(start) == "SEMICOLON" or case.token == ",":
        minus = case.kind(start + 1) == "MINUS"
        figures = start + 1 + minus
        if [case.kind(figures), case.kind(figures + 1)] != ["NUMBER", "CLOSE"] or len(
            case.tokens[figures]
        ) > 1:
            return
        digits = int(case.tokens[figures])
        whole = Fraction(10) ** (digits if minus else 0)
        unit = str(whole) if minus or not digits else f"0{words.decimal}{'0' * (digits - 1)}1"
        end = figures + 1
    else:
        return
    fix = f" {words['to']} {unit}"
    where = Place(before_it, case.place(start, end).end if end > start else before_it)
    facts = {"word": short(case.raw(start, max(end, start + 1))), "instead": fix.strip()}
    yield Repair("P125", start, end, fix, facts, place=where, fix=fix)


def choices(case: Broken) -> Iterator[Repair]:
    """`if condition then a otherwise b`, for `a if condition otherwise b`."""
    if case.kind(case.index) != "IF" or "NUMBER" not in case.expected:
        return
    start = case.index
    otherwise = next((at for at in range(start, len(case.tokens)) if case.kind(at) == "OTHERWISE"), None)
    ends = [len(case.tokens)] if case.kind(start - 1) != "OPEN" else [len(case.tokens) - 1, len(case.tokens)]
    parts = {"NAME", "SEMICOLON", "WRONG"}
    parting = [at for at in range(start + 2, len(case.tokens)) if case.kind(at) in parts]
    for then in parting[:6]:
        second = otherwise or next((at for at in parting if at > then + 1), None)
        for end in ends:
            if second is not None and then + 1 < second < end - 1:
                yield _choice(case, start, end, (start + 1, then), (then + 1, second), (second + 1, end))


def _choice(case: Broken, start: int, end: int, *parts: tuple[int, int]) -> Repair:
    words = case.rules.words
    condition, one, other = (case.raw(*part) for part in parts)
    said = f"{one} {words['if']} {condition} {words['otherwise']} {other}"
    return Repair("P126", start, end, said, {"word": short(case.tokens[start]), "instead": short(said, 80)})


def targets(case: Broken) -> Iterator[Repair]:
    """The word for a target inside a formula, where it needs the name of its KPI."""
    if case.kind(case.index) != "TARGET" or "TARGET_OF" not in case.expected:
        return
    names = [token for token in case.tokens[: case.index] if token.type == "NAME"]
    for name in dict.fromkeys(reversed(names[-4:])):
        yield Repair("P131", case.index, case.index + 1, f"{case.rules.words['target_of']} {name}")


# ── Where operands begin and end ─────────────────────────────────────────────────────────────────────────

CLAUSES = lines.CLAUSES | {"DEFAULT"}
# What one single thing follows: a clause has one, and so have the bound and the value of a row of a table.
SINGLE = CLAUSES | lines.SIDES | {"COLON", "ON"}
SIDES = frozenset({"ABOVE", "BELOW", "ABOVE_TARGET", "BELOW_TARGET", "WITHOUT_TAX"})
ARITHMETIC = frozenset({"PLUS", "MINUS", "TIMES", "DIVIDE", "OF"})
PREFIXES = frozenset({
    "TARGET_OF", "ATTAINMENT_OF", "OPENING_OF", "PAY_FOR", "MIN", "MAX", "ROUND", "UP", "DOWN", "HALF_EVEN",
    "ALL_OF", "ANY_OF",
})  # fmt: skip
# What a formula of arithmetic lies between.
INSIDE = frozenset(word for one in DECLARED for word in one.declared.words)
BOUNDS = ((OPERATORS | INSIDE) - SIDES - ARITHMETIC - PREFIXES) | CLAUSES | {
    "SEMICOLON", "OTHERWISE", "NOT", "TO", "SALARY", "BONUS", "COMMISSION", "ON", "EACH_BAND", "WHOLE",
    "STEPS_BY", "LINE_BY", "BANDS_BY", "MATRIX_BY", "COLON", "PER_UNIT", "UP_TO", "FROM", "AT",
}  # fmt: skip


def nested(case: Broken, indexes: Iterable[int]) -> Iterator[tuple[int, str, int]]:
    """Each of some tokens with its terminal, and how deep in brackets it leaves a walk: leftwards below 0."""
    depth = 0
    for index in indexes:
        kind = case.kind(index)
        depth += (kind == "OPEN") - (kind == "CLOSE")
        yield index, kind, depth


def formula(case: Broken, index: int) -> tuple[int, int]:
    """Where the arithmetic around an operator begins and ends."""
    for at, kind, depth in nested(case, range(index - 1, -1, -1)):
        if depth > 0 or (depth == 0 and kind in BOUNDS):
            return at + 1, formula_end(case, index + 1)
    return 0, formula_end(case, index + 1)


def formula_end(case: Broken, index: int) -> int:
    """Where the arithmetic that goes on at an index ends."""
    for at, kind, depth in nested(case, range(index, len(case.tokens))):
        # `5% of salary` goes on, where the same word would begin a line.
        operand = (kind == "SALARY" and case.kind(at - 1) in ARITHMETIC) or case.kind(at - 1) == "PAY_FOR"
        if depth < 0 or (depth == 0 and kind in BOUNDS and not operand):
            return at
    return len(case.tokens)


def before(case: Broken, index: int) -> int:
    """Where the single thing before an index begins."""
    start = next((at for at, _, depth in nested(case, range(index - 1, -1, -1)) if depth >= 0), 0)
    while start > 0 and case.kind(start - 1) in PREFIXES:
        start -= 1
    return start


def after(case: Broken, index: int) -> int:
    """Where the single thing at an index ends."""
    walk = nested(case, range(index, len(case.tokens)))
    return next((at + 1 for at, kind, depth in walk if depth <= 0 and kind not in PREFIXES), len(case.tokens))


def arguments(case: Broken, opening: int) -> tuple[list[tuple[int, int]], int] | None:
    """The items between a bracket and its partner, parted by `;` or commas, and the index after both."""
    items: list[tuple[int, int]] = []
    start = opening + 1
    for index, kind, depth in nested(case, range(opening, len(case.tokens))):
        parted = depth == 1 and (kind == "SEMICOLON" or case.tokens[index] == ",")
        if parted or depth == 0:
            items.append((start, index))
            start = index + 1
        if depth == 0:
            return items, index + 1
    return None
