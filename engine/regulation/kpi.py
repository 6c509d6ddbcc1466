"""The bonus for KPIs: its size, how the KPIs share it, and what each of them pays for its attainment."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from dsl import tree
from dsl.check.people import SortOfPeople, applies, sorts, worth
from dsl.tree.clauses import among, first

from ..paper import Block, Items, Paragraph, Table
from .clauses import clauses
from .speaker import Narrator
from .tables import curve


def kpis(speaker: Narrator) -> Iterator[Block]:
    """The section on the bonus; nothing where the plan has none."""
    say, scope, bonus = speaker.say, speaker.scope, speaker.scope.bonus
    if bonus is None:
        return
    yield Paragraph(say("kpi.pool", size=speaker.row(bonus.pool, "money")))
    for text in speaker.told("about", word="bonus"):
        yield Paragraph(text)
    yield Paragraph(f"{say('kpi.attainment')} {say('kpi.exceeds')}")
    for name, section in scope.sections.items():
        weight = first(section.clauses, tree.Weight)
        said = "" if weight is None else speaker.row(weight.share, "percent")
        part = say("kpi.section", name=speaker.called(name), weight=said)
        yield Paragraph(" ".join([part, *speaker.told("about", name)]))
    yield Paragraph(say("kpi.table"))
    heads = tuple(map(say, ("kpi.kpi", "kpi.weight", "kpi.share", "kpi.target")))
    rows = tuple(_row(speaker, bonus, kpi) for kpi in scope.kpis.values())
    yield Table(heads, rows, numeric=(1, 2, 3))
    for kpi in scope.kpis.values():
        yield from _kpi(speaker, kpi)
    for name, section in scope.sections.items():
        rest = clauses(speaker, section.clauses)
        if rest:
            yield Paragraph("", lead=say("kpi.section_rules", name=speaker.called(name)))
            yield Items(tuple(rest))
    if bonus.clauses:
        yield Paragraph("", lead=say("kpi.bonus_rules"))
        yield Items(tuple(clauses(speaker, bonus.clauses)))


def _row(speaker: Narrator, bonus: tree.Bonus, kpi: tree.Kpi) -> tuple[str, ...]:
    """What the table of KPIs says of one: weight, share of the bonus, target."""
    weight = first(kpi.clauses, tree.Weight)
    said = "" if weight is None else speaker.sizes(weight.share, "percent")
    section = speaker.scope.section_of(kpi)
    if section is not None:
        said = speaker.say("kpi.in_section", weight=said, name=speaker.called(section.name.text))
    return speaker.label(kpi.name.text), said, _share(speaker, bonus, kpi), _target(speaker, kpi)


def _share(speaker: Narrator, bonus: tree.Bonus, kpi: tree.Kpi) -> str:
    """The money of a KPI's share, for each sort of people where they differ; a dash where facts decide it."""
    section = speaker.scope.section_of(kpi)
    parts = [part for line in (kpi, section) if line is not None for part in line.clauses]
    factors = [bonus.pool, *(weight.share for weight in among(parts, tree.Weight))]
    found = {
        ", ".join(sort.values.values()): _product(speaker, factors, sort)
        for sort in sorts(speaker.scope, factors, len(factors))
        if applies(kpi, sort) is not False
    }
    if len({*found.values()}) == 1:
        return next(iter(found.values()))
    return "\n".join(speaker.say("sizes.case", value=value, size=size) for value, size in found.items())


def _product(speaker: Narrator, factors: list[tree.Expr], sort: SortOfPeople) -> str:
    size = Fraction(1)
    for factor in factors:
        value = worth(factor, sort)
        if value is None:
            return speaker.say("dash")
        size *= value
    return speaker.number(size, "money")


def _target(speaker: Narrator, kpi: tree.Kpi) -> str:
    target = first(kpi.clauses, tree.Target)
    if target is None:
        return speaker.say("kpi.own")
    said = speaker.sizes(target.value, speaker.compiled.checked.kinds[kpi.name.text])
    return speaker.say("kpi.or_own", target=said) if target.personal else said


def _kpi(speaker: Narrator, kpi: tree.Kpi) -> Iterator[Block]:
    name, scope = kpi.name.text, speaker.scope
    told = speaker.told("about", name)
    if (figure := scope.figures.get(name)) is not None:
        about, value = speaker.called(name), figure.value
        if isinstance(value, tree.Table):
            where = speaker.numbers["results" if name in scope.results else "figures"]
            told.append(speaker.say("kpi.figure_table", figures=where, name=about))
        else:
            told.append(speaker.say("kpi.figure", name=about, formula=speaker.formula(value)))
    yield Paragraph("", lead=f"{speaker.label(name)}.")
    yield Items((*told, *clauses(speaker, kpi.clauses, shared=True)))
    for part in among(kpi.clauses, tree.Curve):
        yield curve(speaker, part)
