"""A plan taken apart into what it declares, each thing under its name and in its parts.

Texts are compared, not trees: these may nest deeper than Python compares. A text stands in both languages,
since in one alone a name and a keyword may look the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import field, replace
from typing import TYPE_CHECKING, Any, Literal

from .. import tree
from ..node import node
from ..parse.file import tabled
from ..tree import quoted
from ..tree.declared import rule_of
from ..words import LANGS, Lang, Words
from ..words import words as words_of
from ..write.below import clause, head, table
from ..write.expression import expression
from ..write.line import arriving, belonging, cells, column, items, lead, line, origin

What = Literal[
    "title",
    "version",
    "effect",
    "currency",
    "law",
    "sources",
    "prose",
    "fact",
    "records_table",
    "group",
    "salary",
    "bonus",
    "section",
    "kpi",
    "figure",
    "result",
    "pay",
    "variable",
    "total",
    "order",
    "allow",
    "example",
    "records_table",
    "group",
]
# The slot of a clause is the name of its rule.
SLOTS = (
    "text", "label", "kind", "signed", "bounds", "default", "source", "late", "belonging", "shares",
    "amount", "section",
    *(one.declared.rule for one in tree.CLAUSE_ORDER),
    "columns", "column", "row", "reason", "period", "given", "record", "shows", "pays",
)  # fmt: skip
if TYPE_CHECKING:
    Slot = str
else:
    Slot = Literal[SLOTS]
Texts = tuple[str, ...]  # one for each language, in the order of LANGS
Write = Callable[[Words], str]
Key = tuple[What, str]  # what a thing is, and its name among its kind


@node
class DeclaredPart:
    """A part of something declared: which one it is, how it is written, and its clause or item, if any.

    Of several parts in one slot (accelerators, rows, facts of an example) `key` tells them apart.
    """

    slot: Slot
    key: str
    texts: Texts
    clause: tree.Clause | None = field(default=None, compare=False)
    item: tree.Entry | tree.Shown | tree.Outcome | None = field(default=None, compare=False)

    @property
    def meaning(self) -> object:
        """What it says: of an item of an example not to how many zeros, for all else how it is written."""
        return self.texts if self.item is None else self.item

    def text(self, lang: Lang) -> str:
        """The part as a language writes it."""
        return self.texts[LANGS.index(lang)]


@node
class Thing:
    """Something that a plan declares, with its parts; no statement stands behind the order of pay."""

    what: What
    name: str
    label: str
    statement: tree.Statement | None
    parts: tuple[DeclaredPart, ...]
    section: str | None = None

    @property
    def key(self) -> Key:
        """What it is and what it is called."""
        return self.what, self.name


def things(plan: tree.Plan) -> Mapping[Key, Thing]:
    """What a plan in one file declares, in the author's order; last, the order in which it pays."""
    found: dict[Key, Thing] = {}
    counts: dict[Key, int] = {}
    section: str | None = None
    for statement in plan.statements:
        if isinstance(statement, tree.Section | tree.SectionEnd):
            section = statement.name.text if isinstance(statement, tree.Section) else None
        if isinstance(statement, tree.SectionEnd | tree.Include):
            continue
        thing = _thing(statement, section)
        count = counts[thing.key] = counts.get(thing.key, 0) + 1
        if count > 1:
            thing = replace(thing, name=f"{thing.name} {count}")
        found[thing.key] = thing
    return found


def sequence(found: Mapping[Key, Thing]) -> tuple[Key, ...]:
    """The lines of pay, in the order in which they are paid."""
    return tuple(key for key in found if key[0] in {"salary", "kpi", "pay"})


def ordered(keys: tuple[Key, ...]) -> Thing:
    """The order of some lines of pay as a thing that may change."""
    texts = tuple(", ".join(_called(key, lang) for key in keys) for lang in LANGS)
    return Thing("order", "", "", None, (DeclaredPart("text", "", texts),))


def _called(key: Key, lang: Lang) -> str:
    return words_of(lang)["salary"] if key[0] == "salary" else key[1]


