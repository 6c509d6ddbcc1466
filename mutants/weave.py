"""Modules with all mutants in them, each behind a switch, so that one start of Python tries many."""

from __future__ import annotations

import ast
import builtins
import copy
import importlib.abc
import importlib.machinery
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import CodeType, ModuleType

from .places import FUNCTIONS, ROOT, Mutant, places
from .plain import alike, plain

NAME = "__mutants__"


class Switches(dict[int, bool]):
    """Which mutants are in force. A switch that is asked for is there from then on: its place was come to.

    While tests are measured, a plain expression is also worked out with each of its mutants, and those that
    make it no other are not come to: no test can notice what is the same.
    """

    watching: bool = False

    def __missing__(self, number: int) -> bool:
        self[number] = False
        return False

    def told(self, numbers: tuple[int, ...], made: Callable[[], object]) -> object:
        """The value of a plain expression, by which its mutants are told apart."""
        new = [number for number in numbers if number not in self]
        self.update(dict.fromkeys(new, False))
        value = made()
        for number in new:
            self[number] = True
            try:
                same = alike(value, made())
            except Exception:
                same = False
            self[number] = False
            if same:
                del self[number]
        return value


class Weaver(importlib.abc.MetaPathFinder):
    """Finds the modules that mutants are of, and puts the mutants in as they are loaded."""

    def __init__(self, mutants: Sequence[Mutant]) -> None:
        self.switches = Switches()
        self.watched = {number: watched(one) for number, one in enumerate(mutants) if one.at_import}
        self.mutants = mutants

    def install(self) -> None:
        """From now on, modules are woven."""
        setattr(builtins, NAME, self.switches)
        sys.meta_path.insert(0, self)

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """A module of the product, to be loaded woven."""
        if name.partition(".")[0] not in {"engine", "dsl"}:
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path, target)
        if spec is not None and isinstance(spec.loader, importlib.machinery.SourceFileLoader):
            spec.loader = Loader(spec.loader.name, spec.loader.path, self)
        return spec

    def woven(self, path: Path) -> ast.Module:
        """A module with its mutants."""
        module = ast.parse(path.read_text("utf-8"))
        file = path.relative_to(ROOT).as_posix()
        nodes = [*ast.walk(module)]
        mine = {id(nodes[one.node]): at for at, one in enumerate(self.mutants) if one.file == file}
        changes = {
            id(place.node): (
                mine[id(place.node)],
                place.changed()[self.mutants[mine[id(place.node)]].variant],
            )
            for place in places(module)
            if id(place.node) in mine
        }
        Weaving(changes, self.watched).visit(module)
        return ast.fix_missing_locations(module)


class Loader(importlib.machinery.SourceFileLoader):
    """Loads one module woven; what it compiles is kept nowhere."""

    def __init__(self, name: str, path: str, weaver: Weaver) -> None:
        super().__init__(name, path)
        self.weaver = weaver

    def get_code(self, fullname: str) -> CodeType:  # noqa: ARG002 (it loads one module)
        """The code of the woven module."""
        return compile(self.weaver.woven(Path(self.path)), self.path, "exec", dont_inherit=True)


