"""Lines laid out on a page: their order, their blank space, their columns, their comments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .. import tree
from ..parse.file import tabled
from ..words import LANGS, Lang, Words
from ..words import words as words_of
from .below import table
from .line import Cells, cells, column, items, lead, line

STEP = "  "  # before the rows of an example or a table, and between two columns
CONTINUED = "    "  # before the clauses of a line that go on below it
WIDTH = 120  # columns, after which a line goes on below and a row of an example is cut in two


def write(plan: tree.Plan, lang: Lang | None = None) -> str:
    """The canonical text of a plan, in its own language or another.

    A tree from a text with mistakes lacks the lines that hold them, and so does what is written here.
    """
    words = words_of(lang or plan.lang)
    page: list[str] = []
    for run in _runs(plan.statements):
        for statement, texts in zip(run, _texts(run, words), strict=True):
            apart = statement.notes.apart or isinstance(statement, tree.Example)
            _place(page, statement.notes, texts, apart=apart)
            if isinstance(statement, tree.Example):
                _rows(page, statement.rows, words)
            elif isinstance(statement, tree.RecordsTable):
                for entry, text in zip(statement.columns, _columns(statement, words), strict=True):
                    _place(page, entry.notes, [text], apart=entry.notes.apart, indent=STEP)
            elif under := tabled(statement):
                for row, text in zip(under.rows, table(under.rows, words), strict=True):
                    _place(page, row.notes, [text], apart=row.notes.apart, indent=STEP)
    for comment in plan.tail:
        _comment(page, comment)
    return "\n".join([*page, ""])


def _runs(statements: Sequence[tree.Statement]) -> Iterator[list[tree.Statement]]:
    """Statements that are laid out together: KPIs, or facts, with nothing between them."""
    run: list[tree.Statement] = []
    for statement in statements:
        notes = statement.notes
        alone = notes.apart or notes.above or notes.inside or not _lined_up(statement)
        if run and (alone or type(statement) is not type(run[-1]) or not _lined_up(run[-1])):
            yield run
            run = []
        run.append(statement)
    if run:
        yield run


def _lined_up(statement: tree.Statement) -> bool:
    """Whether a statement may stand in columns with others of its kind: a table under it would part them."""
    return isinstance(statement, tree.Fact | tree.Kpi) and tabled(statement) is None


def _texts(run: Sequence[tree.Statement], words: Words) -> list[list[str]]:
    """The lines of text of each statement of a run."""
    tables = [cells(statement, words) for statement in run if isinstance(statement, tree.Fact | tree.Kpi)]
    if len(tables) > 1 and (aligned := _aligned(tables)):
        return [[text] for text in aligned]
    return [_folded(line(statement, words)) for statement in run]


def _aligned(tables: Sequence[Cells]) -> list[str] | None:
    """Rows in columns, if each cell holds one text at most and no row becomes too long."""
    if any(len(cell) > 1 for table in tables for cell in table):
        return None
    rows = [["".join(cell) for cell in table] for table in tables]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    texts = [
        STEP.join(cell.ljust(width) for cell, width in zip(row, widths, strict=True) if width).rstrip()
        for row in rows
    ]
    return texts if max(map(len, texts)) <= WIDTH else None


def _columns(table: tree.RecordsTable, words: Words) -> list[str]:
    """The columns of a table below one another, each a line."""
    rows = [column(entry, words) for entry in table.columns]
    return _aligned(rows) or [" ".join(text for cell in row for text in cell) for row in rows]


def _folded(parts: Sequence[str]) -> list[str]:
    """A line of the plan on one line of text, or on several that each begin with a clause."""
    first, *clauses = parts
    texts = first.replace("\n", f"\n{CONTINUED}").split("\n")
    for clause in clauses:
        if len(texts[-1]) + 1 + len(clause) <= WIDTH:
            texts[-1] += f" {clause}"
        else:
            texts.append(f"{CONTINUED}{clause}")
    return texts


def _rows(page: list[str], rows: Sequence[tree.ExampleRow], words: Words) -> None:
    """The rows of an example, what they list aligned; cut at the same items in every language.

    Rows are the author's: were they cut where one language is wordy, the way back could not mend them.
    """
    width = max((len(lead(row, words)) for row in rows), default=0)
    widest = max((len(lead(row, words_of(lang))) for row in rows for lang in LANGS), default=0)
    for row in rows:
        lengths = zip(*([len(item) for item in items(row, words_of(lang))] for lang in LANGS), strict=True)
        texts: list[str] = []
        room = 0
        for item, length in zip(items(row, words), map(max, lengths), strict=True):
            room -= 2 + length
            if texts and room >= 0:
                texts[-1] += f"; {item}"
            else:
                texts.append(f"{lead(row, words):{width}} {item}")
                room = WIDTH - len(STEP) - widest - 1 - length
        _place(page, row.notes, texts, apart=row.notes.apart, indent=STEP)


def _place(
    page: list[str], notes: tree.Notes, texts: Sequence[str], *, apart: bool, indent: str = ""
) -> None:
    """Put the lines of a statement on the page with its comments: above it, or after its last line."""
    if apart:
        _comment(page, "")
    for comment in (*notes.above, *notes.inside):
        _comment(page, comment, indent)
    page.extend(f"{indent}{text}" for text in texts)
    if notes.beside is not None:
        page[-1] += f"{STEP}{notes.beside}"


def _comment(page: list[str], comment: str, indent: str = "") -> None:
    """Put a comment on the page, or blank space, of which one line is enough and none at its top."""
    if comment:
        page.append(f"{indent}{comment}")
    elif page and page[-1]:
        page.append("")


# ── One thing on each line of text, so that a change of one clause is a change of one line ──────────────


def explicit(plan: tree.Plan, lang: Lang | None = None) -> str:
    """The text of a plan, each clause, row and item on a line of its own; without comments."""
    words = words_of(lang or plan.lang)
    return "\n".join([*(text for one in plan.statements for text in _apart(one, words)), ""])


def _apart(statement: tree.Statement, words: Words) -> Iterator[str]:
    first, *clauses = line(statement, words)
    yield " ".join(first.split("\n"))
    yield from (f"{CONTINUED}{clause}" for clause in clauses)
    if isinstance(statement, tree.Example):
        for row in statement.rows:
            if isinstance(row, tree.Record):  # two lines would be two records
                yield f"{CONTINUED}{lead(row, words)} {'; '.join(items(row, words))}"
            else:
                yield from (f"{CONTINUED}{lead(row, words)} {item}" for item in items(row, words))
    elif isinstance(statement, tree.RecordsTable):
        yield from (
            f"{CONTINUED}{' '.join(text for cell in column(entry, words) for text in cell)}"
            for entry in statement.columns
        )
    elif under := tabled(statement):
        yield from (f"{CONTINUED}{text}" for row in under.rows for text in table([row], words))
