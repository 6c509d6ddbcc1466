"""Random plans: trees with every construct of the language, and texts that say the same in a careless hand.

Strategies are made once and kept: making them anew for each example takes far longer than drawing from them.
"""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from random import Random
from typing import TypeVar, get_args

from hypothesis import strategies as st
from lark import Token

from dsl import tree
from dsl.parse.grammar import Grammar, grammar
from dsl.parse.lines import CLAUSES, rows
from dsl.source import Source
from dsl.tree.declared import DECLARED
from dsl.words import LANGS, Lang, words
from dsl.write import write
from dsl.write.value import decimal
from tests.support.chances import CHANCE

Langs = tuple[Lang, ...]
LineT = TypeVar("LineT", bound=tree.Line)

# ── Words ────────────────────────────────────────────────────────────────────────────────────────────────

ORDINARY = ("revenue", "avg_deal", "calls", "x1", "выручка", "доля_маржи", "звонки", "Ёлка", "naïve", "売上")
LATIN = "abcdefghijklmnopqrstuvwxyzABC_0123456789"
CYRILLIC = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяАБВ_0123456789"


@cache
def free(word: str, lang: Lang) -> bool:
    """Whether a language leaves a word to the names of authors."""
    return [token.type for token in grammar(lang).lex(word)] == ["NAME"]


def fragments() -> list[str]:
    """Names that are a part of some keyword of several words (`attainment`, `personal`): the hard ones."""
    spellings = itertools.chain.from_iterable(words(lang).spellings.values() for lang in LANGS)
    phrases = (phrase.split() for phrase in itertools.chain.from_iterable(spellings))
    return sorted({word for phrase in phrases if len(phrase) > 1 for word in phrase})


@cache
def names(langs: Langs = LANGS) -> st.SearchStrategy[tree.Name]:
    """Names that each of some languages leaves to authors."""
    random = st.one_of(st.text(LATIN, min_size=1, max_size=6), st.text(CYRILLIC, min_size=1, max_size=6))
    known = st.sampled_from([*ORDINARY, *fragments()])
    usable = st.one_of(known, known, random).filter(lambda word: all(free(word, lang) for lang in langs))
    return usable.map(tree.Name)


@cache
def prose(*, least: int = 0) -> st.SearchStrategy[str]:
    """Characters of one line, in the composed form, with all that a careless author might put there."""
    usual = st.text("ab яЁ'«»\"“”„#;=%()1.,\t", min_size=least, max_size=12)
    any_at_all = st.text(
        # No text may hold control characters.
        st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029\ufffe\uffff"),
        min_size=least,
        max_size=6,
    )
    return st.one_of(usual, any_at_all).map(lambda text: unicodedata.normalize("NFC", text))


@cache
def texts() -> st.SearchStrategy[tree.Text]:
    """Words for people that some pair of quotation marks can hold."""
    return prose().filter(_quotable).map(tree.Text)


def _quotable(text: str) -> bool:
    return any(not set(text) & set(marks) for marks in ('"', "«»", "“”"))


@cache
def comments() -> st.SearchStrategy[str]:
    """Comments as the tree holds them."""
    return prose().map(lambda text: f"#{text}".rstrip())


# ── Expressions ──────────────────────────────────────────────────────────────────────────────────────────


@cache
def fractions() -> st.SearchStrategy[Fraction]:
    """Numbers that have an end in decimals."""
    whole = st.one_of(st.integers(0, 99), st.integers(0, 10**12))
    return st.builds(Fraction, whole, st.sampled_from([1, 1, 10, 100, 10_000]))


