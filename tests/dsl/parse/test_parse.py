"""Reading a text: whatever it is, an answer; a mistake in one line stays there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lark.lexer import BasicLexer
from lark.parsers.lalr_parser_state import ParserState

from dsl import tree
from dsl.faults import document, draw
from dsl.parse import language, parse
from dsl.parse.limits import TEXT
from dsl.source import Source
from dsl.words import LANGS, Lang
from tests.support.chances import examples
from tests.support.places import TESTS

BAD = sorted((TESTS / "bad").glob("*.plan"))

PLANS: dict[Lang, str] = {
    "en": """\
plan "Sales manager"
version 2025-07
in effect from 2025-07-01
currency RUB
fact margin_rate "Margin rate" percent
salary 60 000
bonus 50 000  # paid at 100%
revenue weight 60% cutoff 80% accel 1.2 above 100% target 3 000 000
conversion = meetings / calls
calls "Calls" weight 40% target 1 000 or personal
commission 2% of margin_rate * (revenue above target)
example "July"
  given revenue 3 300 000; calls 950; margin_rate 30%
  pays commission 1 800; total 110 000
""",
    "ru": """\
схема "Менеджер по продажам"
версия 2025-07
действует с 2025-07-01
валюта RUB
факт доля_маржи "Доля маржи" проценты
оклад 60 000
премия 50 000  # при 100%
выручка вес 60% отсечка 80% ускорение 1,2 свыше 100% план 3 000 000
конверсия = встречи / звонки
звонки "Звонки" вес 40% план 1 000 или личный
процент 2% от доля_маржи * (выручка сверх плана)
пример "Июль"
  дано выручка 3 300 000; звонки 950; доля_маржи 30%
  начислено процент 1 800; всего 110 000
""",
}

# More of the language, for slips of the hand.
MORE: dict[Lang, str] = {
    "en": """\
plan "All"
fact grade one of (junior; senior)
section results weight 60% only if all of (calls >= 800; any_ok)
margin weight 30% for grade is not junior paid by steps
  below 80%: 0%
  above 100% 120%
end section
rate = matrix by margin and nps
  columns below 5; from 5
  up to 100%: 3%; 4%
  above       7%; 8%
commission on base, each band at its own rate
  up to 1 000: 3%
  above        by grade (junior: 5%; otherwise: 6%)
spif autumn = 50 bps of (revenue without tax 20%) during 2025-09-01 up to 2025-10-31
variable pay only if at least 2 of (a; b; c) multiplied by 1.5
total cap 200 000 rounded to 1 000 half even
allow cliff for margin because "so"
""",
    "ru": """\
схема "Всё"
факт грейд одно из (младший; старший)
раздел итоги вес 60% только если все из (звонки >= 800; всё_хорошо)
маржа вес 30% для грейд не это младший оплата по ступеням
  ниже 80%: 0%
  свыше 100% 120%
конец раздела
ставка = таблица по маржа и nps
  столбцы ниже 5; начиная с 5
  до 100%: 3%; 4%
  свыше    7%; 8%
процент с база, каждая ступень по своей ставке
  до 1 000: 3%
  свыше     по грейд (младший: 5%; иначе: 6%)
