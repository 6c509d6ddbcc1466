"""A plan's interface: what it reads about a person and which lines it pays, and what breaks if it changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from dsl.faults import Fact, Fault
from dsl.words import KindName

from .compile import Compiled
from .facts.origins import told
from .facts.values import plainly
from .kernel import Input, LineKind
from .schema import inputs, sorts

# What somebody of a sort cannot do without: pairs of a role and a name.
Needs = frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Contract:
    """What others rely on: whoever sends facts to a plan, and whoever reads what it pays.

    `facts` are in the author's order and include the attributes, which are `choice`s; `needs` are what each
    sort of people must give, by the values of its attributes; `lines` are those that may be paid.
    """

    currency: str
    facts: Mapping[str, Input]
    targets: Mapping[str, Input]
    needs: Mapping[tuple[tuple[str, str], ...], Needs]
    lines: Mapping[str, LineKind]
    results: Mapping[str, KindName]

    @property
    def attributes(self) -> tuple[Input, ...]:
        """The facts that tell sorts of people apart."""
        return tuple(entry for entry in self.facts.values() if entry.kind == "choice")

    def everybody(self) -> Needs:
        """What anybody at all must give."""
        return frozenset().union(*self.needs.values())


def interface(compiled: Compiled) -> Contract:
    """The interface of a plan."""
    entries = inputs(compiled)
    attributes = {("actual", entry.name) for entry in entries if entry.kind == "choice" and entry.needed}
    needs = {
        tuple(sorted(values.items())): frozenset(
            {("actual", name) for name in facts} | {("target", name) for name in targets} | attributes
        )
        for values, (facts, targets) in sorts(compiled)
    }
    shown = [compiled.kernel.steps[index] for index in compiled.kernel.results]
    return Contract(
        compiled.kernel.currency,
        {entry.name: entry for entry in entries if entry.role == "actual"},
        {entry.name: entry for entry in entries if entry.role == "target"},
        needs,
        {line.name: line.kind for line in compiled.kernel.lines},
        {step.name: step.value.kind for step in shown},
    )


def compatible(old: Compiled, new: Compiled) -> tuple[Fault, ...]:
    """What breaks for those who send facts to a plan or read its answers, when it becomes another.

    Each is a warning. What is only added (a fact with a default, a line, a value) breaks nothing.
    """
    before, after = interface(old), interface(new)
    return (
        *_needed(before, after),
        *_read("fact", before.facts, after.facts),
        *_read("target", before.targets, after.targets),
        *_lines(before, after),
    )


def _needed(before: Contract, after: Contract) -> Iterator[Fault]:
    """What must be given and was not needed, or not known."""
    if before.needs.keys() == after.needs.keys():
        pairs = [(before.needs[sort], after.needs[sort]) for sort in after.needs]
    else:
        pairs = [(before.everybody(), after.everybody())]
    fresh = frozenset().union(*(now - was for was, now in pairs))
    for role, known, read in (
        ("actual", before.facts, after.facts),
        ("target", before.targets, after.targets),
    ):
        for name in read:
            if (role, name) in fresh:
                was = "may_be_left_out" if name in known else "unknown_so_far"
                yield _change("fact" if role == "actual" else "target", name, was, "needed_now")


def _read(what: str, before: Mapping[str, Input], after: Mapping[str, Input]) -> Iterator[Fault]:
    """What was taken and is now refused, or taken as something else."""
    for name, was in before.items():
        now = after.get(name)
        if now is None:
            yield _change(what, name, "read_so_far", "refused_now")
        elif now.kind != was.kind:
            yield _change(what, name, was.kind, now.kind)
        else:
            if was.signed and not now.signed:
                yield _change(what, name, "may_be_negative", "never_negative")
            if _narrower(was, now):
                yield _changed(what, name, _ends(was), _ends(now))
            if now.sources and (not was.sources or _gone(was.sources, now.sources)):
                yield _changed(what, name, told(was.sources) or ("phrase:any_source",), told(now.sources))
            for value in _gone(was.choices, now.choices):
                yield _changed(what, name, (value,), ("phrase:refused_now",))


def _narrower(was: Input, now: Input) -> bool:
    """Whether a bound of a fact has moved inwards, or is new."""
    higher = now.low is not None and (was.low is None or now.low > was.low)
    return higher or (now.high is not None and (was.high is None or now.high < was.high))


def _ends(entry: Input) -> tuple[str]:
    """The bounds of a fact, as facts are written."""
    if not entry.bounded:
        return ("phrase:any_value",)
    low, high = ("" if end is None else plainly(end, entry.kind) for end in (entry.low, entry.high))
    return (f"{low}…{high}",)


def _lines(before: Contract, after: Contract) -> Iterator[Fault]:
    for name in _gone(before.lines, after.lines):
        yield _change("line", name, "paid_so_far", "paid_no_more")
    for name, kind in before.results.items():
        if (now := after.results.get(name)) is None:
            yield _change("result", name, "shown_so_far", "shown_no_more")
        elif now != kind:
            yield _change("result", name, kind, now)
    if before.currency != after.currency:
        yield _changed("currency", after.currency, (before.currency,), (after.currency,))


def _gone(before: Iterable[str], after: Iterable[str]) -> list[str]:
    kept = set(after)
    return [name for name in before if name not in kept]


def _change(what: str, name: str, was: str, now: str) -> Fault:
    """A change that breaks something; `was` and `now` are names of phrases."""
    return _changed(what, name, (f"phrase:{was}",), (f"phrase:{now}",))


def _changed(what: str, name: str, was: tuple[str, ...], now: tuple[str, ...]) -> Fault:
    facts: dict[str, Fact] = {"what": (f"phrase:interface_{what}",), "name": name, "was": was, "now": now}
    return Fault("P717", "warning", facts=facts)
