"""`premia check`: what is wrong with plans."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dsl.check import Checked
from dsl.check import check as checked
from dsl.faults import Fault, shown, told, wording
from dsl.parse import parse
from dsl.record import entries
from dsl.row import Row
from engine import examples
from engine.analyse import Analysis, Exposure, analyse
from engine.compile import Compiled, compile_any
from engine.money import Money
from engine.statement.besides import money

from .. import checks, documents, repairs
from ..repairs import Mend, mended
from ..store import NamedPlan, gather, is_folder
from .annotations import annotate
from .help import columns
from .reader import Reader
from .reports import drawn

NOTHING = Analysis((), (), ())


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found in one file, its faults and the examples that do not come out; and what it repaired.

    `mends` is None where nothing was to be repaired.
    """

    file: NamedPlan
    plan: Checked | None
    compiled: Compiled | tuple[Fault, ...]
    mends: tuple[Mend, ...] | None = None

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Errors and warnings."""
        return self.compiled if isinstance(self.compiled, tuple) else self.compiled.checked.faults

    def document(self, reader: Reader) -> checks.PlanCheck:
        """The same record that the service answers."""
        if self.plan is None:
            return checks.unfit(self.faults, None, None, reader.lang)
        return checks.checked(self.plan, self.compiled, reader.lang)


def check(
    arguments: Iterable[str],
    reader: Reader,
    ci: str | None = None,
    *,
    exposure: bool = False,
    fix: bool = False,
) -> int:
    """Every fault of some plans, and advice; 1 where one has an error or an example does not come out.

    With `fix` repairs that are certain are made before, and told; with `ci` a server of git is told.
    """
    named = list(arguments)
    found, stray = gather(named)
    reports = [_report(file, fix=fix) for file in found]
    if ci is not None:
        return _annotated(reports, stray, ci, reader)
    if not reader.json:
        return _text(reports, stray, reader, exposure=exposure)
    answers = [report.document(reader) for report in reports]
    objects = [_object(*one, reader) for one in zip(reports, answers, strict=True)]
    if len(named) == len(found) == 1 and not is_folder(named[0]):
        reader.data(objects[0])
    else:
        several = [{"file": one.file.name, **data} for one, data in zip(reports, objects, strict=True)]
        reader.data({"faults": documents.found(stray, None, reader.lang), "results": several})
    return int(bool(stray) or not all(answer.ok for answer in answers))


def _annotated(reports: list[Report], stray: list[Fault], ci: str, reader: Reader) -> int:
    """What is wrong, beside the lines of the plans where a server of git shows them."""
    several = [("", documents.found(stray, None, reader.lang))] if stray else []
    answers = [(report.file.name, report.document(reader)) for report in reports]
    several += [(name, (*answer.faults, *answer.advice)) for name, answer in answers]
    annotate(several, ci, reader)
    return int(bool(stray) or not all(answer.ok for _, answer in answers))


def _object(report: Report, answer: checks.PlanCheck, reader: Reader) -> dict[str, object]:
    """An answer as data, with the repairs that were made where they were asked for."""
    if report.mends is None:
        return entries(answer)
    return {"repairs": tuple(repairs.document(mend, reader.lang) for mend in report.mends), **entries(answer)}


def _report(file: NamedPlan, *, fix: bool) -> Report:
    source = file.read()
    if isinstance(source, Fault):
        return Report(file, None, (source,))
    mends = None
    if fix:
        source, mends = mended(source)
        if mends and (fault := file.rewrite(source.typed)):
            return Report(file, None, (fault,), ())
    plan = checked(parse(source))
    compiled = compile_any(plan)
    return Report(file, plan, compiled, mends)


def _text(reports: list[Report], stray: list[Fault], reader: Reader, *, exposure: bool) -> int:
    counted = Counter({"error": len(stray)})
    if stray:
        reader.say(*drawn(stray, None, reader), "")
    for report in reports:
        mends = report.mends or ()
        counted["repaired"] += len(mends)
        if mends:
            reader.say(*(row for mend in mends for row in _shown(mend, report.file.name, reader)), "")
        ready = report.compiled if isinstance(report.compiled, Compiled) else None
        outcomes = examples.run(ready) if ready else ()
        analysis = analyse(ready) if ready else NOTHING
        wrong, advice = report.faults, analysis.faults
        if ready:
            better = examples.sought(ready, outcomes)
            tried = examples.explained(outcomes, ready, reader.lang, better)
            wrong, advice = checks.judged(ready, tried, better, advice)
        elif report.plan:
            wrong = examples.decided(report.plan, report.faults, reader.lang)
        faults = told((*wrong, *advice))
        counted.update(fault.severity for fault in faults if fault.code not in examples.CODES)
        counted["failed"] += sum(not outcome.passed for outcome in outcomes)
        if faults:
            reader.say(*drawn(faults, report.plan.source if report.plan else None, reader), "")
        if not faults:
            reader.say(reader.words("fine", name=report.file.name))
        if ready and exposure:
            reader.say(*_exposed(ready, analysis.exposure, reader), "")
    names = {
        "repaired": "repairs",
        "error": "faults",
        "warning": "warnings",
        "advice": "advice",
        "failed": "failed",
    }
    said = [reader.count(name, counted[what]) for what, name in names.items() if counted[what]]
    if said:
        reader.say(reader.words("bottom", counts=", ".join(said)))
    return int(counted["error"] + counted["failed"] > 0)


def _shown(mend: Mend, name: str, reader: Reader) -> Iterator[str]:
    """A repair as a small difference: where and of which fault, the lines before it and after it."""
    yield f"{name}:{mend.line}: {mend.fault.code}: {wording(mend.fault, reader.lang).title}"
    yield from (Row(f"  - {shown(line)}", "error") for line in mend.before)
    yield from (Row(f"  + {shown(line)}", "good") for line in mend.after)


def _exposed(compiled: Compiled, exposure: Sequence[Exposure], reader: Reader) -> Iterator[str]:
    """How much a plan can pay at most: a row for each line of pay, and one for the whole."""
    data, currency = checks.exposed(compiled, exposure, reader.lang), compiled.kernel.currency
    rows = [(line.label, _most(line.most, line.grows_with, currency, reader)) for line in data.lines]
    rows.append((reader.words("exposed_total"), _most(data.total, data.grows_with, currency, reader)))
    yield reader.words("exposed", name=compiled.source.name)
    yield from columns(rows)


def _most(most: Money | None, grows: Iterable[str], currency: str, reader: Reader) -> str:
    if most is not None:
        return reader.words("exposed_most", amount=f"{money(most, reader.lang)} {currency}")
    facts = ", ".join(f"`{name}`" for name in grows)
    return reader.words("exposed_grows", facts=facts) if facts else reader.words("exposed_open")
