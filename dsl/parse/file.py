"""One text to its tree, with every mistake in it; what it includes is left to others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

from .. import tree
from ..faults import Fault
from ..place import NOWHERE, Place
from ..source import Source
from ..words import Words
from .grammar import Grammar, below_table, grammar, read
from .language import language
from .limits import Work, unfit, unreadable
from .lines import LISTS, ROWS, TokenRow, place, rows

if TYPE_CHECKING:
    from .mistakes import Mended

# After so many lines that do not parse, the rest of a text is not read.
BROKEN = 50


@dataclass(slots=True)
class Doubts:
    """What is not known of a text because of lines that do not parse.

    `places` are those lines, and lines that lack rows; `names` are what they declare and nobody can read.
    """

    places: list[Place] = field(default_factory=list)
    names: set[str] = field(default_factory=set)


def alone(source: Source, base: int, work: Work, doubts: Doubts) -> tuple[tree.Plan, list[Fault]]:
    """The tree of a text and its mistakes, all at places that are counted from `base`.

    Each line is read by itself, so that a mistake stays in its line. Repairs are looked for while there is
    `work` left.
    """
    lang = language(source.text)
    if excess := unreadable(source):
        start, end = excess.place or NOWHERE
        return tree.Plan(lang, ()), [replace(excess, place=Place(base + start, base + end))]
    rules = grammar(lang)
    found, tail = rows(source, rules, base)
    # Places are counted from `base`, so the text has to begin there too.
    lines, faults = understood(found, "\n" * base + source.text, rules, work)
    statements, stray = assemble(lines, source, base, rules.words, doubts)
    if not found:
        faults.append(Fault("P101", place=Place(base, base)))
    statements, misplaced = defining(statements, rules.words)
    return tree.Plan(lang, statements, tail), [*faults, *stray, *misplaced]


# What a file of shared definitions cannot hold: what says which plan it is, what reaches over the lines
# below it, and worked examples, which are of a whole plan.
PLANS_OWN = (
    tree.Title, tree.Version, tree.Effect, tree.Currency, tree.LawLine, tree.Sources, tree.Section,
    tree.SectionEnd, tree.ResultLine, tree.Example,
)  # fmt: skip


def defining(
    statements: tuple[tree.Statement, ...], vocabulary: Words
) -> tuple[tuple[tree.Statement, ...], list[Fault]]:
    """The lines of a file; of one with definitions those that it can hold, and faults for the others."""
    first = next((line for line in statements if isinstance(line, tree.Definitions)), None)
    if first is None:
        return statements, []
    strange = [
        line
        for line in statements
        if isinstance(line, PLANS_OWN) or (isinstance(line, tree.Definitions) and line is not first)
    ]
    facts = {"definitions": vocabulary["definitions"]}
    return tuple(line for line in statements if line not in strange), [
        Fault("P159", place=line.place, also=first.place, facts=facts) for line in strange
    ]


def understood(
    found: Sequence[TokenRow], text: str, rules: Grammar, work: Work
) -> tuple[list[tree.Line | Mended], list[Fault]]:
    """The lines of a text as far as they make sense, and what is wrong in the others."""
    lines: list[tree.Line | Mended] = []
    faults: list[Fault] = []
    bare: list[TokenRow] = []
    index = broken = 0
    while index < len(found):
        row = found[index]
        reading = below_table(rules.words.lang) if _under_table(lines, row, rules) else rules
        line = None if unfit(row) else read(row.tokens, reading)
        if line is not None:
            lines.append(replace(line, notes=row.notes))
            index += 1
            continue
        if broken == BROKEN:
            faults.append(Fault("P124", place=place(row.tokens[0]), facts={"most": str(BROKEN)}))
            break
        broken += 1
        # Most texts have no mistake, and what finds one takes longer to import than they take to read.
        from .mistakes import mended  # noqa: PLC0415

        part = told_once(mended(found, index, text, reading, work), faults)
        if part.joins and faults and faults[-1].code == "P115":
            # The line above only lacked what this one says.
            faults.pop()
        lines.extend(replace(line, notes=row.notes) for line in part.lines)
        lines.append(part)
        faults.extend(part.faults)
        faults[-2:] = again(faults[-2:], text)
        bare.extend([row] if work.done else [])
        index += part.rows
    if bare:
        faults.append(Fault("P160", "warning", place(bare[0].tokens[0]), facts={"count": str(len(bare))}))
    return lines, faults


def _under_table(lines: Sequence[tree.Line | Mended], row: TokenRow, rules: Grammar) -> bool:
    """Whether a row can be a column: under a table, its columns, a broken one, or a line among them."""
    # What begins with a word of the language is one only where a kind follows: `total money`.
    if row.tokens[0].type in rules.keywords and not _kind(row, rules):
        return False
    for at in range(len(lines) - 1, -1, -1):
        line = lines[at]
        if isinstance(line, tree.RecordsTable | tree.Column):
            return True
        if isinstance(line, tree.Line):
            close = not (line.notes.apart or row.notes.apart or isinstance(line, UNDERNEATH))
            return close and at > 0 and isinstance(lines[at - 1], tree.RecordsTable | tree.Column)
        if not line.healed and line.begins in rules.keywords:
            return line.begins == "TABLE"
    return False


def _kind(row: TokenRow, rules: Grammar) -> bool:
    """Whether a kind stands after the first word of a row, or after its label."""
    words = (token for token in row.tokens[1:3] if token.type != "STRING")
    second = next(words, None)
    return second is not None and (
        second.type in {"DAYS", "YES_NO", "ONE_OF"}
        or second.casefold() in rules.words.kinds.keys() | rules.words.roles.keys()
    )


def told_once(part: Mended, before: Sequence[Fault]) -> Mended:
    """What is wrong in a line, without a word that cannot be a name and was told of before."""
    known = {one.facts["word"] for one in before if one.code == UNNAMED}
    words = [one.facts["word"] for one in part.faults if one.code == UNNAMED]
    left = tuple(one for one in part.faults if one.code != UNNAMED or one.facts["word"] not in known)
    return replace(part, faults=left, names=(*part.names, *map(str, words)))


def again(faults: Sequence[Fault], text: str) -> Sequence[Fault]:
    """Two faults, or one where a line has the same slip as the line above it, with the same repair."""
    if len(faults) < 2:  # with nothing above
        return faults
    first, second = faults
    if first.place is None or second.place is None or first.fix is None or second.fix is None:
        return faults
    between = text[first.place.end : second.place.start]
    if (first.code, first.facts) != (second.code, second.facts) or between.count("\n") != 1:
        return faults
    # Where a word goes, one of the blanks beside it goes with it.
    if not first.fix and text[first.place.start - 1 : first.place.start] in {" ", "\n"}:
        between = between.removeprefix(" ")
    if not second.fix and text[second.place.end : second.place.end + 1] in {" ", "\n"}:
        between = between.removesuffix(" ")
    return [replace(first, place=first.place.to(second.place), fix=f"{first.fix}{between}{second.fix}")]


# What is wrong with a word wherever it stands.
UNNAMED = "P135"

# What the rows that stand under another line begin with.
UNDER = ROWS | LISTS


def assemble(
    lines: Sequence[tree.Line | Mended], source: Source, base: int, vocabulary: Words, doubts: Doubts
) -> tuple[tuple[tree.Statement, ...], list[Fault]]:
    """Rows put under the line they belong to: those of an example under it, bounds under a table.

    What stands under a broken line is left out with it.
    """
    statements: list[tree.Statement] = []
    under: dict[int, list[Any]] = {}
    lacking: set[int] = set()
    faults: list[Fault] = []
    inside: Literal["example", "table", "columns", "broken", "nothing"] = "nothing"
    for line in lines:
        if not isinstance(line, tree.Line):
            doubts.places.append(line.place)
            doubts.names.update(line.names)
            if inside in {"example", "table", "columns"}:
                lacking.add(len(statements) - 1)
            # Under a line that is repaired its rows stand as they would.
            if not (line.healed and line.lines and inside in {"example", "table", "columns"}):
                column = inside == "columns" and line.begins.lower() not in vocabulary.spellings
                inside = inside if column or (inside != "nothing" and line.begins in UNDER) else "broken"
            continue
        if not isinstance(line, UNDERNEATH):
            statements.append(line)  # type: ignore[arg-type]  # every line that is not a row is a statement
            inside = _under(statements[-1])
        elif inside == _belongs(line):
            under.setdefault(len(statements) - 1, []).append(line)
        elif isinstance(line, tree.Column) and inside != "broken":
            if not isinstance(statements[-2:][0], tree.RecordsTable):
                inside = "broken"  # The columns are of a table that is broken, of which is told.
                continue
            # What stands among the columns is none, and those below it are.
            faults.append(_among(statements.pop(), statements[-1], source, base, vocabulary))
            under.setdefault(len(statements) - 1, []).append(line)
            lacking.add(len(statements) - 1)
            inside = "columns"
        elif inside != "broken":
            faults.append(_stray(line, source, base, vocabulary, [*statements[-2:]]))
            inside = "broken"  # Once is enough for all rows of the example.
    for index in lacking:
        last = under[index][-1] if index in under else statements[index]
        doubts.places.append(statements[index].place.to(last.place))
    return tuple(
        _with(line, tuple(under[index])) if index in under else line for index, line in enumerate(statements)
    ), faults


def _among(
    line: tree.Statement, table: tree.Statement, source: Source, base: int, vocabulary: Words
) -> Fault:
    """The fault of a line that stands among the columns of a table and is none; what column it may be."""
    fix = None
    match line:
        case tree.Fact():
            fix = source.text[line.name.place.start - base : line.place.end - base]
        case tree.Figure(name=name, value=tree.Name(kind)) if kind.casefold() in vocabulary.kinds:
            fix = f"{name.text} {kind}"
    of = table.name.text if isinstance(table, tree.RecordsTable) else ""
    text = " ".join(source.text[line.place.start - base : line.place.end - base].split())
    return Fault("P367", place=line.place, also=table.place, facts={"line": text, "table": of}, fix=fix)


# The lines that stand under another.
UNDERNEATH = tree.ExampleRow | tree.Row | tree.Columns | tree.Column
Under = Literal["example", "table", "columns", "nothing"]


def _under(statement: tree.Statement) -> Under:
    """What can stand under a statement."""
    match statement:
        case tree.Example():
            return "example"
        case tree.RecordsTable():
            return "columns"
        case _:
            return "nothing" if tabled(statement) is None else "table"


def _belongs(line: tree.Line) -> Under:
    """Under what a line stands."""
    match line:
        case tree.Column():
            return "columns"
        case tree.Row() | tree.Columns():
            return "table"
        case _:
            return "example"


def _stray(
    line: tree.Line, source: Source, base: int, vocabulary: Words, above: Sequence[tree.Statement]
) -> Fault:
    """The fault of a row that belongs to no line; `above` are the two lines before it."""
    start = line.place.start
    text = source.text[start - base : line.place.end - base]
    word = text.split(maxsplit=1)[0]
    if isinstance(line, tree.Row) and line.bound is not None:
        word = text[: line.bound.value.place.start - start].rstrip() or word
    place = Place(start, start + len(word))
    if isinstance(line, tree.ExampleRow):
        return Fault("P111", place=place, facts={"word": word, "example": vocabulary["example"]})
    steps = vocabulary["steps_by"]
    match above:
        case [*_, tree.Kpi(name=name)]:
            facts = {
                "word": word,
                "name": name.text,
                "steps": vocabulary["steps"],
                "line": vocabulary["line"],
            }
            return Fault("P178", place=place, facts=facts)
        case [before, between] if tabled(before) is not None:
            head = source.text[before.place.start - base : before.place.end - base]
            return Fault("P180", place=between.place, also=before.place, facts={"head": head})
        case [*_, tree.Figure(value=value) | tree.Pay(amount=value, name=tree.Name())]:
            return _headless(value, source, base, vocabulary)
        case _:
            return Fault("P151", place=place, facts={"word": word, "steps": steps})


def _headless(value: tree.Expr | tree.Table, source: Source, base: int, vocabulary: Words) -> Fault:
    """The fault of a line whose rows show that it should say by what they are looked up."""
    written = source.text[value.place.start - base : value.place.end - base]
    first, _, rest = written.partition(" ")
    kinds = [vocabulary[word] for word in ("steps_by", "line_by", "bands_by", "matrix_by")]
    word = next((kind for kind in kinds if kind.split()[0] == first.casefold()), kinds[0])
    # `line of visits`: the measure stands there, behind another word.
    measure = rest.partition(" ")[2]
    fix = f"{word} {measure}" if word.split()[0] == first.casefold() and measure.isidentifier() else None
    return Fault("P179", place=value.place, facts={"word": written, "table": word}, fix=fix)


def tabled(line: tree.Statement) -> tree.Table | tree.Curve | None:
    """The table of a line that has one."""
    match line:
        case tree.Figure(value=value) | tree.Pay(amount=value):
            return _tabular(value)
        case tree.Kpi(clauses=clauses):
            return next((clause for clause in clauses if isinstance(clause, tree.Curve)), None)
        case _:
            return None


def _tabular(value: tree.Expr) -> tree.Table | None:
    """The table that a value is by itself, or for each of some records."""
    inner = value.value if isinstance(value, tree.Records) and value.word == "each" else value
    return inner if isinstance(inner, tree.Table) else None


def _filled(value: tree.Expr, rows: tuple[Any, ...]) -> tree.Expr:
    """The same with the rows of its table."""
    match value:
        case tree.Records(value=tree.Table() as table):
            return replace(value, value=replace(table, rows=rows))
        case tree.Table():
            return replace(value, rows=rows)
        case _:
            return value


def _with(line: tree.Statement, rows: tuple[Any, ...]) -> tree.Statement:
    match line:
        case tree.RecordsTable():
            return replace(line, columns=rows)
        case tree.Example():
            return replace(line, rows=rows)
        case tree.Figure(value=value):
            return replace(line, value=_filled(value, rows))
        case tree.Pay(amount=value):
            return replace(line, amount=_filled(value, rows))
        case tree.Kpi(clauses=clauses):
            curved = (replace(one, rows=rows) if isinstance(one, tree.Curve) else one for one in clauses)
            return replace(line, clauses=tuple(curved))
        case _:
            return line
