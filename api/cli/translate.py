"""`premia translate`: a plan in the other language."""

from __future__ import annotations

from dsl.faults import Fault
from dsl.parse import parse
from dsl.translate import translate
from dsl.words import Lang

from ..store import named
from .reader import Reader
from .reports import refuse


def translated(argument: str, to: Lang, reader: Reader) -> int:
    """Print the text of a plan in a language, or what cannot be carried over."""
    plan = named(argument)
    source = plan if isinstance(plan, Fault) else plan.read()
    if isinstance(source, Fault):
        return refuse([source], None, reader)
    parsed = parse(source)
    answer = translate(parsed, to)
    if answer.text is None:
        return refuse(answer.faults, parsed.source, reader)
    if reader.json:
        reader.data({"lang": to, "text": answer.text})
    else:
        print(answer.text, end="")
    return 0
