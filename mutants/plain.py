"""Expressions that only look at what there is, and so may be worked out twice; values that are alike."""

from __future__ import annotations

import ast
from fractions import Fraction

# Functions and methods that only look at their values; of one argument, `min` would use an iterator up.
LOOKS, PICKS = {"isinstance", "len", "abs"}, {"min", "max"}
METHODS = {"get", "startswith", "endswith", "upper", "lower", "casefold"}
NODES = (
    *(ast.Constant, ast.Name, ast.Attribute, ast.Tuple, ast.Slice, ast.Load),
    *(ast.Compare, ast.BinOp, ast.BoolOp, ast.UnaryOp, ast.IfExp),
    *(ast.cmpop, ast.operator, ast.boolop, ast.unaryop),
)


def plain(node: ast.AST) -> bool:
    """Whether an expression may be worked out once more without anybody seeing it."""
    return all(map(_looks, ast.walk(node)))


def _looks(node: ast.AST) -> bool:
    """Whether a node, whatever is under it, changes nothing and uses nothing up."""
    match node:
        case ast.Call(func=ast.Name(id=name), keywords=[]):
            return name in LOOKS or (name in PICKS and len(node.args) > 1)
        case ast.Call(func=ast.Attribute(attr=name), keywords=[]):
            return name in METHODS
        # By any other key, a dictionary may make what it has not.
        case ast.Subscript(slice=index):
            return isinstance(index, ast.Slice | ast.Constant | ast.UnaryOp)
        case _:
            return isinstance(node, NODES)


def alike(one: object, other: object) -> bool:
    """Whether nobody can tell two values apart; parts of a tree that are equal may stand at two places."""
    match one, other:
        case _ if one is other:
            return True
        case tuple(), tuple() if type(one) is type(other) and len(one) == len(other):
            return all(map(alike, one, other))
        case ((int() | str() | Fraction()), _):
            return type(one) is type(other) and one == other
        case _:
            return False