акция осень = 50 бп от (выручка без налога 20%) в период 2025-09-01 до 2025-10-31
переменная часть только если не менее 2 из (а; б; в) с коэффициентом 1,5
всего потолок 200 000 с округлением до 1 000 до чётного
допустить скачок для маржа потому что "так"
""",
}

# Lines that are wrong whatever stands around them.
STRAY: dict[Lang, tuple[str, ...]] = {
    "en": (
        "revenue weigth 40%",
        "x = (a + b",
        'about "a text',
        "@@@",
        ")",
        "salary: 5",
        "x = 1,2",
        "abc",
        "1. y",
    ),
    "ru": (
        "выручка весс 4%",
        "x = (a + b",
        "описание «текст",
        "@@@",
        ")",
        "оклад: 5",
        "x = 1.2",
        "абв",
        "1. у",
    ),
}

LETTERS = st.sampled_from(
    [*"()[];:=,.%+-*/<>#\"«»“”'\\_ \t\r\n", *"aeЖй7", "\u00a0", "\u200b", "\u0306", "\ufeff", "\x00", "€"]
)


def sound(text: str) -> None:
    """The answer to a text is sound: its faults are in the text, and they can be told."""
    source = Source("plan", text)
    for fault in parse(source).faults:
        assert fault.place is None or 0 <= fault.place.start <= fault.place.end <= len(source.text)
        for lang in LANGS:
            assert draw(fault, source, lang)
            assert document(fault, source, lang).title


@examples(150)
@given(st.text(st.one_of(LETTERS, st.characters()), max_size=200))
def test_any_text_has_an_answer(text: str) -> None:
    """No text makes the parser raise."""
    sound(text)


@examples(150)
@given(st.data(), st.sampled_from(LANGS))
def test_any_slip_has_an_answer(data: st.DataObject, lang: Lang) -> None:
    """Neither does a plan in which characters are dropped, put in, or change places."""
    text = data.draw(st.sampled_from([PLANS[lang], MORE[lang]]))
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(text) - 2))
        slip = data.draw(st.sampled_from(["drop", "add", "swap", "cut"]))
        if slip == "drop":
            text = text[:at] + text[at + 1 :]
        elif slip == "add":
            text = text[:at] + data.draw(LETTERS) + text[at:]
        elif slip == "swap":
            text = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
        else:
            text = text[:at] + text[at + data.draw(st.integers(1, 12)) :] + "\n"
    sound(text)


@pytest.mark.parametrize("lang", LANGS)
def test_a_good_plan_has_no_faults(lang: Lang) -> None:
    """The plan of the other tests is right."""
    parsed = parse(Source("plan", PLANS[lang]))
    assert parsed.faults == ()
    assert parsed.lang == lang
    assert len(parsed.tree.statements) == 12
    assert parse(Source("plan", MORE[lang])).faults == ()


@pytest.mark.parametrize("lang", LANGS)
def test_a_mistake_leaves_all_other_lines(lang: Lang) -> None:
    """A wrong line between any two lines of a plan is reported, and all the others are in the tree."""
    lines = PLANS[lang].splitlines(keepends=True)
    whole = parse(Source("plan", PLANS[lang])).tree.statements
    for stray in STRAY[lang]:
        # Under the title of an example a wrong line may be one of its rows, or may end it.
        for at in range(len(lines) - 2):
            parsed = parse(Source("plan", "".join([*lines[:at], stray + "\n", *lines[at:]])))
            assert parsed.faults, stray
            missing = [line for line in whole if line not in parsed.tree.statements]
            assert missing == [], (stray, at)


@pytest.mark.parametrize("lang", LANGS)
def test_a_line_spoilt_leaves_all_other_lines(lang: Lang) -> None:
    """A line without its end, or with something before or after it, takes no other line with it."""
    lines = PLANS[lang].splitlines(keepends=True)
    whole = parse(Source("plan", PLANS[lang])).tree.statements
    for at, line in enumerate(lines[:11]):
        words = line.split()
        for spoilt in (
            " ".join(words[:-1]) + " (",
            words[0] + words[0] + line[len(words[0]) :] + " )",
            "@ " + line,
        ):
            parsed = parse(Source("plan", "".join([*lines[:at], spoilt.rstrip() + "\n", *lines[at + 1 :]])))
            if parsed.faults:
                missing = [index for index, other in enumerate(whole) if other not in parsed.tree.statements]
                assert set(missing) <= {at}, spoilt


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_repairs_repair(path: Path) -> None:
    """With every offered repair in place nothing is left but the mistakes that had none."""
    text = path.read_text("utf-8")
    for _ in range(4):
        source = Source(path.name, text)
        faults = parse(source).faults
        fixed = [fault for fault in faults if fault.fix is not None and fault.place is not None]
        if not fixed:
            break
        for fault in reversed(fixed):
            assert fault.place is not None
            text = text[: fault.place.start] + (fault.fix or "") + text[fault.place.end :]
    assert all(fault.fix is None for fault in parse(Source(path.name, text)).faults)


LISTS = {
    "  given a 1;\n b 2": 2,
    "  given a 1; # one\n # two\n b no; # three\n target of c 3;": 3,
    "  pays  a 1;\n total 5;\n salary 4; bonus 3;\n commission 2": 5,
    # What begins a line of the plan is no item, and neither is what stands apart.
    "  given a 1;\n b weight 5%": 1,
    "  given a 1;\n b money\n = 5": 1,
    "  given a 1;\n\nsalary 5": 1,
    "  pays  a 1;\ncommission 2% of b": 1,
    "  pays  a 1;\ntotal cap 5": 1,
}


@pytest.mark.parametrize("rows", LISTS)
def test_a_list_goes_on_after_a_semicolon(rows: str) -> None:
    """In the next line too, if that holds items of the list."""
    parsed = parse(Source("plan", f'plan "A"\nexample "E"\n{rows}\n'))
    assert parsed.faults == ()
    example = parsed.tree.statements[1]
    assert isinstance(example, tree.Example)
    assert len(example.entries) + len(example.outcomes) == LISTS[rows]


SIDES = {
    "x = (a\n above b)": 0,
    "x = by g (a: b\n below c; d: 5)": 0,
    "x = round(a\n to 1)": 0,
    "x = steps by a\n above 5\n to 6: 7\n at 8 9": 3,
    "x = steps by (a\n above b)\n above b: 5": 1,
}


@pytest.mark.parametrize("text", SIDES)
def test_a_word_for_a_side_begins_a_row_outside_brackets(text: str) -> None:
    """Inside brackets it goes on with the line above it."""
    parsed = parse(Source("plan", f'plan "A"\n{text}\n'))
    assert parsed.faults == ()
    figure = parsed.tree.statements[1]
    assert isinstance(figure, tree.Figure)
    assert (len(figure.value.rows) if isinstance(figure.value, tree.Table) else 0) == SIDES[text]


def test_one_word_of_two_meanings() -> None:
    """In Russian a number is rounded up to a unit and a row goes up to a bound by the same word."""
    text = 'схема "А"\nх = округлить(а\n до 1)\nу = ступени по а\n до 5: 1\n свыше 2\n'
    parsed = parse(Source("plan", text))
    assert parsed.faults == ()
    again = 'plan "А"\nх = round(а to 1)\nу = steps by а\n up to 5: 1\n above 2\n'
    assert parse(Source("plan", again)).tree.statements == parsed.tree.statements


def test_a_text_from_a_word_processor() -> None:
    """No-break spaces, its quotation marks, a byte order mark, CRLF, a letter in two parts: no mistakes."""
    text = PLANS["ru"].replace(" 000", "\u00a0000").replace("3\u00a0000", "3\u202f000")
    text = text.replace('"Звонки"', "«Звонки»").replace('"Менеджер по продажам"', "“Менеджер по продажам”")
    text = text.replace("й", "и\u0306").replace("\n", "\r\n")
    typed = Source("plan", "\ufeff" + text)
    assert parse(typed).faults == ()
    assert len(parse(typed).tree.statements) == 12


LANGUAGES = {
    "revenue weight 40%": "en",
    "выручка вес 40%": "ru",
    "выручка weight 40%": "en",
    "revenue вес 40%": "ru",
    'plna "Sales"\nversion 1': "en",
    'схма "Продажи"\nверсия 1': "ru",
    'план "Менеджер"\nверсия 1\nвалюта RUB': "ru",
    'plan "Менеджер"\nверсия 1\nвалюта RUB\nоклад 5\nвыручка вес 4%': "ru",
    'схема "Sales"\nversion 1\ncurrency RUB\nsalary 5': "en",
    "# схема отдела\nplan “Менеджер по продажам”\nversion 1": "en",
    "\ufeff\r\n«План и факт»\r\nversion 1": "en",
    'plan "Менеджер и план до конца года\nversion 1\ncurrency RUB': "en",
    "scheme 5": "en",
    "# только слова": "ru",
    "выручка": "ru",
    "": "en",
}


@pytest.mark.parametrize("text", LANGUAGES)
def test_language(text: str) -> None:
    """The language of a text, also where its first word is wrong."""
    assert language(text) == LANGUAGES[text]


class Work:
    """How much the lexer and the parser had to do."""

    steps = 0


@contextmanager
def counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[Work]:
    """Counts each token that is lexed and each that is fed to a parser."""
    work = Work()
    lex, feed = BasicLexer.next_token, ParserState.feed_token

    def lexing(*args: Any, **kwargs: Any) -> Any:
        work.steps += 1
        return lex(*args, **kwargs)

    def feeding(*args: Any, **kwargs: Any) -> Any:
        work.steps += 1
        return feed(*args, **kwargs)

    with monkeypatch.context() as patch:
        patch.setattr(BasicLexer, "next_token", lexing)
        patch.setattr(ParserState, "feed_token", feeding)
        yield work


HOSTILE = (
    "(", "#\n", "a ", "a\n", '"\n', '"a', ",", ",\n", "-", "-\n", "a 1,", "1 2 3 ", "«", "\u200b", "aа\n",
    "in in ", 'x "a b c d e f g h\n', "a weigth 40%\n", "выручка вес 40% отсечка 80%\n",
    "x = " + "a x " * 90 + "\n", "x = " + "a + b above c " * 30 + "\n", "x\n" + "- a\n" * 190,
    "x = if a b " + "c ; " * 90 + "\n", "x = " + "(a - target) + " * 40 + "\n", "x = " + "(" * 39 + "\n",
    "given " + "a 1," * 900 + "\n", "x = " + "[" * 300 + "\n", 'about "a\nb\n',
)  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_work_grows_with_the_text_alone(piece: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """No text makes more work than a few steps for each of its characters, and some for each wrong line."""
    size = 20_000
    text = (piece * (size // len(piece) + 1))[:size]
    with counted(monkeypatch) as work:
        parse(Source("plan", text))
    assert work.steps <= 4 * size + 200_000


def test_texts_beyond_the_bound_are_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a text that is too long nothing is lexed at all."""
    with counted(monkeypatch) as work:
        parsed = parse(Source("plan", "a\n" * TEXT))
    assert [fault.code for fault in parsed.faults] == ["P120"]
    assert work.steps == 0


def test_rows_under_a_broken_example_are_left_out_with_it() -> None:
    """They belong neither to the example above it nor to none."""
    text = PLANS["en"] + 'example "August\n  given revenue 1\n  pays total 2\n'
    parsed = parse(Source("plan", text))
    assert [fault.code for fault in parsed.faults] == ["P110"]
    example = parsed.tree.statements[-1]
    assert isinstance(example, tree.Example)
    assert len(example.rows) == 2
