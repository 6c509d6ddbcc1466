"""`premia translate`: a plan in the other language."""

from __future__ import annotations

from pathlib import Path

from dsl.faults import Fault
from dsl.parse import parse
from dsl.translate import translate
from dsl.words import Lang

from . import plans
from .reader import Reader
from .reports import refuse


def translated(path: Path, to: Lang, reader: Reader) -> int:
    """Print the text of a plan in a language, or what cannot be carried over."""
    source = plans.source(path, str(path))
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
