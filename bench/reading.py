"""Text to a plan that can pay: beside Lark's own parse of the text."""

from __future__ import annotations

from collections.abc import Iterator

from lark import Lark

from dsl.check import check
from dsl.parse import parse
from dsl.parse.grammar import grammar, text
from dsl.source import Source
from dsl.words import words
from engine.compile import compile_plan, read_plan

from .people import PLAN
from .rounds import Effort, Times, interleaved, repeated
from .table import Report, Row, seconds

TOPIC = "reading a plan, grammar loaded"
BARE, READ, PARSE, CHECK, LOWER = "bare Lark parse", "read", "parse", "check", "lower"


def bare() -> Lark:
    """The same grammar and words as Premia's, over a whole file, with neither transformer nor recovery."""
    whole = "\nfile: line? (NEWLINE line?)*\n%ignore COMMENT\n"
    return Lark(
        text(words("en")) + whole,
        start="file",
        parser="lalr",
        lexer="basic",
        maybe_placeholders=True,
    )


def report(effort: Effort) -> Report:
    """The topic, measured."""
    plan = PLAN.read_text("utf-8")
    source, lark, times = Source("ivanov.plan", plan), bare(), 2 if effort.quick else 20
    grammar("en")
    parsed = parse(source)
    checked = check(parsed)
    works = {
        BARE: repeated(lambda: lark.parse(plan), times),
        PARSE: repeated(lambda: parse(Source("ivanov.plan", plan)), times),
        CHECK: repeated(lambda: check(parsed), times),
        LOWER: repeated(lambda: compile_plan(checked), times),
        READ: repeated(lambda: read_plan(Source("ivanov.plan", plan)), times),
    }
    note = (
        "bare Lark parse: the same grammar and words over the whole text at once; no comments, Lark's trees"
    )
    return Report(TOPIC, tuple(compared(interleaved(works, effort.rounds))), (note,))


def compared(times: Times) -> Iterator[Row]:
    """The reference plan beside Lark."""
    for work, name, target in (
        ("parse + check + lower, reference plan", READ, 3.0),
        ("parse alone", PARSE, None),
        ("check alone", CHECK, None),
        ("lower alone", LOWER, None),
    ):
        mine, peer = seconds(times.of(name)), seconds(times.of(BARE))
        yield Row(TOPIC, work, mine, BARE, peer, times.ratio(name, BARE), "its time", target)
