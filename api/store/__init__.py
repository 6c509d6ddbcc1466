"""Plans as they are kept: in files, in directories, in git."""

from dsl.faults import register

from .entry import Entry
from .named import CommitPlan, DiskPlan, NamedPlan, compiled, gather, is_folder, named
from .registry import News, Registry, registry, watch
from .shelf import Shelf
from .timeline import Timeline, Version

register("api.store")

__all__ = [
    "CommitPlan",
    "DiskPlan",
    "Entry",
    "NamedPlan",
    "News",
    "Registry",
    "Shelf",
    "Timeline",
    "Version",
    "compiled",
    "gather",
    "is_folder",
    "named",
    "registry",
    "watch",
]