@cache
def values() -> st.SearchStrategy[tree.Value]:
    """Literals of every kind."""
    codes = st.sampled_from(["RUB", "USD", "KZT", "points", "attainment"])
    places = st.sampled_from([0, 0, 2, 5])
    return st.one_of(
        st.builds(tree.Number, fractions(), places=places),
        st.builds(tree.Percent, fractions().map(lambda number: number / 100), places=places),
        st.builds(tree.Amount, fractions(), codes, places=places),
        st.builds(tree.Days, fractions(), places=places),
        st.builds(tree.Date, st.one_of(st.dates().map(str), st.just("2025-02-30"))),
        st.builds(tree.YesNo, st.booleans()),
    )


@cache
def signed_values() -> st.SearchStrategy[tree.Expr]:
    """What an example may give or pay."""
    return st.one_of(values(), values().map(tree.Negative))


@cache
def exprs(langs: Langs = LANGS) -> st.SearchStrategy[tree.Expr]:
    """Expressions of every construct, nested in every way."""
    name = names(langs)
    leaves = st.one_of(
        name,
        values(),
        st.just(tree.PaidSalary()),
        st.just(tree.FullSalary()),
        st.builds(tree.PayFor, st.none() | name),
        st.builds(tree.PaidTogether, st.sampled_from(get_args(tree.TogetherName))),
        st.builds(tree.TargetOf, name),
        st.builds(tree.AttainmentOf, name),
        st.builds(tree.Identity, name, name, st.booleans()),
        st.sampled_from([tree.InPeriod(part) for part in tree.PERIOD_KINDS]),
        st.builds(lambda side, one: tree.Excess(side, one, tree.TargetOf(one)), SIDES, name),
        st.builds(lambda side, one, mark: tree.Excess(side, one, tree.TargetOf(mark)), SIDES, name, name),
    )
    return st.recursive(leaves, lambda inner: _larger(inner, name), max_leaves=8)


SIDES = st.sampled_from(["above", "below"])
DIRECTIONS = st.sampled_from(["nearest", "up", "down", "half_even"])


def _larger(
    inner: st.SearchStrategy[tree.Expr], name: st.SearchStrategy[tree.Name]
) -> st.SearchStrategy[tree.Expr]:
    several = st.lists(inner, min_size=2, max_size=3).map(tuple)
    cases = st.lists(st.builds(tree.Case, st.none() | name, inner), min_size=1, max_size=3).map(tuple)
    return st.one_of(
        st.builds(tree.Negative, inner),
        st.builds(tree.Arithmetic, st.sampled_from(["+", "-", "*", "/", "of"]), inner, inner),
        st.builds(tree.Comparison, st.sampled_from(["=", "<>", "<", "<=", ">", ">="]), inner, inner),
        st.builds(tree.Logic, st.sampled_from(["and", "or"]), inner, inner),
        st.builds(tree.Denial, inner),
        st.builds(tree.Excess, SIDES, inner, inner),
        st.builds(tree.Choice, inner, inner, inner),
        st.builds(tree.Extreme, st.sampled_from(["min", "max"]), several),
        st.builds(tree.Rounded, inner, inner, DIRECTIONS),
        st.builds(tree.WithoutTax, inner, inner),
        st.builds(tree.Elapsed, st.sampled_from(["years", "months"]), inner, inner),
        st.builds(tree.By, name, cases),
        st.builds(
            tree.Several, st.none() | st.integers(0, 3), st.lists(inner, min_size=1, max_size=3).map(tuple)
        ),
    )


# ── Lines ────────────────────────────────────────────────────────────────────────────────────────────────


@cache
def notes() -> st.SearchStrategy[tree.Notes]:
    """Comments of a line: none, mostly."""
    above = st.lists(st.one_of(comments(), st.just("")), max_size=3).map(_spaced)
    some = st.builds(
        tree.Notes, above, st.lists(comments(), max_size=2).map(tuple), st.none() | comments(), st.booleans()
    )
    return st.one_of(st.just(tree.Notes()), st.just(tree.Notes(apart=True)), some)


