"""The ways in which the answers for many people are written down, one after another."""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TextIO

from dsl import record
from dsl.faults import Fault
from dsl.row import Row
from dsl.words import words as plan_words
from engine.compile import Compiled
from engine.evaluate import Result
from engine.kernel import PayLine
from engine.money import Money, plain
from engine.statement import document
from engine.statement.answer import Statement, Unpaid
from engine.statement.besides import money
from engine.statement.results import worths
from engine.statement.show import vocabulary
from engine.statement.text import RULE, rows

from ..documents import Totals, found, said
from ..files import worded
from ..paper.spreadsheet import Separated
from .common import Opened
from .reader import Reader, show


@dataclass
class Written(ABC):
    """A form of the answers for those whom a plan pays, for a reader.

    Each answer is added when it is known, and the whole is ended once; with `detail` data have each sentence
    in its parts as well.
    """

    opened: Opened
    reader: Reader
    stream: TextIO
    detail: bool = False
    warned: int = field(default=0, init=False)
    """Rows of which something is to be said beside their amounts."""
    paid: int = field(default=0, init=False)
    """Rows; somebody may stand in several, one for each period."""
    refused: int = field(default=0, init=False)
    waiting: int = field(default=0, init=False)
    """Of those who are paid, rows with lines that stay open."""
    totals: Totals = field(default_factory=Totals, init=False)
    employees: set[str] = field(default_factory=set, init=False)
    """Who is paid in them."""

    remembers = True  # whether it is known who is paid, and not only in how many rows
    holds_faults = False  # whether faults are a part of the form, or are to be told apart from it

    def document(self, result: Result) -> Statement:
        """The answer for somebody who is paid, with every reason."""
        return document(result, self.reader.lang, self.opened.plan, self.opened.revision, detail=self.detail)

    @property
    def people(self) -> str:
        """How many are paid, as it is said."""
        return self.reader.people(len(self.employees) if self.remembers else self.paid, self.paid)

    def write(self, result: Result) -> None:
        """Count one more answer, and write it down."""
        self.paid += 1
        self.waiting += bool(result.facts.open)
        if self.remembers:
            self.employees.add(result.facts.employee)
        self.totals.add(result.kernel.currency, Money(result.total, result.kernel.digits))
        self.add(result)

    @abstractmethod
    def add(self, result: Result) -> None:
        """Write down the answer for one more person."""

    def refuse(self, document: Unpaid) -> None:  # noqa: ARG002  # it is told apart, if it is no part of the form
        """Count one more person who cannot be paid."""
        self.refused += 1

    def end(self, notices: Sequence[Fault]) -> None:  # noqa: B027  # of some forms nothing
        """Write down what comes after the last; `notices` say how the facts were read as a whole."""


class Statements(Written):
    """Statements as text, and what they come to where there are several."""

    def add(self, result: Result) -> None:
        """A statement below the one before."""
        self.warned += bool(result.facts.presumed or result.warnings)
        before = ["", "", ""] if self.paid > 1 else []
        show([*before, *rows(self.document(result), self.reader.lang)], self.stream)

    def end(self, notices: Sequence[Fault]) -> None:  # noqa: ARG002  # they are told apart from the statements
        """What everybody is paid together, where there are several."""
        kernel, reader = self.opened.compiled.kernel, self.reader
        if kernel.lines and self.paid and self.paid + self.refused > 1:
            (paid,) = self.totals.all()
            total = money(paid.total, reader.lang)
            said = ["", RULE]
            if self.warned:
                said.append(reader.words("batch_warned", warned=self.warned, paid=self.paid))
            told = reader.words("batch_total", people=self.people, total=total, currency=kernel.currency)
            left = [reader.words("batch_open", open=self.waiting)] if self.waiting else []
            show([*said, Row(told, "label"), *left], self.stream)


