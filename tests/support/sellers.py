"""Sellers with deals, as bodies of requests: for whoever sends records."""

from __future__ import annotations

from typing import Any

PLAN = """\
plan "Sellers"
version 1
currency RUB

table deals "Deals"
  deal     id
  manager  employee
  paid_on  date, counts
  amount   money

commission 2% of sum of amount of deals

example "one deal"
  record of deals amount 1 000
  pays            commission 20
"""
OTHER = PLAN.replace("2%", "3%")
PLAIN = 'plan "Plain"\nversion 1\ncurrency RUB\nsalary 5\n'
WHEN = "2025-07"


def deal(id: str, manager: str, amount: object, **more: object) -> dict[str, object]:
    return {"deal": id, "manager": manager, "paid_on": "2025-07-10", "amount": amount, **more}


def one(*rows: object, **more: object) -> dict[str, Any]:
    person = {"employee": "A", "period": WHEN, "facts": {}, "tables": {"deals": [*rows]}}
    return {"source": PLAN, **person, **more}


def many(*rows: object, names: str = "AB", **more: object) -> dict[str, Any]:
    people = [{"employee": name, "period": WHEN, "facts": {}} for name in names]
    return {"source": PLAN, "people": people, "tables": {"deals": [*rows]}, **more}


def codes(answer: Any) -> list[tuple[str, str]]:
    return [(fault["code"], fault["pointer"]) for fault in answer["faults"]]
