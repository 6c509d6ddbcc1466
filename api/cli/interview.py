"""The questions of `premia new`: each has a default, and a wrong answer is told and asked for again."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from itertools import chain, count
from pathlib import Path
from typing import Literal, TextIO, TypeVar

from dsl import tree
from dsl.faults import Fault, wording
from dsl.words import KindName, words
from dsl.write.value import value as literal
from engine.facts.decimals import Decimal, decimal
from engine.facts.values import value
from engine.kernel import Input

from ..files.disk import unwritten
from ..templates import Blank, Outline, names, template
from .help import columns
from .reader import Reader

QUESTIONS: dict[Literal["salary", "bonus", "target", "price"], str] = {
    "salary": "new_salary",
    "bonus": "new_bonus",
    "target": "new_target",
    "price": "new_price",
}

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Wrong:
    """Why an answer is none, in the reader's words."""

    said: str


Answer = Callable[[Outline, str], Outline | Wrong]


@dataclass(frozen=True, slots=True)
class Interview:
    """Somebody who is asked, and what they type. Questions are no part of what a command prints."""

    reader: Reader
    typed: TextIO

    def held(self, out: Path | None) -> tuple[str, Outline, Path]:
        """The template that is chosen, the plan that the answers make of it, and its file."""
        say, known = self.reader.words, names()
        kinds = [(name, template(name, self.reader.lang).about) for name in known]
        self._tell(say("new_begin"), "", *_numbered(kinds))
        name = self._asked(say("new_who"), known[0], known[0], self._template)
        plan = template(name, self.reader.lang)
        plan = self._answered(say("new_title"), plan.title, plan, self._titled)
        plan = self._answered(say("new_about"), plan.about, plan, self._told)
        plan = self._answered(say("new_currency"), plan.currency, plan, self._paid_in)
        if plan.kpis:
            label = plan.checked.scope.label
            listed = [(f"{kpi} {self._weight(share)}", label(kpi)) for kpi, share in plan.kpis.items()]
            self._tell("", *_numbered(listed))
            every = " ".join(str(number) for number, _ in enumerate(plan.kpis, 1))
            plan = self._answered(say("new_kpis"), every, plan, self._measured)
        if len(plan.kpis) > 1:
            weights = " ".join(map(self._weight, plan.kpis.values()))
            plan = self._answered(say("new_weights"), weights, plan, self._weighed)
        for blank in plan.blanks:
            plan = self._filled(plan, blank)
        free = _free(name)
        return name, plan, out or self._asked(say("new_file"), str(free), free, self._file)

    def _filled(self, plan: Outline, blank: Blank) -> Outline:
        """The plan with the number that is answered for a place in it."""
        question = self.reader.words(QUESTIONS[blank.sort], name=blank.name, label=blank.label)
        shown = literal(blank.value, words(self.reader.lang))
        return self._answered(question, shown, plan, lambda plan, typed: self._number(plan, blank, typed))

    def _answered(self, question: str, shown: str, plan: Outline, read: Answer) -> Outline:
        """The plan with an answer in it; as it is where none is typed."""
        return self._asked(question, shown, plan, partial(read, plan))

    def _asked(self, question: str, shown: str, default: T, read: Callable[[str], T | Wrong]) -> T:
        """What is answered; nothing typed is the default. A wrong answer is told, and asked for again."""
        self._tell("", question)
        while True:
            print(f"[{shown}]: ", end="", file=sys.stderr, flush=True)
            line = self.typed.readline()
            if not line:
                raise EOFError
            if not line.strip():
                return default
            answer = read(line.strip())
            if not isinstance(answer, Wrong):
                return answer
            self._tell(answer.said)

    def _tell(self, *rows: str) -> None:
        self.reader.complain(*rows)

    # ── Answers ──────────────────────────────────────────────────────────────────────────────────────────

    def _template(self, typed: str) -> str | Wrong:
        found = _chosen(typed, names())
        return self._said(unknown(typed)) if found is None else found

    def _titled(self, plan: Outline, typed: str) -> Outline | Wrong:
        return self._text(plan.titled(typed))

    def _told(self, plan: Outline, typed: str) -> Outline | Wrong:
        return self._text(plan.told(typed))

    def _text(self, plan: Outline) -> Outline | Wrong:
        """With words for people; what quotation marks cannot hold would be told as if they were missing."""
        return Wrong(self.reader.words("new_marks")) if plan.checked.parsed.broken else self._tried(plan)

    def _paid_in(self, plan: Outline, typed: str) -> Outline | Wrong:
        """In a currency, by its code or its sign."""
        return self._tried(plan.paid_in(words(self.reader.lang).signs.get(typed, typed.upper())))

    def _measured(self, plan: Outline, typed: str) -> Outline | Wrong:
        """With some of the KPIs, by their numbers or names."""
        several = _parts(typed)
        chosen = [_chosen(one, tuple(plan.kpis)) for one in several]
        if not chosen or None in chosen:
            return Wrong(self.reader.words("new_none_of_them", most=len(plan.kpis)))
        return self._tried(plan.measured_by([name for name in chosen if name is not None]))

    def _weighed(self, plan: Outline, typed: str) -> Outline | Wrong:
        weights = [decimal(one.removesuffix("%").replace(",", ".")) for one in _parts(typed)]
        found = [Fraction(one.digits, 10 ** (one.places + 2)) for one in weights if isinstance(one, Decimal)]
        if len(found) != len(weights) or len(found) != len(plan.kpis):
            return Wrong(self.reader.words("new_so_many", count=len(plan.kpis)))
        return self._tried(plan.weighed(found))

    def _number(self, plan: Outline, blank: Blank, typed: str) -> Outline | Wrong:
        """With a number in a place, read as a fact is read; how it was understood is told."""
        target = blank.sort == "target"
        kind: KindName = plan.checked.kinds[blank.name] if target else "money"
        entry, faults = Input(blank.name, "target" if target else "actual", kind), list[Fault]()
        found = value(plan.compiled, entry, typed, "", faults)
        for fault in faults:
            if found is None or fault.severity != "notice":
                return self._said(fault)
            self._tell(self._said(fault).said)
        number = Fraction(0) if found is None else Fraction(found.digits, 10**found.places)
        return self._tried(plan.filled(blank, number))

    def _file(self, typed: str) -> Path | Wrong:
        path = Path(typed)
        fault = taken(path) or (None if os.access(path.parent, os.W_OK) else unwritten(path))
        return path if fault is None else self._said(fault)

    def _tried(self, plan: Outline) -> Outline | Wrong:
        """A plan with an answer in it; wrong where it is, or is with what it pays, by the first fault."""
        return next(map(self._said, plan.faults or plan.settled().faults), plan)

    def _said(self, fault: Fault) -> Wrong:
        said = wording(fault, self.reader.lang)
        return Wrong(f"{said.text} {said.advice}".rstrip())

    def _weight(self, share: Fraction) -> str:
        return literal(tree.Percent(share), words(self.reader.lang))


def _numbered(rows: Iterable[tuple[str, str]]) -> list[str]:
    """Things to choose from, each with its number."""
    return columns((f"{number}  {name}", text) for number, (name, text) in enumerate(rows, 1))


def _chosen(typed: str, known: Sequence[str]) -> str | None:
    """One of some things, by its number or its name."""
    if typed.isascii() and typed.isdigit():
        return known[int(typed) - 1] if 1 <= int(typed) <= len(known) else None
    return next((name for name in known if name == typed.casefold()), None)


def _parts(typed: str) -> list[str]:
    """What is typed one after another, with blank space, commas or the like between."""
    return [part for part in re.split(r"[;/+\s]+|,(?:\s+|$)", typed) if part]


def _free(name: str) -> Path:
    """A file of a name that nothing has here yet."""
    files = (Path(f"{name}-{number}.plan") for number in count(2))
    return next(file for file in chain([Path(f"{name}.plan")], files) if taken(file) is None)


def unknown(name: str) -> Fault:
    """The fault of a name that no template has."""
    return Fault("P789", facts={"name": name, "known": names()})


def taken(path: Path) -> Fault | None:
    """The fault of a file that is there already."""
    return Fault("P788", facts={"path": str(path)}) if os.path.lexists(path) else None
