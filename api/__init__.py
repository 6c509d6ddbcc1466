"""The doors: HTTP, the command line, plans kept in files. Whatever touches the world stands here."""

from dsl.faults import register

register("api")
register("api.curves")
register("api.pictures")
register("api.receipts")
register("api.regulation")
register("api.simulation")
