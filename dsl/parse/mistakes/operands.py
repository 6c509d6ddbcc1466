"""Where operands begin and end in the tokens of a line that does not parse."""

from __future__ import annotations

from ...tree.declared import DECLARED
from .. import lines
from .case import Broken
from .expected import OPERATORS

CLAUSES = lines.CLAUSES | {"DEFAULT"}
# What one single thing follows: a clause has one, and so have the bound and the value of a row of a table.
SINGLE = CLAUSES | lines.SIDES | {"COLON", "ON"}
SIDES = frozenset({"ABOVE", "BELOW", "ABOVE_TARGET", "BELOW_TARGET", "WITHOUT_TAX"})
ARITHMETIC = frozenset({"PLUS", "MINUS", "TIMES", "DIVIDE", "OF"})
PREFIXES = frozenset({
    "TARGET_OF", "ATTAINMENT_OF", "PAY_FOR", "MIN", "MAX", "ROUND", "UP", "DOWN", "HALF_EVEN", "ALL_OF",
    "ANY_OF",
})  # fmt: skip
# What a formula of arithmetic lies between.
INSIDE = frozenset(word for one in DECLARED for word in one.declared.words)
BOUNDS = ((OPERATORS | INSIDE) - SIDES - ARITHMETIC - PREFIXES) | CLAUSES | {
    "SEMICOLON", "OTHERWISE", "NOT", "TO", "SALARY", "BONUS", "COMMISSION", "ON", "EACH_BAND", "WHOLE",
    "STEPS_BY", "LINE_BY", "BANDS_BY", "MATRIX_BY", "COLON", "PER_UNIT", "UP_TO", "FROM", "AT",
}  # fmt: skip


def formula(case: Broken, index: int) -> tuple[int, int]:
    """Where the arithmetic around an operator begins and ends."""
    begin, depth = index, 0
    while begin > 0:
        kind = case.kind(begin - 1)
        depth += (kind == "CLOSE") - (kind == "OPEN")
        if depth < 0 or (depth == 0 and kind in BOUNDS):
            break
        begin -= 1
    return begin, formula_end(case, index + 1)


def formula_end(case: Broken, index: int) -> int:
    """Where the arithmetic that goes on at an index ends."""
    end, depth = index, 0
    while end < len(case.tokens):
        kind = case.kind(end)
        depth += (kind == "OPEN") - (kind == "CLOSE")
        # `5% of salary` goes on, where the same word would begin a line.
        operand = (kind == "SALARY" and case.kind(end - 1) in ARITHMETIC) or case.kind(end - 1) == "PAY_FOR"
        if depth < 0 or (depth == 0 and kind in BOUNDS and not operand):
            break
        end += 1
    return end


def before(case: Broken, index: int) -> int:
    """Where the single thing before an index begins."""
    start, depth = index, 0
    while start > 0:
        start -= 1
        depth += (case.kind(start) == "CLOSE") - (case.kind(start) == "OPEN")
        if depth <= 0:
            break
    while start > 0 and case.kind(start - 1) in PREFIXES:
        start -= 1
    return start


def after(case: Broken, index: int) -> int:
    """Where the single thing at an index ends."""
    end, depth = index, 0
    while end < len(case.tokens):
        kind = case.kind(end)
        depth += (kind == "OPEN") - (kind == "CLOSE")
        end += 1
        if depth <= 0 and kind not in PREFIXES:
            break
    return end


def arguments(case: Broken, opening: int) -> tuple[list[tuple[int, int]], int] | None:
    """The items between a bracket and its partner, parted by `;` or commas, and the index after both."""
    items: list[tuple[int, int]] = []
    start, depth = opening + 1, 1
    for index in range(opening + 1, len(case.tokens)):
        kind = case.kind(index)
        depth += (kind == "OPEN") - (kind == "CLOSE")
        parted = depth == 1 and (kind == "SEMICOLON" or case.tokens[index] == ",")
        if parted or depth == 0:
            items.append((start, index))
            start = index + 1
        if depth == 0:
            return items, index + 1
    return None
