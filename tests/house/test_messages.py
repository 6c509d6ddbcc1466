"""The words of faults: one page for a code, the same in both languages, and the page does what it says."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from importlib.resources import files
from string import Formatter

import pytest

from dsl.check import check
from dsl.faults import Fault, codes, draw, message, phrase, wording
from dsl.faults.messages import table
from dsl.parse import parse
from dsl.source import Source
from dsl.words import LANGS, Lang
from tests.support.answers import wrong
from tests.support.places import ROOT

# P14x are raised by a translation, whose tests show them.
TEXT = [code for code in codes() if "P1" <= code < "P14"]
MEANING = sorted(
    tomllib.loads(files("dsl.check").joinpath("messages/en.toml").read_text("utf-8")).keys() - {"phrases"}
)
EXAMPLES = ["P221", "P226", "P231", "P450", "P451", "P453"]  # of which the engine knows
# What is wrong with these is their size: no page is to be that long.
SIZES: dict[str, dict[Lang, tuple[str, str]]] = {
    "P120": {"en": ("# a comment\n" * 30_000, "salary 5\n"), "ru": ("# слова\n" * 40_000, "оклад 5\n")},
    "P121": {
        "en": ("x = 1" + " + 1" * 300, "x = 1" + " + 1" * 100),
        "ru": ("x = 1" + " + 1" * 300, "оклад 1" + " + 1" * 100),
    },
    "P124": {"en": ("salary = 5\n" * 60, "salary 5\n"), "ru": ("оклад = 5\n" * 60, "оклад 5\n")},
    "P279": {
        "en": (
            f'plan "{"x" * 1001}"\nversion 1\ncurrency RUB\nsalary 5\n',
            f'plan "{"x" * 1000}"\nversion 1\ncurrency RUB\nsalary 5\n',
        ),
        "ru": (
            f'схема "{"х" * 1001}"\nверсия 1\nвалюта RUB\nоклад 5\n',
            f'схема "{"х" * 1000}"\nверсия 1\nвалюта RUB\nоклад 5\n',
        ),
    },
}


def placeholders(sentence: str) -> set[str]:
    """The facts that a sentence is filled with."""
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def raised(text: str) -> set[str]:
    """The codes of what is wrong with a text as a text."""
    return {fault.code for fault in parse(Source("plan", text)).faults if fault.code.startswith("P1")}


def test_both_languages_have_the_same_codes() -> None:
    """No code speaks one language only, and the codes stand in order."""
    english, russian = (table(lang) for lang in LANGS)
    assert list(english.messages) == list(russian.messages)
    assert english.phrases.keys() == russian.phrases.keys()
    for path in (
        path for room in ("dsl", "engine", "api") for path in ROOT.glob(f"{room}/**/messages/*.toml")
    ):
        codes = [code for code in tomllib.loads(path.read_text("utf-8")) if code != "phrases"]
        assert codes == sorted(codes), path


def test_every_code_can_be_asked_for_at_once() -> None:
    """Whoever asks for a fault's words need not have imported the room that raises it."""
    asked = "import api.cli; from dsl.faults import codes; print(*codes())"
    said = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True)
    written = {
        code
        for room in ("dsl", "engine", "api")
        for path in ROOT.glob(f"{room}/**/messages/en.toml")
        for code in tomllib.loads(path.read_text("utf-8"))
    }
    assert {*said.stdout.split()} == written - {"phrases"}


@pytest.mark.parametrize("code", codes())
def test_both_languages_say_the_same_facts(code: str) -> None:
    """What a message is filled with does not hang on the language, and each part of a page is there."""
    english, russian = (message(code, lang) for lang in LANGS)
    assert placeholders(english.text + english.advice) == placeholders(russian.text + russian.advice)
    for one in (english, russian):
        assert one.title
        assert one.title[0] == one.title[0].lower()
        assert one.text
        assert one.why.strip()


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("code", TEXT)
def test_the_page_of_a_code_shows_it(code: str, lang: Lang) -> None:
    """The wrong text raises the code, and its report can be drawn; the right text raises nothing."""
    page = message(code, lang)
    wrong, right = SIZES[code][lang] if code in SIZES else (page.wrong, page.right)
    source = Source("plan", wrong)
    assert raised(wrong) - ({"P134"} if code == "P124" else set()) == {code}
    assert raised(right) == set()
    if code not in SIZES:
        assert parse(source).lang == lang
    for fault in parse(source).faults:
        assert all(draw(fault, source, reader) for reader in LANGS)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("code", [*MEANING, *EXAMPLES])
def test_the_page_of_a_code_of_the_check_shows_it(code: str, lang: Lang) -> None:
    """The wrong plan raises the code once and nothing else, the right plan not even a warning."""
    page = message(code, lang)
    texts = SIZES[code][lang] if code in SIZES else (page.wrong, page.right)
    bad, good = (check(parse(Source("plan", text))) for text in texts)
    faults = wrong(bad)
    assert [fault.code for fault in faults] == [code]
    assert wrong(good) == ()
    assert (bad.lang, good.lang) == (lang, lang)
    for reader in LANGS:
        assert "{" not in draw(faults[0], bad.source, reader)


def test_a_choice_is_joined_in_the_language_of_the_reader() -> None:
    """Words of the plan stand in backticks, phrases are those of the reader's language."""
    fault = Fault("P100", facts={"word": "x", "expected": ("phrase:name", "=", "phrase:end"), "sample": "y"})
    assert f"{phrase('name', 'en')}, `=` or {phrase('end', 'en')}." in wording(fault, "en").advice
    assert f"{phrase('name', 'ru')}, `=` или {phrase('end', 'ru')}." in wording(fault, "ru").advice
