"""Plans kept as files of a directory."""

from .library import Reading, library
from .shelf import Entry, Shelf, read_file, shelve

__all__ = ["Entry", "Reading", "Shelf", "library", "read_file", "shelve"]
