"""Groups of people: what they lie within, who leads their members, and what is asked of these."""

from __future__ import annotations

from collections.abc import Iterator

from .. import tree
from ..faults import Fault
from .constant import constant
from .scope import Scope, listed
from .ways import owner


def grouped(scope: Scope) -> Iterator[Fault]:
    """What is wrong with groups, and with sums that their members share."""
    for group in scope.groups.values():
        yield from _group(scope, group)
    for expr in scope.expressions:
        if isinstance(expr, tree.Pool | tree.Prizes):
            yield from _shared(scope, expr)


def _group(scope: Scope, group: tree.Group) -> Iterator[Fault]:
    """What is wrong with what a group lies within, or with who leads its members."""
    name, words = group.name.text, scope.words
    if group.led is not None:
        by = group.led.by
        taken_by = next(scope.behind(by.text), None)
        if taken_by is not None:
            yield scope.fault("P380", by, also=taken_by, name=by.text)
        elif by.text in scope.needs:
            way = {"of": words["of"], "each": words["for_each"]}
            yield scope.fault("P384", scope.needs[by.text], also=by, name=by.text, group=name, **way)
        if group.within is not None:
            yield scope.fault(
                "P381", group.within, name=name, words=listed([words["within"], words["led_by"]])
            )
        return
    seen = [name]
    while group.within is not None:
        outer = scope.groups.get(group.within.text)
        if outer is None or outer.led is not None:
            if group.name.text == name:
                others = [one for one, other in scope.groups.items() if other.led is None and one != name]
                near = scope.guess(group.within.text, others)
                yield scope.fault("P382", group.within, name=group.within.text, group=name, fix=near)
            return
        if outer.name.text in seen:
            if outer.name.text == name == min(seen):  # of a circle it is told once
                yield scope.fault("P383", group.within, others=listed(seen))
            return
        seen.append(outer.name.text)
        group = outer


def together(scope: Scope, expr: tree.Records) -> Iterator[Fault]:
    """What is wrong with what is drawn from the members of a group."""
    group, known = expr.table.text, {*scope.facts, *scope.figures, *scope.kpis}
    leaders = {one.led.by.text for one in scope.groups.values() if one.led is not None}  # told of apart
    if expr.word == "rank" and not _among(scope, group):
        yield scope.fault("P385", expr.table, name=group, text=expr)
    for part in (one for one in (expr.value, expr.where) if one is not None):
        yield from _alone(scope, part, group)
        for inner in tree.walk(part):
            name = inner.attribute if isinstance(inner, tree.Identity | tree.By) else inner
            if not isinstance(name, tree.Name) or scope.paid(name):
                continue
            own = scope.member(name.text)
            if own == name.text and own not in known | leaders and own not in scope.columns:
                fix = scope.guess(own, sorted(known))
                yield scope.fault("P351", name, fix=fix, name=own, table=group, known=tuple(sorted(known)))
            elif own != name.text and (through := _leads(scope, own)) is not None:
                yield scope.fault("P393", name, also=through, name=own, group=group)


def _shared(scope: Scope, expr: tree.Pool | tree.Prizes) -> Iterator[Fault]:
    """What is wrong with a sum that is shared, and with prizes."""
    group = expr.group.text
    if group not in scope.groups:
        near = scope.guess(group, scope.groups)
        yield scope.fault("P394", expr.group, name=group, fix=near)
        return
    if not _among(scope, group):
        yield scope.fault("P385", expr.group, name=group, text=expr)
        return
    for part in tree.asked(expr):
        yield from _alone(scope, part, group)
    yield from _shares_own(scope, expr)
    for inner in (inner for part in tree.asked(expr) for inner in tree.walk(part)):
        if isinstance(inner, tree.Records | tree.Pool | tree.Prizes):
            yield scope.fault("P393", inner, name=scope.text(inner), group=group)
        elif isinstance(inner, tree.Name) and (through := _leads(scope, inner.text)) is not None:
            yield scope.fault("P393", inner, also=through, name=inner.text, group=group)
    match expr:
        case tree.Prizes(equals=None):
            share, higher = scope.words["equals_share"], scope.words["equals_higher"]
            yield scope.fault("P396", expr, text=expr, share=f", {share}", higher=f", {higher}")
        case tree.Pool(reserve=tree.Reserve(tree.Percent() as size)) if not 0 < (constant(size) or 0) < 1:
            yield scope.fault("P397", size, text=size)


