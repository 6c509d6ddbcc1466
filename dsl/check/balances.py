"""Balances: what each line moves of them, and what is wrong with how a plan speaks of them.

A balance is an account: it opens with what is handed in, lines of pay move it, and it closes. What it closes
with is written out here as a formula of its opening, of its own formula, and of the lines that move it; then
it is a result as any other, and what it opens with is a fact.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Literal

from .. import tree
from ..faults import Fault, phrase
from ..place import Place
from ..words import Lang
from .kinds import Kinds
from .scope import Scope


@dataclass(slots=True)
class Account:
    """A balance and what moves it: what the employee owes more, or is owed less."""

    balance: tree.Balance
    moved: list[tree.Expr] = field(default_factory=list)


def balances(plan: tree.Plan) -> dict[str, tree.Balance]:
    """The balances of a plan, the first of each name."""
    lines = [line for line in plan.statements if isinstance(line, tree.Balance)]
    return {line.name.text: line for line in reversed(lines)}


def booked(plan: tree.Plan) -> tree.Plan:
    """The plan with each balance as two: the fact that it opens with, and the formula that it closes by."""
    accounts = {name: Account(one) for name, one in balances(plan).items()}
    if not accounts:
        return plan
    statements = [_moving(line, accounts) for line in plan.statements]
    found: list[tree.Statement] = []
    for line in statements:
        if isinstance(line, tree.Balance) and accounts[line.name.text].balance is line:
            left = _left(accounts[line.name.text])
            found += [
                _opening(line),
                *_ended(line, left, plan.lang),
                replace(line, value=_closing(line, left)),
            ]
        else:
            found.append(line)
    return replace(plan, statements=tuple(found))


def _named(name: tree.Name, place: Place) -> tree.Name:
    return tree.Name(name.text + tree.OPENING, place=place)


def _opening(balance: tree.Balance) -> tree.Fact:
    """What a balance opens with, as a fact that is given."""
    name, kind = _named(balance.name, balance.name.place), balance.kind
    if kind is None and balance.side is not None:
        kind = tree.Kind("money", "", place=balance.name.place)
    return tree.Fact(name, balance.label, kind, balance.signed, None, place=balance.place)


def _moving(line: tree.Statement, accounts: dict[str, Account]) -> tree.Statement:
    """A line of pay, which nets what is carried in a balance too; entered in the accounts that it moves."""
    if not isinstance(line, tree.Pay):
        return line
    paid = line.name or tree.PayFor(place=line.place)
    for clause in line.clauses:
        match clause:
            case tree.AgainstBalance(balance) if balance.text in accounts:
                accounts[balance.text].moved.append(replace(paid, place=clause.place))
            case tree.CarriedIn(balance) if balance.text in accounts and line.word == "recovery":
                accounts[balance.text].moved += [line.amount, replace(paid, place=clause.place)]
                place = line.amount.place.to(clause.place)
                carried = _named(balance, clause.place)
                line = replace(line, amount=tree.Arithmetic("+", line.amount, carried, place=place))
    return line


def _left(account: Account) -> tree.Expr:
    """What is left of a balance at the end; what the employee is owed grows by what is withheld from them."""
    balance, place = account.balance, account.balance.place
    value = balance.value
    if balance.so_far:
        value = tree.Arithmetic("+", _named(balance.name, place), value, place=place)
    sign: Literal["+", "-"] = "-" if balance.side == "due_to" else "+"
    for one in account.moved:
        value = tree.Arithmetic(sign, value, one, place=place)
    return value


def _closing(balance: tree.Balance, left: tree.Expr) -> tree.Expr:
    """What a balance closes with: all that is left, or nothing where it has ended."""
    if balance.ends is None:
        return left
    return tree.Choice(tree.Number(Fraction(0)), balance.ends.condition, left, place=balance.place)


def _ended(balance: tree.Balance, left: tree.Expr, lang: Lang) -> Iterator[tree.ResultLine]:
    """What is left of a balance that has ended, as a result of its own: it is forgiven, or claimed."""
    if balance.ends is not None:
        way, place = balance.ends.way, balance.ends.place
        said = phrase(way, lang)
        label = tree.Text(f"{(balance.label or balance.name).text}, {said}", place=place)
        value = tree.Choice(left, balance.ends.condition, tree.Number(Fraction(0)), place=place)
        yield tree.ResultLine(
            replace(balance.name, text=f"{balance.name.text}_{way}"), label, balance.kind, value, place=place
        )


# ── What is wrong ────────────────────────────────────────────────────────────────────────────────────────


def ledger(scope: Scope, kinds: Kinds) -> Iterator[Fault]:
    """Balances that are not declared, that nothing moves, or that a line cannot move."""
    known = scope.balances
    read = {expr.text for expr in scope.expressions if isinstance(expr, tree.Name)}
    asked = [expr for expr in scope.expressions if isinstance(expr, tree.Name)]
    asked += [one.name for example in scope.examples for one in example.entries]
    of = ((name, name.balance) for name in asked)
    strange = [(name, balance) for name, balance in of if balance is not None and balance not in known]
    moved: set[str] = set()
    for line in scope.pays.values():
        for clause in (one for one in line.clauses if isinstance(one, tree.AgainstBalance | tree.CarriedIn)):
            if clause.balance.text not in known:
                strange.append((clause.balance, clause.balance.text))
                continue
            moved.add(clause.balance.text)
            yield from _side(scope, line, clause, known[clause.balance.text])
        yield from _fitting(scope, line)
        if isinstance(line.amount, tree.Table) and line.amount.filled is not None:
            cells = (cell for row in line.amount.rows if isinstance(row, tree.Row) for cell in row.cells)
            for cell in cells:
                if not cell.per_unit and kinds.of(cell.value) == "money":
                    yield scope.fault("P798", cell, value=cell)
    yield from (_unknown(scope, *one) for one in strange)
    for name, balance in known.items():
        value = balance.value if balance.ends is None else balance.value.otherwise  # type: ignore[union-attr]
        idle = replace(balance, value=value).bare or name + tree.OPENING not in read
        if scope.whole and idle and name not in moved and not strange:
            yield scope.fault("P794", balance.name, name=name)
        draws = (line for line in scope.pays.values() if line.word == "draw")
        against = {
            one.balance.text for line in draws for one in tree.among(line.clauses, tree.AgainstBalance)
        }
        if scope.whole and balance.most is not None and name not in against:
            yield scope.fault("P797", balance.most, name=name, most=balance.most)


def _unknown(scope: Scope, at: tree.Name, name: str) -> Fault:
    near = scope.guess(name, scope.balances)
    text = scope.text(at)
    fix = near and f"{text[: len(text) - len(name)]}{near}"
    ways = (near,) if near else tuple(scope.balances)
    return scope.fault("P791", at, name=name, instead=ways or ("phrase:no_balance",), fix=fix)


def _side(
    scope: Scope, line: tree.Pay, clause: tree.AgainstBalance | tree.CarriedIn, balance: tree.Balance
) -> Iterator[Fault]:
    """Whose a balance is that a line moves: a draw and what a recovery carries are owed by the employee."""
    owed, due = scope.words["owed"], scope.words["due_to"]
    if balance.side is None:
        yield scope.fault("P792", clause, also=balance.name, name=balance.name.text, owed=owed, due=due)
    elif balance.side == "due_to" and (line.word == "draw" or isinstance(clause, tree.CarriedIn)):
        yield scope.fault("P793", clause, also=balance.name, name=balance.name.text, owed=owed, due=due)


def _fitting(scope: Scope, line: tree.Pay) -> Iterator[Fault]:
    """What says what becomes of a draw, and of what a recovery leaves over, stands on these alone."""
    for clause in line.clauses:
        match clause:
            case tree.CarriedIn() if line.word != "recovery":
                yield scope.fault("P795", clause, clause=clause, word=scope.words["recovery"])
            case tree.NotRecoverable() if line.word != "draw":
                yield scope.fault("P795", clause, clause=clause, word=scope.words["draw"])
    if line.word == "draw":
        kept = tree.among(line.clauses, tree.NotRecoverable)
        back = tree.among(line.clauses, tree.AgainstBalance)
        if bool(kept) == bool(back):
            never, against = scope.words["not_recoverable"], scope.words["against"]
            at = kept[0] if kept else line.name or line
            yield scope.fault("P796", at, name=scope.line_name(line), never=never, against=against)
