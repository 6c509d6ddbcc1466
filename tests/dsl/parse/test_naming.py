"""Words of the language as names, and where they are keywords all the same."""

from __future__ import annotations

import pytest

from dsl.check import check
from dsl.parse import parse
from dsl.parse.grammar import grammar
from dsl.source import Source
from dsl.translate import translate
from dsl.words import LANGS, Lang, words
from dsl.write import write

PLANS: dict[Lang, str] = {
    "en": """plan "Words"
version 1
currency RUB

fact {name} "Word" number

salary 10 000 * {name}

example "One"
  given {name} 2
  pays  salary 20 000; total 20 000
""",
    "ru": """схема "Слова"
версия 1
валюта RUB

факт {name} "Слово" число

оклад 10 000 * {name}

пример "Один"
  дано {name} 2
  начислено оклад 20 000; всего 20 000
""",
}
OTHER: dict[Lang, Lang] = {"en": "ru", "ru": "en"}


def free(lang: Lang) -> list[str]:
    """The words of a language that can be names."""
    rules = grammar(lang)
    return [
        spelling
        for keyword, spellings in words(lang).spellings.items()
        for spelling in spellings
        if keyword.upper() in rules.naming.free and spelling.isidentifier()
    ]


@pytest.mark.parametrize(("lang", "name"), [(lang, name) for lang in LANGS for name in free(lang)])
def test_a_word_can_be_the_name_of_a_fact(lang: Lang, name: str) -> None:
    """It is read, checked, written and translated as any name is."""
    text = PLANS[lang].format(name=name)
    parsed = parse(Source("plan", text))
    assert [fault.code for fault in check(parsed).faults] == []
    assert parse(Source("plan", write(parsed.tree))).tree == parsed.tree
    other = translate(parsed, OTHER[lang]).text
    assert other is not None
    assert write(parse(Source("plan", other)).tree, lang) == write(parsed.tree)


TABLES: dict[Lang, str] = {
    "en": """plan "Words"
version 1
currency RUB

table deals
  amount  money
  {name}  number
  paid_on date, counts

pay one = 5 * sum of {name} of deals where {name} > 1
pay two = for each of deals where {name} >= 2: 3 * {name}
pay three = sum of amount of deals

example "One"
  record of deals amount 5; {name} 2
  record of deals {name} 1; amount 5
  pays one 10; two 6; three 10; total 26
""",
    "ru": """схема "Слова"
версия 1
валюта RUB

таблица сделки
  стоимость деньги
  {name}    число
  оплачена  дата, учитывается

начисление один = 5 * сумма по {name} из сделки где {name} > 1
начисление два = за каждую запись сделки где {name} >= 2: 3 * {name}
начисление три = сумма по стоимость из сделки

пример "Один"
  запись из сделки стоимость 5; {name} 2
  запись из сделки {name} 1; стоимость 5
  начислено один 10; два 6; три 10; всего 26
""",
}
# Lines that are whole with a name alone: `fact number` is a fact.
WHOLE = {"FACT", "TABLE", "GROUP", "SECTION"}


def firsts(lang: Lang) -> set[str]:
    """The first words of phrases, which are no words of the language by themselves: `share of`."""
    several = [spelling for spellings in words(lang).spellings.values() for spelling in spellings]
    first = {one.split()[0] for one in several if " " in one}
    return {word for word in first if word.isidentifier() and word not in several}


@pytest.mark.parametrize(
    ("lang", "name"), [(lang, name) for lang in LANGS for name in sorted({*free(lang), *firsts(lang)})]
)
def test_a_word_can_be_the_name_of_a_column(lang: Lang, name: str) -> None:
    (token,) = grammar(lang).lex(name)
    whole = token.type in WHOLE
    text = TABLES[lang].format(name=name)
    parsed = parse(Source("plan", text))
    assert bool(parsed.faults) == whole
    if not whole:
        assert [fault.code for fault in check(parsed).faults] == []
        assert parse(Source("plan", write(parsed.tree))).tree == parsed.tree
        other = translate(parsed, OTHER[lang]).text
        assert other is not None
        assert write(parse(Source("plan", other)).tree, lang) == write(parsed.tree)


@pytest.mark.parametrize(
    ("formula", "read"),
    [
        ("commission share of revenue", "NAME OF NAME"),
        ("commission rank of revenue", "NAME OF NAME"),
        ("pay p = share of revenue by share within team", "SHARE_OF NAME BY NAME WITHIN NAME"),
        ("pay p = sum of share of deals", "SUM_OF NAME OF NAME"),
        ("pay p = average of revenue of deals", "AVERAGE_OF NAME OF NAME"),
        ("pay p = average of deals", "NAME OF NAME"),
    ],
)
def test_a_phrase_is_parted_only_where_it_can_mean_nothing(formula: str, read: str) -> None:
    facts = "fact share percent\nfact rank percent\nfact average percent\n"
    tokens = grammar("en").named(f"{facts}{formula}\n")
    kinds = [token.type for token in tokens if token.line == 4 and token.type != "NEWLINE"]
    assert " ".join(kinds).endswith(read)
    assert all(str(token) == f"{facts}{formula}"[token.start_pos : token.end_pos] for token in tokens[:-1])


EVERYWHERE = """plan "Words"
version 1
currency RUB

fact cap   "Cap"  money
fact days         number
fact max          number
fact plan         money
fact grade        one of (up; down)

salary cap * 2
bonus 4 000

cutoff percent = 80%
floor weight 100%  cutoff cutoff  cap 120% on pay  target plan

commission "C" cap * 2 cap cap on pay
pay pay = cap * max(max; 3) * by grade (up: 5; down: 3)

example "Quarter"
  given floor 5; plan 90; days 20; max 3; cap 100; grade up
  pays  salary 200
"""


def test_names_and_keywords_stand_side_by_side() -> None:
    parsed = parse(Source("plan", EVERYWHERE))
    assert not parsed.faults
    assert write(parsed.tree).split() == EVERYWHERE.split()


def test_a_clause_with_a_sign_too_many_is_no_figure() -> None:
    """Nothing would be computed from it, and the KPI would lack its cutoff."""
    lines = EVERYWHERE.replace("cutoff percent =", "cutoff =").replace("cutoff cutoff", "")
    assert "cutoff" not in {token for token in grammar("en").named(lines) if token.type == "NAME"}


def test_a_word_that_nothing_declares_is_no_name() -> None:
    text = PLANS["en"].format(name="units").replace("10 000 * units", "10 000 * cap")
    assert [fault.code for fault in parse(Source("plan", text)).faults] == ["P118"]


@pytest.mark.parametrize(
    ("line", "code", "instead"),
    [
        ('pay bonus "Bonus for projects" = 20 000 * projects', "P118", "bonus_for_projects"),
        ('pay bonus "Bonus" = 20 000 * projects', "P118", "bonus_value"),
        ("commission = 3% of revenue", "P134", None),
    ],
)
def test_a_refused_name(line: str, code: str, instead: object) -> None:
    """It is told what the word does, and a name from the label, which is no repair."""
    (fault,) = parse(Source("plan", f'plan "Words"\nversion 1\ncurrency RUB\n{line}\n')).faults
    assert fault.code == code
    assert code == "P134" or (fault.fix is None and fault.facts["does"])
    assert instead is None or fault.facts["instead"] in (instead, (instead,))