class Data(Written):
    """The documents as JSON, `{"results": […], …}`, each in a line, as `POST /evaluate/batch` answers."""

    holds_faults = True
    separator = '{"results": [\n'

    def add(self, result: Result) -> None:
        """One more statement."""
        document = self.document(result)
        self.warned += bool(document.presumed or document.warnings)
        self._enter(document)

    def refuse(self, document: Unpaid) -> None:
        """Faults are data as well."""
        super().refuse(document)
        self._enter(document)

    def _enter(self, document: Statement | Unpaid) -> None:
        """One more document."""
        self.stream.write(self.separator + record.text(document))
        self.separator = ",\n"

    def end(self, notices: Sequence[Fault]) -> None:
        """The end of the list, how the facts were read where that is to be said, the counts and the sums."""
        if self.separator != ",\n":
            self.stream.write(self.separator)
        self.stream.write(f"\n], {record.text(self.counts(notices))[1:]}\n")

    def counts(self, notices: Sequence[Fault]) -> dict[str, object]:
        """What stands at the end."""
        told = {"notices": found(notices, None, self.reader.lang)} if notices else {}
        left = {"open": self.waiting} if self.waiting else {}
        return {**told, "paid": self.paid, "unpaid": self.refused, **left, "totals": self.totals.all()}


@dataclass
class DataLines(Data):
    """The documents as JSON, a line each; the last line says that it is the last, and what came before it."""

    remembers = False

    def __post_init__(self) -> None:
        self.digest = hashlib.sha256()

    def _enter(self, document: Statement | Unpaid) -> None:
        line = record.text(document) + "\n"
        self.digest.update(line.encode())
        self.stream.write(line)

    def end(self, notices: Sequence[Fault]) -> None:
        """The last line."""
        whole = {"complete": True, "digest": self.digest.hexdigest()}
        self.stream.write(record.text({**self.counts(notices), **whole}) + "\n")


@dataclass
class PayrollTable(Written):
    """A table of amounts for a payroll system: a row for each person, a column for each line of pay.

    The last row has the totals. After the total stand the results, which are no pay; the last column says
    what is doubtful about a row, how it was read and what was presumed. A line that is not of somebody's
    sort is nothing to them, so that every amount stands under its name; the cell of one that stays open is
    empty.
    """

    def __post_init__(self) -> None:
        lines, words, lang = self.opened.compiled.kernel.lines, self.reader.words, self.reader.lang
        self.columns = [_key(line) for line in lines]
        heads = [
            words("column_employee"),
            words("column_period"),
            *(_called(line.name, self.opened.compiled) for line in lines),
            vocabulary(lang)["total"].lower(),
            *self.opened.compiled.checked.scope.results,
            words("column_warnings"),
        ]
        self.rows = Separated(self.stream, lang, heads)
        self.sums = [0] * len(lines)

    def add(self, result: Result) -> None:
        """A row of amounts."""
        digits, number = self.opened.compiled.kernel.digits, self.rows.number
        paid = [*zip(map(_key, result.kernel.lines), result.amounts, strict=True)]
        waiting = {_key(one.line) for one in result.facts.open if isinstance(one.line, PayLine)}
        minors: list[int] = []
        for key in self.columns:  # the lines of a sort stand in the order of all lines
            minor = paid.pop(0)[1] if paid and paid[0][0] == key else 0
            minors.append(minor)
        self.sums = [one + minor for one, minor in zip(self.sums, minors, strict=True)]
        told = said(result, self.reader.lang)
        self.warned += bool(told)
        who = worded(result.facts.employee), result.facts.period.text
        cells = zip(self.columns, minors, strict=True)
        amounts = ["" if key in waiting else number(plain(minor, digits)) for key, minor in cells]
        total = number(plain(result.total, digits))
        shown = {one.name: number(one.decimal) for one in worths(result)}
        values = [shown.get(name, "") for name in self.opened.compiled.checked.scope.results]
        self.rows.add([*who, *amounts, total, *values, worded("; ".join(told))])

    def end(self, notices: Sequence[Fault]) -> None:  # noqa: ARG002  # they are told apart from the table
        """A row of totals, where there are several rows; where the table is read again, it is nobody's."""
        if self.paid > 1:
            digits, number = self.opened.compiled.kernel.digits, self.rows.number
            amounts = [number(plain(minor, digits)) for minor in (*self.sums, sum(self.sums))]
            left = self.reader.words("batch_open", open=self.waiting) if self.waiting else ""
            nothing = [""] * len(self.opened.compiled.kernel.results)
            self.rows.add([vocabulary(self.reader.lang)["total"], "", *amounts, *nothing, left])


def _key(line: PayLine) -> tuple[str, str]:
    """What tells a line of pay apart from the others of its plan."""
    return line.name, line.kind


def _called(name: str, compiled: Compiled) -> str:
    """A line of pay as its plan calls it; what the plan gives no name is called by its keyword."""
    keywords = plan_words(compiled.checked.lang)
    return keywords[name] if name in {"salary", "commission"} else name
