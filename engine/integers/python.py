"""A program over integers as the text of Python: what is Python's own about it is here, and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import assert_never

from . import routine as r

COMPARISONS = {"=": "==", "<>": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
ROW = 8  # operands beside one another; of more, which Python would nest, several are taken together first
STEP = "    "
VARIABLE = re.compile(r"\bv[0-9]+\b")
MADE = re.compile(r" *(v[0-9]+) = ")
OTHER = re.compile(r"\b(?:u[0-9]+|s[0-9]+\(|m[0-9]+)")  # sets that are read later, and steps of elsewhere


def source(routine: r.Routine, *, traced: bool) -> str:
    """The text, of integers and variables alone, which defines `run`."""
    rows = [f"t{table.place} = {_row(map(str, table.numbers))}" for table in routine.tables]
    rows.append("def run(f, r):")
    if routine.inputs:
        rows.append(f"{STEP}{_names(routine.inputs)}, = f")
    flags = [f"m{statement.step}" for statement in routine.body if isinstance(statement, r.Late)]
    if unset := [*flags, *map(_text, routine.unset)]:
        rows.append(f"{STEP}{' = '.join(unset)} = None")
    rows.extend(f"{STEP}k{loop} = []" for loop in range(routine.loops if traced else 0))
    rows.extend(f"{STEP}u{place} = set()" for place in range(routine.sets))
    _written(routine.body, STEP, rows)
    answer = [_row(map(_text, routine.amounts))]
    if traced:
        answer.append(_row(map(_text, (*routine.inputs, *routine.variables))))
        answer.append(_row(f"k{loop}" for loop in range(routine.loops)))
    return "\n".join([*rows, f"{STEP}return {', '.join(answer)}"])


def _row(texts: Iterable[str]) -> str:
    """The text of a tuple of several texts, also where there is one or none."""
    inner = ", ".join(texts)
    return f"({inner},)" if inner else "()"


def _names(variables: Iterable[r.Var]) -> str:
    return ", ".join(map(_text, variables))


def _written(body: r.Body, margin: str, rows: list[str]) -> None:
    """The statements of a block."""
    for statement in body:
        match statement:
            case r.Let(variable, value):
                rows.append(f"{margin}v{variable.place} = {_text(value)}")
            case r.If(branches):
                word = "if"
                for test, inner in branches:
                    rows.append(f"{margin}else:" if test is None else f"{margin}{word} {_text(test)}:")
                    _written(inner, margin + STEP, rows)
                    word = "elif"
            case r.Fail(quotient):
                rows.append(f"{margin}raise Undefined({quotient})")
            case r.Call(step):
                rows.append(f"{margin}s{step}()")
            case r.Late(step, own, inner):
                rows.append(f"{margin}def s{step}():")
                rows.append(f"{margin}{STEP}nonlocal {', '.join([f'm{step}', *map(_text, own)])}")
                rows.append(f"{margin}{STEP}if m{step}: return")
                rows.append(f"{margin}{STEP}m{step} = True")
                _written(inner, margin + STEP, rows)
            case r.Put(place, value):
                rows.append(f"{margin}u{place}.add(v{value.place})")
            case r.Loop():
                _gone_over(statement, margin, rows)
            case _:
                assert_never(statement)


def _gone_over(loop: r.Loop, margin: str, rows: list[str]) -> None:
    """A loop; one that comes to the same for all who share its records is gone through once for them.

    Where it rests on nothing else it is so: a traced one, of which each variable has a value in any case.
    """
    place, step = loop.place, margin + STEP
    cells = ", ".join("_" if cell is None else _text(cell) for cell in loop.columns)
    text: list[str] = []
    _written(loop.body, step, text)
    if loop.kept is not None:
        text.append(f"{step}k{place}.append({_row(map(_text, loop.kept))})")
    text = [f"{margin}for {cells}, in r[{loop.table}]:", *(text or [f"{step}pass"])]
    made = {*VARIABLE.findall(cells), *(found[1] for row in text if (found := MADE.match(row)))}
    read = {name for row in text[1:] for name in VARIABLE.findall(row)}
    if not loop.shared or loop.kept is None or read - made or any(map(OTHER.search, text[1:])):
        rows.extend(text)
        return
    names = ", ".join(sorted(made, key=lambda name: int(name[1:])))
    key = f"r[{loop.table}], {place}"
    rows.append(f"{margin}w{place} = known({key})")
    rows.append(f"{margin}if w{place} is None:")
    rows.extend(f"{STEP}{row}" for row in text)
    rows.append(f"{step}keep({key}, ({names},), k{place})")
    rows.append(f"{margin}else:")
    rows.append(f"{step}{names}, = w{place}[0]")
    rows.append(f"{step}k{place}.extend(w{place}[1])")


def _text(term: r.Expression) -> str:  # noqa: PLR0911  # one for each expression
    match term:
        case r.Var(place):
            return f"v{place}"
        case r.Const(value):
            return str(value)
        case r.Product(number, factors):
            texts = [_inner(factor) for factor in factors]
            if abs(number) != 1:
                texts.insert(0, str(number))
            return ("-" if number == -1 else "") + _chained(texts, "*")
        case r.Sum(operands):
            texts = [_operand(operand) for operand in operands]
            return _chained(texts, " + ").replace(" + -", " - ")
        case r.FloorDiv(top, bottom):
            return f"{_operand(top)} // {_inner(bottom)}"
        case r.Compare("=", operand, r.Const(0)):
            return f"not {_inner(operand)}"
        case r.Compare(sign, left, right):
            return f"{_operand(left)} {COMPARISONS[sign]} {_operand(right)}"
        case r.Present(operand):
            return f"{_text(operand)} is not None"
        case r.Choose(test, chosen, otherwise):
            return f"{_operand(chosen)} if {_text(test)} else {_operand(otherwise)}"
        case r.Search(table, value, at):
            return f"bisect_{'right' if at else 'left'}(t{table.place}, {_text(value)})"
        case r.Gcd(one, other):
            return f"gcd({_text(one)}, {_text(other)})"
        case r.SetSize(place):
            return f"len(u{place})"
        case r.Lookup(table, index):
            return f"t{table.place}[{_text(index)}]"
        case _:
            assert_never(term)


def _operand(term: r.Expression) -> str:
    """What needs no brackets where it is a product."""
    return _text(term) if isinstance(term, r.Product) else _inner(term)


def _inner(term: r.Expression) -> str:
    """An operand in brackets where it needs any."""
    return _text(term) if isinstance(term, r.Var | r.Const | r.Lookup | r.Search) else f"({_text(term)})"


def _chained(operands: Sequence[str], sign: str) -> str:
    """A sum or a product of any length, in brackets that are never deep."""
    while len(operands) > ROW:
        groups = [operands[start : start + ROW] for start in range(0, len(operands), ROW)]
        operands = [f"({sign.join(group)})" if len(group) > 1 else group[0] for group in groups]
    return sign.join(operands)
