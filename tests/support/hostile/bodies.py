"""Hostile bodies: what a good one may be made into."""

from __future__ import annotations

from collections.abc import Callable, Mapping

MIB = 1024 * 1024
Made = Callable[[bytes], bytes]


def beside(more: bytes) -> Made:
    """The good body with something more in it, before all else."""
    return lambda good: b"{" + more + b"," + good[1:]


BODIES: Mapping[str, Made] = {
    "nothing": lambda _: b"",
    "blank": lambda _: b" " * 100_000,
    "null": lambda _: b"null",
    "a list": lambda good: b"[" + good + b"]",
    "a text": lambda _: b'"x"',
    "a number": lambda _: b"1e400",
    "NaN": beside(b'"x":NaN'),
    "infinity": beside(b'"x":[-Infinity,Infinity]'),
    "1e400": beside(b'"x":1e400'),
    "minus nought": beside(b'"x":-0'),
    "100 000 digits": beside(b'"x":' + b"1" * 100_000),
    "1e999999999": beside(b'"x":1e999999999'),
    "100 000 brackets": lambda _: b"[" * 100_000,
    "100 000 braces": lambda _: b'{"a":' * 100_000,
    "40 closed brackets": beside(b'"x":' + b"[" * 40 + b"]" * 40),
    "10 000 closed brackets": beside(b'"x":' + b"[" * 10_000 + b"]" * 10_000),
    "a key twice": beside(b'"facts":{},"facts":{}'),
    "100 000 keys": beside(b'"x":{' + b",".join(b'"%d":0' % at for at in range(60_000)) + b"}"),
    "100 000 surplus fields": beside(b",".join(b'"f%d":0' % at for at in range(50_000))),
    "100 000 people": beside(b'"people":[' + b",".join([b"1"] * 100_000) + b"]"),
    "a byte-order mark": lambda good: b"\xef\xbb\xbf" + good,
    "two byte-order marks": lambda good: b"\xef\xbb\xbf" * 2 + good,
    "UTF-16": lambda good: good.decode().encode("utf-16"),
    "UTF-32": lambda good: good.decode().encode("utf-32"),
    "UTF-7": lambda _: b"+AHs-+ACI-plan+ACI-:1+AH0-",
    "a stray byte": beside(b'"x":"\xff"'),
    "a surrogate in bytes": beside(b'"x":"\xed\xa0\x80"'),
    "overlong": beside(b'"x":"\xc0\x80"'),
    "half a character": beside(b'"x":"\\ud800"'),
    "half a character for a key": beside(b'"\\udfff":1'),
    "NUL for a key": beside(b'"\\u0000":1'),
    "control in a text": beside(b'"x":"\x01"'),
    "truncated": lambda good: good[:-5],
    "trailing": lambda good: good + b"}",
    "twice": lambda good: good + good,
    "single quotation marks": lambda good: good.replace(b'"', b"'"),
    "comments": lambda good: b"// x\n" + good + b"/* y */",
    "a text of 900 000 letters": beside(b'"x":"' + b"x" * 900_000 + b'"'),
    "a key of 900 000 letters": beside(b'"' + b"x" * 900_000 + b'":1'),
    "a text of 200 000 marks": beside(b'"x":"a' + "\u0301\u0323".encode() * 100_000 + b'"'),
    "a key of 200 000 marks": beside(b'"a' + "\u0301\u0323".encode() * 100_000 + b'":1'),
    "marks where JSON ends": lambda good: good[:-1] + ("a" + "\u0301\u0323" * 20_000).encode() + b"}",
    "escapes": beside(b'"x":"' + b"\\u0041" * 100_000 + b'"'),
    "unclosed escapes": beside(b'"x":"' + b"\\" * 99_999),
    "unclosed texts": lambda _: b'"' * 100_001,
    "too large": lambda good: good + b" " * MIB,
    "a form": lambda _: b"plan=ivanov&employee=1",
    "XML": lambda _: b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
    "zip": lambda _: b"PK\x03\x04" + b"\0" * 1000,
}
