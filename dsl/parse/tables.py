"""Parsers from tables that are kept beside the grammar: to work them out takes longer than to pay somebody.

Tables name what they are of, so that nothing is read by those of another grammar; `make tables` works them
out anew.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from importlib.resources import files
from typing import Any

import lark
from lark import Lark
from lark.grammar import Rule
from lark.lexer import TerminalDef

from ..words import Lang

TABLES = files("grammars").joinpath("tables")

Data = dict[Any, Any]
# What a line can be, and what can be one below the line of a table of records.
STARTS = ("line", "below_table")
SHIFT = 0  # as Lark writes that a reading goes on to another state


def parser(lang: Lang, text: str, transformer: object, postlex: object) -> Lark:
    """The parser of a language's grammar, which is given as text."""
    found = kept(lang)
    if found["of"] != origin(text):
        return made(text, transformer=transformer, postlex=postlex)
    data, memo = found["data"], _numbered(found["memo"])
    data["parser"]["parser"]["states"] = _numbered(data["parser"]["parser"]["states"])
    # As the parsers are loaded that Lark writes as modules; its public `load` takes no transformer.
    load: Callable[..., Lark] = Lark._load_from_dict
    return load(data, memo, transformer=transformer, postlex=postlex)


def kept(lang: Lang) -> Data:
    """The tables of a language."""
    found: Data = json.loads(TABLES.joinpath(f"{lang}.json").read_text("utf-8"))
    return found


def made(text: str, **about: Any) -> Lark:
    """The parser of a grammar, worked out."""
    return Lark(text, start=[*STARTS], parser="lalr", lexer="basic", maybe_placeholders=True, **about)


def origin(text: str) -> str:
    """What tables are of: a grammar, and the Lark that worked them out."""
    return hashlib.sha256(f"{lark.__version__}\n{text}".encode()).hexdigest()


def tables(text: str, postlex: object) -> Data:
    """The tables of a grammar as they are kept."""
    data, memo = made(text, postlex=postlex).memo_serialize([TerminalDef, Rule])
    # The rest are options of loading.
    data["options"] = {
        name: data["options"][name] for name in ("parser", "lexer", "start", "maybe_placeholders")
    }
    data["parser"]["parser"] = _ordered(data["parser"]["parser"])
    return {"of": origin(text), "data": data, "memo": memo}


def _ordered(table: Data) -> Data:
    """A table whose tokens are numbered by their names, and its states as a reading can come upon them.

    Lark numbers both as they come out of its sets, so otherwise than the time before.
    """
    names = table["tokens"]
    tokens = {name: number for number, name in enumerate(sorted(names.values()))}
    states: dict[int, Data] = {}
    waiting = [table["start_states"][start] for start in STARTS]
    while waiting:
        state = waiting.pop()
        if state not in states:
            states[state] = dict(
                sorted((tokens[names[at]], act) for at, act in table["states"][state].items())
            )
            waiting += [goal for goes_on, goal in states[state].values() if goes_on == SHIFT]
    number = {state: at for at, state in enumerate(states)}
    return {
        "tokens": {at: name for name, at in tokens.items()},
        "states": {
            number[state]: {
                at: (act, number[goal] if act == SHIFT else goal) for at, (act, goal) in actions.items()
            }
            for state, actions in states.items()
        },
        "start_states": {start: number[table["start_states"][start]] for start in STARTS},
        "end_states": {start: number[table["end_states"][start]] for start in STARTS},
    }


def _numbered(table: Mapping[str, Any]) -> Mapping[int, Any]:
    """JSON has no numbers as keys."""
    return {int(key): value for key, value in table.items()}
