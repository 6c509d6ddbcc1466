"""Hostile texts of plans: each a little program that writes one, as long as it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping

HEAD = 'plan "x"\nversion 1\ncurrency RUB\n'
FACT = f"{HEAD}fact x number\n"
LETTERS = 262_144
Written = Callable[[], str]


def labelled(word: str) -> str:
    """A plan with a word wherever people's words may stand, from its title to its examples."""
    said = word.replace('"', "'")
    return (
        f'plan "{said}"\nversion 1\ncurrency RUB\nabout "{said}"\n# {said}\nfact x "{said}" number\n'
        f'bonus 50 000\nx "{said}" weight 100% target 10 accel 1.2 on all above 100%\n'
        f'commission c "{said}" = x * 1 RUB\nallow cliff because "{said}"\n'
        f'example "{said}"\n  given x 5\n  pays total 25 005\n'
    )


def named(word: str) -> str:
    """A plan with a word for a name."""
    return f"{HEAD}fact {word} number\ncommission {word} * 1 RUB\n"


def banded(rows: int) -> str:
    """A long table of bands."""
    written = "".join(f"  up to {row}: {row % 97 + 1}%\n" for row in range(1, rows))
    return f"{FACT}award number = bands by x\n{written}  above {rows - 1} 1%\npay extra = award * 1 RUB\n"


def stepped(rows: int) -> str:
    """A long table of steps."""
    written = "".join(f"  up to {row}: {row % 97 * 10}\n" for row in range(1, rows))
    return f"{FACT}award = steps by x\n{written}  above {rows - 1}: 7\npay extra = award * 1 RUB\n"


def crossed(rows: int) -> str:
    """A long matrix."""
    written = "".join(f"  up to {row}: {row % 97}; {row % 89}\n" for row in range(1, rows))
    last = f"  above {rows - 1}: 1; 2\n"
    head = f"{HEAD}fact x number\nfact y number\nrate = matrix by x and y\n  columns up to 5; above 5\n"
    return f"{head}{written}{last}pay extra = rate * 1 RUB\n"


def accelerated(count: int) -> str:
    """One line of many accelerators."""
    return f"{HEAD}bonus 50 000\nk weight 100% target 10 " + " ".join(
        f"accel 1.{number:04} on excess above {100 + number}%" for number in range(count)
    )


def included(path: str) -> str:
    """A plan that includes a file."""
    return f'{HEAD}include "{path}"\nsalary 1\n'


MISSPELT = "comission x * 1 RUB\n"

