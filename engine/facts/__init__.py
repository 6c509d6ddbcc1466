"""What people send about a person, held against what a plan needs: taken as written, or told why not."""

from .facts import Facts, Illegible, OpenLine, Person, Presumption, moved_to, read_facts, sort_of
from .origins import Came, Origin, Origins
from .records import Raw, Tables, read_tables
from .sent import SentTables, TableRead

__all__ = [
    "Came",
    "Facts",
    "Illegible",
    "OpenLine",
    "Origin",
    "Origins",
    "Person",
    "Presumption",
    "Raw",
    "SentTables",
    "TableRead",
    "Tables",
    "moved_to",
    "read_facts",
    "read_tables",
    "sort_of",
]