def _spaced(block: list[str]) -> tuple[str, ...]:
    """Comments with no blank space before the first, and never twice."""
    start = list(itertools.dropwhile(lambda comment: not comment, block))
    return tuple(one for at, one in enumerate(start) if one or start[at - 1])


@cache
def kinds(lang: Lang, langs: Langs = LANGS) -> st.SearchStrategy[tree.Kind | tree.Choices | None]:
    """A declared kind, the values of an attribute, or none."""
    known = sorted(words(lang).kind_words.items())
    choices = st.lists(names(langs), min_size=1, max_size=3).map(lambda found: tree.Choices(tuple(found)))
    return st.none() | st.sampled_from([tree.Kind(kind, word) for kind, word in known]) | choices


@cache
def terms(langs: Langs = LANGS) -> st.SearchStrategy[tree.Expr]:
    """What stands in a clause: a value, mostly."""
    return st.one_of(values(), exprs(langs))


@cache
def clauses_of_pay(langs: Langs = LANGS) -> st.SearchStrategy[tree.Clause]:
    """A clause that any line of pay may have."""
    term, date = terms(langs), st.builds(tree.Date, st.dates().map(str))
    return st.one_of(
        st.builds(tree.OnlyIf, term),
        st.builds(tree.Multiplied, term),
        st.builds(tree.Cap, term, st.sampled_from(["pay", "attainment"]), st.none() | term),
        st.builds(tree.Floor, term),
        st.builds(tree.Prorated, term, term),
        st.builds(tree.ByDays, st.sampled_from(get_args(tree.DaysSaid)), names(langs)),
        st.builds(tree.Rounding, term, DIRECTIONS),
        st.builds(tree.During, date, date),
        st.builds(tree.Except, date, date),
    )


@cache
def clauses(langs: Langs = LANGS, *, least: int = 0) -> st.SearchStrategy[tuple[tree.Clause, ...]]:
    """Clauses of one line of pay, in the formatter's order: none, mostly."""
    some = st.lists(clauses_of_pay(langs), min_size=least or 1, max_size=3).map(ordered)
    return some if least else st.one_of(st.just(()), some)


@cache
def clauses_of_kpi(langs: Langs = LANGS) -> st.SearchStrategy[tuple[tree.Clause, ...]]:
    """Clauses of one KPI, in the formatter's order."""
    term = terms(langs)
    one: st.SearchStrategy[tree.Clause] = st.one_of(
        st.builds(tree.Weight, term),
        st.builds(tree.Cutoff, term, st.booleans()),
        st.builds(tree.Accel, term, st.sampled_from(["all", "excess"]), term),
        st.builds(tree.Decel, term, term),
        st.builds(tree.Target, term, st.booleans()),
        st.builds(tree.TargetProrated, term, term),
        st.builds(tree.Tolerance, term),
        st.builds(tree.LessIsBetter),
        st.builds(tree.Applies, term),
        st.builds(tree.Spread, term),
        clauses_of_pay(langs),
    )
    curve = st.builds(tree.Curve, st.sampled_from(["steps", "line"]), table_rows(langs))
    usual = st.lists(one, min_size=1, max_size=5)
    curved = st.builds(lambda first, others: [first, *others], curve, st.lists(one, max_size=3))
    return st.one_of(usual, usual, curved).map(ordered)


@cache
def table_rows(langs: Langs = LANGS) -> st.SearchStrategy[tuple[tree.TableRow, ...]]:
    """The rows under a line, in any order."""
    bound = st.builds(tree.Bound, st.sampled_from(["up_to", "below", "from", "above", "at"]), terms(langs))
    cell = st.builds(tree.Cell, st.one_of(signed_values(), exprs(langs)), st.booleans())
    some = st.lists(cell, min_size=1, max_size=3).map(tuple)
    row = st.builds(tree.Row, st.none() | bound, some, notes=notes())
    columns = st.builds(tree.Columns, st.lists(bound, min_size=1, max_size=3).map(tuple), notes=notes())
    return st.lists(st.one_of(row, row, columns), max_size=3).map(tuple)


