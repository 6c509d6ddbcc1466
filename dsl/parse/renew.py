"""`python -m dsl.parse.renew` (`make tables`): the parse tables of all languages."""

from __future__ import annotations

import json
from pathlib import Path

from ..words import LANGS, Lang, words
from .grammar import Unparsed, text
from .tables import TABLES, tables


def main() -> None:
    """Write the tables beside the grammar."""
    for lang in LANGS:
        Path(str(TABLES.joinpath(f"{lang}.json"))).write_text(written(lang), "utf-8")


def written(lang: Lang) -> str:
    """The tables of a language, worked out, as they are kept."""
    return json.dumps(tables(text(words(lang)), Unparsed()), ensure_ascii=False, separators=(",", ":")) + "\n"


if __name__ == "__main__":
    main()
