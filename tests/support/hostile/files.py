"""Hostile files as bytes: tables and YAML of people, and plans that are no text."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from .words import MARKS

HEAD = b"employee,period,revenue,avg_deal,conversion,calls,margin_rate\n"
ROW = b"0042,2025-07,3300000,142500,2.1%,950,30%\n"
YAML = b"employee: '0042'\nperiod: 2025-07\nfacts: {revenue: 3300000, avg_deal: 142500, conversion: 2.1%,"
MORE = b" calls: 950, margin_rate: 30%}\n"
GOOD = YAML + MORE


def row(**changed: str) -> bytes:
    """A table of one person with other cells."""
    cells = dict(zip(HEAD.decode().strip().split(","), ROW.decode().strip().split(","), strict=True))
    return HEAD + ",".join(f'"{cell}"' for cell in {**cells, **changed}.values()).encode("utf-8", "replace")


TABLES: Mapping[str, Callable[[], bytes]] = {
    "nothing": lambda: b"",
    "blank lines": lambda: b"\n" * 100_000,
    "only a mark": lambda: b"\xef\xbb\xbf",
    "NUL": lambda: b"\0" * 1000,
    "NUL far inside": lambda: HEAD + ROW * 200 + b"\0" * 100,
    "another code page": lambda: HEAD + "Иванов".encode("cp1251") + ROW,
    "UTF-16": lambda: (HEAD + ROW).decode().encode("utf-16"),
    "half of UTF-16": lambda: (HEAD + ROW).decode().encode("utf-16")[:-1],
    "UTF-32": lambda: (HEAD + ROW).decode().encode("utf-32"),
    "only a heading": lambda: HEAD,
    "50 000 columns": lambda: b"a," * 50_000 + b"\n" + ROW,
    "50 000 columns of one name": lambda: b"revenue," * 50_000 + b"\n" + ROW,
    "50 000 cells": lambda: HEAD + b"1," * 50_000,
    "a heading of 200 000 letters": lambda: b"employee,period," + b"x" * 200_000 + b"\n" + ROW,
    "a cell of 200 000 letters": lambda: row(revenue="x" * 200_000),
    "a cell of 200 000 digits": lambda: row(revenue="1" * 200_000),
    "a cell of 200 000 groups": lambda: row(revenue="1" + " 000" * 60_000),
    "a cell of 200 000 marks": lambda: row(employee="a" + MARKS * 100_000),
    "a heading of 200 000 marks": lambda: ("employee,period,a" + MARKS * 100_000 + "\n").encode() + ROW,
    "a line without end": lambda: HEAD + b"x" * 1_100_000,
    "an open quotation mark": lambda: HEAD + b'"' + ROW * 2000,
    "quotation marks": lambda: HEAD + b'"' * 100_001,
    "delimiters": lambda: b";,\t|" * 20_000,
    "carriage returns": lambda: (HEAD + ROW * 5).replace(b"\n", b"\r"),
    "mixed line ends": lambda: HEAD + ROW.replace(b"\n", b"\r\r\n") * 5,
    "sep=": lambda: b"sep=;\n" * 20_000,
    "a formula": lambda: row(employee="=cmd|'/C calc'!A0", revenue="=1+1"),
    "ANSI": lambda: row(employee="\x1b[2J", revenue="\x1b]0;x\x07"),
    "zero width": lambda: HEAD + ROW + ROW.replace(b"0042", "0042\u200b".encode()),
    "right to left": lambda: row(employee="\u202e2400"),
    "two lines in a cell": lambda: row(employee="a\nb"),
    "a script": lambda: row(employee="<script>alert(1)</script>"),
    "1e999999999": lambda: row(revenue="1e999999999"),
    "year 9999": lambda: row(period="9999-12"),
    "the same person 50 times": lambda: HEAD + ROW * 50,
    "50 people who lack all": lambda: HEAD + b"".join(b"%d,2025-07,,,,,\n" % at for at in range(50)),
    "zip": lambda: b"PK\x03\x04" + b"\0" * 2000,
    "a page": lambda: b"<html><table><tr><td>employee</td></tr></table></html>\n" * 50,
}

DOCUMENTS: Mapping[str, Callable[[], bytes]] = {
    "nothing": lambda: b"",
    "aliases": lambda: b"a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: [*c,*c]\n",
    "a ring": lambda: b"&a [*a]\n",
    "a merge": lambda: b"base: &b {employee: x}\n<<: *b\n" + GOOD,
    "Python": lambda: b"!!python/object/apply:os.system ['id']\n",
    "a tag": lambda: b"employee: !!binary aGk=\n" + GOOD,
    "a local tag": lambda: b"employee: !x y\n",
    "100 000 brackets": lambda: b"[" * 100_000,
    "100 000 braces": lambda: b"{a: " * 100_000,
    "5 000 levels": lambda: b"".join(b" " * at + b"a:\n" for at in range(500)),
    "dashes": lambda: b"- " * 50_000,
    "questions": lambda: b"? " * 50_000,
    "colons": lambda: b"a: " * 50_000,
    "two documents": lambda: GOOD + b"---\n" + GOOD,
    "a directive": lambda: b"%YAML 9.9\n---\n" + GOOD,
    "many directives": lambda: b"%TAG ! x\n" * 20_000 + b"---\n" + GOOD,
    "tabs": lambda: GOOD.replace(b"facts: ", b"facts:\t"),
    "a table for a key": lambda: b"{a: b}: c\n" + GOOD,
    "a key twice": lambda: GOOD + b"period: 2025-08\n",
    "50 000 keys twice": lambda: b"a: 1\n" * 50_000,
    "yes": lambda: GOOD.replace(b"3300000", b"yes"),
    "octal": lambda: GOOD.replace(b"3300000", b"0o17"),
    "sixty": lambda: GOOD.replace(b"3300000", b"1:30"),
    "a date": lambda: GOOD.replace(b"3300000", b"2025-07-01"),
    "nothing known": lambda: GOOD.replace(b"3300000", b"~"),
    "a block of 200 000 letters": lambda: b"employee: |\n  " + b"x" * 200_000 + b"\n",
    "200 000 marks": lambda: GOOD.replace(b"0042", ("a" + MARKS * 100_000).encode()),
    "200 000 marks for a key": lambda: ("a" + MARKS * 100_000 + ": 1\n").encode() + GOOD,
    "control": lambda: GOOD.replace(b"0042", b"\x07"),
    "escapes": lambda: GOOD.replace(b"'0042'", b'"\\0\\x1b\\u200b"'),
    "half a character": lambda: GOOD.replace(b"'0042'", b'"\\ud800"'),
    "a stray byte": lambda: GOOD.replace(b"0042", b"\xff"),
    "UTF-16": lambda: GOOD.decode().encode("utf-16"),
    "a comment of 200 000 letters": lambda: GOOD + b"#" + b"x" * 200_000,
}

# Bytes that are no text, for whatever is read as a plan.
BYTES: Mapping[str, Callable[[], bytes]] = {
    "another code page": lambda: 'plan "Продажи"\n'.encode("cp1251"),
    "UTF-16": lambda: 'plan "x"\nversion 1\n'.encode("utf-16"),
    "zip": lambda: b"PK\x03\x04" + b"\0" * 2000,
    "a stray byte": lambda: b'plan "x\xff"\n',
    "a surrogate": lambda: b'plan "\xed\xa0\x80"\n',
    "1 000 000 bytes": lambda: b"x\n" * 500_000,
}
