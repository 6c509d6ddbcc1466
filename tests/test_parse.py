"""Reading a text: whatever it is, an answer; a mistake in one line stays there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lark.lexer import BasicLexer
from lark.parsers.lalr_parser_state import ParserState

from dsl import tree
from dsl.faults import document, draw
from dsl.parse import language, parse
from dsl.parse.limits import TEXT
from dsl.source import Source
from dsl.words import LANGS, Lang

BAD = sorted((Path(__file__).parent / "bad").glob("*.plan"))

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
            assert document(fault, source, lang)


@settings(max_examples=150, deadline=None)
@given(st.text(st.one_of(LETTERS, st.characters()), max_size=200))
def test_any_text_has_an_answer(text: str) -> None:
    """No text makes the parser raise."""
    sound(text)


@settings(max_examples=150, deadline=None)
@given(st.data(), st.sampled_from(LANGS))
def test_any_slip_has_an_answer(data: st.DataObject, lang: Lang) -> None:
    """Neither does a plan in which characters are dropped, put in, or change places."""
    text = PLANS[lang]
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