class Weaving(ast.NodeTransformer):
    """Puts the changes of a module behind their switches."""

    def __init__(self, changes: dict[int, tuple[int, ast.AST]], watched: dict[int, frozenset[str]]) -> None:
        self.changes = {node: (number, copy.deepcopy(new)) for node, (number, new) in changes.items()}
        self.watched = watched
        self.told = False
        self.conditions: set[int] = set()

    def inside(self, node: ast.expr) -> list[int]:
        """The mutants in an expression, but for those at import, which are no matter of its value."""
        found = (self.changes.get(id(one)) for one in ast.walk(node))
        return [change[0] for change in found if change is not None and change[0] not in self.watched]

    def visit(self, node: ast.AST) -> ast.AST:
        """A node, or the choice between it and its mutant; the largest plain expression is told apart."""
        inside = [] if self.told or not isinstance(node, ast.expr) else self.inside(node)
        if isinstance(node, ast.expr) and inside and plain(node):
            self.told = True
            woven = self.visit(node)
            self.told = False
            assert isinstance(woven, ast.expr)
            return ast.copy_location(told(inside, woven, truth=id(node) in self.conditions), node)
        match node:
            case ast.If(test=test) | ast.While(test=test) | ast.IfExp(test=test):
                self.conditions.add(id(test))
            case ast.match_case(guard=ast.expr() as test):
                self.conditions.add(id(test))
            case ast.comprehension(ifs=ifs):
                self.conditions.update(map(id, ifs))
        change = self.changes.get(id(node))
        watchers = self.watchers(node) if isinstance(node, FUNCTIONS[:2]) else []
        self.generic_visit(node)
        if watchers and isinstance(node, FUNCTIONS[:2]):
            documented = isinstance(node.body[0], ast.Expr) and isinstance(node.body[0].value, ast.Constant)
            node.body[documented:documented] = watchers
        if change is None:
            return node
        number, new = change
        match node, new:
            case ast.expr(), ast.expr():
                return ast.copy_location(ast.IfExp(switch(number), new, node), node)
            case ast.stmt(), ast.stmt():
                return ast.copy_location(ast.If(switch(number), [new], [node]), node)
            case ast.match_case(), _:
                other = ast.UnaryOp(ast.Not(), switch(number))
                node.guard = ast.BoolOp(ast.And(), [node.guard, other]) if node.guard else other
        return node

    def watchers(self, node: ast.AST) -> list[ast.stmt]:
        """What notes that a function is come to that names what a mutant at import makes."""
        if not self.watched:
            return []
        names = mentioned(node)
        return [
            ast.copy_location(ast.Expr(switch(-number - 1)), node)
            for number, several in self.watched.items()
            if names & several
        ]


def switch(number: int) -> ast.expr:
    """The expression that asks whether a mutant is in force."""
    index = ast.UnaryOp(ast.USub(), ast.Constant(-number)) if number < 0 else ast.Constant(number)
    return ast.Subscript(ast.Name(NAME, ast.Load()), index, ast.Load())


def told(numbers: Sequence[int], node: ast.expr, *, truth: bool) -> ast.expr:
    """A woven expression, the mutants in which are told apart by its value or, in a condition, its truth."""
    several = ast.Tuple([ast.Constant(number) for number in numbers], ast.Load())
    nothing = ast.arguments(posonlyargs=[], args=[], kwonlyargs=[], kw_defaults=[], defaults=[])
    body = copy.deepcopy(node)
    if truth:
        body = ast.UnaryOp(ast.Not(), ast.UnaryOp(ast.Not(), body))
    call = ast.Call(attribute("told"), [several, ast.Lambda(nothing, body)], [])
    return ast.IfExp(attribute("watching"), call, node)


def attribute(name: str) -> ast.expr:
    """An attribute of the switches."""
    return ast.Attribute(ast.Name(NAME, ast.Load()), name, ast.Load())


def mentioned(node: ast.AST) -> set[str]:
    """The names that are read under a node."""
    names = {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
    return names | {one.attr for one in ast.walk(node) if isinstance(one, ast.Attribute)}


def watched(mutant: Mutant) -> frozenset[str]:
    """The names that a mutant at import may change: of its statement, and of those that read it."""
    module = ast.parse((ROOT / mutant.file).read_text("utf-8"))
    made = [(defined(statement), mentioned(statement), statement) for statement in module.body]
    first = max((one for one in made if one[2].lineno <= mutant.line), key=lambda one: one[2].lineno)
    names = {*mutant.within.split(".")} - {""} | first[0]
    for _ in made:
        names.update(
            *(defines for defines, reads, one in made if reads & names and isinstance(one, ast.Assign))
        )
    return frozenset(names)


def defined(statement: ast.stmt) -> set[str]:
    """The names that a statement of a module makes."""
    match statement:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            return {name}
        case ast.Assign(targets=targets):
            return {one.id for target in targets for one in ast.walk(target) if isinstance(one, ast.Name)}
        case ast.AnnAssign(target=ast.Name(id=name)):
            return {name}
        case _:
            return set()
