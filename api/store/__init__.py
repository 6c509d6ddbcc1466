"""Plans as they are kept: in files, in directories, in git."""

from dsl.faults import register

from .library import Reading, library
from .named import CommitPlan, DiskPlan, NamedPlan, compiled, gather, is_folder, named
from .shelf import Entry, Shelf, shelve

register("api.store")

__all__ = [
    "CommitPlan",
    "DiskPlan",
    "Entry",
    "NamedPlan",
    "Reading",
    "Shelf",
    "compiled",
    "gather",
    "is_folder",
    "library",
    "named",
    "shelve",
]
