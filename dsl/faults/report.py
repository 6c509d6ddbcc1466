"""A fault drawn for a terminal, and as data: the same words in both."""

from __future__ import annotations

from ..source import Place, Source
from ..words import Lang
from .fault import Fault
from .messages import wording

TITLES: dict[Lang, dict[str, str]] = {
    "en": {"error": "error", "warning": "warning", "fix": "write", "see": "more:"},
    "ru": {"error": "ошибка", "warning": "предупреждение", "fix": "нужно", "see": "подробнее:"},
}


def draw(fault: Fault, source: Source | None, lang: Lang) -> str:
    """A report a person can read: what, where (the line drawn and underlined), why, what to do."""
    words = wording(fault, lang)
    titles = TITLES[lang]
    rows = [f"{titles[fault.severity]} {fault.code}: {words.title}"]
    if source is not None and fault.place is not None:
        places = [fault.place] if fault.also is None else sorted([fault.place, fault.also])
        margin = len(str(source.position(places[-1].start).line))
        here = source.position(fault.place.start)
        rows.append(f"{' ' * margin}--> {source.name}:{here.line}:{here.column}")
        rows.append(f"{' ' * margin} |")
        rows.extend(_lines(source, fault.place, places, margin))
        rows.append(f"{' ' * margin} |")
    elif fault.pointer is not None:
        rows.append(f"--> {fault.pointer or '/'}")
    rows.append(words.text)
    if words.advice:
        rows.append(words.advice)
    if fault.fix is not None and source is not None and fault.place is not None:
        rows.append(f"{titles['fix']}: {_repaired(source, fault.place, fault.fix)}")
    rows.append(f"{titles['see']} premia explain {fault.code}")
    return "\n".join(rows)


def document(fault: Fault, source: Source | None, lang: Lang) -> dict[str, object]:
    """A fault as data: `code`, `severity`, `title`, `text`, `advice`, and `place`, `fix` or `pointer`."""
    words = wording(fault, lang)
    data: dict[str, object] = {
        "code": fault.code,
        "severity": fault.severity,
        "title": words.title,
        "text": words.text,
        "advice": words.advice,
    }
    if source is not None and fault.place is not None:
        data["place"] = _place(source, fault.place)
        if fault.also is not None:
            data["also"] = _place(source, fault.also)
        if fault.fix is not None:
            data["fix"] = fault.fix
    if fault.pointer is not None:
        data["pointer"] = fault.pointer
    return data


def _place(source: Source, place: Place) -> dict[str, object]:
    start, end = source.position(place.start), source.position(place.end)
    return {
        "file": source.name,
        "line": start.line,
        "column": start.column,
        "end_line": end.line,
        "end_column": end.column,
        "text": source.at(place),
    }


def _lines(source: Source, main: Place, places: list[Place], margin: int) -> list[str]:
    rows: list[str] = []
    drawn = None
    for place in places:
        start, end = source.position(place.start), source.position(place.end)
        line = source.line(start.line)
        if drawn != start.line:
            rows.append(f"{start.line:>{margin}} | {_visible(line)}")
        drawn = start.line
        # A place that runs over the end of its line is underlined to that end.
        last = end.column if end.line == start.line else len(line) + 1
        mark = "^" if place == main else "-"
        rows.append(f"{' ' * margin} | {' ' * (start.column - 1)}{mark * max(1, last - start.column)}")
    return rows


def _visible(line: str) -> str:
    return line.replace("\t", " ")


def _repaired(source: Source, place: Place, fix: str) -> str:
    """The line with its repair in place."""
    start = source.position(place.start)
    line = source.line(start.line)
    end = source.position(place.end)
    last = end.column - 1 if end.line == start.line else len(line)
    return (line[: start.column - 1] + fix + line[last:]).strip()
