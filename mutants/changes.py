"""What one small mistake makes of one node of Python code."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from itertools import pairwise

COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.Pow: ast.Mult,
}
# What either operand alone may be mistaken for.
SYMMETRIC = (ast.Add, ast.Mult, ast.BitOr, ast.BitAnd)
PAIRS = (
    ("min", "max"),
    ("any", "all"),
    ("floor", "ceil"),
    ("left", "right"),
    ("one", "other"),
    ("low", "high"),
    ("least", "most"),
    ("first", "last"),
    ("start", "end"),
    ("old", "new"),
    ("before", "after"),
    ("top", "bottom"),
    ("numerator", "denominator"),
    ("keys", "values"),
    ("removeprefix", "removesuffix"),
)
NEIGHBOURS = {one: other for pair in PAIRS for one, other in (pair, pair[::-1])}
# A call that may be mistaken for its first argument.
TURNS = {"abs", "sorted", "reversed"}
# Raised where the code itself is wrong, which no test can bring about.
BUGS = {"AssertionError", "TypeError", "ValueError"}


def expressions(node: ast.expr, condition: bool) -> Iterator[ast.expr]:
    """What an expression may be mistaken for; a condition also for its opposite."""
    match node:
        case ast.Compare() | ast.BoolOp() | ast.BinOp() | ast.UnaryOp():
            yield from operations(node)
        case ast.ListComp() | ast.SetComp() | ast.GeneratorExp() | ast.DictComp():
            for at, loop in enumerate(node.generators):
                for less in without_a_condition(loop):
                    changed = copy.copy(node)
                    changed.generators = [*node.generators[:at], less, *node.generators[at + 1 :]]
                    yield changed
        case ast.Call():
            yield from calls(node)
        case _:
            yield from values(node)
    match node:
        case ast.UnaryOp() | ast.Constant() | ast.Compare(ops=[_]):
            pass
        case _ if condition:
            yield ast.UnaryOp(ast.Not(), node)


def operations(node: ast.Compare | ast.BoolOp | ast.BinOp | ast.UnaryOp) -> Iterator[ast.expr]:
    """What an operation may be mistaken for: the same of another sign, or one of its operands."""
    match node:
        case ast.Compare():
            for at, op in enumerate(node.ops):
                for other in COMPARISONS[type(op)]:
                    ops = [*node.ops[:at], other(), *node.ops[at + 1 :]]
                    yield ast.Compare(node.left, ops, node.comparators)
        case ast.BoolOp():
            yield ast.BoolOp(ast.And() if isinstance(node.op, ast.Or) else ast.Or(), node.values)
            for at in range(len(node.values)):
                rest = [*node.values[:at], *node.values[at + 1 :]]
                yield rest[0] if len(rest) == 1 else ast.BoolOp(node.op, rest)
        case ast.BinOp() if not (text(node.left) or text(node.right)):
            if sign := ARITHMETIC.get(type(node.op)):
                yield ast.BinOp(node.left, sign(), node.right)
            yield node.left
            if isinstance(node.op, SYMMETRIC):
                yield node.right
        case ast.UnaryOp(op=ast.Not() | ast.USub()):
            yield node.operand
        case _:
            pass


def values(node: ast.expr) -> Iterator[ast.expr]:
    """What a value may be mistaken for: its neighbour."""
    match node:
        case ast.Constant(value=bool()):
            yield ast.Constant(not node.value)
        case ast.Constant(value=int(number)):
            yield ast.Constant(number + 1)
            yield ast.Constant(number - 1)
        case ast.IfExp():
            yield ast.IfExp(node.test, node.orelse, node.body)
        case ast.Attribute(attr=name, ctx=ast.Load()) if name in NEIGHBOURS:
            yield ast.Attribute(node.value, NEIGHBOURS[name], ast.Load())
        case ast.Subscript(slice=ast.Slice(lower, upper, step), ctx=ast.Load()):
            if lower:
                yield ast.Subscript(node.value, ast.Slice(None, upper, step), ast.Load())
            if upper:
                yield ast.Subscript(node.value, ast.Slice(lower, None, step), ast.Load())
        case ast.Tuple(elts=[one, other], ctx=ast.Load()) if alike(one, other):
            yield ast.Tuple([other, one], ast.Load())
        case _:
            pass


def text(node: ast.expr) -> bool:
    """Whether it is a text as written."""
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def alike(one: ast.expr, other: ast.expr) -> bool:
    """Whether two expressions are so alike that each may have been written in the other's place."""
    match one, other:
        case ast.Name(id=name), ast.Name(id=neighbour):
            return NEIGHBOURS.get(name) == neighbour
        case ast.Attribute(), ast.Attribute():
            return one.attr in {other.attr, NEIGHBOURS.get(other.attr)}
        case ast.Subscript(), ast.Subscript():
            return ast.dump(one.value) == ast.dump(other.value)
        case ast.Call(), ast.Call():
            return ast.dump(one.func) == ast.dump(other.func)
        case _:
            return False


def calls(node: ast.Call) -> Iterator[ast.expr]:
    """What a call may be mistaken for."""
    match node:
        case ast.Call(func=ast.Name(id=name)) if name in NEIGHBOURS:
            yield ast.Call(ast.Name(NEIGHBOURS[name], ast.Load()), node.args, node.keywords)
        case ast.Call(func=ast.Name(id=name), args=[one, *_]) if name in TURNS:
            yield ast.Call(ast.Name("list", ast.Load()), [one], []) if name != "abs" else one
        case _:
            pass
    for at, (one, other) in enumerate(pairwise(node.args)):
        if alike(one, other):
            yield ast.Call(node.func, [*node.args[:at], other, one, *node.args[at + 2 :]], node.keywords)


def without_a_condition(loop: ast.comprehension) -> Iterator[ast.comprehension]:
    """The loop of a comprehension with one of its conditions forgotten."""
    for at in range(len(loop.ifs)):
        yield ast.comprehension(loop.target, loop.iter, [*loop.ifs[:at], *loop.ifs[at + 1 :]], loop.is_async)


def statements(node: ast.stmt) -> Iterator[ast.stmt]:
    """What a statement as a whole may be mistaken for; `pass` where it is forgotten."""
    match node:
        case ast.AugAssign():
            yield ast.Pass()
            if other := ARITHMETIC.get(type(node.op)):
                yield ast.AugAssign(node.target, other(), node.value)
        case ast.Assign(targets=[ast.Attribute() | ast.Subscript()]) | ast.Delete() | ast.Return(value=None):
            yield ast.Pass()
        case ast.Expr(value=ast.Call() | ast.Yield() | ast.YieldFrom()):
            yield ast.Pass()
        case ast.Raise(exc=ast.Call(func=ast.Name(id=name)) | ast.Name(id=name)) if name not in BUGS:
            yield ast.Pass()
        case ast.Break():
            yield ast.Continue()
        case ast.Continue():
            yield ast.Pass()
            yield ast.Break()
        case _:
            pass
