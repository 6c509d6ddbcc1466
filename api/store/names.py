"""Names of plans and of files, and those there are for somebody who asked for one that there is not."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable

from dsl.faults import nearest
from dsl.marks import composed

SUFFIX = ".plan"
KNOWN = 10  # names in a sentence


def choice(word: str, names: Iterable[str]) -> tuple[str, ...]:
    """Some of the names, as a fact of a fault: the one most likely meant first."""
    listed = sorted(names)
    near = nearest(word, listed)
    ordered = [*([near] if near else []), *(name for name in listed if name != near)]
    return (*ordered[:KNOWN], *(["phrase:other_names"] if len(ordered) > KNOWN else [])) or (
        "phrase:no_names",
    )


def plan_id(file: str) -> str:
    """The id of the plan in a file: the name of the file without its folder and without `.plan`, in NFC."""
    return nameable(file.rpartition("/")[2].removesuffix(SUFFIX))


def is_plan(path: str, below: str = "") -> bool:
    """Whether a path under a folder is that of a plan: by its end, and in no hidden folder."""
    inside = path.removeprefix(below).strip("/")
    return path.endswith(SUFFIX) and not any(part.startswith(".") for part in inside.split("/"))


def nameable(name: str) -> str:
    """A name of a file system in NFC; what is no text in it becomes a question mark."""
    return composed(name.encode("utf-8", "replace").decode("utf-8"))


def beside(file: str, path: str) -> str | None:
    """A path that is written relative to the folder of a file, from the top; None where it leads out."""
    found = posixpath.normpath(posixpath.join(posixpath.dirname(file), path))
    return None if found == ".." or found.startswith(("../", "/")) else found
