"""Statements as documents, to be printed, sent or opened in an office program; written when all are there."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field

from dsl.faults import Fault
from engine.evaluate import Result
from engine.statement.answer import Statement
from engine.statement.paper import ledger, paper

from ..paper import markdown
from .reports import sound
from .results import Written


@dataclass
class Document(Written):
    """Everybody's statement in one document."""

    said: list[Statement] = field(default_factory=list, init=False)

    def add(self, result: Result) -> None:
        """One more statement."""
        self.warned += bool(result.facts.presumed or result.warnings)
        self.said.append(self.document(result))

    def end(self, notices: Sequence[Fault]) -> None:  # noqa: ARG002  # they are told apart from the statements
        """The document, as a whole."""
        self.stream.buffer.write(sound(self.made(), self.reader))

    @abstractmethod
    def made(self) -> bytes | Fault:
        """The document in its form; a fault of a missing library."""


class Page(Document):
    """A page of HTML."""

    def made(self) -> bytes | Fault:
        """The page."""
        from ..paper import page  # noqa: PLC0415  # slow to import

        said = page.html(paper(self.said, self.reader.lang))
        return said if isinstance(said, Fault) else said.encode()


class Markdown(Document):
    """A text with marks, for a letter or a chat."""

    def made(self) -> bytes:
        """The text."""
        return markdown.text(paper(self.said, self.reader.lang)).encode()


class WordFile(Document):
    """A file of a word processor."""

    def made(self) -> bytes | Fault:
        """The file."""
        from ..paper import word  # noqa: PLC0415  # slow to import

        return word.docx(paper(self.said, self.reader.lang))


class Workbook(Document):
    """A spreadsheet: pay, results, records and shares of everybody, a sheet of each."""

    def made(self) -> bytes | Fault:
        """The file."""
        from ..paper import spreadsheet  # noqa: PLC0415  # slow to import

        return spreadsheet.xlsx(ledger(self.said, self.reader.lang))
