"""The command line as tests type it: what a command answers, and files for it to read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from typer.testing import CliRunner, Result

from api.cli.commands import app


def premia(*args: object, lang: str = "en") -> Result:
    """What a command answers."""
    environment = {"LC_ALL": "", "LC_MESSAGES": "", "LANG": f"{lang}_XX.UTF-8"}
    return CliRunner(env=environment).invoke(app, [str(arg) for arg in args])


def data(*args: object, code: int = 0, lang: str = "en") -> Any:
    """What a command answers as data."""
    result = premia(*args, "--json", lang=lang)
    assert result.exit_code == code, result.output
    return json.loads(result.stdout)


def written(folder: Path, name: str, text: str) -> Path:
    """A file."""
    path = folder / name
    path.write_text(text, "utf-8")
    return path
