"""What is found in a plan that its author should know, what shows it, and the line that answers it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from dsl import tree
from dsl.check.scope import COMMISSION
from dsl.faults import Fact, Fault
from dsl.place import Place
from dsl.words import words
from dsl.write import write

from ..compile import Compiled
from ..follow import Somebody, View, example, money, paid, told


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is worth an advice.

    `advice` is the word that answers it, `names` those that an answer may name; of what is found for several
    sorts of people under one key, the one of the greatest size is told. `proof` writes examples that show it.
    What is `quiet` is told to nobody, but an answer to it is one.
    """

    advice: str
    fault: Fault
    names: frozenset[str] = frozenset()
    key: tuple[object, ...] = ()
    size: Fraction | int = 0
    proof: Callable[[], str | None] | None = None
    quiet: bool = False


def merged(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """One of each key: the greatest, and of equal ones the first."""
    best: dict[tuple[object, ...], Finding] = {}
    for one in found:
        key = (one.fault.code, one.quiet, *one.key)
        if key not in best or one.size > best[key].size:
            best[key] = one
    return tuple(best.values())


def answer(compiled: Compiled, advice: str, name: str | None = None) -> str:
    """The line of a plan that answers an advice, its reason left open."""
    lang, scope = compiled.checked.lang, compiled.checked.scope
    known = name in scope.kpis or (name in scope.pays and name != COMMISSION)
    named = tree.Name(name) if name is not None and known else None
    line = tree.Allow(advice, words(lang).advice_words[advice], named, tree.Text("…"))
    return write(tree.Plan(lang, (line,))).strip()


def spoken(compiled: Compiled, name: str) -> str:
    """What the plan calls a line: by the author's name, or by the word that stands for it."""
    scope = compiled.checked.scope
    if name in scope.named_lines:
        return name
    group = name.rpartition("_")[0] or name
    said = group if group in scope.named_lines else name if name in scope.words.spellings else group
    return scope.words[said] if said in scope.words.spellings else said


def advise(
    view: View,
    advice: str,
    fault: Fault,
    name: str | None = None,
    *,
    names: Collection[str] = (),
    key: tuple[object, ...] = (),
    size: Fraction | int = 0,
    proof: Callable[[], str | None] | None = None,
) -> Finding:
    """An advice about people of a sort: which one it is, in the author's words, where there are several.

    The answer that it offers is about the line called `name`; where it is about others too, they are `names`.
    """
    whose = ", ".join(f"`{name}`: `{value}`" for name, value in view.attributes)
    said = {"whose": f" ({whose})" if whose else "", "allow": answer(view.compiled, advice, name)}
    if name is not None and fault.facts.get("name") == name:
        said["name"] = spoken(view.compiled, name)
    full = replace(fault, facts={**fault.facts, **said})
    about = frozenset(names or ([] if name is None else [name]))
    return Finding(advice, full, about, key or (name,), size, proof)


def doubt(
    compiled: Compiled,
    code: str,
    place: Place,
    said: Mapping[str, Fact],
    name: str,
    *,
    fix: str | None,
    advice: str = "size",
    size: Fraction | int = 0,
) -> Finding:
    """A warning of what is most likely not meant in a line, with what is; its author may answer it."""
    facts = {"name": spoken(compiled, name), **said, "allow": answer(compiled, advice, name)}
    fault = Fault(code, "warning", place, facts=facts, fix=fix)
    return Finding(advice, fault, frozenset([name]), (place,), size)


# ── What shows that it is true ───────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Two people who differ in one fact, and what some lines pay them, in minor units."""

    view: View
    variable: int
    lines: Sequence[int]
    values: tuple[Fraction, Fraction]
    people: tuple[Somebody, Somebody]
    pays: tuple[int, int]
    totals: tuple[int, int]

    def told(self, line: int | None) -> dict[str, str]:
        """The fact, its two values (the first with the attainment of a KPI's line), and the pay at each."""
        compiled, entry = self.view.compiled, self.view.kernel.inputs[self.variable]
        return {
            "fact": entry.name,
            "at": self.view.told(self.values[0], self.variable, line, self.people[0].period),
            "next": told(compiled, self.values[1], entry.kind),
            "pays": money(compiled, self.pays[0]),
            "then": money(compiled, self.pays[1]),
        }

    def proof(self) -> str | None:
        """Both as examples of the plan: what the lines pay them, and the whole; None where there are none."""
        compiled, entry = self.view.compiled, self.view.kernel.inputs[self.variable]
        titles = (f"{entry.name} {told(compiled, value, entry.kind)}" for value in self.values)
        pairs = zip(self.people, titles, strict=True)
        shown = [example(compiled, made, title, self.lines) for made, title in pairs]
        return None if None in shown else "\n\n".join(text for text in shown if text)


def pair(
    view: View, period: str, variable: int, values: tuple[Fraction, Fraction], lines: Sequence[int]
) -> Neighbours | None:
    """Two people as they are paid; None where one of them cannot be."""
    made = view.made.within(period)
    people = (made.having(variable, values[0]), made.having(variable, values[1]))
    one, other = paid(view.compiled, people[0]), paid(view.compiled, people[1])
    if one is None or other is None:
        return None
    pays = (sum(one[line] for line in lines), sum(other[line] for line in lines))
    return Neighbours(view, variable, lines, values, people, pays, (sum(one), sum(other)))


# ── The author's answers: `allow cliff for revenue because "…"` ──────────────────────────────────────────


def sought(view: View, advice: str) -> bool:
    """Whether the plan answers an advice: then what is true of it is looked for, though nobody is told."""
    lines = view.compiled.checked.parsed.tree.statements
    return any(isinstance(line, tree.Allow) and line.advice == advice for line in lines)


def answered(
    compiled: Compiled, found: Sequence[Finding]
) -> tuple[list[Finding], list[Finding], list[Fault]]:
    """What is left of some advice, what the plan answers, and a warning for each answer to nothing."""
    lines = [line for line in compiled.checked.parsed.tree.statements if isinstance(line, tree.Allow)]
    met = [(one, [line for line in lines if _answers(compiled, line, one)]) for one in found]
    used = {line.place for _, by in met for line in by}
    warnings = [
        Fault("P479", "warning", line.place, facts={"text": compiled.source.at(line.place)})
        for line in lines
        if line.place not in used and line.advice is not None
    ]
    return [one for one, by in met if not by], [one for one, by in met if by], warnings


def _answers(compiled: Compiled, line: tree.Allow, found: Finding) -> bool:
    within = compiled.checked.scope.within
    # A section stands for its KPIs.
    sections = {within[name].name.text for name in found.names if name in within}
    named = line.name is None or line.name.text in found.names | sections
    return named and line.advice == found.advice
