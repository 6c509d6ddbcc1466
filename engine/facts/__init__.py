"""What people send about a person, held against what a plan needs: taken as written, or told why not."""

from .facts import Facts, Person, Presumption, moved_to, read_facts
from .records import OwnRecords, Raw, Tables, read_tables

__all__ = [
    "Facts",
    "OwnRecords",
    "Person",
    "Presumption",
    "Raw",
    "Tables",
    "moved_to",
    "read_facts",
    "read_tables",
]
