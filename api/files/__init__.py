"""Facts files: people with their facts in JSON, YAML or CSV, read exactly as written."""

from dsl.faults import register

from .entry import Entry, Unread
from .opening import absent, opened
from .people import read_people

register("api.files")

__all__ = ["Entry", "Unread", "absent", "opened", "read_people"]
