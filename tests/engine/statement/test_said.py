"""What is said, sentence by sentence: small plans with the words that explain each of their lines.

A case in `tests/said` begins with `>`: what is given, then after a colon the lines of the plan, apart by
`|`. Under it stand the sentences; where a plan pays several lines, each under its label after `-`.
`--golden` writes them anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from dsl.source import Source
from dsl.words import LANGS, Lang
from engine.compile import Compiled, read_plan
from engine.evaluate import Result, pay
from engine.facts import Person
from engine.statement import script
from tests.support.places import TESTS
from tests.support.statements import checked

ROOM = TESTS / "said"
FILES = sorted(ROOM.glob("*.txt"))


@dataclass(frozen=True)
class Case:
    """The line of a case as it stands in its file, and the sentences under it."""

    head: str
    said: tuple[str, ...]


def cases(path: Path) -> Iterator[Case]:
    """The cases of a file."""
    head = ""
    said: list[str] = []
    for line in path.read_text("utf-8").splitlines():
        if line.startswith(">"):
            if head:
                yield Case(head, tuple(said))
            head, said = line, []
        elif line and not line.startswith("#"):
            said.append(line)
    yield Case(head, tuple(said))


def result(head: str) -> Result:
    """What the plan of a case pays."""
    given, _, lines = head.removeprefix(">").partition(":")
    tables: dict[str, dict[str, object]] = {"fact": {}, "target": {}}
    period = "2025-07"
    for entry in filter(None, map(str.strip, given.split(";"))):
        word, _, rest = entry.partition(" ")
        if word == "period":
            period = rest
        elif word == "target":
            name, _, value = rest.partition(" ")
            tables["target"][name] = value
        else:
            tables["fact"][word] = rest
    header = 'plan "x"\nversion 1\n' + ("" if "currency" in lines else "currency RUB\n")
    plan = read_plan(Source("x.plan", header + lines.strip().replace(" | ", "\n") + "\n"))
    assert isinstance(plan, Compiled), plan
    paid = pay(plan, Person("1", period, tables["fact"], tables["target"]))
    assert isinstance(paid, Result), paid
    return paid


def explained(paid: Result, lang: Lang) -> Iterator[str]:
    """The sentences of each line, under its label where there are several."""
    spoken = script(paid, lang)
    for part, sentences in zip(spoken.parts, spoken.explain(paid), strict=True):
        if len(spoken.parts) > 1 and sentences:
            yield f"- {part.label}"
        yield from sentences


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_is_said(path: Path, golden: bool) -> None:
    """Each case, in the language that its file is named for; and it can be reckoned in both."""
    lang: Lang = "ru" if path.stem.endswith("-ru") else "en"
    texts: list[str] = [line for line in path.read_text("utf-8").splitlines() if line.startswith("#")]
    for case in cases(path):
        paid = result(case.head)
        said = tuple(explained(paid, lang))
        texts += ["", case.head, *said]
        if not golden:
            assert said == case.said, case.head
        for reader in LANGS:
            checked(paid, reader)
    if golden:
        path.write_text("\n".join(texts) + "\n", "utf-8")
