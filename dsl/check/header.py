"""The lines that say what plan this is."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

from .. import tree
from ..data import table
from ..faults import Fact, Fault, nearest
from ..place import NOWHERE, Place
from ..words import Law, Words, currencies, words

NO_CURRENCY = "XXX"  # what ISO 4217 calls the currency of what is no money


@dataclass(frozen=True, slots=True)
class Header:
    """What a plan says about itself; `effect` is the first day on which it applies, if it says."""

    title: str
    version: str
    currency: str
    effect: datetime.date | None
    about: tuple[str, ...]
    law: Law | None = None

    @property
    def digits(self) -> int:
        """The digits of the currency's minor unit (ISO 4217): 2 for kopecks."""
        return currencies().get(self.currency, 0)


# A plan has each of them once.
Single = tree.Title | tree.Version | tree.Currency | tree.Effect | tree.LawLine
SingleT = TypeVar("SingleT", bound=Single)


def header(plan: tree.Plan, *, whole: bool) -> tuple[Header | None, str | None, list[Fault]]:
    """The header of a plan, None where a part of it is missing, and its currency, if it has a known one.

    What is missing is a fault only where no line failed to parse (`whole`).
    """
    vocabulary = words(plan.lang)
    title, version = _first(plan, tree.Title), _first(plan, tree.Version)
    currency, effect, law = _first(plan, tree.Currency), _first(plan, tree.Effect), _first(plan, tree.LawLine)
    found: dict[type[Single], Single] = {}
    faults = [
        Fault("P202", place=line.place, also=earlier.place)
        for line in plan.statements
        if isinstance(line, Single) and (earlier := found.setdefault(type(line), line)) is not line
    ]
    moneyless = currency is None and _moneyless(plan)
    if whole:
        faults.extend(_missing(plan, title, version, currency, moneyless=moneyless))
    code = NO_CURRENCY if moneyless else None if currency is None else currency.code.text
    if currency is not None and code is not None and code not in currencies():
        fix = meant(code, vocabulary) or nearest(code.upper(), currencies())
        faults.append(Fault("P206", place=currency.code.place, facts={"code": code}, fix=fix))
        code = None
    if law is not None and law.law is None:
        known = tuple(vocabulary.law_words.values())
        facts: dict[str, Fact] = {"word": law.word.text, "known": known}
        fix = nearest(law.word.text, known)
        faults.append(Fault("P276", place=law.word.place, facts=facts, fix=fix))
    start = effect.start.value if effect else None
    if title is None or version is None or code is None or (effect is not None and start is None):
        return None, code, faults
    about = tuple(
        line.text.text
        for line in plan.statements
        if isinstance(line, tree.Prose) and line.topic == "about" and line.word is None and line.name is None
    )
    return Header(title.text.text, version.text, code, start, about, law.law if law else None), code, faults


def _first(plan: tree.Plan, sort: type[SingleT]) -> SingleT | None:
    return next((line for line in plan.statements if isinstance(line, sort)), None)


MONEYED = tree.Salary | tree.Bonus | tree.Kpi | tree.Pay | tree.Variable | tree.Total


def _moneyless(plan: tree.Plan) -> bool:
    """Whether a plan only works results out, none of which is said to be money, nor what they are made of."""
    if any(isinstance(line, MONEYED) for line in plan.statements):
        return False
    nodes = tree.within(plan.statements)
    money = (one for one in nodes if isinstance(one, tree.Amount) or one == tree.Kind("money", ""))
    return any(isinstance(line, tree.ResultLine) for line in plan.statements) and next(money, None) is None


def unsaid(plan: tree.Plan) -> Fault:
    """The fault of a plan that says no currency, and yet works out money."""
    title, version = _first(plan, tree.Title), _first(plan, tree.Version)
    (fault,) = _missing(plan, title, version, None, moneyless=False)
    return fault


def _missing(
    plan: tree.Plan,
    title: tree.Title | None,
    version: tree.Version | None,
    currency: tree.Currency | None,
    *,
    moneyless: bool,
) -> Iterator[Fault]:
    """The lines that every plan has, shown to be missing under the first of them."""
    vocabulary, first = words(plan.lang), NOWHERE if title is None else title.place
    # Amounts that name their currency tell that of the plan.
    named = {one.currency for one in tree.within(plan.statements) if isinstance(one, tree.Amount)}
    code = next(iter(named)) if len(named) == 1 and named <= currencies().keys() else ""
    rows = (("plan", title, '"…"'), ("version", version, "1"), ("currency", currency, code or "RUB"))
    for word, line, sample in rows:
        if line is None and not (moneyless and word == "currency"):
            said = f"{vocabulary[word]} {sample}"
            facts = {"word": vocabulary[word], "sample": said}
            if word == "currency" and code and version is not None:
                end = Place(version.place.end, version.place.end)
                yield Fault("P201", place=end, facts=facts, fix=f"\n{said}")
            else:
                yield Fault("P201", place=first, facts=facts)


def meant(word: str, vocabulary: Words) -> str | None:
    """The code of the currency that a word begins to name: in small letters, in words, or of former days."""
    code, spelled = word.upper(), word.casefold()
    names: dict[str, str] = table("grammars", "synonyms.toml")["currencies"][vocabulary.lang]
    if (
        named := next((known for name, known in names.items() if spelled.startswith(name)), None)
    ) is not None:
        return named
    signs = [known for sign, known in vocabulary.signs.items() if sign.isalpha() and spelled.startswith(sign)]
    if signs or code[:3] in currencies():
        return signs[0] if signs else code[:3]
    # The first two letters of a code are its country.
    country = [known for known in currencies() if known[:2] == code[:2]]
    return country[0] if len(code) == 3 and len(country) == 1 else None
