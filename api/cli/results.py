"""The ways in which the answers for many people are written down, one after another."""

from __future__ import annotations

import csv
import json
import sys
from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, TextIO

from dsl.words import words as plan_words
from engine.compiled import Compiled
from engine.money import plain
from engine.statement.show import vocabulary
from engine.statement.text import RULE, money, text

from .reader import Reader, show

Document = Mapping[str, Any]


class Written(ABC):
    """A form of answers: each is added when it is known, and the whole is ended once."""

    holds_faults = False  # whether faults are a part of the form, or are to be told apart from it

    def __init__(self, compiled: Compiled, reader: Reader, stream: TextIO | None = None) -> None:
        self.compiled, self.reader = compiled, reader
        self.stream = stream or sys.stdout

    @abstractmethod
    def add(self, document: Document, *, paid: bool) -> None:
        """Write down the answer for one more person."""

    @abstractmethod
    def end(self) -> None:
        """Write down what comes after the last."""


class Statements(Written):
    """Statements as text, and what they come to where there are several."""

    def __init__(self, compiled: Compiled, reader: Reader, stream: TextIO | None = None) -> None:
        super().__init__(compiled, reader, stream)
        self.people = self.refused = self.total = 0

    def add(self, document: Document, *, paid: bool) -> None:
        """A statement below the one before."""
        self.people += 1
        if not paid:
            self.refused += 1
            return
        before = "\n\n\n" if self.people - self.refused > 1 else ""
        self.total += int(document["total"].replace(".", ""))
        show(before + text(document, self.reader.lang), self.stream)

    def end(self) -> None:
        """What everybody is paid together."""
        kernel, reader = self.compiled.kernel, self.reader
        if self.people < 2:
            return
        if paid := self.people - self.refused:
            total = money(plain(self.total, kernel.digits), reader.lang)
            people = reader.count("people", paid)
            said = reader.words("batch_total", people=people, total=total, currency=kernel.currency)
            show(f"\n{RULE}\n{said}", self.stream)
        if self.refused:
            reader.complain(reader.words("batch_refused", refused=self.refused, people=self.people))


class Data(Written):
    """The documents as JSON: of one person the document, of several `{"results": […]}`, each in a line."""

    holds_faults = True

    def __init__(self, compiled: Compiled, reader: Reader, stream: TextIO | None = None) -> None:
        super().__init__(compiled, reader, stream)
        self.first: Document | None = None
        self.several = False

    def add(self, document: Document, *, paid: bool) -> None:  # noqa: ARG002  # faults are data as well
        """One more document; the first waits until it is known whether it is the only one."""
        if self.first is None and not self.several:
            self.first = document
            return
        if self.first is not None:
            self.stream.write('{"results": [\n' + json.dumps(self.first, ensure_ascii=False))
            self.first, self.several = None, True
        self.stream.write(",\n" + json.dumps(document, ensure_ascii=False))

    def end(self) -> None:
        """The end of the list, or the only document."""
        if self.several:
            self.stream.write("\n]}\n")
        elif self.first is not None:
            self.stream.write(json.dumps(self.first, ensure_ascii=False, indent=2) + "\n")


class Table(Written):
    """A table of amounts for a payroll system: a row for each person, a column for each line of pay."""

    def __init__(self, compiled: Compiled, reader: Reader, stream: TextIO | None = None) -> None:
        super().__init__(compiled, reader, stream)
        russian = reader.lang == "ru"
        self.mark = "," if russian else "."
        self.rows = csv.writer(self.stream, delimiter=";" if russian else ",", lineterminator="\n")
        words, names = reader.words, [_called(line.name, compiled) for line in compiled.kernel.lines]
        heading = [
            words("column_employee"),
            words("column_period"),
            *names,
            vocabulary(reader.lang)["total"].lower(),
        ]
        if not "".join(heading).isascii():
            self.stream.write("\ufeff")  # without it Excel takes the letters for those of an older encoding
        self.rows.writerow(heading)

    def add(self, document: Document, *, paid: bool) -> None:
        """A row of amounts."""
        if paid:
            amounts = [line["amount"] for line in document["lines"]] + [document["total"]]
            amounts = [amount.replace(".", self.mark) for amount in amounts]
            self.rows.writerow([document["employee"], document["period"], *amounts])

    def end(self) -> None:
        """Nothing comes after the last row."""


def _called(name: str, compiled: Compiled) -> str:
    """A line of pay as its plan calls it; what the plan gives no name is called by its keyword."""
    keywords = plan_words(compiled.checked.lang)
    return keywords[name] if name in {"salary", "commission"} else name
