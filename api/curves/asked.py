"""Which curves are asked for: of which line, for which people, and where everything else stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dsl.faults import Fact, Fault, nearest
from dsl.words import LANGS, words
from engine.analyse import Payout, payouts
from engine.compile import Compiled
from engine.facts import Facts, Person, read_facts
from engine.facts.values import listed, shown
from engine.statement.show import UNNAMED, titled

MOST = 24  # curves of one answer; so many can be looked at, and a picture of more is too large


@dataclass(frozen=True, slots=True)
class CurvesAsked:
    """The curves of a plan, one after another; of one line there are as many as sorts of people differ in it.

    `employee` is whose facts they are drawn with, None for somebody usual.
    """

    compiled: Compiled
    payouts: tuple[Payout, ...]
    employee: str | None = None

    @property
    def grouped(self) -> tuple[tuple[Payout, ...], ...]:
        """The curves of one line over one measure together."""
        found: dict[tuple[object, ...], list[Payout]] = {}
        for one in self.payouts:
            found.setdefault((one.name, one.attained, None if one.attained else one.fact), []).append(one)
        return tuple(map(tuple, found.values()))


def curves(
    compiled: Compiled, kpi: str | None, sort: Sequence[str], person: Person | None = None
) -> CurvesAsked | tuple[Fault, ...]:
    """The curves of a plan, or of one of its lines, for the sorts of people that are asked for.

    `sort` are texts such as `grade=senior`; a person is of one sort, and it is their facts that stand still.
    """
    chosen = _chosen(compiled, sort)
    line = None if kpi is None else _line(compiled, kpi)
    facts = None if person is None else read_facts(compiled, person)
    wrong = (*chosen.values(), line, *(facts if isinstance(facts, tuple) else ()))
    faults = [fault for fault in wrong if isinstance(fault, Fault)]
    if faults or isinstance(facts, tuple) or isinstance(line, Fault):
        return tuple(faults)
    values = {index: value for index, value in chosen.items() if isinstance(value, int)}
    if facts is not None and (fault := _other(compiled, values, facts)):
        return (fault,)
    found = [one for one in payouts(compiled, values, facts) if line in {None, one.name}]
    if not found:
        name = {} if line is None else {"name": titled(compiled.checked.scope, line, compiled.checked.lang)}
        return (Fault("P775" if line else "P776", facts=name),)
    asked = CurvesAsked(compiled, tuple(found), None if person is None else person.employee)
    if len(asked.grouped) > MOST:
        return (Fault("P779", facts={"count": str(len(asked.grouped)), "most": str(MOST)}),)
    return asked


def _line(compiled: Compiled, name: str) -> str | Fault:
    """The name of a line of pay or of a result, which may be called by its label as well."""
    names = [*(line.name for line in compiled.kernel.lines), *compiled.checked.scope.results]
    for line in names:
        several = [line, *(titled(compiled.checked.scope, line, lang) for lang in LANGS)]
        keywords = [words(lang)[line] for lang in LANGS if line in UNNAMED]
        if name.strip().casefold() in map(str.casefold, (*several, *keywords)):
            return line
    return Fault("P771", facts={"name": shown(name), "known": listed(names)}, fix=nearest(name, names))


def _chosen(compiled: Compiled, sort: Sequence[str]) -> dict[int, int | Fault]:
    """For attributes, by their inputs, the values asked for, each by its number; or what is wrong there."""
    inputs = compiled.kernel.inputs
    attributes = {inputs[index].name: index for index in compiled.attributes}
    found: dict[int, int | Fault] = {}
    for number, text in enumerate(sort):
        name, mark, value = (part.strip() for part in text.partition("="))
        index = attributes.get(name, ~number)  # what is no attribute has a key of its own
        if not mark:
            found[index] = Fault("P772", facts={"text": shown(text)})
        elif index < 0:
            facts: dict[str, Fact] = {"name": shown(name), "known": listed([*attributes])}
            found[index] = Fault("P773", facts=facts, fix=nearest(name, attributes))
        elif value not in (choices := inputs[index].choices):
            facts = {"name": name, "value": shown(value), "known": listed(choices)}
            found[index] = Fault("P774", facts=facts, fix=nearest(value, choices))
        else:
            found[index] = choices.index(value)
    return found


def _other(compiled: Compiled, values: dict[int, int], facts: Facts) -> Fault | None:
    """The fault of a sort that is asked for and is not that of the person."""
    for index, own in zip(compiled.attributes, facts.sort, strict=True):
        entry = compiled.kernel.inputs[index]
        if values.get(index, own) != own:
            said = {"name": entry.name, "value": entry.choices[values[index]], "own": entry.choices[own]}
            return Fault("P777", facts={**said, "employee": shown(facts.employee)})
    return None
