"""Faults of a plan that cannot pay, where its examples tell how it is meant.

Weights that make 110 %, rows out of order, a fact that an example forgets: what is wrong is certain, but not
which number is another: the examples know. Each is tried; the one with which all come out is the repair.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import groupby

from dsl import tree
from dsl.check import Checked
from dsl.check.constant import constant
from dsl.check.tables import held
from dsl.faults import Fault, phrase
from dsl.place import Place
from dsl.words import KindName, Lang, words
from dsl.write.value import value as written

from .amendment import Amendment
from .changes import Writer
from .holes import HOLES, filled
from .retyped import retyped
from .rows import RowChanges
from .sought import Trials, all_come_out, grave

WEIGHTS = frozenset({"P401", "P402", "P430", "P431", "P432", "P433"})
ROWS, UNREACHED, UNMODED, BELOW = "P236", "P237", "P188", "P418"
MET = frozenset({"P238", "P239"})
FIGURE, DOUBLED, COUNTED, CELLS, VALUE, KIND, UNPAID = "P333", "P288", "P248", "P246", "P251", "P314", "P222"
DRAWN, SIGNLESS, COLUMNS = "P365", "P302", "P290"
RARE = 3  # the rank of a change that is too rare to be meant where the plan is at fault as it is


def decided(checked: Checked, faults: tuple[Fault, ...], lang: Lang) -> tuple[Fault, ...]:
    """Some faults, the only error among them with the repair that the examples tell, if they tell one.

    Where it has none, or several are wrong, one edit of a line may put all of them right.
    """
    errors = [fault for fault in faults if fault.severity == "error"]
    if len(errors) == 1 and checked.scope.examples:
        better = _decided(checked, errors[0], lang)
        if better is not errors[0]:
            return tuple(better if one is errors[0] else one for one in faults)
    return retyped(checked, faults, lang)


def _decided(checked: Checked, fault: Fault, lang: Lang) -> Fault:
    """The only error of a plan with the repair that the examples tell, or as it is."""
    better = fault
    if fault.code in HOLES:
        better = filled(checked, fault, lang, _trials(checked, fault))
    elif fault.code == FIGURE:
        better = _paying(checked, fault)
    return _amended(checked, fault, lang) if better is fault and _open(checked, fault) else better


def _open(checked: Checked, fault: Fault) -> bool:
    """Whether it is not known yet how a fault is put right: with its repair the examples do not come out."""
    if fault.fix is None or fault.place is None:
        return True
    plan = _trials(checked, fault).mended([(fault.place, fault.fix)])
    return plan is not None and not all_come_out(plan, range(len(plan.checked.scope.examples)))


def _trials(checked: Checked, fault: Fault) -> Trials:
    known = grave(checked.faults)
    known.pop(fault.code, None)
    return Trials(checked.source, known)


# ── A change of the plan ─────────────────────────────────────────────────────────────────────────────────


def _amended(checked: Checked, fault: Fault, lang: Lang) -> Fault:
    """A fault with the only amendment of the likeliest with which all examples come out.

    Others of its rank have to be such that they do not, or nothing tells that it is meant.
    """
    work, listed = _trials(checked, fault), isinstance(fault.facts.get("instead"), tuple)
    several = sorted(_candidates(checked, fault), key=lambda one: one.rank)
    for _, ranked in groupby(several, key=lambda one: one.rank):
        plans = [(one, plan) for one in ranked if (plan := work.mended(one.edits)) is not None]
        fits = [pair for pair in plans if all_come_out(pair[1], range(len(pair[1].checked.scope.examples)))]
        # Of several of one meaning the first.
        fitting = [*{plan.kernel.digest: one for one, plan in reversed(fits)}.values()][::-1]
        if work.done or len(fitting) > 1:
            fewer = tuple(one.edits[0][1].strip() for one in fitting)
            return replace(fault, facts={**fault.facts, "instead": fewer}) if listed else fault
        for one in fitting if len(plans) > 1 or listed or fault.code in CERTAIN else ():
            ((place, fix),) = one.edits
            old, new = f"`{checked.source.words(place)}`", f"`{fix}`"
            way = "decided_instead" if place.end > place.start else "decided_added"
            told = phrase("decided_order" if "\n" in fix else way, lang).format(old=old, new=new)
            also = fault.also if fault.also is None or not fault.also.inside(place) else fault.place
            also = also if also is None or not also.inside(place) else None
            return replace(fault, place=place, also=also, fix=fix, facts={**fault.facts, "told": told})
    return fault


def _paying(checked: Checked, fault: Fault) -> Fault:
    """The fault of a figure among what is paid, of which nothing is made: as a line of pay, if it fits."""
    figure = checked.scope.figures.get(str(fault.facts["name"]))
    if figure is None or figure.name.text in checked.scope.used or not Writer(checked).own(figure.place):
        return fault
    fix = f"{words(checked.lang)['pay']} {figure.name.text}"
    plan = _trials(checked, fault).mended([(figure.name.place, fix)])
    if plan is None or not all_come_out(plan, range(len(plan.checked.scope.examples))):
        return fault
    facts = {"name": figure.name.text, "instead": fix}
    return Fault("P338", place=figure.name.place, also=fault.place, facts=facts, fix=fix)


# What can be put right in few ways, of which one alone makes sense.
CERTAIN = (
    WEIGHTS
    | MET
    | {ROWS, BELOW, DOUBLED, COUNTED, UNREACHED, CELLS, VALUE, KIND, UNPAID, DRAWN, SIGNLESS, COLUMNS}
)


def _candidates(checked: Checked, fault: Fault) -> Iterator[Amendment]:
    """The changes that may put a fault right."""
    writer = Writer(checked)
    if fault.place is None or not writer.own(fault.place):
        return
    ways = fault.facts.get("instead")
    if fault.code == UNMODED:
        modes = (f", {writer.words[mode]}" for mode in ("each_band", "whole"))
        yield from (Amendment(1, ((fault.place, mode),)) for mode in modes)
    elif fault.code == DOUBLED and fault.also is not None:
        yield Amendment(0, ((fault.also, str(fault.facts["name"])),))
    elif fault.code in MET:
        yield from _met(fault, writer)
        yield from _table(checked, fault.place, writer)
    elif fault.code == UNREACHED:
        yield from _table(checked, fault.place, writer)
    elif fault.code == VALUE:
        values = checked.scope.choices(str(fault.facts["name"]))
        yield from (Amendment(1, ((fault.place, value),)) for value in values)
    elif fault.code == KIND:
        yield from _kind(checked, fault, writer)
    elif fault.code in {SIGNLESS, COLUMNS}:
        yield from (_shares if fault.code == SIGNLESS else _columns)(checked, fault.place)
    elif fault.code == DRAWN:
        yield Amendment(1, ((fault.place, f"({fault.facts['instead']})"),))
    elif fault.code == UNPAID:
        yield from _called(checked, fault, writer)
    elif isinstance(ways, tuple) and len(ways) > 1:
        gap = "" if fault.place.end > fault.place.start else " "
        yield from (Amendment(1, ((fault.place, f"{way}{gap}"),)) for way in ways)
    elif checked.parsed.broken:
        return
    elif fault.code in WEIGHTS:
        yield from _weights(checked, fault, writer)
    elif fault.code == ROWS:
        yield from _rows(checked, fault, writer)
    elif fault.code == BELOW:
        yield from _signed(checked, fault, writer)
    else:
        lines = (line for line in checked.parsed.tree.statements if not isinstance(line, tree.Example))
        found = (one for line in lines if _within(checked, fault.place, line) for one in writer.line(line))
        yield from (one for one in found if one.rank < RARE and len(one.edits) == 1)


def _within(checked: Checked, place: Place, line: tree.Statement) -> bool:
    """Whether something stands in a line, or in the table under it."""
    tables = (one.table for one in held(checked.scope) if one.table.place.inside(line.place))
    return any(place.inside(one.place) for one in (line, *(row for table in tables for row in table.rows)))


def _table(checked: Checked, place: Place, writer: Writer) -> Iterator[Amendment]:
    """The changes of the rows beside one of them, but for those of a number: any bound beyond would do."""
    for one in held(checked.scope):
        if any(place.inside(row.place) for row in one.rows):
            several = RowChanges(checked.source, writer.words, one.rows).changed()
            yield from (change for change in several if len(change.edits) == 1)


def _columns(checked: Checked, place: Place) -> Iterator[Amendment]:
    """The head of a matrix without one of its columns."""
    at = checked.source.at
    for head in (head for one in held(checked.scope) for head in one.columns if head.place == place):
        texts = [at(bound.place) for bound in head.bounds]
        whole = head.bounds[0].place.to(head.bounds[-1].place)
        for gone in range(len(texts)):
            left = "; ".join(text for index, text in enumerate(texts) if index != gone)
            yield Amendment(1, ((whole, left),))


def _kind(checked: Checked, fault: Fault, writer: Writer) -> Iterator[Amendment]:
    """A value of another kind than its fact as a number alone; the kind of the fact as that of the value."""
    fact, place = checked.scope.facts.get(str(fault.facts["name"])), fault.place
    entries = (entry for example in checked.scope.examples for entry in example.entries)
    value = next((entry.value for entry in entries if entry.value.place == place), None)
    kind = next((kind for sort, kind in KINDS.items() if isinstance(value, sort)), None)
    # Of a kind that other facts have it is the fact that is of another.
    others = (one.kind for one in checked.scope.facts.values() if one is not fact)
    known = any(isinstance(one, tree.Kind) and one.kind == kind for one in others)
    if isinstance(value, tree.Name) and checked.kinds[str(fault.facts["name"])] == "yes_no":
        yield from (Amendment(1, ((value.place, writer.words[answer]),)) for answer in ("yes", "no"))
    if isinstance(value, tree.Days | tree.Amount):
        number = checked.source.at(value.place).rpartition(" ")[0]
        yield Amendment(1 + known, ((value.place, number),))
    if fact is not None and fact.kind is not None and kind is not None and writer.own(fact.kind.place):
        yield Amendment(2 - known, ((fact.kind.place, writer.words.kind_words[kind]),))


KINDS: Mapping[type[tree.Placed], KindName] = {
    tree.Days: "days", tree.Percent: "percent", tree.Amount: "money", tree.Date: "date",
    tree.YesNo: "yes_no", tree.Number: "number",
}  # fmt: skip


def _shares(checked: Checked, place: Place) -> Iterator[Amendment]:
    """A number without its `%` as one of ten times as much, or as so much of the target of its line."""
    spoken = words(checked.lang)
    for kpi in checked.scope.kpis.values():
        target = tree.first(kpi.clauses, tree.Target)
        for one in tree.within(kpi.clauses) if place.inside(kpi.place) else ():
            if isinstance(one, tree.Number) and one.place == place:
                of = constant(target.value) if target is not None else None
                ways = [one.value / 10, *([one.value / of] if of else [])]
                yield from (Amendment(1, ((place, written(tree.Percent(way), spoken)),)) for way in ways)


def _called(checked: Checked, fault: Fault, writer: Writer) -> Iterator[Amendment]:
    """What an example says is paid, under the names of the lines that it does not name."""
    for example in checked.scope.examples:
        named = {one.name.text if one.name else writer.words[one.paid] for one in example.outcomes}
        for outcome in example.outcomes:
            if fault.place in {outcome.place, outcome.name.place if outcome.name else None}:
                value = checked.source.at(outcome.value.place)
                names = [name for name in fault.facts["instead"] if name not in named]
                yield from (Amendment(1, ((outcome.place, f"{name} {value}"),)) for name in names)


def _weights(checked: Checked, fault: Fault, writer: Writer) -> Iterator[Amendment]:
    """Each weight of a group by so much more or less; a condition of pay as one for whom a KPI is there."""
    scope, name = checked.scope, fault.facts["section"]
    kpis = [kpi for kpi in scope.kpis.values() if _section(checked, kpi) == name]
    lines: list[tree.Kpi | tree.Section] = [*kpis, *(() if name else scope.sections.values())]
    difference = "".join(str(fault.facts["difference"]).split()).rstrip("%").replace(",", ".")
    lacking = Fraction(difference) * Fraction(1 if fault.code in LESS else -1, 100)
    for weight in (weight for line in lines for weight in tree.among(line.clauses, tree.Weight)):
        for share in tree.walk(weight.share):
            if (
                isinstance(share, tree.Percent)
                and 0 < share.value + lacking <= 1
                and writer.own(weight.place)
            ):
                yield writer.weight(weight, share, share.value + lacking)
    for gate in (gate for kpi in kpis for gate in tree.among(kpi.clauses, tree.OnlyIf)):
        if writer.own(gate.place):
            text = f"{writer.words['for']} {checked.source.at(gate.condition.place)}"
            yield Amendment(1, ((gate.place, text),))


LESS = frozenset({"P401", "P430", "P432"})


def _section(checked: Checked, kpi: tree.Kpi) -> str:
    section = checked.scope.section_of(kpi)
    return section.name.text if section else ""


def _rows(checked: Checked, fault: Fault, writer: Writer) -> Iterator[Amendment]:
    """The bounds of two rows with a slip of the pen in one of their numbers; all rows in their order."""
    spots = {fault.place, fault.also}
    for table in held(checked.scope):
        if any(row.bound is not None and row.bound.place in spots for row in table.rows):
            yield from RowChanges(checked.source, writer.words, table.rows).ordered()
        for row in table.rows:
            if row.bound is not None and row.bound.place in spots and writer.own(row.place):
                yield from (one for one in writer.formula(row.bound.value, row.place) if one.numeric)


def _met(fault: Fault, writer: Writer) -> Iterator[Amendment]:
    """Each of two rows as it meets the other: where that ends or begins."""
    ways, spots = fault.facts.get("ways"), (fault.place, fault.also)
    if isinstance(ways, tuple) and len(ways) == len(spots):
        for spot, way in zip(spots, ways, strict=True):
            if spot is not None and writer.own(spot):
                yield Amendment(1, ((spot, way),))


def _signed(checked: Checked, fault: Fault, writer: Writer) -> Iterator[Amendment]:
    """The line of a fact with the words that it can be negative."""
    fact = checked.scope.facts.get(str(fault.facts["name"]))
    if fact is not None and writer.own(fact.place) and fact.kind is not None:
        at, end = checked.source.at, fact.kind.place.end
        text = f"{at(Place(fact.place.start, end))} {writer.words['signed']}{at(Place(end, fact.place.end))}"
        yield Amendment(1, ((fact.place, text),))
