"""The places of a module that can be changed, and the sample of them that is tried."""

from __future__ import annotations

import ast
import copy
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from .changes import expressions, statements

ROOT = Path(__file__).parent.parent
TRIED = ("engine", "dsl/check")

# What says how code is written, or what kind a thing is, and nothing of what is done with it.
SILENT = {"annotation", "returns", "decorator_list", "pattern", "format_spec", "type_comment"}
HEADS = (ast.stmt, ast.match_case)
CONDITIONS = (ast.If, ast.While, ast.IfExp, ast.match_case)
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
PARTS = {"body", "orelse", "handlers", "finalbody", "cases", "decorator_list"}


@dataclass(frozen=True, slots=True)
class Place:
    """A node that can be changed: `names` lead to it, `head` is the statement that it stands in."""

    node: ast.AST
    head: ast.AST
    names: tuple[str, ...]
    condition: bool
    at_import: bool

    def changed(self) -> list[ast.AST]:
        """What may stand in its stead; nothing in the stead of a case, which then never holds."""
        match self.node:
            case ast.expr():
                return [*expressions(self.node, self.condition)]
            case ast.stmt():
                return [*statements(self.node)]
            case ast.match_case():
                return [ast.Pass()]
            case _:
                return []

    def told(self, new: ast.AST) -> str:
        """The head with the change in it."""
        return written(new) if self.node is self.head else new_text(self.head, {id(self.node): new})


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change: the `variant`-th of what the `node`-th node of the file may be mistaken for."""

    file: str
    within: str
    line: int
    was: str
    becomes: str
    node: int
    variant: int
    at_import: bool

    @property
    def known_by(self) -> tuple[str, str, str, str]:
        """What it is called wherever its line moves to."""
        return self.file, self.within, self.was, self.becomes


def sampled(count: int, seed: int, tried: Sequence[str] = TRIED, root: Path = ROOT) -> list[Mutant]:
    """The mutants of the lowest hashes: they stay the same where the code around them changes."""
    ranked = []
    for path in sorted(path for one in tried for path in [root / one, *(root / one).rglob("*.py")]):
        if not path.is_file():
            continue
        file = path.relative_to(root).as_posix()
        alike: Counter[tuple[str, str]] = Counter()
        for mutant, place in untold(file, ast.parse(path.read_text("utf-8"))):
            alike[mutant.within, mutant.was] += 1
            told = f"{seed}|{file}|{mutant.within}|{mutant.was}|{alike[mutant.within, mutant.was]}"
            ranked.append((sha256(told.encode()).digest(), mutant, place))
    chosen: dict[tuple[str, int], tuple[Mutant, Place]] = {}
    for _, mutant, place in sorted(ranked, key=lambda one: one[0]):
        if len(chosen) == count:
            break
        chosen.setdefault((mutant.file, mutant.node), (mutant, place))
    found = [
        replace(mutant, becomes=place.told(place.changed()[mutant.variant]))
        for mutant, place in chosen.values()
    ]
    return sorted(found, key=lambda one: (one.file, one.line, one.node))


def mutants(file: str, root: Path = ROOT) -> Iterator[Mutant]:
    """Every mutant of a file."""
    for mutant, place in untold(file, ast.parse((root / file).read_text("utf-8"))):
        yield replace(mutant, becomes=place.told(place.changed()[mutant.variant]))


def untold(file: str, module: ast.Module) -> Iterator[tuple[Mutant, Place]]:
    """Every mutant of a module, without the text of what it becomes."""
    numbers = {id(node): number for number, node in enumerate(ast.walk(module))}
    said: dict[int, str] = {}
    for place in places(module):
        was = said.get(id(place.head)) or said.setdefault(id(place.head), new_text(place.head, {}))
        at = place.node.pattern if isinstance(place.node, ast.match_case) else place.node
        line = getattr(at, "lineno", 0)
        for variant in range(len(place.changed())):
            within, number = ".".join(place.names), numbers[id(place.node)]
            yield Mutant(file, within, line, was, "", number, variant, place.at_import), place


def new_text(head: ast.AST, memo: dict[int, object]) -> str:
    """A statement without what stands under it, some nodes replaced."""
    bare = copy.copy(head)
    for part in PARTS & {*head._fields}:
        if isinstance(getattr(bare, part), list):
            setattr(bare, part, [])
    return written(copy.deepcopy(bare, memo))


def written(node: ast.AST) -> str:
    """A node as Python writes it."""
    return ast.unparse(node).strip()


def places(module: ast.Module) -> Iterator[Place]:
    """The places of a module, in the order in which they are written."""
    for statement in module.body:
        yield from under(Place(statement, statement, (), False, at_import=True))


def under(place: Place) -> Iterator[Place]:
    """A node and what is in it, but for what only tells that the code itself is wrong."""
    node = place.node
    if isinstance(node, ast.Assert | ast.Import | ast.ImportFrom) or impossible(node):
        return
    yield place
    names, at_import = place.names, place.at_import
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        names = (*names, node.name)
    for field, value in ast.iter_fields(node):
        if field in SILENT:
            continue
        condition = (isinstance(node, CONDITIONS) and field in {"test", "guard"}) or (
            isinstance(node, ast.comprehension) and field == "ifs"
        )
        inside = at_import and not (isinstance(node, FUNCTIONS) and field == "body")
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not kind(node, child, inside):
                head = child if isinstance(child, HEADS) else place.head
                yield from under(Place(child, head, names, condition, inside))


def kind(node: ast.AST, child: ast.AST, at_import: bool) -> bool:
    """Whether a node names kinds alone: what a cast casts to, or an alias of a module."""
    match node:
        case ast.Call(func=ast.Name(id="cast"), args=[first, *_]):
            return child is first
        case ast.Assign(value=ast.BinOp(op=ast.BitOr())):
            return at_import
        case ast.Subscript(slice=index):
            return at_import and child is index
        case _:
            return False


def impossible(node: ast.AST) -> bool:
    """Whether it is a case, or its statement, that cannot be."""
    match node:
        case ast.Expr(value=ast.Call(func=ast.Name(id="assert_never"))):
            return True
        case ast.match_case(body=[only]):
            return impossible(only)
        case ast.If(test=ast.Name(id="TYPE_CHECKING")):
            return True
        case _:
            return False