@cache
def tables(langs: Langs = LANGS) -> st.SearchStrategy[tree.Table]:
    """Tables that any figure may be."""
    term, rows = terms(langs), table_rows(langs)
    return st.one_of(
        st.builds(tree.Table, st.sampled_from(["steps", "line", "bands"]), term, st.none(), rows),
        st.builds(tree.Table, st.just("matrix"), term, term, rows),
    )


@cache
def pay(langs: Langs = LANGS) -> st.SearchStrategy[tree.Pay]:
    """Lines of pay: by a formula, by a table, by bands, or by a count."""
    name, expr, label, some = names(langs), exprs(langs), st.none() | texts(), clauses(langs)
    banded = st.builds(
        tree.Table, st.sampled_from(["bands", "whole"]), terms(langs), st.none(), table_rows(langs)
    )
    commission = st.just("commission")
    word = st.sampled_from(["commission", "pay", "spif", "reduction"])
    counted = st.sampled_from(["milestone", "piece"])
    within = st.builds(tree.PayFor, st.none() | name)
    return st.one_of(
        st.builds(tree.Pay, commission, st.none(), label, expr, some, notes=notes()),
        st.builds(tree.Pay, commission, st.none() | name, label, banded, some, notes=notes()),
        st.builds(tree.Pay, word, name, label, expr, some, notes=notes()),
        st.builds(tree.Pay, word, name, label, tables(langs), some, notes=notes()),
        st.builds(tree.Pay, counted, name, label, expr, some, notes=notes()),
        st.builds(
            tree.Pay, st.sampled_from(["recovery", "draw"]), name, label, expr, some, within, notes=notes()
        ),
    )


def ordered(found: Iterable[tree.Clause]) -> tuple[tree.Clause, ...]:
    """Clauses in the formatter's order, those of one kind as the author had them."""
    return tree.ordered(found)


@cache
def statements(lang: Lang, langs: Langs = LANGS) -> st.SearchStrategy[tree.Statement]:
    """Lines of every construct."""
    name, expr, label = names(langs), exprs(langs), st.none() | texts()
    preset = st.none() | expr | signed_values()
    kpi = st.builds(tree.Kpi, name, label, clauses_of_kpi(langs), notes=notes())
    end = st.none() | signed_values()
    bounds = st.builds(tree.Bounds, end, end).map(lambda one: one if one.low or one.high else None)
    accepted = st.lists(name, min_size=1, max_size=3).map(tuple)
    origin = st.one_of(
        st.builds(tree.TakenFrom, text=texts()),
        st.builds(tree.TakenFrom, accepted, st.booleans()),
        st.just(tree.TakenFrom(typed=True)),
    )
    said = name, label, kinds(lang, langs), st.booleans(), preset, st.none() | origin, bounds
    fact = st.builds(tree.Fact, *said, notes=notes())
    weight = st.builds(tree.Weight, terms(langs))
    weighed = st.lists(weight | clauses_of_pay(langs), min_size=1, max_size=3).map(ordered)
    return st.one_of(
        st.builds(tree.Version, st.one_of(VERSIONS, prose().filter(_quotable)), notes=notes()),
        st.builds(tree.Effect, st.builds(tree.Date, st.dates().map(str)), notes=notes()),
        st.builds(tree.Currency, st.sampled_from(["RUB", "USD"]).map(tree.Name), notes=notes()),
        st.builds(tree.LawLine, st.just("RF"), st.just(tree.Text("RF")), notes=notes()),
        st.builds(tree.Prose, TOPICS, st.none(), st.none() | name, texts(), notes=notes()),
        st.builds(tree.Prose, TOPICS, PROSE_WORDS, st.none(), texts(), notes=notes()),
        st.builds(tree.Prose, st.just("concerns"), st.none(), st.none(), texts(), notes=notes()),
        st.builds(tree.Sources, st.builds(tree.TakenFrom, accepted, st.booleans()), notes=notes()),
        fact,
        fact,
        st.builds(tree.Salary, expr, clauses(langs), notes=notes()),
        st.builds(tree.Bonus, expr, clauses(langs), notes=notes()),
        kpi,
        kpi,
        st.builds(tree.Section, name, label, weighed, notes=notes()),
        st.builds(tree.SectionEnd, notes=notes()),
        st.builds(tree.Figure, name, label, kinds(lang, langs), expr | tables(langs), notes=notes()),
        st.builds(tree.ResultLine, name, label, kinds(lang, langs), expr | tables(langs), notes=notes()),
        pay(langs),
        pay(langs),
        balances(lang, langs),
        st.builds(tree.Variable, clauses(langs, least=1), notes=notes()),
        st.builds(tree.Total, clauses(langs, least=1), notes=notes()),
        allowances(lang, langs),
        examples(langs),
    )


