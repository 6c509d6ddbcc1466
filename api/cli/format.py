"""`premia format`: plans in their tidy form."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from dsl.faults import Fault, has_errors
from dsl.parse import parse
from dsl.write import write

from .. import documents
from . import plans
from .reader import Reader
from .reports import drawn


def rewrite(paths: Iterable[Path], reader: Reader, *, only_check: bool, to_stdout: bool) -> int:
    """Write each plan in its tidy form; 1 where one cannot be read, or with `only_check` would change."""
    found, stray = plans.gather(paths)
    answers: list[documents.Document] = []
    bad = len(stray)
    if stray and not reader.json:
        reader.complain(drawn(stray, None, reader))
    for path in found:
        source = plans.source(path, str(path))
        parsed = None if isinstance(source, Fault) else parse(source)
        faults = (source,) if isinstance(source, Fault) else () if parsed is None else parsed.faults
        text, changed = None, False
        if parsed is not None and not has_errors(faults):
            text = _ended(write(parsed.tree), parsed.source.typed)
            changed = text != parsed.source.typed
            if changed and not only_check and not to_stdout and (fault := _save(path, text)):
                faults, text = (fault,), None
        if text is None:
            bad += 1
            answer: documents.Document = {"file": str(path), "changed": False}
            if not reader.json:
                reader.complain(drawn(faults, parsed.source if parsed else None, reader))
                reader.complain(reader.words("not_formatted", name=path))
        else:
            bad += changed and only_check
            answer = {"file": str(path), "changed": changed, **({"text": text} if to_stdout else {})}
            if not reader.json:
                _say(path, text, reader, changed=changed, only_check=only_check, to_stdout=to_stdout)
        answers.append(
            {**answer, "faults": documents.found(faults, parsed.source if parsed else None, reader.lang)}
        )
    if reader.json:
        reader.data({"faults": documents.found(stray, None, reader.lang), "results": answers})
    return int(bad > 0)


def _say(path: Path, text: str, reader: Reader, *, changed: bool, only_check: bool, to_stdout: bool) -> None:
    if to_stdout:
        print(text, end="")
    elif changed:
        reader.say(reader.words("would_change" if only_check else "formatted", name=path))
    elif only_check is False:
        reader.say(reader.words("unchanged", name=path))


def _ended(text: str, typed: str) -> str:
    """A text with the line ends of another: who works on Windows keeps theirs."""
    return text.replace("\n", "\r\n") if "\r\n" in typed else text


def _save(path: Path, text: str) -> Fault | None:
    """Replace a file by another text, whole or not at all."""
    beside = None
    try:
        # Through links, so that what is replaced is the file and not the link to it.
        target = path.resolve()
        mode = target.stat().st_mode
        handle, beside = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        Path(beside).chmod(mode)
        Path(beside).replace(target)
    except OSError:
        if beside is not None:
            with suppress(OSError):
                Path(beside).unlink()
        return Fault("P681", facts={"path": str(path)})
    return None
