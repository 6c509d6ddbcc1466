"""One mistake is one report, told where it is; what hangs on it is not told while it stands."""

from __future__ import annotations

import pytest

from dsl.check import check
from dsl.faults import Fault
from dsl.parse import parse
from dsl.source import Source
from tests.support.answers import wrong

EN = 'plan "Sales"\nversion 1\ncurrency RUB\n'
RU = 'схема "Продажи"\nверсия 1\nвалюта RUB\n'


def told(text: str) -> list[Fault]:
    """What is wrong with a plan."""
    return list(wrong(check(parse(Source("plan", text)))))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        # A list of words that is broken still declares its words.
        (EN + "fact grade one of (junior, senior)\nsalary by grade (junior: 4 000; senior: 6 000)\n", "P116"),
        (RU + "факт класс один из (а; б)\nоклад по класс (а: 40 000; б: 60 000)\n", "P109"),
        # A broken bound of columns is a bound.
        (
            EN + "salary 60 000\nrate = matrix by revenue and margin\n  columns up too 10%; above 10%\n"
            "  up to 1 000 000: 1%; 2%\n  above 2%; 3%\ncommission rate of revenue\n",
            "P102",
        ),
        # What nobody can read is not asked for.
        (RU + "факт разряд одно из (4; 5; 6)\nоклад 20 000 если разряд это шестой иначе 30 000\n", "P100"),
        # Rows stand under the line that is repaired.
        (EN + "commission on revenue, each band at it own rate\n  up to 1 000 000: 1%\n  above 2%\n", "P102"),
    ],
)  # fmt: skip
def test_one_mistake_is_one_report(text: str, code: str) -> None:
    """A broken line declares what can be read of it, and reports that hang on it are silent."""
    assert [fault.code for fault in told(text)] == [code]
