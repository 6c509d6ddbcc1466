"""Facts files: people with their facts in JSON, YAML or CSV, read exactly as written."""

from .disk import absent, opened, replacing, save, unwritten
from .entry import FileEntry, People, Unread
from .lines import LINED, worded
from .people import STDIN, listing, read_people
from .records import FileRecords, read_records
from .spool import Spool, Watching
from .spots import FilePart, FileRow, Spots

__all__ = [
    "LINED",
    "STDIN",
    "FileEntry",
    "FilePart",
    "FileRecords",
    "FileRow",
    "People",
    "Spool",
    "Spots",
    "Unread",
    "Watching",
    "absent",
    "listing",
    "opened",
    "read_people",
    "read_records",
    "replacing",
    "save",
    "unwritten",
    "worded",
]