@cache
def balances(lang: Lang, langs: Langs = LANGS) -> st.SearchStrategy[tree.Balance]:
    """What one month leaves to the next, with all that may be said of it."""
    expr, side = exprs(langs), st.sampled_from([None, "owed", "due_to"])
    most, opened = st.none() | terms(langs), st.none() | st.just(tree.OpenedIn("2025-01"))
    ends = st.none() | st.builds(tree.Ends, st.sampled_from(["forgiven", "claimed"]), exprs(langs))
    since = st.sampled_from([(False, None), (False, "year"), (True, "quarter")])
    label, kind = st.none() | texts(), kinds(lang, langs)
    return st.builds(
        lambda name, label, kind, value, signed, side, most, since, *rest, notes: tree.Balance(
            name, label, kind, value, signed, side, most, *since, *rest, notes=notes
        ),
        *(names(langs), label, kind, expr, st.booleans(), side, most, since, opened, ends),
        notes=notes(),
    )


@cache
def allowances(lang: Lang, langs: Langs = LANGS) -> st.SearchStrategy[tree.Allow]:
    """Advice of the checker, answered."""
    known = st.sampled_from(sorted(words(lang).advice_words.items()))
    return st.builds(
        lambda pair, name, reason, said: tree.Allow(pair[0], pair[1], name, reason, notes=said),
        known,
        st.none() | names(langs),
        texts(),
        notes(),
    )


TOPICS = st.sampled_from(["about", "grounds", "due"])
PROSE_WORDS = st.sampled_from(get_args(tree.ProseWord))
VERSIONS = st.sampled_from(
    [
        "1",
        "1.2",
        "1,2",
        "1.2.3",
        "007",
        "2025-07",
        "2025-07-01",
        "01.07.2025",
        "v2",
        "plan",
        "план",
        "2025 H1",
    ]
)


@cache
def examples(langs: Langs = LANGS) -> st.SearchStrategy[tree.Example]:
    """Worked examples with rows in any order."""
    name = names(langs)
    amount = st.one_of(signed_values(), name)
    entry = st.builds(tree.Entry, name, st.booleans(), amount)
    worktime = st.builds(tree.WorkTime, st.sampled_from(["workdays", "workhours"]), amount)
    worktimes = st.lists(worktime, max_size=2).map(tuple)
    line_paid = st.builds(tree.Outcome, st.just("line"), name, amount)
    word_paid = st.builds(
        tree.Outcome,
        st.sampled_from(["salary", "bonus", "commission", "variable", "total"]),
        st.none(),
        amount,
    )
    shown = st.builds(tree.Shown, st.sampled_from(["figure", "target", "attainment"]), name, amount)
    row = st.one_of(
        st.builds(tree.Shows, st.lists(shown, min_size=1, max_size=8).map(tuple), notes=notes()),
        st.builds(tree.Given, st.lists(entry, min_size=1, max_size=8).map(tuple), worktimes, notes=notes()),
        st.builds(
            tree.Pays, st.lists(line_paid | word_paid, min_size=1, max_size=8).map(tuple), notes=notes()
        ),
    )
    period = st.none() | st.dates().map(str) | st.dates().map(lambda day: str(day)[:7])
    return st.builds(tree.Example, texts(), period, st.lists(row, max_size=4).map(tuple), notes=notes())


