"""What is wrong with a worked example: that it does not come out, or what forbids to pay it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from dsl import tree
from dsl.faults import Fault, phrase
from dsl.words import Lang, words
from dsl.write.line import items as written
from dsl.write.line import lead
from dsl.write.value import value

from ..compile import Compiled
from ..evaluate import Result
from ..money import rounded
from ..statement import script
from ..statement.besides import money
from ..statement.show import quantity
from .bounds import widened
from .run import ExampleItem, ShownValue, Tried
from .slips import ALIKE, meant, slip
from .sought import Sought

N = TypeVar("N", tree.Outcome, tree.Shown)

CODES = frozenset({"P450", "P451", "P453"})  # of an example that does not come out
QUOTED = 3  # places of one change that are told
TOLD = 4  # things of one example that differ and are told one by one


@dataclass(frozen=True, slots=True)
class Differing:
    """A thing of an example that differs, and both of its numbers as a reader writes them.

    `item` is what is paid, where it is that; `right` is what the plan would have it say, None where nobody
    has to work it out.
    """

    node: tree.Outcome | tree.Shown
    name: str
    expected: str
    got: str | None
    right: tree.Value | None
    item: ExampleItem | None = None

    def told(self, lang: Lang) -> str:
        """The thing with both numbers."""
        key = "example_pays" if self.item else "example_nothing" if self.got is None else "example_comes"
        return phrase(key, lang).format(name=self.name, expected=self.expected, got=self.got)


@dataclass(frozen=True, slots=True)
class Judged:
    """An example, and why it does not come out; nothing where it does."""

    outcome: Tried
    faults: tuple[Fault, ...] = ()


def explained(
    outcomes: Iterable[Tried], compiled: Compiled, lang: Lang, better: Sought | None = None
) -> tuple[Judged, ...]:
    """Each of some examples with why it does not come out; slips are looked for in the first of those.

    `better` is the change of the plan with which all of them come out, where there is one.
    """
    told: list[Judged] = []
    left = ALIKE
    for outcome in outcomes:
        if outcome.passed:
            told.append(Judged(outcome))
        else:
            told.append(Judged(outcome, _faults(outcome, compiled, lang, better, searched=left > 0)))
            left -= 1
    return tuple(told)


def wrong(several: Iterable[Judged]) -> tuple[Fault, ...]:
    """What is wrong with some examples; what forbids to pay several of them is told once."""
    found: dict[object, Fault] = {}
    for one in several:
        for fault in one.faults:
            found.setdefault((fault.code, fault.place), fault)
    return tuple(found.values())


def _faults(
    outcome: Tried, compiled: Compiled, lang: Lang, better: Sought | None, *, searched: bool
) -> tuple[Fault, ...]:
    """Why an example does not come out, one fault for all that differs; or what forbids to pay it."""
    if not isinstance(outcome.result, Result):
        placed = (_placed(fault, outcome) for fault in outcome.result)
        return tuple(widened(fault, outcome.example, compiled.checked, lang) for fault in placed)
    differences = [*_shown(outcome, lang), *_paid(outcome, compiled, lang)]
    if not differences:
        return ()
    if better is not None:
        return (
            _clause(better, _fault(outcome, compiled, differences, outcome.result, lang), compiled, lang),
        )
    omitted = (
        slip(outcome, [one.item for one in differences if one.item], compiled.kernel.currency) == "omitted"
    )
    if searched and (entry := meant(compiled, outcome)) is not None and not omitted:
        return (_given(outcome, compiled, *entry),)
    return (_fault(outcome, compiled, differences, outcome.result, lang),)


def _placed(fault: Fault, outcome: Tried) -> Fault:
    """A fault of what an example gives, where it gives it; one of the plan, with the example beside it."""
    if fault.place is not None:
        return fault if fault.also is not None else replace(fault, also=outcome.place)
    _, table, name, *_ = [*(fault.pointer or "").split("/"), "", "", ""]
    given = (
        entry.place
        for entry in outcome.example.entries
        if (entry.name.text, entry.target) == (name, table == "targets")
    )
    return replace(fault, place=next(given, outcome.place), pointer=None, fix=None)


# ── What differs ─────────────────────────────────────────────────────────────────────────────────────────


def _shown(outcome: Tried, lang: Lang) -> Iterator[Differing]:
    for one, node in zip(outcome.shown, outcome.example.shown, strict=True):
        if not one.passed:
            expected = quantity(one.expected, one.kind, lang)[0]
            if isinstance(node.value, tree.Numeral):  # zeros that it ends in ask for more digits
                expected = value(node.value, words(lang), typed=True)
            got = None if one.got is None else quantity(one.got, one.kind, lang)[0]
            yield Differing(node, one.name, expected, got, _right(one, node))


def _right(one: ShownValue, node: tree.Shown) -> tree.Value | None:
    """What it comes to, to the last digit written."""
    if one.got is None or not isinstance(node.value, tree.Number | tree.Percent | tree.Amount | tree.Days):
        return None
    size = one.got / one.unit
    return replace(node.value, value=rounded(size.numerator, size.denominator) * one.unit)


def _paid(outcome: Tried, compiled: Compiled, lang: Lang) -> Iterator[Differing]:
    currency = compiled.kernel.currency
    for item, node in zip(outcome.items, outcome.example.outcomes, strict=True):
        if not item.passed:
            paid = item.got.exact
            places = 0 if paid.denominator == 1 else item.got.digits
            named = isinstance(node.value, tree.Amount)
            right = tree.Amount(paid, currency, places=places) if named else tree.Number(paid, places=places)
            expected, got = money(item.expected, lang), money(item.got, lang)
            yield Differing(node, item.name, expected, got, right, item)


# ── The fault ────────────────────────────────────────────────────────────────────────────────────────────


def _fault(
    outcome: Tried, compiled: Compiled, several: Sequence[Differing], result: Result, lang: Lang
) -> Fault:
    """An example that does not come out, with all of it that differs, and the row as the plan pays."""
    first, *others = several
    row = _row(outcome.example, first, several, compiled.checked.lang)
    told = "; ".join(one.told(lang) for one in several[:TOLD])
    more = phrase("example_more", lang).format(count=len(several) - TOLD) if len(several) > TOLD else ""
    paid = [one.item for one in several if one.item]
    hint = slip(outcome, paid, compiled.kernel.currency) if len(paid) == len(several) else None
    facts = {
        "title": outcome.title,
        "differs": told + more,
        "slip": (f"phrase:slip_{hint}",) if hint else "",
        "row": row,
    }
    also = others[0].node.place if others else None
    trace = tuple(_trace(paid, result, lang))
    return Fault("P450", place=first.node.place, also=also, facts=facts, trace=trace)


def _clause(better: Sought, fault: Fault, compiled: Compiled, lang: Lang) -> Fault:
    """An example that does not come out, as the fault of the clause that is meant otherwise."""
    edits = better.change.edits
    place, fix = edits[0]
    told = {
        "old": _quoted([compiled.source.words(at) for at, _ in edits]),
        "new": f" {phrase('or', lang)} ".join(
            _quoted([words for _, words in one.edits]) for one in better.several
        ),
    }
    how, likely = ("mended_instead", "likely_instead") if fix else ("mended_without", "likely_without")
    many = "mended_one" if better.failed == 1 else "mended_all"
    mended = phrase(how, lang).format(**told) + phrase(many, lang)
    if better.entry is not None:
        row, *_ = written(tree.Given((better.entry[1],)), words(compiled.checked.lang))
        mended += phrase("mended_given", lang).format(given=row)
    if better.forgotten:
        likely = "likely_either"
    facts = {**fault.facts, "mended": mended, "likely": phrase(likely, lang).format(**told)}
    single = len(edits) == 1 and not better.forgotten
    return replace(
        fault, code="P453", place=place, also=fault.place, facts=facts, fix=fix if single else None
    )


def _quoted(several: Sequence[str]) -> str:
    """Words of the plan, as they are quoted in a sentence; the first of many."""
    more = ["…"] if len(several) > QUOTED else []
    return ", ".join([*(f"`{one}`" for one in several[:QUOTED]), *more])


def _row(example: tree.Example, first: Differing, several: Sequence[Differing], lang: Lang) -> str:
    """The row of the example that a difference stands in, with what it comes to."""
    right = {id(one.node): one.right for one in several if one.right is not None}
    row = next(row for row in example.rows if first.node.place.inside(row.place))
    match row:
        case tree.Shows(listed):
            row = replace(row, shown=tuple(_righted(one, right) for one in listed))
        case tree.Pays(listed):
            row = replace(row, outcomes=tuple(_righted(one, right) for one in listed))
    return f"{lead(row, words(lang))} {'; '.join(written(row, words(lang)))}"


def _righted(one: N, right: Mapping[int, tree.Value]) -> N:
    return replace(one, value=right[id(one)]) if id(one) in right else one


def _trace(items: Sequence[ExampleItem], result: Result, lang: Lang) -> Iterator[str]:
    """How what is paid comes about, each line once; a sum by the last sentence of each of its lines."""
    spoken = script(result, lang)
    told = spoken.explain(result)
    several = len({at for item in items for at in item.lines}) > 1
    seen: set[int] = set()
    for item in items:
        for at in item.lines:
            if at not in seen:
                label = f"{spoken.parts[at].label}: " if several else ""
                yield from (f"{label}{sentence}" for sentence in told[at][-(len(item.lines) > 1) :])
        seen.update(item.lines)


def _given(outcome: Tried, compiled: Compiled, entry: tree.Entry, better: tree.Entry) -> Fault:
    """A fact of an example that is given in another unit: with what is meant, all of it comes out."""
    row, *_ = written(tree.Given((better,)), words(compiled.checked.lang))
    facts = {"title": outcome.title, "given": compiled.source.words(entry.place), "meant": row}
    return Fault("P451", place=entry.place, facts=facts, fix=row)
