"""Hostile words: what may come where a name, a label, an id, a number, a period or a revision is expected."""

from __future__ import annotations

from collections.abc import Mapping

MARKS = "\u0301\u0323"  # two combining marks whose order normalisation has to mend

# What may come anywhere.
ANY: Mapping[str, str] = {
    "nothing": "",
    "NUL": "iva\0nov",
    "ANSI": "\x1b[31mred\x1b]0;title\x07\x7f\x85",
    "a header": "x\r\nset-cookie: a=1",
    "no character": "\ufffe\uffff",
    "half a character": "\ud800",
    "zero width": "0042\u200b",
    "right to left": "\u202e2400\u2066",
    "decomposed": "и\u0306ванов",
    "31 marks": "a" + "\u0301" * 31,
    "5 000 marks": "a" + MARKS * 2500,
    "a way out": "../../../../etc/passwd",
    "a script": "<script>alert(1)</script>",
    "a regex": "HEAD^{/(.|\\n)+zq}",
    "a moment": "main@{yesterday}",
    "a template": "{{7*7}}${7*7}{0.__class__}%s%n",
    "10 000 letters": "x" * 10_000,
    "10 000 digits": "9" * 10_000,
}

# What may lead elsewhere where a file, an address or a field is meant.
PATHS: Mapping[str, str] = {
    "a space": " ",
    "a way out, escaped": "..%2f..%2fetc%2fpasswd",
    "a way out, backwards": "..\\..\\plan",
    "a drive": "C:\\ivanov.plan",
    "a root": "/etc/passwd",
    "an address": "file:///etc/passwd",
    "NUL, escaped": "ivanov%00",
    "two lines": "ivanov\nivanov",
    "two halves turned": "\udc00\ud800",
    "tags": "a\U000e0041\U000e007f",
    "ligatures": "\ufdfa\ufb01\u0130",
    "two alphabets": "ivаnov",
    "prototype": "__proto__",
}

# What may do harm where people read it: on a page, in a terminal, in a table, in a picture, in a shell.
SHOWN: Mapping[str, str] = {
    "an attribute": '"><img src=x onerror=alert(1)>',
    "a link": "[x](javascript:alert(1))",
    "Markdown": "**a** `b` | # c\n> d",
    "LaTeX": "$\\frac{a}{b$ \\write18{id}",
    "an unclosed formula": "$x_{",
    "a formula": "=cmd|'/C calc'!A0",
    "a sum": "@SUM(A1)",
    "a shell": "`id`;$(id)|id",
    "SQL": "' OR 1=1;--",
    "an option": "--help",
    "YAML": "!!python/object/apply:os.system [id]",
}

# Everything that gitrevisions(7) knows, and what only looks like it.
REVISIONS: Mapping[str, str] = {
    "regex over a message, nested": "HEAD^{/((a*)*)*zq}",
    "regex over all messages": ":/(.|\\n)+zq",
    "regex, denied": "HEAD^{/!-x}",
    "regex, unclosed": "HEAD^{/" + "(" * 90,
    "now": "HEAD@{now}",
    "a day": "main@{2025-01-01 00:00:00}",
    "reflog": "main@{1}",
    "reflog, long": "main@{" + "9" * 150 + "}",
    "branch before": "@{-1}",
    "upstream": "@{u}",
    "push": "main@{push}",
    "at": "@",
    "parent": "HEAD~1",
    "second parent": "HEAD^2",
    "itself": "HEAD^0",
    "all parents": "HEAD^@",
    "without parents": "HEAD^!",
    "tree": "HEAD^{tree}",
    "peeled": "HEAD^{}",
    "unknown type": "HEAD^{thing}",
    "file": "HEAD:ivanov.plan",
    "file of the index": ":0:ivanov.plan",
    "file beside": ":./ivanov.plan",
    "range": "main..HEAD",
    "symmetric range": "main...HEAD",
    "denial": "^main",
    "far ancestor": "main~99999999999999999999",
    "199 carets": "^" * 199,
    "199 tildes": "HEAD" + "~" * 195,
    "description": "v1-3-gabcdef0",
    "whole name": "refs/heads/main",
    "way out of references": "refs/../../HEAD",
    "fetched": "FETCH_HEAD",
    "no commit": "0" * 40,
    "few digits": "ab",
    "another thing's id": "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
    "lock": "main.lock",
    "empty component": "a//b",
    "brackets only": "@{" * 60,
}

NUMBERS: Mapping[str, str] = {
    "1e400": "1e400",
    "1e999999999": "1e999999999",
    "1e-999999999": "1e-999999999",
    "minus nought": "-0",
    "NaN": "NaN",
    "infinity": "-Infinity",
    "hexadecimal": "0x10",
    "low lines": "1_000",
    "commas": "1,234,567",
    "Arabic digits": "٣٣٠٠",
    "wide digits": "３３",
    "100 000 digits": "1" * 100_000,
    "100 000 decimals": "0." + "1" * 100_000,
    "100 000 noughts": "0" * 100_000,
    "100 000 spaces": "1" + " " * 100_000 + "1",
    "fraction": "1/3",
    "percents": "5%%",
    "signs": "+" * 1000 + "1",
}

PERIODS: Mapping[str, str] = {
    "year 0": "0000",
    "year 9999": "9999",
    "last month of all": "9999-12",
    "month 0": "2025-00",
    "month 13": "2025-13",
    "quarter 5": "2025-Q5",
    "a day": "2025-07-01",
    "a moment of a zone": "2025-07-01T00:00:00+99:99",
    "a month in Arabic digits": "٢٠٢٥-٠٧",
    "a month before Christ": "-2025-07",
    "a year of 100 000 digits": "2" * 100_000,
    "a line end": "2025-07\n",
}

KINDS: Mapping[str, Mapping[str, str]] = {
    "any": ANY,
    "path": PATHS,
    "shown": SHOWN,
    "revision": REVISIONS,
    "number": NUMBERS,
    "period": PERIODS,
}
