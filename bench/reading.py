"""Text to a plan that can pay: beside Lark's own parse of the text, and as texts grow."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from itertools import pairwise

from lark import Lark

from dsl.check import check
from dsl.parse import parse
from dsl.parse.grammar import grammar, terminals
from dsl.source import Source
from dsl.words import words
from dsl.write import write
from engine.compiled import compile_plan, read_plan

from .people import PLAN
from .rounds import Effort, Times, Work, interleaved, repeated
from .table import Report, Row, seconds

TOPIC = "reading a plan, grammar loaded"
BARE, READ, PARSE, CHECK, LOWER = "bare Lark parse", "read", "parse", "check", "lower"
LENGTHS = (100, 1_000, 10_000)


def bare() -> Lark:
    """The same grammar and words as Premia's, over a whole file, with neither transformer nor recovery."""
    shape = files("grammars").joinpath("plan.lark").read_text("utf-8")
    whole = "\nfile: line? (NEWLINE line?)*\n%ignore COMMENT\n"
    return Lark(
        shape + terminals(words("en")) + whole,
        start="file",
        parser="lalr",
        lexer="basic",
        maybe_placeholders=True,
    )


def long(lines: int) -> str:
    """A plan of so many lines without faults; short ones, for the language bounds the length of a text."""
    head = ['plan "Long"', "version 1", "currency RUB", "fact a money", "salary a"]
    body = [
        row
        for number in range(lines)
        for row in (f"commission c{number} = a * {number % 97 + 1}", f"# {number}")
    ]
    return "\n".join([*head, *body[: lines - len(head)], ""])


def report(effort: Effort) -> Report:
    """The topic, measured."""
    text = PLAN.read_text("utf-8")
    source, lark, times = Source("ivanov.plan", text), bare(), 2 if effort.quick else 20
    grammar("en")
    parsed = parse(source)
    checked = check(parsed)
    works = {
        BARE: repeated(lambda: lark.parse(text), times),
        PARSE: repeated(lambda: parse(Source("ivanov.plan", text)), times),
        CHECK: repeated(lambda: check(parsed), times),
        LOWER: repeated(lambda: compile_plan(checked), times),
        READ: repeated(lambda: read_plan(Source("ivanov.plan", text)), times),
    }
    short = interleaved(works, effort.rounds)
    lengths = LENGTHS[:2] if effort.quick else LENGTHS
    growing = interleaved(growth(lengths), min(effort.rounds, 3))
    notes = (
        "bare Lark parse: the same grammar and words over the whole text at once; no comments, Lark's trees",
        "per line: the time of a text divided by its lines, beside a text a tenth as long; 1x is linear",
    )
    return Report(TOPIC, (*compared(short), *grown(growing, lengths)), notes)


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


def growth(lengths: tuple[int, ...]) -> dict[str, Work]:
    """Reading and formatting texts of several lengths."""
    works: dict[str, Work] = {}
    for lines in lengths:
        source = Source("long.plan", long(lines))
        checked = check(parse(source))
        assert not checked.broken, checked.faults[:3]
        works[f"read {lines}"] = repeated(lambda source=source: check(parse(source)), 1)  # type: ignore[misc]  # the default binds the loop's variable
        works[f"format {lines}"] = repeated(lambda source=source: write(parse(source).tree), 1)  # type: ignore[misc]
    return works


def grown(times: Times, lengths: tuple[int, ...]) -> Iterator[Row]:
    """A line of a long text beside a line of a shorter one."""
    for name, work in (("read", "parse + check"), ("format", "parse + format")):
        for shorter, longer in pairwise(lengths):
            mine, peer = times.of(f"{name} {longer}") / longer, times.of(f"{name} {shorter}") / shorter
            ratio = times.ratio(f"{name} {longer}", f"{name} {shorter}") * shorter / longer
            label = f"{work}, a line of {longer:,}".replace(",", " ")
            against = f"a line of {shorter:,}".replace(",", " ")
            yield Row(TOPIC, label, seconds(mine), against, seconds(peer), ratio, "its time", 1.5)
