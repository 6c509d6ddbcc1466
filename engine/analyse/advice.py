"""What is found in a plan that its author should know, and the line that answers it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from dsl import tree
from dsl.check.scope import COMMISSION
from dsl.faults import Fact, Fault
from dsl.place import Place
from dsl.words import words
from dsl.write import write

from ..compile import Compiled
from ..follow.view import View


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is worth an advice.

    `advice` is the word that answers it, `names` those that an answer may name; of what is found for several
    sorts of people under one key, the one of the greatest size is told. `proof` writes examples that show it.
    """

    advice: str
    fault: Fault
    names: frozenset[str] = frozenset()
    key: tuple[object, ...] = ()
    size: Fraction = Fraction(0)
    proof: Callable[[], str] | None = None


def merged(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """One of each key: the greatest, and of equal ones the first."""
    best: dict[tuple[object, ...], Finding] = {}
    for one in found:
        key = (one.fault.code, *one.key)
        if key not in best or one.size > best[key].size:
            best[key] = one
    return tuple(best.values())


def answer(compiled: Compiled, advice: str, name: str | None = None) -> str:
    """The line of a plan that answers an advice, its reason left open."""
    word = words(compiled.checked.lang).advice_words[advice]
    scope = compiled.checked.scope
    known = name in scope.kpis or (name in scope.pays and name != COMMISSION)
    named = tree.Name(name) if name is not None and known else None
    line = tree.Allow(advice, word, named, tree.Text("…"))
    return write(tree.Plan(compiled.checked.lang, (line,))).strip()


def advise(
    view: View, code: str, advice: str, place: Place, facts: Mapping[str, str], *, name: str | None = None
) -> Fault:
    """An advice about people of a sort: which one it is, in the author's words, where there are several."""
    whose = ", ".join(f"`{name}`: `{value}`" for name, value in view.attributes)
    allow = answer(view.compiled, advice, name)
    said = {**facts, "whose": f" ({whose})" if whose else "", "allow": allow}
    return Fault(code, "advice", place, facts=said)


def doubt(
    compiled: Compiled,
    code: str,
    place: Place,
    said: Mapping[str, Fact],
    name: str,
    *,
    fix: str | None,
    advice: str = "size",
    size: Fraction = Fraction(0),
) -> Finding:
    """A warning of what is most likely not meant in a line, with what is; its author may answer it."""
    facts = {"name": name, **said, "allow": answer(compiled, advice, name)}
    fault = Fault(code, "warning", place, facts=facts, fix=fix)
    return Finding(advice, fault, frozenset([name]), (place,), size)