def _alone(scope: Scope, asked: tree.Expr, group: str) -> Iterator[Fault]:
    """What is known of whoever is paid alone, and asked of members: pay, a target, what is attained of it."""
    waiting = [asked]
    while waiting:
        match waiting.pop():
            case (
                tree.TargetOf() | tree.AttainmentOf() | tree.FullSalary() | tree.Excess(mark=tree.TargetOf())
            ) as own:
                yield scope.fault("P756", own, text=scope.source.bare(own.place), group=group)
            case own if scope.paid(own):
                yield scope.fault("P756", own, text=scope.source.bare(own.place), group=group)
            case other:
                waiting.extend(reversed(tree.operands(other)))


def personal(scope: Scope, expr: tree.Pool | tree.Prizes) -> list[tree.Expr]:
    """What goes into the sums that are shared, and need not be the same for all who share them."""
    found: list[tree.Expr] = []
    waiting, seen = [*tree.sums(expr)], set[str]()
    while waiting:
        match waiting.pop():
            case tree.Records(table=table) if _common(scope, table.text, expr.group.text):
                pass
            case tree.Records() | tree.Pool() | tree.Prizes() | tree.TargetOf() | tree.AttainmentOf() as own:
                found.append(own)
            case tree.FullSalary() | tree.Excess(mark=tree.TargetOf()) as own:
                found.append(own)
            case own if scope.paid(own):
                found.append(own)
            case tree.Name(name) if name in seen:
                pass
            case tree.Name(name) if name in scope.figures and _leads(scope, name) is not None:
                seen.add(name)
                waiting.append(scope.figures[name].value)
            case (tree.Name() as own) | tree.Identity(own):
                seen.add(own.text)
                found.append(own)
            case other:
                found += [other.attribute] if isinstance(other, tree.By) else []
                waiting.extend(reversed(tree.operands(other)))
    return found


def _common(scope: Scope, table: str, group: str) -> bool:
    """Whether what is drawn from a table is the same for all members of a group."""
    while table != group:
        within = scope.groups[group].within if group in scope.groups else None
        if within is None:
            own = scope.tables.get(table)
            return own is not None and owner(scope.tables, own) is None
        group = within.text
    return True


def _shares_own(scope: Scope, expr: tree.Pool | tree.Prizes) -> Iterator[Fault]:
    """A sum that each has of their own, where one is shared: what is drawn from their own records or pay."""
    group, of = expr.group.text, scope.words["of"]
    for own in personal(scope, expr):
        if not isinstance(own, tree.Name) or scope.paid(own):
            text = scope.source.bare(own.place)
            yield scope.fault("P455", own, text=text, group=group, instead=f"… {of} {group}")
        elif _drawn(scope, own.text, group):
            text = f"{own.text} {of} {group}"
            yield scope.fault("P455", own, text=own, group=group, instead=text, fix=f"({text})")


def _drawn(scope: Scope, name: str, group: str) -> bool:
    """Whether a figure is worked out from somebody's own records."""
    waiting, seen = [name], {name}
    while waiting:
        figure = scope.figures.get(waiting.pop())
        for inner in () if figure is None else tree.walk(figure.value):
            if isinstance(inner, tree.Records) and not _common(scope, inner.table.text, group):
                return True
            if isinstance(inner, tree.Name) and inner.text not in seen:
                seen.add(inner.text)
                waiting.append(inner.text)
    return False


def _leads(scope: Scope, name: str) -> tree.Placed | None:
    """What is drawn from a group on the way to a figure: its members would wait for one another."""
    waiting, seen = [name], {name}
    while waiting:
        figure = scope.figures.get(waiting.pop())
        for inner in () if figure is None else tree.walk(figure.value):
            if isinstance(inner, tree.Pool | tree.Prizes) or (
                isinstance(inner, tree.Records) and _among(scope, inner.table.text)
            ):
                return inner
            if isinstance(inner, tree.Name) and inner.text not in seen:
                seen.add(inner.text)
                waiting.append(inner.text)
    return None


def _among(scope: Scope, name: str) -> bool:
    """Whether a group is one of people who are members of it together; whom somebody leads stands below."""
    group = scope.groups.get(name)
    return group is not None and group.led is None