def said(thing: Thing, lang: Lang) -> list[str]:
    """Something declared, as a language writes it: its line with all clauses, and the rows under it."""
    words = words_of(lang)
    match thing.statement:
        case None:
            return [part.text(lang) for part in thing.parts]
        case tree.Example() as example:
            rows = [f"  {lead(row, words)} {'; '.join(items(row, words))}" for row in example.rows]
            return [*line(example, words), *rows]
        case tree.RecordsTable(columns=listed) as records:
            return [*line(records, words), *(f"  {_stated(entry, words)}" for entry in listed)]
        case tree.Prose() | tree.Allow() as statement:
            return line(statement, words)
        case statement:
            under = tabled(statement)
            text = " ".join(" ".join(line(statement, words)).split("\n"))
            return [text, *(f"  {row}" for row in table(under.rows, words))] if under else [text]


# ── One statement ────────────────────────────────────────────────────────────────────────────────────────


def _thing(statement: tree.Statement, section: str | None) -> Thing:
    what, name = _key(statement)
    label = getattr(statement, "label", None)
    spoken = label.text if isinstance(label, tree.Text) else ""
    within = section if isinstance(statement, tree.Kpi) else None
    return Thing(what, name, spoken, statement, tuple(_parts(statement, within)), within)


def _key(statement: tree.Statement) -> Key:
    """What a statement is, by its rule, and its name among those that are the same."""
    what: Any = rule_of(type(statement))
    match statement:
        case tree.Title() | tree.Definitions():
            return "title", ""
        case tree.LawLine():
            return "law", ""
        case tree.ResultLine(name):
            return "result", name.text
        case tree.Prose(topic, word, name):
            return what, " ".join([topic, *([word] if word else []), *([name.text] if name else [])])
        case tree.Fact(name) | tree.Section(name) | tree.Kpi(name) | tree.Figure(name):
            return what, name.text
        case tree.RecordsTable(name) | tree.Group(name):
            return what, name.text
        case tree.Pay(_, name):
            return what, "commission" if name is None else name.text
        case tree.Allow(advice, word, name):
            return what, (advice or word) + (f" {name.text}" if name else "")
        case tree.Example(title):
            return what, title.text
        case _:
            return what, ""


def _parts(statement: tree.Statement, section: str | None) -> Iterator[DeclaredPart]:
    match statement:
        case tree.Title(text=text) | tree.Definitions(text=text) | tree.Prose(text=text):
            yield _same("text", quoted(text.text))
        case tree.Version(text=version):
            yield _same("text", version)
        case tree.Effect(start=said) | tree.Currency(code=said):
            yield _same("text", said.text)
        case tree.LawLine(law, word):
            yield _same("text", law or word.text)
        case tree.Sources():
            yield DeclaredPart("text", "", _in_each(lambda words: line(statement, words)[0]))
        case tree.Allow(reason=reason):
            yield _same("reason", quoted(reason.text))
        case tree.Fact():
            yield from _fact(statement)
        case tree.Example():
            yield from _example(statement)
        case tree.RecordsTable():
            yield from _table(statement)
        case tree.Group():
            yield from _group(statement)
        case tree.SectionEnd() | tree.Include():
            return
        case _:
            yield from _line(statement, section)


def _group(group: tree.Group) -> Iterator[DeclaredPart]:
    """The label of a group, where its members belong, and whether they see each other's shares."""
    if group.label is not None:
        yield _same("label", quoted(group.label.text))
    if group.within is not None or group.led is not None:
        yield DeclaredPart("belonging", "", _in_each(lambda words: " ".join(belonging(group, words))))
    if group.open:
        yield DeclaredPart("shares", "", _in_each(lambda words: words["shares_open"]))


def _fact(fact: tree.Fact) -> Iterator[DeclaredPart]:
    """The label of a fact, its kind, its sign, its default, its source."""
    columns = [cells(fact, words_of(lang)) for lang in LANGS]
    slots: tuple[Slot, ...] = ("label", "kind", "signed", "bounds", "default", "source")
    for index, slot in enumerate(slots, 1):
        if columns[0][index]:
            yield DeclaredPart(slot, "", tuple(column[index][0] for column in columns))


