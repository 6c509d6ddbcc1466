"""The pages of all codes: each code with its title, in both languages, and none that is not there."""

from __future__ import annotations

import tomllib

import pytest

from dsl.check.names import LABEL, LONGEST
from dsl.parse.limits import DEPTH, DIGITS, ITEMS, LIST, TEXT, WORDS
from dsl.source import Source
from dsl.words import LANGS, Lang
from engine.compile import Compiled, read_plan
from engine.statement.show import grouped
from tests.support.places import ROOT

PATHS: dict[Lang, str] = {"en": "docs/codes.md", "ru": "docs/codes.ru.md"}
ADVICE: dict[Lang, str] = {"en": "checks.md", "ru": "checks.ru.md"}
BEFORE: dict[Lang, str] = {
    "en": """# All codes

Each report begins with its code. `premia explain P127` prints what stands behind one: why it is told,
a plan that has it, and the same plan without it. What to do is said in each report; advice about money has
[a page of its own](checks.md), and [the service](api.md) says which status an answer has.
""",
    "ru": """# Все коды

Каждое сообщение начинается с кода. `premia explain P127` рассказывает о нём: почему об этом сказано,
схема, в которой это есть, и та же схема без этого. Что делать, сказано в самом сообщении; у советов о
деньгах [своя страница](checks.ru.md), а какой у ответа статус, сказано [в описании сервиса](api.ru.md).
""",
}
# From which code on a section goes, and what it is about.
SECTIONS: tuple[tuple[str, dict[Lang, str]], ...] = (
    ("P100", {"en": "The text of a plan", "ru": "Текст схемы"}),
    ("P200", {"en": "Names, lines and examples", "ru": "Имена, строки и примеры"}),
    ("P300", {"en": "Kinds of values", "ru": "Виды значений"}),
    ("P400", {"en": "Rules of pay", "ru": "Правила оплаты"}),
    ("P460", {"en": "Advice about money", "ru": "Советы о деньгах"}),
    ("P500", {"en": "Facts of people", "ru": "Факты о людях"}),
    ("P600", {"en": "Requests and files", "ru": "Запросы и файлы"}),
    ("P700", {"en": "Plans that are kept, and answers", "ru": "Хранение схем и ответы"}),
    ("P810", {"en": "Exports of other programs", "ru": "Выгрузки других программ"}),
)
# How much a plan may hold: the most, the code that tells of more, what is counted, and what to do.
LIMITS: tuple[tuple[int, str, dict[Lang, tuple[str, str]]], ...] = (
    (
        TEXT,
        "P120",
        {
            "en": ("characters of a plan", "put rates that several plans share into a file of definitions"),
            "ru": ("знаков в схеме", "вынесите общие ставки в файл определений"),
        },
    ),
    (
        WORDS,
        "P121",
        {
            "en": (
                "words and signs of one line, or between two `;` of it",
                "name parts of a long formula in lines of their own",
            ),
            "ru": (
                "слов и знаков в строке или между двумя `;` в ней",
                "вынесите части длинной формулы в строки с именами",
            ),
        },
    ),
    (
        ITEMS,
        "P121",
        {
            "en": (
                "words and signs of one line with `;`, so that `by` has up to 158 values",
                "let what is different for each of very many come with the facts, as `rate`",
            ),
            "ru": (
                "слов и знаков в строке с `;`, поэтому в `по` помещается до 158 значений",
                "то, что у каждого из очень многих своё, пусть приходит с фактами, как `ставка`",
            ),
        },
    ),
    (
        LIST,
        "P121",
        {
            "en": ("words and signs of a row of an example", "give an example fewer facts, or defaults"),
            "ru": ("слов и знаков в строке примера", "дайте примеру меньше фактов или умолчания"),
        },
    ),
    (
        DIGITS,
        "P122",
        {
            "en": ("digits of a number", "round it: no pay hangs on the rest"),
            "ru": ("цифр в числе", "округлите: от остальных выплата не зависит"),
        },
    ),
    (
        DEPTH,
        "P123",
        {
            "en": (
                "brackets inside one another",
                "name the inner parts in lines of their own",
            ),
            "ru": (
                "скобок друг в друге",
                "вынесите внутренние части в строки с именами",
            ),
        },
    ),
    (
        LABEL,
        "P279",
        {
            "en": ("characters of a title or a label", "say the rest in `about`"),
            "ru": ("знаков в заголовке или подписи", "остальное скажите в строке `описание`"),
        },
    ),
    (
        LONGEST,
        "P280",
        {
            "en": ("characters of a name", "say the rest in its label"),
            "ru": ("знаков в имени", "остальное скажите в подписи"),
        },
    ),
)
OVER: dict[Lang, str] = {
    "en": """## How much a plan may hold

| at most | of what | more than that | what to do |
|---|---|---|---|
""",
    "ru": """## Сколько помещается в схему

| не больше | чего | если больше | что делать |
|---|---|---|---|
""",
}
AFTER: dict[Lang, str] = {
    "en": """
Tables may be long: 500 bands, a matrix of 60 × 60 and 200 KPIs are checked within seconds. A product may
have 24 facts, and a commission 80 bands whose rates are facts. What is multiplied and divided far beyond that
is too much to compute (P500): let what is worked out elsewhere come with the facts.
""",
    "ru": """
Таблицы бывают длинными: 500 ступеней, матрица 60 × 60 и 200 показателей проверяются за секунды.
В произведении может быть 24 факта, а у процента 80 ступеней, ставки которых — факты. Если умножений и делений
намного больше, посчитать это нельзя (P500): пусть посчитанное в другом месте приходит с фактами.
""",
}
HEADS: dict[Lang, str] = {"en": "| code | what it says |", "ru": "| код | что это |"}


