"""`python -m dsl.parse.renew` (`make tables`): the parse tables of languages whose grammar has changed."""

from __future__ import annotations

import json
from pathlib import Path

from ..words import LANGS, words
from .grammar import Unparsed, text
from .tables import TABLES, kept, origin, tables


def main() -> None:
    """Write the tables beside the grammar."""
    for lang in LANGS:
        whole = text(words(lang))
        # Lark numbers the states of a parser as they come, so the same grammar has other tables each time.
        if kept(lang)["of"] != origin(whole):
            found = json.dumps(tables(whole, Unparsed()), ensure_ascii=False, separators=(",", ":"))
            Path(str(TABLES.joinpath(f"{lang}.json"))).write_text(found + "\n", "utf-8")


if __name__ == "__main__":
    main()
