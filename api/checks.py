"""What the doors answer to a check of a plan: its faults, advice and examples, and what it can cost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from dsl import check
from dsl.faults import Fact, Fault, told
from dsl.faults.answer import ToldFault as Told
from dsl.node import node
from dsl.place import Place
from dsl.source import Source
from dsl.words import Lang
from engine import examples
from engine.analyse import Exposure, analyse
from engine.compile import Compiled, read_plan
from engine.examples import ExampleResult, Judged, Sought
from engine.money import Money, rounded
from engine.statement.show import titled

from .documents import found
from .plans import Heading, heading

MENDED = 3  # warnings whose repairs are tried on examples that do not come out


@node
class ExposedLine:
    """How much a line can pay at most."""

    name: str
    label: str
    most: Money | None
    """Null where no bound is known."""
    reached: bool
    """Whether somebody can be paid just as much."""
    grows_with: tuple[str, ...]
    """The facts with which it grows without end."""


@node
class Exposed:
    """How much a plan can pay one person for one period at most: each line, and the whole."""

    total: Money | None
    """Null where no bound is known."""
    grows_with: tuple[str, ...]
    lines: tuple[ExposedLine, ...]


@node
class PlanCheck:
    """Whether a plan can pay and its examples come out, what is wrong with it, what its author should know.

    It is `ok` where no fault is an error; that an example does not come out is one.

    Advice never makes a plan wrong; once the plan answers it (`allow cliff because "…"`), it is told no more.
    """

    ok: bool
    faults: tuple[Told, ...]
    advice: tuple[Told, ...]
    exposure: Exposed | None
    plan: Heading | None
    examples: tuple[ExampleResult, ...]


def checked(plan: check.Checked, compiled: Compiled | tuple[Fault, ...], lang: Lang) -> PlanCheck:
    """The answer to a check: what the plan is, what is wrong with it, and whether its examples come out."""
    if not isinstance(compiled, Compiled):
        # Definitions pay nobody, which is no mistake in them.
        defining = plan.parsed.definitions is not None
        faults = plan.faults if defining else examples.decided(plan, compiled, lang)
        return unfit(faults, plan.source, heading(plan.header, None), lang, ok=defining and not plan.broken)
    outcomes, analysis = examples.run(compiled), analyse(compiled)
    better = examples.sought(compiled, outcomes)
    tried = examples.explained(outcomes, compiled, lang, better)
    wrong, advice = judged(compiled, tried, better, analysis.faults)
    return PlanCheck(
        all(outcome.passed for outcome in outcomes),
        found(told(wrong), plan.source, lang),
        found(advice, plan.source, lang),
        exposed(compiled, analysis.exposure, lang),
        heading(plan.header, compiled.kernel.digest),
        tuple(examples.document(one, compiled, lang) for one in tried),
    )


def judged(
    compiled: Compiled, tried: Iterable[Judged], better: Sought | None, advice: Iterable[Fault]
) -> tuple[tuple[Fault, ...], tuple[Fault, ...]]:
    """What is wrong with a plan that can pay, and the advice that is left.

    Where examples do not come out, and would with the repair that a warning offers, the warning is an error:
    one mistake, told once. So it is with the change of the plan that is `better`: a warning or an advice that
    goes with it is not told beside it.
    """
    faults, advice = list(compiled.checked.faults), list(advice)
    failed = {one.outcome.title: one for one in tried if not one.outcome.passed}
    for several in (faults, advice) if failed else ():
        doubts = [fault for fault in several if fault.severity == "warning" and fault.fix is not None]
        for doubt in doubts[:MENDED]:
            still = _failing(compiled, doubt)
            if still is not None and still < failed.keys():
                failed = {title: one for title, one in failed.items() if title in still}
                several.remove(doubt)
                faults.append(replace(doubt, severity="error"))
    # A line in which something is wrong needs no advice yet, and what answers its advice no warning.
    lines = [one.place for one in compiled.checked.parsed.tree.statements]
    wrong = [line for line in lines if any(_stands(fault, line) for fault in faults)]
    waiting = [
        one for one in advice if one.severity == "advice" and any(_stands(one, line) for line in wrong)
    ]
    if waiting or failed:
        advice = [one for one in advice if one not in waiting and one.code != UNANSWERED]
    if better is not None and failed:
        left = {_said(fault) for fault in better.mended.checked.faults}
        faults = [fault for fault in faults if fault.severity != "warning" or _said(fault) in left]
        meant = [line for line in lines if any(at.inside(line) for at, _ in better.change.edits)]
        # What pays otherwise than is meant needs no advice yet.
        advice = [one for one in advice if not any(_stands(one, line) for line in meant)]
        left = {_said(fault) for fault in analyse(better.mended).faults} if advice else set()
        advice = [fault for fault in advice if _said(fault) in left]
    return (*faults, *examples.wrong(failed.values())), tuple(advice)


def _stands(fault: Fault, line: Place) -> bool:
    """Whether a fault stands in a line of the plan."""
    return fault.place is not None and fault.place.inside(line)


UNANSWERED = "P479"  # of an answer to no advice


def _said(fault: Fault) -> tuple[str, frozenset[tuple[str, Fact]]]:
    """What tells a fault from others, wherever it stands."""
    return fault.code, frozenset(fault.facts.items())


def _failing(compiled: Compiled, doubt: Fault) -> set[str] | None:
    """The examples that do not come out with the repair of a warning; None where nothing can be paid then."""
    source, place = compiled.source, doubt.place
    if source.included or place is None:
        return None
    mended = read_plan(check.changed(source, place, doubt.fix or ""))
    if not isinstance(mended, Compiled):
        return None
    return {outcome.title for outcome in examples.run(mended) if not outcome.passed}


def unfit(
    faults: Iterable[Fault], source: Source | None, plan: Heading | None, lang: Lang, *, ok: bool = False
) -> PlanCheck:
    """The answer to a check of what pays nobody."""
    return PlanCheck(ok, found(faults, source, lang), (), None, plan, ())


def exposed(compiled: Compiled, exposure: Iterable[Exposure], lang: Lang) -> Exposed:
    """How much a plan can pay at most: each line, and the whole."""
    *lines, total = [_exposed(compiled, one, lang) for one in exposure]
    return Exposed(total.most, total.grows_with, tuple(lines))


def _exposed(compiled: Compiled, one: Exposure, lang: Lang) -> ExposedLine:
    digits, most = compiled.kernel.digits, None
    if one.most is not None:
        size = one.most * 10**digits
        most = Money(rounded(size.numerator, size.denominator), digits)
    label = titled(compiled.checked.scope, one.name, lang)
    return ExposedLine(one.name, label, most, one.reached, tuple(one.grows))