def _table(table: tree.RecordsTable) -> Iterator[DeclaredPart]:
    """The label of a table, its source, what becomes of late records, its columns."""
    label, source, late = table.label, table.source, table.late
    if label is not None:
        yield _same("label", quoted(label.text))
    if source is not None:
        yield DeclaredPart("source", "", _in_each(lambda words: origin(source, words)[0]))
    if late is not None:
        yield DeclaredPart("late", "", _in_each(lambda words: arriving(late, words)))
    yield from map(_column, table.columns)


def _column(entry: tree.Column) -> DeclaredPart:
    """A column of a table."""

    return DeclaredPart("column", entry.name.text, _in_each(lambda words: _stated(entry, words)))


def _stated(entry: tree.Column, words: Words) -> str:
    return " ".join(part for cell in column(entry, words) for part in cell)


def _example(example: tree.Example) -> Iterator[DeclaredPart]:
    if example.period is not None:
        yield _same("period", example.period)
    for entry in example.entries:
        key = f"target {entry.name.text}" if entry.target else entry.name.text
        yield DeclaredPart("given", key, _listed(tree.Given((entry,))), item=entry)
    for record in example.records:
        yield DeclaredPart("record", record.table.text, _in_each(_recorded(record)))
    for shown in example.shown:
        key = f"{shown.what} {shown.name.text}"
        yield DeclaredPart("shows", key, _listed(tree.Shows((shown,))), item=shown)
    for outcome in example.outcomes:
        key = outcome.paid if outcome.name is None else f"line {outcome.name.text}"
        yield DeclaredPart("pays", key, _listed(tree.Pays((outcome,))), item=outcome)


def _recorded(record: tree.Record) -> Write:
    return lambda words: f"{lead(record, words)} {'; '.join(items(record, words))}"


def _listed(row: tree.ExampleRow) -> Texts:
    """The only thing that a row lists."""
    return _in_each(lambda words: items(row, words)[0])


def _line(statement: tree.Clausal | tree.Figure, section: str | None) -> Iterator[DeclaredPart]:
    """What a line that computes or pays is made of: label, formula, clauses, rows."""
    if not isinstance(statement, tree.Salary | tree.Bonus | tree.Variable | tree.Total) and statement.label:
        yield _same("label", quoted(statement.label.text))
    if section is not None:
        yield _same("section", section)
    match statement:
        case tree.Figure(kind=kind, value=value):
            if isinstance(kind, tree.Kind) and kind.kind is not None:
                known = kind.kind
                yield DeclaredPart("kind", "", _in_each(lambda words: words.kind_words[known]))
            yield DeclaredPart("amount", "", _in_each(lambda words: expression(value, words)))
        case tree.Salary() | tree.Bonus() | tree.Pay():
            bare = replace(statement, clauses=())
            if isinstance(bare, tree.Pay):
                bare = replace(bare, label=None)
            yield DeclaredPart("amount", "", _in_each(lambda words: " ".join(line(bare, words)[0].split())))
    if not isinstance(statement, tree.Figure):
        yield from map(_clause, statement.clauses)
    if under := tabled(statement):
        yield from map(_table_row, under.rows)


def _clause(one: tree.Clause) -> DeclaredPart:
    match one:
        case tree.Accel(bound=bound) | tree.Decel(bound=bound):
            key = expression(bound, words_of("en"))
        case tree.Cap(base=base):
            key = base
        case _:
            key = ""
    return DeclaredPart(one.declared.rule, key, _in_each(lambda words: clause(one, words, "")), one)


def _table_row(row: tree.TableRow) -> DeclaredPart:
    slot, key = ("columns", "") if isinstance(row, tree.Columns) else ("row", head(row, words_of("en")))
    return DeclaredPart(slot, key, _in_each(lambda words: table([row], words)[0]))


def _in_each(write: Write) -> Texts:
    return tuple(write(words_of(lang)) for lang in LANGS)


def _same(slot: Slot, text: str) -> DeclaredPart:
    """A part that every language writes alike."""
    return DeclaredPart(slot, "", (text,) * len(LANGS))
