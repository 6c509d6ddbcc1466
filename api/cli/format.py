"""`premia format` and `premia translate`: plans in their tidy form, or in the other language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from dsl.faults import Fault
from dsl.parse import parse
from dsl.source import Source
from dsl.translate import translate
from dsl.words import Lang
from dsl.write import write

from .. import documents
from ..store import NamedPlan, gather, named
from .reader import Reader
from .reports import drawn, refuse, sound


@dataclass(frozen=True, slots=True)
class Tidied:
    """A plan file and its tidy form, or the faults for which there is none or it could not be written."""

    file: NamedPlan
    source: Source | None
    text: str | None
    faults: tuple[Fault, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether the tidy form is another text."""
        return self.text is not None and self.source is not None and self.text != self.source.typed


def rewrite(arguments: Iterable[str], reader: Reader, *, only_check: bool, to_stdout: bool) -> int:
    """Write each plan in its tidy form; 1 where one cannot be read, or with `only_check` would change."""
    found, stray = gather(arguments)
    if stray and not reader.json:
        reader.complain(*drawn(stray, None, reader))
    answers: list[dict[str, object]] = []
    bad = len(stray)
    for file in found:
        tidy = _formatted(file)
        if tidy.changed and not only_check and not to_stdout:
            tidy = _saved(tidy)
        bad += tidy.text is None or (only_check and tidy.changed)
        answers.append(_document(tidy, reader, to_stdout=to_stdout))
        if not reader.json:
            _say(tidy, reader, only_check=only_check, to_stdout=to_stdout)
    if reader.json:
        reader.data({"faults": documents.found(stray, None, reader.lang), "results": answers})
    return int(bad > 0)


def _formatted(file: NamedPlan) -> Tidied:
    source = file.read()
    if isinstance(source, Fault):
        return Tidied(file, None, None, (source,))
    parsed = parse(source)
    if parsed.lacking:
        return Tidied(file, parsed.source, None, parsed.faults)
    text = write(parsed.tree)
    # Who works on Windows keeps the line ends of theirs.
    return Tidied(file, source, text.replace("\n", "\r\n") if "\r\n" in source.typed else text)


def _document(tidy: Tidied, reader: Reader, *, to_stdout: bool) -> dict[str, object]:
    answer = {
        "file": tidy.file.name,
        "changed": tidy.changed,
        "faults": documents.found(tidy.faults, tidy.source, reader.lang),
    }
    return {**answer, "text": tidy.text} if to_stdout else answer


def _say(tidy: Tidied, reader: Reader, *, only_check: bool, to_stdout: bool) -> None:
    if tidy.text is None:
        name = reader.words("not_formatted", name=tidy.file.name)
        reader.complain(*drawn(tidy.faults, tidy.source, reader), name, "")
    elif to_stdout:
        print(tidy.text, end="")
    elif tidy.changed:
        reader.say(reader.words("would_change" if only_check else "formatted", name=tidy.file.name))
    else:
        reader.say(reader.words("unchanged", name=tidy.file.name))


def _saved(tidy: Tidied) -> Tidied:
    """The same with its file replaced, whole or not at all."""
    fault = tidy.file.rewrite(tidy.text or "")
    return tidy if fault is None else replace(tidy, text=None, faults=(fault,))


def translated(argument: str, to: Lang, reader: Reader) -> None:
    """Print the text of a plan in a language, or what cannot be carried over."""
    plan = named(argument)
    parsed = parse(sound(plan if isinstance(plan, Fault) else plan.read(), reader))
    answer = translate(parsed, to)
    if answer.text is None:
        refuse(answer.faults, parsed.source, reader)
    if reader.json:
        reader.data({"lang": to, "text": answer.text})
    else:
        print(answer.text, end="")
