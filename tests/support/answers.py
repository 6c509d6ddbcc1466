"""What the product answers to a page of the specification: formatted text, statements, reports."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import cache

from api.checks import judged
from dsl import tree
from dsl.check import Checked
from dsl.faults import Fault, draw
from dsl.parse import parse
from dsl.source import Library, Source
from dsl.words import LANGS, Lang, words
from dsl.write import write
from engine.compile import Compiled, compile_any, read_plan
from engine.evaluate import Company, Result, pay, pay_all
from engine.examples import decided, explained, run, sought
from engine.examples.run import recorded as examples_recorded
from engine.facts import Origin, Origins, Person, SentTables
from engine.statement import document
from engine.statement.answer import Statement
from engine.statement.besides import money
from engine.statement.show import vocabulary
from engine.statement.text import rows
from tests.support.pages import EMPLOYEE, PERIOD, Block, Case, Page, page_of, whole


def printed(page: Page) -> str:
    """The text of a page with everything printed anew, on plans as the formatter writes them."""
    page = formatted(page)
    cases = [case for lang in LANGS for case in page.cases(lang)]
    return replaced(page, [(case.printed, answer(page, case)) for case in cases])


def formatted(page: Page) -> Page:
    """The page with its plans as the formatter writes them, where they parse and are not shown as typed."""
    plans = [plan for lang in LANGS for plan in page.plans(lang) if plan.note != "typed"]
    parsed = [(plan, parse(Source("", plan.text))) for plan in plans]
    texts = [(plan, write(found.tree, plan.lang)) for plan, found in parsed if not found.lacking]
    return page_of(page.path, replaced(page, texts))


def replaced(page: Page, texts: Iterable[tuple[Block, str]]) -> str:
    """The text of a page with other texts in some of its blocks."""
    lines = list(page.lines)
    for block, new in sorted(texts, key=lambda pair: -pair[0].first):
        lines[block.first : block.last] = new.rstrip("\n").split("\n")
    return "\n".join(lines)


def source_of(name: str, plan: Block) -> Source:
    """The text of a plan of the page of a name."""
    return Source(f"{name}.plan", whole(plan), beside(plan))


def beside(plan: Block) -> Library | None:
    """The files of its page that a plan may include."""
    texts = dict(plan.files)
    return (lambda path: Source(path, texts[path])) if texts else None


@cache
def compiled_of(name: str, plan: Block) -> Compiled | tuple[Fault, ...]:
    """A plan of the page of a name, or its faults."""
    return read_plan(source_of(name, plan))


def wrong(plan: Checked, lang: Lang = "en") -> tuple[Fault, ...]:
    """All that is wrong with a plan and its examples, or with definitions, which pay nobody."""
    compiled = compile_any(plan)
    if isinstance(compiled, tuple):
        return decided(plan, compiled, lang)
    outcomes = run(compiled)
    better = sought(compiled, outcomes)
    return judged(compiled, explained(outcomes, compiled, lang, better), better, ())[0]


def answer(page: Page, case: Case) -> str:
    """What belongs into the printed block of a case."""
    lang, plan = case.plan.lang, parse(source_of(page.name, case.plan)).source
    match case.printed.sort:
        case "premia":
            return write(parse(Source("", case.plan.text)).tree, lang)
        case "faults":
            return "\n\n".join(draw(fault, plan, lang) for fault in faults(page, case))
        case _:
            result = paid(page, case)
            if not isinstance(result, Result):
                return "\n\n".join(draw(fault, plan, lang) for fault in result)
            answered = document(result, lang, page.name)
            return (
                "\n".join(rows(answered, lang)) if "whole" in case.printed.note else statement(answered, lang)
            )


def paid(page: Page, case: Case) -> Result | tuple[Fault, ...]:
    """The result of a case, or what stands in its way."""
    compiled = compiled_of(page.name, case.plan)
    return answered(compiled, case) if isinstance(compiled, Compiled) else compiled


def answered(compiled: Compiled, case: Case) -> Result | tuple[Fault, ...]:
    """What the person of a case is paid, or the first of those whose facts stand there as in a request."""
    if case.facts is None or not case.facts.text.startswith("{"):
        return pay(compiled, person(compiled, case))
    sent = json.loads(case.facts.text)
    when, tables = case.period or PERIOD, SentTables(sent["tables"])
    people = [Person(one["employee"], when, one.get("facts", {})) for one in sent["people"]]
    return next(pay_all(lambda _: compiled, Company(people, tables)))


def faults(page: Page, case: Case) -> tuple[Fault, ...]:
    """The faults of a case: those of its facts where it has any, or else those of its plan."""
    compiled = compiled_of(page.name, case.plan)
    if not isinstance(compiled, Compiled):
        return compiled
    if case.facts is None and case.period is None:
        return compiled.checked.faults
    result = answered(compiled, case)
    return result.warnings if isinstance(result, Result) else result


def person(compiled: Compiled, case: Case) -> Person:
    """The person of a case, whose facts stand as the language of the page writes them.

    A fact may say where it comes from and as of when, and so may the name of a table.
    """
    tables: dict[bool, dict[str, object]] = {False: {}, True: {}}
    vocabulary = words(case.plan.lang)
    target = f"{vocabulary['target_of']} "
    listed = case.facts.text.splitlines() if case.facts else []
    record = f"{vocabulary['record_of']} "
    origins: dict[str, Origin] = {}
    for line in (one for one in listed if not one.startswith(record)):
        said, _, source = line.partition(f" {vocabulary['taken_from']} ")
        name, _, value = said.removeprefix(target).partition(" ")
        if source:
            origins[name] = Origin(*source.split())
        if not value:
            continue
        if vocabulary.decimal == "," and re.fullmatch(r"-?[0-9 ]+,[0-9]+%?", value):
            value = value.replace(",", ".")
        tables[line.startswith(target)][name] = value
    records = recorded(compiled, [one for one in listed if one.startswith(record)], case)
    asked = Origins(named=origins) if compiled.kernel.sourced else None
    records.origins = asked
    when = case.period or PERIOD
    return Person(EMPLOYEE, when, tables[False], tables[True], tables=records, origins=asked)


def recorded(compiled: Compiled, lines: list[str], case: Case) -> SentTables:
    """Records as the rows of an example write them."""
    title = words(case.plan.lang)["example"]
    read = parse(Source("", "\n".join([f'{title} "{EMPLOYEE}"', *lines]))).tree.statements
    example = next(line for line in read if isinstance(line, tree.Example))
    return examples_recorded(compiled, example, case.period or PERIOD)


def statement(answered: Statement, lang: Lang) -> str:
    """The lines of pay, each with its amount and under it the reasons; the total, and what was presumed."""
    paid = [(line.label, money(line.amount, lang)) for line in answered.lines]
    paid.append((vocabulary(lang)["total"], money(answered.total, lang)))
    wide, deep = (max(map(len, column)) for column in zip(*paid, strict=True))
    heads = [f"{label:{wide}}  {amount:>{deep}}" for label, amount in paid]
    rows: list[str] = []
    for head, line in zip(heads, answered.lines, strict=False):
        rows.extend([head, *(f"  {sentence}" for sentence in line.explanation)])
    if answered.lines or not answered.results:
        rows.append(f"{heads[-1]} {answered.currency}")
    if answered.results:
        rows.append(vocabulary(lang)["results"])
        for one in answered.results:
            rows.extend([f"{one.label}  {one.text}", *(f"  {sentence}" for sentence in one.explanation)])
    rows.extend(one.text for one in answered.presumed)
    rows.extend(one.text for one in answered.warnings)
    return "\n".join(rows)
