"""`premia check`: what is wrong with plans."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dsl.check import Checked
from dsl.check import check as checked
from dsl.faults import Fault, told
from dsl.parse import parse
from dsl.record import entries
from dsl.source import Source
from engine import examples
from engine.analyse import Analysis, analyse
from engine.compile import Compiled, compile_plan

from .. import checks, documents
from ..store import NamedPlan, gather, is_folder
from .exposure import exposed
from .outcomes import failures
from .reader import Reader
from .reports import drawn

NOTHING = Analysis((), (), ())


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found in one file: its faults, and the examples that do not come out."""

    file: NamedPlan
    source: Source | None
    plan: Checked | None
    compiled: Compiled | tuple[Fault, ...]

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Errors and warnings."""
        return self.compiled if isinstance(self.compiled, tuple) else self.compiled.checked.faults

    def document(self, reader: Reader) -> checks.PlanCheck:
        """The same record that the service answers."""
        if self.plan is None:
            return checks.unfit(self.faults, None, None, reader.lang)
        return checks.checked(self.plan, self.compiled, reader.lang)


def check(arguments: Iterable[str], reader: Reader, *, exposure: bool = False) -> int:
    """Every fault of some plans, and advice; 1 where one has an error or an example does not come out."""
    named = list(arguments)
    found, stray = gather(named)
    reports = [_report(file) for file in found]
    if not reader.json:
        return _text(reports, stray, reader, exposure=exposure)
    answers = [report.document(reader) for report in reports]
    if len(named) == len(found) == 1 and not is_folder(named[0]):
        reader.data(answers[0])
    else:
        pairs = zip(reports, answers, strict=True)
        several = [{"file": one.file.name, **entries(answer)} for one, answer in pairs]
        reader.data({"faults": documents.found(stray, None, reader.lang), "results": several})
    return int(bool(stray) or not all(answer.ok for answer in answers))


def _report(file: NamedPlan) -> Report:
    source = file.read()
    if isinstance(source, Fault):
        return Report(file, None, None, (source,))
    plan = checked(parse(source))
    # Definitions pay nobody, which is no mistake in them.
    compiled = plan.faults if plan.parsed.definitions is not None else compile_plan(plan)
    return Report(file, plan.source, plan, compiled)


def _text(reports: list[Report], stray: list[Fault], reader: Reader, *, exposure: bool) -> int:
    errors = len(stray)
    warnings = failed = advised = 0
    if stray:
        reader.say(*drawn(stray, None, reader), "")
    for report in reports:
        outcomes = examples.run(report.compiled) if isinstance(report.compiled, Compiled) else ()
        wrong = [outcome for outcome in outcomes if not outcome.passed]
        analysis = analyse(report.compiled) if isinstance(report.compiled, Compiled) else NOTHING
        faults = told((*report.faults, *analysis.faults))
        severities = [fault.severity for fault in faults]
        errors += severities.count("error")
        warnings += severities.count("warning")
        advised += severities.count("advice")
        failed += len(wrong)
        if faults:
            reader.say(*drawn(faults, report.source, reader), "")
        if isinstance(report.compiled, Compiled) and wrong:
            reader.say(*failures(report.compiled, wrong, report.file.name, reader), "")
        if not faults and not wrong:
            reader.say(reader.words("fine", name=report.file.name))
        if exposure and isinstance(report.compiled, Compiled):
            reader.say(*exposed(report.compiled, analysis.exposure, reader), "")
    counts = [("faults", errors), ("warnings", warnings), ("advice", advised), ("failed", failed)]
    said = [reader.count(name, number) for name, number in counts if number]
    if said:
        reader.say(reader.words("bottom", counts=", ".join(said)))
    return int(errors + failed > 0)
