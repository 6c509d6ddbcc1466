"""YAML with nothing guessed: every value is the text that its author wrote, and no key is taken twice.

Read from the events of the parser, so that nothing of YAML's own is understood: no dates, no numbers, no
`yes`, no references, no types.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

import yaml

from dsl.faults import Fault
from dsl.marks import MOST, composed, overladen
from engine.facts.values import shown

from ..exact import DEPTH, LISTED

# The parser in C, where there is one, is ten times as fast.
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Table = dict[str, object]


class Mark(Protocol):
    """Where something stands, both from 0; the two parsers have a class for it each."""

    line: int
    column: int


@dataclass(slots=True)
class Node:
    """A mapping or a list in the making; `key` waits for its value."""

    value: Table | list[object]
    key: str | None = None


@dataclass(slots=True)
class YamlReading:
    """What was read so far: the open nodes, the list of documents before all, and what is wrong."""

    open: list[Node]
    faults: list[Fault] = field(default_factory=list)

    def put(self, value: object, event: yaml.Event) -> None:
        """Enter a value where it belongs, or a scalar as the key of what follows."""
        node = self.open[-1]
        if isinstance(node.value, list):
            node.value.append(value)
        elif node.key is not None:
            node.value[node.key] = value
            node.key = None
        elif isinstance(value, str):
            node.key = composed(value)
            if node.key in node.value:
                self.faults.append(_at("P659", event, name=shown(value)))
        else:
            raise _Refused(_at("P658", event))


class _Refused(Exception):  # noqa: N818  # a signal inside this file, never seen outside
    """The text holds something that ends the reading; its one argument is the fault."""


def read_yaml(data: bytes) -> object | tuple[Fault, ...]:
    """The value of a YAML text (a dict, a list, a str, or None where nothing stands), or its faults."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return (Fault("P655", facts={"line": str(data.count(b"\n", 0, error.start) + 1)}),)
    documents: list[object] = []
    reading = YamlReading([Node(documents)])
    try:
        for event in yaml.parse(text, Loader=Loader):
            _take(reading, event)
            if len(reading.faults) >= LISTED:
                break
    except _Refused as signal:
        reading.faults.append(signal.args[0])
    except yaml.MarkedYAMLError as error:
        reading.faults.append(Fault("P658", facts=_spot(error.problem_mark or error.context_mark)))
    except yaml.YAMLError as error:  # a character that no text should hold
        position = getattr(error, "position", 0)
        line = text.count("\n", 0, position) + 1
        column = position - text.rfind("\n", 0, position)
        reading.faults.append(Fault("P658", facts={"line": str(line), "column": str(column)}))
    return tuple(reading.faults) or next(iter(documents), None)


def _take(reading: YamlReading, event: yaml.Event) -> None:
    match event:
        case (
            yaml.AliasEvent()
            | yaml.NodeEvent(anchor=str())
            | yaml.ScalarEvent(tag=str())
            | yaml.CollectionStartEvent(tag=str())
        ):
            raise _Refused(_at("P660", event))
        case yaml.DocumentStartEvent() if reading.open[0].value:
            raise _Refused(_at("P660", event))
        case yaml.ScalarEvent(value=text, style=style):
            if overladen(text) is not None:
                reading.faults.append(
                    Fault("P142", facts={"line": _spot(event.start_mark)["line"], "most": str(MOST)})
                )
            reading.put(text if text or style in {"'", '"'} else None, event)
        case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
            if len(reading.open) > DEPTH:
                raise _Refused(Fault("P605", pointer="", facts={"most": str(DEPTH)}))
            value: Table | list[object] = {} if isinstance(event, yaml.MappingStartEvent) else []
            reading.put(value, event)
            reading.open.append(Node(value))
        case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
            reading.open.pop()
        case _:
            pass


def _at(code: str, event: yaml.Event, **facts: str) -> Fault:
    return Fault(code, facts={**_spot(event.start_mark), **facts})


def _spot(mark: Mark | None) -> dict[str, str]:
    """The line and the column of a mark, both from 1."""
    line, column = (mark.line, mark.column) if mark else (0, 0)
    return {"line": str(line + 1), "column": str(column + 1)}
