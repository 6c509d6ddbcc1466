"""The doors: HTTP, the command line, plans kept in files. Whatever touches the world stands here."""

from dsl.faults import register

for room in ("api", "api.curves", "api.diff", "api.files", "api.pictures", "api.receipts", "api.store"):
    register(room)
