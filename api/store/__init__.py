"""Plans kept as files of a directory."""

from .shelf import Entry, Shelf, read_file, shelve

__all__ = ["Entry", "Shelf", "read_file", "shelve"]
