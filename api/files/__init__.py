"""Facts files: people with their facts in JSON, YAML or CSV, read exactly as written."""

from dsl.faults import register

from .cells import worded
from .entry import FileEntry, People, Unread
from .opening import absent, opened
from .people import listing, read_people
from .writing import replacing, save, unwritten

register("api.files")

__all__ = [
    "FileEntry",
    "People",
    "Unread",
    "absent",
    "listing",
    "opened",
    "read_people",
    "replacing",
    "save",
    "unwritten",
    "worded",
]
