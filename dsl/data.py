"""Tables that stand beside the code as TOML, each read once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table(package: str, *path: str) -> Mapping[str, Any]:
    """The table at a path inside a package, which is not imported for it."""
    whole, *rooms = package.split(".")
    return tomllib.loads(files(whole).joinpath(*rooms, *path).read_text("utf-8"))


@cache
def phrases(package: str, lang: str) -> Mapping[str, Any]:
    """What a package says in a language: the table of its room `words`."""
    return table(package, "words", f"{lang}.toml")
