"""What people say in a line of a plan leads to the line that is meant, by the repair of one report."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping

import pytest

from dsl.check import check
from dsl.faults import Fault, has_errors
from dsl.parse import parse
from dsl.source import Source
from dsl.words import LANGS, Lang
from tests.support.places import ROOT

SAID: dict[Lang, dict[str, dict[str, str]]] = {
    lang: tomllib.loads((ROOT / "tests/dsl/parse/said.toml").read_text("utf-8"))[lang] for lang in LANGS
}

HEAD: Mapping[Lang, tuple[str, ...]] = {
    "en": ('plan "A"', "version 1", "in effect from 2025-01-01", "currency RUB"),
    "ru": ('схема "А"', "версия 1", "действует с 2025-01-01", "валюта RUB"),
}
FACTS: Mapping[Lang, tuple[str, ...]] = {
    "en": (
        'fact revenue "Revenue" money', 'fact margin "Gross margin" money', 'fact returns "Returns" money',
        'fact calls "Calls" count', 'fact late "Late arrivals" count', 'fact worked "Days worked" days',
        'fact norm "Working days" days', 'fact hours "Hours worked" number',
        'fact hours_norm "Norm of hours" number', 'fact passed "Training passed" yes/no',
        'fact penalty "Disciplinary penalty" yes/no', 'fact hired "Hired" date',
        "fact grade one of (junior; senior)",
    ),
    "ru": (
        'факт выручка "Выручка" деньги', 'факт маржа "Валовая маржа" деньги',
        'факт возвраты "Возвраты" деньги',
        'факт звонки "Звонки" количество', 'факт опоздания "Опоздания" количество',
        'факт отработано "Отработанные дни" дни', 'факт норма "Рабочие дни" дни',
        'факт часы "Отработанные часы" число', 'факт норма_часов "Норма часов" число',
        'факт обучен "Прошёл обучение" да/нет', 'факт взыскания "Дисциплинарные взыскания" да/нет',
        'факт принят "Дата приёма" дата', "факт грейд одно из (младший; старший)",
    ),
}  # fmt: skip
# What stands around the line, by the sort of line that it is.
AROUND: Mapping[Lang, Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "en": {
        "header": ((), ("salary 60 000",)),
        "fact": ((), ("salary 60 000",)),
        "paid": (("salary 60 000", "commission 2% of revenue"), ()),
        "bonus": ((), ("revenue weight 100% target 3 000 000",)),
        "kpi": (("bonus 50 000",), ()),
        "bands": ((), ("  up to 1 000 000: 2%", "  above 3%")),
    },
    "ru": {
        "header": ((), ("оклад 60 000",)),
        "fact": ((), ("оклад 60 000",)),
        "paid": (("оклад 60 000", "процент 2% от выручка"), ()),
        "bonus": ((), ("выручка вес 100% план 3 000 000",)),
        "kpi": (("премия 50 000",), ()),
        "bands": ((), ("  до 1 000 000: 2%", "  свыше 3%")),
    },
}


SORTS = [(lang, sort) for lang, sorts in SAID.items() for sort in sorts]


def plan(lang: Lang, sort: str, line: str, meant: str) -> Source:
    """A plan with a line, and without the line of the header that it stands for."""
    before, after = AROUND[lang].get(sort, ((), ()))
    head = [one for one in HEAD[lang] if one.split()[0] != meant.split(maxsplit=1)[0]]
    facts = [] if sort == "header" else FACTS[lang]
    return Source("a.plan", "\n".join([*head, *facts, *before, line, *after, ""]))


def led(lang: Lang, sort: str, line: str, meant: str) -> str:
    """The line with what its one report offers, or that report's code."""
    source = plan(lang, sort, line, meant)
    faults: list[Fault] = [one for one in check(parse(source)).faults if one.severity == "error"]
    if len(faults) != 1:
        return " ".join(["reports:", *(one.code for one in faults)])
    place, fix = faults[0].place, faults[0].fix
    if place is None or fix is None:
        return faults[0].code
    text = f"{source.text[: place.start]}{fix}{source.text[place.end :]}"
    better = check(parse(Source("a.plan", text)))
    if has_errors(better.faults):
        return f"{faults[0].code}, still wrong"
    at = source.text[: source.text.index(f"\n{line}\n") + 1].count("\n")
    return " ".join(text.split("\n")[at].split())


@pytest.mark.parametrize(("lang", "sort"), SORTS)
def test_what_people_say_leads_to_the_line_that_is_meant(lang: Lang, sort: str) -> None:
    lines = SAID[lang][sort]
    found = {line: led(lang, sort, line, meant) for line, meant in lines.items()}
    assert found == lines