def page(lang: Lang) -> str:
    """The page as it is to be."""
    told = sorted(titles(lang).items())
    parts, ends = [BEFORE[lang]], [*(start for start, _ in SECTIONS[1:]), "P999"]
    for (start, head), end in zip(SECTIONS, ends, strict=True):
        rows = [f"| {_linked(code, lang)} | {title} |" for code, title in told if start <= code < end]
        parts.append("\n".join((f"## {head[lang]}", "", HEADS[lang], "|---|---|", *rows)) + "\n")
    most = [
        f"| {grouped(most)} | {said[lang][0]} | {code} | {said[lang][1]} |" for most, code, said in LIMITS
    ]
    parts.append(OVER[lang] + "\n".join(most) + "\n" + AFTER[lang])
    return "\n".join(parts)


def titles(lang: Lang) -> dict[str, str]:
    """The title of each code, of whichever room it is."""
    found: dict[str, str] = {}
    for room in ("dsl", "engine", "api"):
        for path in (ROOT / room).rglob(f"messages/{lang}.toml"):
            data = tomllib.loads(path.read_text("utf-8"))
            found |= {code: entry["title"] for code, entry in data.items() if code != "phrases"}
    return found


def _linked(code: str, lang: Lang) -> str:
    """A code, with the page that it has among the documents."""
    advice = (ROOT / "docs" / ADVICE[lang]).read_text("utf-8")
    return f"[{code}]({ADVICE[lang]}#{code.lower()})" if f"\n## {code}\n" in advice else code


@pytest.mark.parametrize("lang", LANGS)
def test_all_codes_stand_on_a_page(lang: Lang, golden: bool) -> None:
    path = ROOT / PATHS[lang]
    if golden:
        path.write_text(page(lang), "utf-8")
    assert path.read_text("utf-8") == page(lang)


def test_what_is_promised_of_facts_can_be_paid() -> None:
    """So many bands whose rates are facts, so many facts in a product, so many values of an attribute."""
    rates = "".join(f"fact r{at} percent\n" for at in range(80))
    bands = "".join(f"  up to {at + 1} 000: r{at}\n" for at in range(79))
    commission = f"commission on s, each band at its own rate\n{bands}  above r79\n"
    product = " * ".join(["s", *(f"f{at}" for at in range(23))])
    values = [f"w{at}" for at in range(99)]
    paid = "; ".join(f"{value}: {at + 1} 000" for at, value in enumerate(values))
    plan = (
        f'plan "A"\nversion 1\ncurrency RUB\nfact s money\nfact w one of ({"; ".join(values)})\n'
        f"{rates}{commission}pay p = {product}\nsalary by w ({paid})\n"
    )
    assert isinstance(read_plan(Source("a.plan", plan)), Compiled)
