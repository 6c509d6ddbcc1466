"""Exports of other programs, read by a mapping that says once what their columns are."""

from .mapping import Mapping, mapping
from .reading import FileRead, Import, people, read_export, written

__all__ = ["FileRead", "Import", "Mapping", "mapping", "people", "read_export", "written"]
