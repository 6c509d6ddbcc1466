"""Plans as they are kept: in files, in directories, in git."""

from .commit import Lost
from .entry import ShelvedPlan
from .named import NamedPlan, compiled, gather, is_folder, named
from .registry import News, Registry, registry, watch
from .shelf import Shelf
from .text import Reading, library
from .timeline import Timeline, VersionSpan

__all__ = [
    "Lost",
    "NamedPlan",
    "News",
    "Reading",
    "Registry",
    "Shelf",
    "ShelvedPlan",
    "Timeline",
    "VersionSpan",
    "compiled",
    "gather",
    "is_folder",
    "library",
    "named",
    "registry",
    "watch",
]
