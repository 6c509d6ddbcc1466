"""The doors: HTTP, the command line, plans kept in files. Whatever touches the world stands here."""

from dsl.faults import register

# Whoever asks at a door for the words of a fault need not have had to do with the engine that raises it.
for room in (
    "engine",
    "api",
    "api.calendars",
    "api.curves",
    "api.diff",
    "api.exports",
    "api.files",
    "api.pictures",
    "api.receipts",
    "api.store",
):
    register(room)