@st.composite
def plans(draw: st.DrawFn, lang: Lang | None = None, langs: Langs = LANGS) -> tree.Plan:
    """Trees of whole plans; their names are free in all of `langs`."""
    chosen = draw(st.sampled_from(LANGS)) if lang is None else lang
    title = draw(titles())
    body = draw(st.lists(statements(chosen, langs), max_size=6))
    return tree.Plan(chosen, (title, *body), draw(tails()))


@cache
def titles() -> st.SearchStrategy[tree.Title]:
    """First lines of plans, by which their language is known."""
    return st.builds(tree.Title, texts(), notes=notes())


@cache
def tails() -> st.SearchStrategy[tuple[str, ...]]:
    """Comments after the last line, with blank space above them or not."""
    blank = st.sampled_from([(), ("",)])
    return st.builds(
        lambda first, found: (*first, *found) if found else (),
        blank,
        st.lists(comments(), max_size=2),
    )


# ── Texts ────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Written:
    """A text in a careless hand, the tree that it must give, and its comments in order."""

    text: str
    plan: tree.Plan
    comments: tuple[str, ...]


@st.composite
def written(draw: st.DrawFn, lang: Lang | None = None, *, commented: bool = True) -> Written:
    """Well-formed texts in any spelling, case, spacing and order, broken and commented where they may be."""
    plan = without_notes(draw(plans(lang)))
    return careless(plan, draw(CHANCE), commented=commented)


def without_notes(plan: tree.Plan) -> tree.Plan:
    """A plan without its comments and blank lines."""
    bare = [replace(bared(statement), notes=tree.Notes()) for statement in plan.statements]
    return replace(plan, statements=tuple(bare), tail=())


def bared(line: tree.Statement) -> tree.Statement:
    """A line with no comments on the rows under it."""
    match line:
        case tree.Example(rows=rows):
            return replace(line, rows=_bare(rows))
        case tree.Figure(value=tree.Table() as table):
            return replace(line, value=replace(table, rows=_bare(table.rows)))
        case tree.Pay(amount=tree.Table() as table):
            return replace(line, amount=replace(table, rows=_bare(table.rows)))
        case tree.Kpi(clauses=found):
            curved = (
                replace(one, rows=_bare(one.rows)) if isinstance(one, tree.Curve) else one for one in found
            )
            return replace(line, clauses=tuple(curved))
        case _:
            return line


def _bare(rows: tuple[LineT, ...]) -> tuple[LineT, ...]:
    return tuple(replace(row, notes=tree.Notes()) for row in rows)


def careless(plan: tree.Plan, chance: Random, *, commented: bool = True) -> Written:
    """A plan in one of the many ways to write it, and a comment after each word that can bear one."""
    rules = grammar(plan.lang)
    hand = Hand(rules, chance, commented)
    found, _ = rows(Source("plan", write(plan)), rules)
    # A `;` at its end would make an item of the list of such a line below it.
    below = [row.tokens[0].type not in {"NAME", *PAID} for row in found[1:]]
    lines = [hand.row(row.tokens, last=last) for row, last in zip(found, [*below, True], strict=True)]
    return Written(hand.between(lines), plan, tuple(hand.comments))


# The clause that each word begins: of one clause several keep their order, whatever words they begin with.
CLAUSE = {word: one.declared.rule for one in DECLARED for word in one.declared.begins}


