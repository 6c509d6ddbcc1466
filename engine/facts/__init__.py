"""What people send about a person, held against what a plan needs: taken as written, or told why not."""

from .columns import Raw
from .facts import Facts, Illegible, OpenLine, Person, Presumption, moved_to, read_facts, sort_of
from .origins import Came, Origin, Origins
from .parted import Parted, PartedBy, partings
from .records import Tables, read_tables
from .sent import SentTables, TableRead

__all__ = [
    "Came",
    "Facts",
    "Illegible",
    "OpenLine",
    "Origin",
    "Origins",
    "Parted",
    "PartedBy",
    "Person",
    "Presumption",
    "Raw",
    "SentTables",
    "TableRead",
    "Tables",
    "moved_to",
    "partings",
    "read_facts",
    "read_tables",
    "sort_of",
]
