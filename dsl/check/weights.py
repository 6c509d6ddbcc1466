"""Weights: what shares out one bonus, or one section of it, makes 100 % together.

`domain.md`, the KPI bonus. Where a plan tells sorts of people apart, it holds for each of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from .. import tree
from ..faults import Fault
from ..place import Place
from .constant import constant
from .people import SortOfPeople, applies, conditions, sorts, worth
from .scope import Scope

SHOWN = 12  # weights that the report of their sum lists

Weighed = tree.Kpi | tree.Section


def weights(scope: Scope) -> Iterator[Fault]:
    """The faults of weights: one for each group, of the first sort of people whose weights do not add up."""
    weighed: list[Weighed] = [*scope.kpis.values(), *scope.sections.values()]
    yield from _bare(scope, weighed)
    asked = [weight.share for line in weighed for weight in _weights(line)]
    asked.extend(condition for kpi in scope.kpis.values() for condition in conditions(kpi))
    # Where one is written twice, it is not known which of the two counts.
    named = sum(isinstance(line, tree.Kpi | tree.Section) for line in scope.plan.statements)
    if named > len(weighed) or any(len(_weights(line)) != 1 for line in weighed):
        return
    sections = {section.name.text for section in scope.within.values()}
    # A section without KPIs is at fault by itself.
    told: set[str | None] = {None} if sections != scope.sections.keys() else set()
    if (unended := _unended(scope)) is not None:
        yield unended
        return
    for sort in sorts(scope, asked, len(weighed)):
        if any(applies(kpi, sort) is None for kpi in scope.kpis.values()):
            continue
        for name, members in _groups(scope, sort).items():
            if name not in told and (fault := _sum(scope, members, sort, name)) is not None:
                told.add(name)
                yield fault


def _groups(scope: Scope, sort: SortOfPeople) -> dict[str | None, list[Weighed]]:
    """What shares out the bonus (under None), and what shares out each section, for people of a sort."""
    groups: dict[str | None, list[Weighed]] = {None: []}
    for kpi in scope.kpis.values():
        if applies(kpi, sort) is False:
            continue
        section = scope.section_of(kpi)
        if section is not None and section.name.text not in groups:
            groups[None].append(section)
        groups.setdefault(section.name.text if section else None, []).append(kpi)
    return groups


def _weights(line: Weighed) -> list[tree.Weight]:
    return tree.among(line.clauses, tree.Weight)


def _share(weight: tree.Weight, sort: SortOfPeople) -> Fraction | None:
    """What a weight is for people of a sort; None where its kind is at fault, or it hangs on facts."""
    return None if weight.share.place in sort.scope.unsound else worth(weight.share, sort)


def _bare(scope: Scope, weighed: list[Weighed]) -> Iterator[Fault]:
    """KPIs and sections without a weight; the only one of a plain plan gets what is left."""
    bare = [line for line in weighed if not _weights(line)]
    everybody = SortOfPeople({}, scope)
    plain = not any(conditions(kpi) for kpi in scope.kpis.values())
    for line in bare:
        name, weight = line.name.text, scope.words["weight"]
        end = scope.words["section_end"]
        if isinstance(line, tree.Section) and not line.clauses and name.casefold() in end.split():
            yield scope.fault("P102", line, word=line, instead=end, fix=end)
            continue
        group = [other for other in weighed if _over(scope, other) is _over(scope, line)]
        shares = [_share(one, everybody) for other in group for one in _weights(other)]
        known = [share for share in shares if share is not None and 0 < share <= 1]
        total = sum(known, Fraction(0))
        alone = sum(other in bare for other in group) == 1
        left = plain and len(known) == len(shares) and alone and total < 1
        # A weight stands behind the name, and behind the label where there is one.
        last = line.label or line.name
        at = line.name.place.to(last.place)
        rest = f"{scope.source.at(at)} {weight} {_percent(1 - total, scope)}" if left else None
        yield scope.fault("P215", at if left else line.name, name=name, weight=weight, fix=rest)


def _over(scope: Scope, line: Weighed) -> tree.Section | None:
    """The section whose share a KPI has a part of; None for what has a part of the whole bonus."""
    return scope.section_of(line) if isinstance(line, tree.Kpi) else None


def _sum(scope: Scope, members: list[Weighed], sort: SortOfPeople, name: str | None) -> Fault | None:
    """The fault of weights that do not make 100 %; none where one is at fault by itself or hangs on facts."""
    found = [weight for member in members for weight in _weights(member)]
    shares = [_share(weight, sort) for weight in found]
    # Nothing for everybody is at fault by itself; for people of one sort it may be meant.
    fixed = [constant(weight.share) is not None for weight in found]
    known = [
        share
        for share, same in zip(shares, fixed, strict=True)
        if share is not None and share <= 1 and (share > 0 or (share == 0 and not same))
    ]
    total = sum(known, Fraction(0))
    if not found or len(known) < len(found) or total == 1:
        return None
    listed = [
        scope.text(weight.share) if same else _percent(share, scope)
        for weight, share, same in zip(found, known, fixed, strict=True)
    ]
    parts = " + ".join(listed if len(listed) <= SHOWN else [*listed[:SHOWN], "…"])
    facts = {
        "sum": f"{parts} = {_percent(total, scope)}" if len(found) > 1 else _percent(total, scope),
        "difference": _percent(abs(1 - total), scope),
        "section": name or "",
        "sort": str(sort),
    }
    section = scope.sections.get(name or "")
    whole = [_share(weight, sort) for weight in _weights(section)] if section else []
    if section is not None and len(members) > 1 and not sort.values and whole == [total] and total < 1:
        # Each was written as a part of the whole bonus.
        each = tuple(
            f"{member.name.text} {scope.words['weight']} {_percent(share / total, scope)}"
            for member, share in zip(members, known, strict=False)
        )[:SHOWN]
        even = all((share / total * 10_000).denominator == 1 for share in known)
        instead = each if even else ("phrase:parts_of_section",)
        return scope.fault("P294", found[0], also=_weights(section)[0], **facts, instead=instead)
    less, more = ("P430", "P431") if sort.values else ("P401", "P402") if name is None else ("P432", "P433")
    also = found[0] if len(found) > 1 else None
    return scope.fault(less if total < 1 else more, found[-1], also=also, **facts)


def _unended(scope: Scope) -> Fault | None:
    """The fault of a section that ends before some of its KPIs, as their weights show.

    Those before make 100 %, and the others just what the whole bonus lacks.
    """
    everybody = SortOfPeople({}, scope)
    groups = _groups(scope, everybody)
    outer = [_share(weight, everybody) for line in groups[None] for weight in _weights(line)]
    for section in scope.sections.values():
        members = groups.get(section.name.text, [])
        shares = [_share(weight, everybody) for line in members for weight in _weights(line)]
        total = Fraction(0)
        for at, (share, line) in enumerate(zip(shares, members, strict=True)):
            rest = [*shares[at:], *outer]
            if total == 1 and all(one is not None for one in rest) and sum(filter(None, rest)) == 1:
                end = scope.words["section_end"]
                where = Place(line.place.start, line.place.start)
                facts = {"section": section.name.text, "name": line.name.text, "end": end}
                return scope.fault("P293", where, also=section.name, fix=f"{end}\n", **facts)
            total += share or 0
    return None


def spare(scope: Scope, outer: tree.Section, inner: tree.Section) -> list[tree.Section]:
    """Which of two sections, one right below the other, is one too many: without it they make 100 %."""
    everybody = SortOfPeople({}, scope)
    shares = {
        name: [_share(weight, everybody) for weight in _weights(section)]
        for name, section in scope.sections.items()
    }
    loose = [kpi for kpi in scope.kpis.values() if scope.section_of(kpi) is None]
    apart = [_share(weight, everybody) for kpi in loose for weight in _weights(kpi)]

    def makes_whole(left_out: tree.Section) -> bool:
        others = [one for name, several in shares.items() if name != left_out.name.text for one in several]
        known = [one for one in (*others, *apart) if one is not None]
        return len(known) == len(others) + len(apart) and sum(known) == 1

    return [one for one in (outer, inner) if makes_whole(one)]


def _percent(value: Fraction, scope: Scope) -> str:
    """A share as the plan's language writes it; one that has no end in decimals (a third), cut short."""
    return scope.written(tree.Percent(Fraction(round(value * 10**8), 10**8)))