class Hand:
    """Somebody who types, and never twice in the same way."""

    def __init__(self, rules: Grammar, chance: Random, commented: bool) -> None:
        self.rules = rules
        self.chance = chance
        self.commented = commented
        self.comments: list[str] = []
        self.lists = False  # whether the line lists what an example holds, whose digits are its author's

    def between(self, lines: list[str]) -> str:
        """Lines with any line ends, blank space and indentation between them."""
        start = self.chance.choice(["", "\ufeff", "\n", " \r\n\t\n"])
        ends = ["\n", "\r\n", "\n\n", " \n\n\n"]
        body = "".join(f"{self.indent()}{line}{self.chance.choice(ends)}" for line in lines)
        return start + (body if self.chance.random() < 0.5 else body.rstrip())

    def indent(self) -> str:
        """Space before a line, which means nothing."""
        return self.chance.choice(["", "", "  ", "\t", "\u00a0"])

    def row(self, tokens: list[Token], *, last: bool) -> str:
        """A line of the plan, over one line of text or several; at the end of a list may stand a `;`."""
        self.lists = tokens[0].type in LISTS
        tokens = self.shuffled(tokens)
        if tokens[0].type in {"SALARY", "BONUS"} and self.chance.random() < 0.3:
            end = next((at for at, _ in enumerate(tokens) if starts(tokens, at)), len(tokens))
            tokens = [
                tokens[0], Token("OPEN", "("), *tokens[1:end], Token("CLOSE", ")"), *tokens[end:]
            ]  # fmt: skip
        if tokens[0].type in LISTS and last and self.chance.random() < 0.3:
            tokens = [*tokens, Token("SEMICOLON", ";")]
        tokens = [
            token
            for at, token in enumerate(tokens)
            if not (self.unsaid(tokens, at) and self.chance.random() < 0.5)
        ]
        parts: list[str] = []
        depth = 0
        for at, token in enumerate(tokens):
            parts.append(self.word(token, tokens[at - 1].type if at else ""))
            depth += (token.type == "OPEN") - (token.type == "CLOSE")
            following = tokens[at + 1] if at + 1 < len(tokens) else None
            parts.append(self.gap(token, following, depth))
        return "".join(parts)

    def shuffled(self, tokens: list[Token]) -> list[Token]:
        """A line with its clauses in another order; those of one kind keep theirs."""
        found = [at for at, _ in enumerate(tokens) if starts(tokens, at)]
        if not found:
            return tokens
        parts = [tokens[start:end] for start, end in itertools.pairwise([*found, len(tokens)])]
        sorts = [CLAUSE.get(part[0].type, part[0].type) for part in parts]
        queues = {
            sort: [part for part, own in zip(parts, sorts, strict=True) if own == sort] for sort in sorts
        }
        order = self.chance.sample(sorts, len(sorts))
        mixed = [*tokens[: found[0]], *(token for sort in order for token in queues[sort].pop(0))]
        return mixed if self.apart(mixed) else tokens

    def apart(self, tokens: list[Token]) -> bool:
        """Whether no two words are read as one keyword or one number where they stand side by side."""
        again = self.rules.lex(" ".join(tokens))
        return [token.type for token in again] == [token.type for token in tokens]

    def unsaid(self, tokens: list[Token], at: int) -> bool:
        """Whether a line says the same without a word."""
        if tokens[at].type != "COLON":
            return tokens[at].type in {"ON_ALL", "ON_PAY"}
        beside = {tokens[at - 1].type, tokens[at + 1].type} <= {"NUMBER", "PERCENT"}
        return beside and outside(tokens, at) and self.apart([*tokens[:at], *tokens[at + 1 :]])

    def word(self, token: Token, before: str) -> str:
        """A word in one of its spellings."""
        if before == "VERSION":
            return str(token)
        if token.type in SIGNS:
            return self.chance.choice(SIGNS[token.type])
        if token.type == "PERCENT" and before != "NUMBER" and not self.lists and self.chance.random() < 0.2:
            return self.points(token)
        if token.type in {"NUMBER", "PERCENT"}:
            return self.number(token)
        if token.type == "NAME" and before == "NUMBER":
            signs = [sign for sign, code in self.rules.words.signs.items() if code == token]
            return self.chance.choice([str(token), *signs])
        if token.type.lower() not in self.rules.words.spellings:
            return str(token)
        kind = token.type == "DAYS" and before != "NUMBER"
        spelling = str(token) if kind else self.chance.choice(self.rules.words.spellings[token.type.lower()])
        case = self.chance.choice(["upper", "lower", "title", "as it is"])
        spelling = {"upper": spelling.upper(), "lower": spelling.lower(), "title": spelling.title()}.get(
            case, spelling
        )
        return self.chance.choice([" ", "  ", "\u00a0"]).join(spelling.split())

    def number(self, token: Token) -> str:
        """A number with its thousands apart or not, and perhaps more zeros than it needs."""
        mark = self.rules.words.decimal
        whole, _, part = token.rstrip("%").partition(mark)
        whole = whole.replace(" ", self.chance.choice(["", " ", "\u00a0", "\u202f"]))
        part += "" if self.lists else self.chance.choice(["", "", "0", "00"])
        percent = self.chance.choice(["%", " %", "\u00a0%"]) if token.endswith("%") else ""
        return f"{whole}{mark if part else ''}{part}{percent}"

    def points(self, token: Token) -> str:
        """A percentage in basis points."""
        vocabulary = self.rules.words
        mark = vocabulary.decimal
        percent = Fraction(token.rstrip("%").replace(" ", "").replace(mark, "."))
        return f"{decimal(percent * 100, vocabulary)} {self.chance.choice(vocabulary.spellings['bps'])}"

    def gap(self, token: Token, following: Token | None, depth: int) -> str:
        """What stands after a word: space, or a comment and a line break where the line goes on below."""
        listed = following is not None and self.lists and token.type == "SEMICOLON" and depth == 0
        breakable = following is not None and (
            following.type not in self.rules.starters
            or (depth > 0 and following.type in {"NAME", "SALARY", *BOUNDS})
            or listed
        )
        if self.commented and (following is None or breakable):
            self.comments.append(f'# {len(self.comments)} «" {token}')
            text = f"{self.chance.choice(['', ' '])}{self.comments[-1]}{self.chance.choice(['', ' '])}"
            return f"{text}\n{self.indent()}" if breakable else text
        if breakable and self.chance.random() < 0.1:
            return self.chance.choice(["\n", "\r\n", "\n" if listed else "\n\n"]) + self.indent()
        if following is None:
            return ""
        tight = token.type in TIGHT or following.type in TIGHT
        return self.chance.choice([" ", "  ", "\t", "\u00a0", *[""] * 3 * tight])


PAID = frozenset({"SALARY", "BONUS", "COMMISSION", "TOTAL"})
LISTS = frozenset({"GIVEN", "SHOWS", "PAYS"})
BOUNDS = frozenset({"UP_TO", "TO", "BELOW", "ABOVE"})
TIGHT = frozenset({"OPEN", "CLOSE", "SEMICOLON", "STRING"})
SIGNS = {
    "NE": ["<>", "≠"],
    "LE": ["<=", "≤"],
    "GE": [">=", "≥"],
    "MINUS": ["-", "−"],
    "TIMES": ["*", "×", "·"],
    "DIVIDE": ["/", "÷"],
}


def starts(tokens: list[Token], at: int) -> bool:
    """Whether a clause begins with a word."""
    return at > 0 and tokens[at].type in CLAUSES and outside(tokens, at)


def outside(tokens: list[Token], at: int) -> bool:
    """Whether a word stands outside all brackets."""
    before = [token.type for token in tokens[:at]]
    return before.count("OPEN") == before.count("CLOSE")
