"""A team one of whom has no calls yet, as a plan and people: for whoever pays a company."""

from __future__ import annotations

PLAN = """\
plan "Team"
version 1
currency RUB

fact revenue money
fact calls count

group team "Team"

pay own = 1% of revenue
pay sales = 1% of (revenue of team)
pay talks = 2 * (calls of team)
"""
ROWS = [("a", "n", "1000", "10"), ("b", "n", "3000", ""), ("c", "s", "50", "5")]


def people() -> list[dict[str, object]]:
    """The people of a request."""
    names = ("team", "revenue", "calls")
    several = [
        (who, {name: cell for name, cell in zip(names, cells, strict=True) if cell}) for who, *cells in ROWS
    ]
    return [{"employee": who, "period": "2025-07", "facts": facts} for who, facts in several]


def table() -> str:
    """The same as a table."""
    rows = [
        ("employee", "period", "team", "revenue", "calls"),
        *((who, "2025-07", *cells) for who, *cells in ROWS),
    ]
    return "".join(",".join(row) + "\n" for row in rows)
