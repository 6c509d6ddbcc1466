"""The lines that say what plan this is."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from .. import tree
from ..faults import Fault, nearest
from ..source import NOWHERE
from ..words import currencies, words


@dataclass(frozen=True, slots=True)
class Header:
    """What a plan says about itself; `effect` is the first day on which it applies, if it says."""

    title: str
    version: str
    currency: str
    effect: datetime.date | None
    about: tuple[str, ...]

    @property
    def digits(self) -> int:
        """The digits of the currency's minor unit (ISO 4217): 2 for kopecks."""
        return currencies()[self.currency]


def header(plan: tree.Plan, *, whole: bool) -> tuple[Header | None, list[Fault]]:
    """The header of a plan, None where a part of it is missing; `whole` where no line failed to parse."""
    found: dict[type[tree.Statement], tree.Statement] = {}
    faults: list[Fault] = []
    for statement in plan.statements:
        if isinstance(statement, tree.Title | tree.Version | tree.Effect | tree.Currency):
            earlier = found.setdefault(type(statement), statement)
            if earlier is not statement:
                faults.append(Fault("P202", place=statement.place, also=earlier.place))
    vocabulary = words(plan.lang)
    sample = {tree.Title: '"…"', tree.Version: "1", tree.Currency: "RUB"}
    words_of = {tree.Title: "plan", tree.Version: "version", tree.Currency: "currency"}
    for kind, value in sample.items():
        if kind not in found and whole:
            word = vocabulary[words_of[kind]]
            faults.append(Fault("P201", place=NOWHERE, facts={"word": word, "sample": f"{word} {value}"}))
    title, version = found.get(tree.Title), found.get(tree.Version)
    currency, effect = found.get(tree.Currency), found.get(tree.Effect)
    if isinstance(currency, tree.Currency) and (fault := _unknown(currency)):
        return None, [*faults, fault]
    if isinstance(effect, tree.Effect) and effect.start.value is None:
        return None, faults  # the rules of dates say what is wrong with it
    if not (isinstance(title, tree.Title) and isinstance(version, tree.Version) and isinstance(currency, tree.Currency)):
        return None, faults
    start = effect.start.value if isinstance(effect, tree.Effect) else None
    about = tuple(line.text.text for line in plan.statements if isinstance(line, tree.About))
    return Header(title.text.text, version.text, currency.code.text, start, about), faults


def _unknown(currency: tree.Currency) -> Fault | None:
    code = currency.code.text
    if code in currencies():
        return None
    meant = code.upper() if code.upper() in currencies() else nearest(code, currencies())
    return Fault("P206", place=currency.code.place, facts={"code": code}, fix=meant)
