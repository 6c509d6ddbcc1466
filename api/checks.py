"""What the doors answer to a check of a plan: its faults, advice and examples, and what it can cost."""

from __future__ import annotations

from collections.abc import Sequence

from dsl.check import Checked
from dsl.faults import Fault
from dsl.words import Lang
from engine import examples
from engine.analyse import Exposure, analyse
from engine.compiled import Compiled
from engine.money import plain, rounded

from .documents import Document, found, heading, label_of


def checked(plan: Checked, compiled: Compiled | tuple[Fault, ...], lang: Lang) -> Document:
    """The answer to a check: what the plan is, what is wrong with it, and whether its examples come out."""
    if not isinstance(compiled, Compiled):
        # Definitions pay nobody, which is no mistake in them.
        defining = plan.parsed.definitions is not None
        faulty = found(plan.faults if defining else compiled, plan.source, lang)
        return {
            "ok": defining and not plan.broken,
            "faults": faulty,
            "advice": [],
            "exposure": None,
            "plan": heading(plan.header, None),
            "examples": [],
        }
    outcomes, analysis = examples.run(compiled), analyse(compiled)
    return {
        "ok": all(outcome.passed for outcome in outcomes),
        "faults": found(plan.faults, plan.source, lang),
        "advice": found(analysis.faults, plan.source, lang),
        "exposure": exposed(compiled, analysis.exposure, lang),
        "plan": heading(plan.header, compiled.kernel.digest),
        "examples": [examples.document(outcome, compiled, lang) for outcome in outcomes],
    }


def exposed(compiled: Compiled, exposure: Sequence[Exposure], lang: Lang) -> Document:
    """How much a plan can pay at most: each line, and the whole; null where no bound is known."""
    *lines, total = [_exposed(compiled, one, lang) for one in exposure]
    return {"total": total["most"], "grows_with": total["grows_with"], "lines": lines}


def _exposed(compiled: Compiled, one: Exposure, lang: Lang) -> Document:
    digits, most = compiled.kernel.digits, None
    if one.most is not None:
        size = one.most * 10**digits
        most = plain(rounded(size.numerator, size.denominator), digits)
    label = label_of(compiled, one.name, lang)
    said: Document = {"name": one.name, "label": label, "most": most, "reached": one.reached}
    return {**said, "grows_with": list(one.grows)}
