"""Exports of other programs, read by a mapping that says once what their columns are."""

from .mapping import Mapping, mapping
from .reading import Import, Summary, people, read_export, written

__all__ = ["Import", "Mapping", "Summary", "mapping", "people", "read_export", "written"]
