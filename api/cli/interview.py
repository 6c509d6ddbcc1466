"""The questions of `premia new`: each has a default where one can be offered, and a way back.

A wrong answer is told in words of the question, and asked for again; a doubtful one counts when it is typed
twice.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import chain, count
from pathlib import Path
from typing import TextIO

from dsl import tree
from dsl.faults import Fault, inserted, wording
from dsl.words import LANGS, KindName, words
from dsl.write.value import value as literal
from engine.facts.values import value
from engine.kernel import Input

from ..files.disk import unwritten
from ..templates import Blank, Outline, Sort, names, priced, template
from . import answers
from .help import columns
from .question import Answer, Doubt, Progress, Question, Wrong
from .reader import Reader
from .reader import words as phrases

QUESTIONS: dict[Sort, str] = {
    "salary": "new_salary",
    "bonus": "new_bonus",
    "target": "new_target",
    "price": "new_price",
    "commission": "new_commission",
}
REFUSED: frozenset[Sort] = frozenset({"salary", "price", "commission"})  # what a plan can do without
FAR = 100  # times as much as is offered, or as little, is worth a second look


@dataclass(frozen=True, slots=True)
class Interview:
    """Somebody who is asked, and what they type. Questions are no part of what a command prints.

    What somebody has answered is offered when they come to a question again.
    """

    reader: Reader
    typed: TextIO
    kept: dict[str, str] = field(default_factory=dict)

    def held(self, out: Path | None) -> tuple[str, Outline, Path]:
        """The template that is chosen, the plan that the answers make of it, and its file."""
        name = names()[0]
        draft, trail = Progress(name, template(name, self.reader.lang)), list[Progress]()
        self._tell(self.reader.words("new_begin"))
        while draft.file is None:
            question = next(one for one in self._questions(draft, out) if one.key not in draft.done)
            answer = self._asked(question)
            if answer is not None:
                trail.append(draft)
                draft = replace(answer, done=draft.done | {question.key})
            elif trail:
                draft = trail.pop()
        return draft.name, draft.plan, draft.file

    def _questions(self, draft: Progress, out: Path | None) -> Iterator[Question]:
        """What there is to ask of a plan, in its order; the last question is its file."""
        say, plan = self.reader.words, draft.plan
        kinds = [(name, template(name, self.reader.lang).about) for name in names()]
        rows = (*_numbered(kinds), "", say("new_who"))
        yield Question("who", rows, names()[0], self._template)
        yield self._question(draft, "title", (say("new_title"),), plan.title, self._titled)
        yield self._question(draft, "about", (say("new_about"),), plan.about, self._told)
        yield self._question(draft, "currency", (say("new_currency"),), plan.currency, self._paid_in)
        if plan.kpis:
            label = plan.checked.scope.label
            listed = [(f"{kpi} {self._weight(share)}", label(kpi)) for kpi, share in plan.kpis.items()]
            every = " ".join(str(number) for number, _ in enumerate(plan.kpis, 1))
            rows = (*_numbered(listed), "", say("new_kpis"))
            yield self._question(draft, "kpis", rows, every, self._measured)
        if len(plan.kpis) > 1:
            weights = " ".join(map(self._weight, plan.kpis.values()))
            rows = (say("new_weights", names=", ".join(plan.kpis)),)
            yield self._question(draft, "weights", rows, weights, self._weighed)
        for blank in plan.blanks:
            yield self._blank(draft, blank)
        free = str(out or _free(draft.name))
        rows = (say("new_made"), "", *plan.settled().text.splitlines(), "", say("new_file"))
        yield Question("file", rows, free, lambda typed: self._file(draft, typed))

    def _question(
        self,
        draft: Progress,
        key: str,
        rows: tuple[str, ...],
        shown: str,
        read: Callable[[Progress, str], Answer],
    ) -> Question:
        """A question whose default is what stands in the plan."""
        return Question(key, rows, shown, lambda typed: draft if typed == shown else read(draft, typed))

    def _blank(self, draft: Progress, blank: Blank) -> Question:
        """The question of a number; an amount in a currency of which nothing is known is not offered."""
        rows = self.reader.words(QUESTIONS[blank.sort], name=blank.name, label=blank.label)
        shown = literal(blank.value, words(self.reader.lang))
        if not draft.offered and self._kind(draft.plan, blank) == "money":
            shown = ""
        key = f"{blank.sort} {blank.name}"
        return self._question(
            draft,
            key,
            (rows,),
            shown,
            lambda draft, typed: self._number(draft, blank, typed, far=bool(shown)),
        )

    def _asked(self, question: Question) -> Progress | None:
        """What is answered, or None for the way back. A wrong answer is told, and asked for again."""
        self._tell("", *question.rows)
        shown, doubted = self.kept.get(question.key, question.shown), ""
        while True:
            print(f"[{shown}]: " if shown else ": ", end="", file=sys.stderr, flush=True)
            line = self.typed.readline()
            if not line:
                raise EOFError
            typed = " ".join(line.split()) or shown
            if answers.says(typed, "new_back_words"):
                return None
            answer = question.read(typed) if typed else Wrong(self.reader.words("new_nothing_offered"))
            if isinstance(answer, Doubt):
                answer, doubted = (answer.draft, "") if typed == doubted else (Wrong(answer.said), typed)
            if isinstance(answer, Progress):
                self.kept[question.key] = typed
                return answer
            self._tell(answer.said)

    def _tell(self, *rows: str) -> None:
        self.reader.complain(*rows)

    # ── Answers ──────────────────────────────────────────────────────────────────────────────────────────

    def _template(self, typed: str) -> Answer:
        """A template by its number, its name or its title in either language."""
        called = [(name, *(template(name, lang).title for lang in LANGS)) for name in names()]
        found = answers.chosen(typed, called)
        if found is None:
            return Wrong(self.reader.words("new_no_template", typed=typed, most=len(called)))
        for key in [*self.kept]:
            del self.kept[key]  # another template has other questions
        return Progress(names()[found], template(names()[found], self.reader.lang))

    def _titled(self, draft: Progress, typed: str) -> Answer:
        return self._text(draft, draft.plan.titled(typed))

    def _told(self, draft: Progress, typed: str) -> Answer:
        return self._text(draft, draft.plan.told(typed))

    def _text(self, draft: Progress, plan: Outline) -> Answer:
        """With words for people; what quotation marks cannot hold would be told as if they were missing."""
        if plan.checked.parsed.broken:
            return Wrong(self.reader.words("new_marks"))
        return self._tried(draft, plan)

    def _paid_in(self, draft: Progress, typed: str) -> Answer:
        """In a currency, by its code, its sign or its name; its amounts are offered where they are known."""
        code = answers.currency(typed)
        if code is None:
            return Wrong(self.reader.words("new_no_currency", typed=typed))
        plan = priced(draft.name, draft.plan, code)
        return self._tried(replace(draft, offered=plan is not None), plan or draft.plan.paid_in(code))

    def _measured(self, draft: Progress, typed: str) -> Answer:
        """With some of the KPIs, by their numbers, names or labels."""
        kpis, label = [*draft.plan.kpis], draft.plan.checked.scope.label
        found = [*answers.several(typed, [(kpi, label(kpi)) for kpi in kpis])]
        if not found or None in found:
            return Wrong(self.reader.words("new_none_of_them", most=len(kpis)))
        twice = [kpis[one] for one in found if one is not None and found.count(one) > 1]
        if twice:
            return Wrong(self.reader.words("new_twice", name=twice[0]))
        return self._tried(draft, draft.plan.measured_by([kpis[one] for one in found if one is not None]))

    def _weighed(self, draft: Progress, typed: str) -> Answer:
        found = answers.weights(typed, len(draft.plan.kpis))
        if found is None:
            return Wrong(self.reader.words("new_so_many", count=len(draft.plan.kpis)))
        if min(found) <= 0:
            return Wrong(self.reader.words("new_weight_of_nothing"))
        return self._tried(draft, draft.plan.weighed(found))

    def _number(self, draft: Progress, blank: Blank, typed: str, *, far: bool) -> Answer:
        """With a number in a place, read as a fact is read; how it was understood is told."""
        written = "0" if answers.says(typed, "new_none_words") else answers.spelt(typed)
        found = self._read(draft.plan, blank, typed, written)
        if isinstance(found, Wrong):
            return found
        plan = (
            draft.plan.refused(blank)
            if not found and blank.sort in REFUSED
            else draft.plan.filled(blank, found)
        )
        answer, offered = self._tried(draft, plan, typed), blank.value.value
        if isinstance(answer, Wrong) or not far or not offered:
            return answer
        if not found and blank.sort == "commission":
            return answer
        if not found:
            return Doubt(self.reader.words("new_without", name=blank.name), answer)
        if offered / FAR <= found <= offered * FAR:
            return answer
        return Doubt(self.reader.words("new_far", typed=typed, offered=self._literal(blank.value)), answer)

    def _read(self, plan: Outline, blank: Blank, typed: str, text: str) -> Fraction | Wrong:
        """The number that an answer is; `text` is the answer with its number in digits."""
        target, kind = blank.sort == "target", self._kind(plan, blank)
        entry, faults = Input(blank.name, "target" if target else "actual", kind), list[Fault]()
        found = value(plan.compiled, entry, text, "", faults)
        if faults and faults[0].code == "P522" and faults[0].fix is not None:
            text = faults[0].fix
            found = value(plan.compiled, entry, text, "", faults := [])
        for fault in faults:
            if found is None or fault.severity != "notice":
                return self._said(fault, typed)
            text = inserted(fault, self.reader.lang)["read"]
        number = Fraction(0) if found is None else Fraction(found.digits, 10**found.places)
        read = self._literal(type(blank.value)(number))
        if typed not in {text, read} and number:
            self._tell(self.reader.words("new_read", typed=typed, read=read))
        return number

    def _kind(self, plan: Outline, blank: Blank) -> KindName:
        """What a number is one of."""
        match blank.sort:
            case "target":
                return plan.checked.kinds[blank.name]
            case "commission":
                return "percent"
            case _:
                return "money"

    def _file(self, draft: Progress, typed: str) -> Answer:
        path = Path(typed)
        fault = taken(path) or (None if os.access(path.parent, os.W_OK) else unwritten(path))
        return replace(draft, file=path) if fault is None else self._said(fault)

    def _tried(self, draft: Progress, plan: Outline, typed: str = "") -> Progress | Wrong:
        """With a plan that has an answer in it, unless it is at fault, or is with what it pays."""
        fault = next(iter(plan.faults or plan.settled().faults), None)
        return replace(draft, plan=plan) if fault is None else self._said(fault, typed)

    def _said(self, fault: Fault, typed: str = "") -> Wrong:
        """What is wrong with an answer, in words of the question where a fault speaks to authors of plans."""
        own: str | None = phrases(self.reader.lang)["answers"].get(fault.code)
        if own is not None:
            return Wrong(own.format_map({**inserted(fault, self.reader.lang), "typed": typed}))
        said = wording(fault, self.reader.lang)
        return Wrong(f"{said.text} {said.advice}".rstrip())

    def _weight(self, share: Fraction) -> str:
        return self._literal(tree.Percent(share))

    def _literal(self, number: tree.Number | tree.Percent) -> str:
        return literal(number, words(self.reader.lang))


def _numbered(rows: Iterable[tuple[str, str]]) -> list[str]:
    """Things to choose from, each with its number."""
    return columns((f"{number}  {name}", text) for number, (name, text) in enumerate(rows, 1))


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
