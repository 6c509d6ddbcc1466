"""The pages of advice show it: the wrong plan raises the code and nothing else, the right one nothing."""

from __future__ import annotations

import pytest

from dsl.faults import codes, draw, message
from dsl.source import Source
from dsl.words import LANGS, Lang
from engine.analyse import analyse
from engine.compile import Compiled, read_plan

ADVICE = [code for code in codes() if "P460" <= code < "P500"]
WARNINGS = {"P479", *(code for code in ADVICE if "P481" <= code < "P498")}  # most likely not meant


def found(text: str, lang: Lang) -> tuple[Compiled, list[str]]:
    """The compiled plan of a page, which has no other faults, and the codes of the advice about it."""
    compiled = read_plan(Source("plan", text))
    assert isinstance(compiled, Compiled), [(fault.code, fault.facts) for fault in compiled]
    assert [fault.code for fault in compiled.checked.faults] == []
    assert compiled.checked.lang == lang
    return compiled, [fault.code for fault in analyse(compiled).faults]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("code", ADVICE)
def test_the_page_of_an_advice_shows_it(code: str, lang: Lang) -> None:
    page = message(code, lang)
    compiled, wrong = found(page.wrong, lang)
    assert wrong == [code]
    assert found(page.right, lang)[1] == []
    (fault,) = analyse(compiled).faults
    assert fault.severity == ("warning" if code in WARNINGS else "advice")
    for reader in LANGS:
        assert "{" not in draw(fault, compiled.source, reader)