PLANS: Mapping[str, Written] = {
    "nothing": lambda: "",
    "NUL": lambda: "\0" * 1000,
    "blank lines": lambda: "\n" * 20_000,
    "only a mark": lambda: "\ufeff",
    "one word of 20 000 letters": lambda: "x" * 20_000,
    "a word of 20 000 Cyrillic letters": lambda: HEAD + "ы" * 20_000,
    "a name of 20 000 letters": lambda: named("x" * 20_000),
    "a number of 20 000 digits": lambda: f"{HEAD}salary {'9' * 20_000}\n",
    "a number of 20 000 groups": lambda: f"{HEAD}salary 1{' 000' * 20_000}\n",
    "20 000 points": lambda: f"{HEAD}salary {'1.' * 20_000}\n",
    "20 000 quotation marks": lambda: HEAD + '"' * 20_000,
    "an unclosed text of 20 000 letters": lambda: HEAD + '"' + "x" * 20_000,
    "20 000 marks on one letter": lambda: named("x" + "\u0301\u0323" * 10_000),
    "20 000 marks in a label": lambda: labelled("x" + "\u0301\u0323" * 10_000),
    "20 000 marks beside": lambda: HEAD + "salary 1 #" + "\u0301" * 20_000,
    "20 000 brackets": lambda: f"{FACT}commission {'(' * 20_000}x{')' * 20_000} * 1 RUB\n",
    "38 brackets": lambda: f"{FACT}commission {'(' * 38}x{')' * 38} * 1 RUB\n",
    "closing brackets": lambda: f"{FACT}commission {')' * 5000}\n",
    "20 000 signs": lambda: f"{FACT}commission {'-' * 20_000}x\n",
    "20 000 denials": lambda: f"{FACT}commission 1 RUB if {'not ' * 5000}x > 1 otherwise 2 RUB\n",
    "a line of 20 000 characters": lambda: f"{FACT}commission x * 1 RUB {'+ x * 1 RUB ' * 1600}\n",
    "a line broken 2 000 times": lambda: FACT + "commission x * 1 RUB\n" + "  + x * 1 RUB\n" * 2000,
    "200 misspelt lines": lambda: FACT + MISSPELT * 200,
    "nothing but misspelt lines": lambda: "vershun 1\n" * 500,
    "lines of one sign": lambda: "=\n" * 5000,
    "lines of one word": lambda: HEAD + "commission\n" * 2000,
    "half words": lambda: HEAD + "targ weigh cutof accl\n" * 200,
    "mixed languages": lambda: HEAD + "оклад 1\nsalary 1\nпремия 2\n" * 100,
    "79 accelerators": lambda: accelerated(79),
    "300 accelerators": lambda: accelerated(300),
    "lines of accelerators": lambda: (
        HEAD + "bonus 1\n" + "".join(f"{accelerated(60).splitlines()[-1]} # {n}\n" for n in range(5))
    ),
    "3 000 steps": lambda: stepped(3000),
    "a title of 256": lambda: labelled("T" * 256),
    "labels of 10 000": lambda: labelled("L" * 10_000),
    "labels of broad letters": lambda: labelled("\u6f22" * 2000),
    "500 facts": lambda: (
        HEAD + "".join(f"fact f{n} number\n" for n in range(500)) + "commission f1 * 1 RUB\n"
    ),
    "1 000 lines of pay": lambda: FACT + "".join(f"commission c{n} = x * {n} RUB\n" for n in range(1000)),
    "a chain of 300 squares": lambda: (
        f"{FACT}a0 = x\n"
        + "".join(f"a{n} = a{n - 1} * a{n - 1}\n" for n in range(1, 300))
        + "commission a299 * 1 RUB\n"
    ),
    "a ring": lambda: f"{HEAD}a = b\nb = c\nc = a\ncommission a * 1 RUB\n",
    "itself": lambda: f"{HEAD}a = a\ncommission a * 1 RUB\n",
    "dates of no calendar": lambda: f"{HEAD}in effect from 0000-00-00\nfact d date\nsalary 1\n",
    "the last date": lambda: HEAD + "in effect from 9999-12-31\nsalary 1\n",
    "2 000 examples": lambda: labelled("x") + 'example "e"\n  given x 5\n  pays total 25 005\n' * 2000,
    "an include of itself": lambda: included("x.plan"),
    "an include out of the folder": lambda: included("../../../../etc/passwd"),
    "an include of a device": lambda: included("/dev/zero"),
    "1 000 includes": lambda: HEAD + 'include "a.plan"\n' * 1000,
    "an include of 20 000 letters": lambda: included("a/" * 10_000 + "b.plan"),
    "Python": lambda: "import os\nos.system('id')\n" * 200,
    "XML": lambda: '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>\n' * 50,
    "half of it in another script": lambda: HEAD + "ᚠᛇᚻ 1\n" * 2000,
    "line separators": lambda: HEAD.replace("\n", "\u2028") + "salary 1\u2029" * 500,
    "carriage returns": lambda: HEAD.replace("\n", "\r") + "salary 1\r" * 500,
    "form feeds": lambda: HEAD + "salary\f1\v" * 500,
    "joined letters": lambda: HEAD + "fact a" + "\u200d" * 5000 + " number\n",
}

# As long as a plan may be, or longer: what they cost is for a quiet hour.
LONGEST: Mapping[str, Written] = {
    "3 000 bands": lambda: banded(3000),
    "3 000 rows of a matrix": lambda: crossed(3000),
    "one word of 262 144 letters": lambda: "x" * LETTERS,
    "a name of 262 000 letters": lambda: named("x" * (LETTERS // 2 - 200)),
    "a line of 200 000 characters": lambda: f"{FACT}commission x * 1 RUB {'+ x * 1 RUB ' * 16_600}\n",
    "a text of misspelt lines": lambda: FACT + MISSPELT * 13_000,
    "500 misspelt lines": lambda: FACT + MISSPELT * 500,
    "long lines of accelerators": lambda: (
        HEAD + "bonus 1\n" + "".join(f"{accelerated(70).splitlines()[-1]}\n" for _ in range(90))
    ),
    "200 000 marks": lambda: named("x" + "\u0301\u0323" * 100_000),
    "labels of 50 000": lambda: labelled("L" * 30_000),
    "too long a text": lambda: "x\n" * LETTERS,
    "120 000 signs": lambda: f"{FACT}commission {'-' * 120_000}x\n",
    "6 000 lines of pay": lambda: FACT + "".join(f"commission c{n} = x * {n} RUB\n" for n in range(6000)),
}
