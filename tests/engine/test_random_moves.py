"""Random moves between teams, absences and calendars: pay by the days in each, reckoned simply as well."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from random import Random

from hypothesis import given

from engine.evaluate import Result
from engine.facts import Person
from engine.money import rounded
from engine.statement import document
from tests.support.chances import CHANCE, examples
from tests.support.teams import amounts, plan, together

MOVING = """plan "Teams"
version 1
currency RUB
table deals
  deal id
  seller employee
  paid_on date, counts
  amount money
group team
sold = sum of amount of deals
fund = 2% * (sold of team)
pay whole = sold of team by {days} in team
pay mean = average of sold of team by {days} in team
pay most_of = greatest of sold of team cap 700 on pay by {days} in team
pay some = 10 * (count of team where sold at least {bound}) by {days} in team
pay part = fund only if count of team at least 2 by {days} in team
pay twice = 2 * whole
"""
FIRST, LAST = 1, 31  # of July 2025, whose first day is a Tuesday
Where = dict[str, list[tuple[int, int]]]  # the days in each team


def stays(chance: Random) -> Where:
    """Where somebody is: one team after another, from a day of the month on; in one of them maybe twice."""
    begins = sorted(chance.sample(range(FIRST + 1, LAST + 1), chance.randrange(4)))
    begins = [FIRST, *begins] if chance.random() < 0.8 or not begins else begins
    found: Where = {}
    for at, first in enumerate(begins):
        last = begins[at + 1] - 1 if at + 1 < len(begins) else LAST
        found.setdefault(chance.choice("abc"), []).append((first, last))
    return found


def within(day: int, several: Sequence[tuple[int, int]]) -> bool:
    return any(first <= day <= last for first, last in several)


def by_days(
    where: dict[str, Where],
    deals: Sequence[tuple[str, int, int]],
    counts: Sequence[int],
    away: dict[str, set[int]],
    bound: int,
) -> dict[str, dict[str, int]]:
    """What each is paid, in kopecks: of each team what its members made in their days, by one's own days."""
    worth: dict[str, dict[str, Fraction]] = {}
    outside: set[str] = set()
    for team in "abc":
        own = {who: days[team] for who, days in where.items() if team in days}
        present = {
            who: days
            for who, days in own.items()
            if any(within(day, days) and day not in away[who] for day in range(FIRST, LAST + 1))
        }
        outside |= own.keys() - present.keys()
        sold = [
            Fraction(sum(amount for one, day, amount in deals if one == who and within(day, days)))
            for who, days in present.items()
        ]
        if sold:
            total = sum(sold, Fraction(0))
            worth[team] = {
                "whole": total,
                "mean": total / len(sold),
                "most_of": min(max(sold), Fraction(700)),
                "some": Fraction(10 * sum(one >= bound for one in sold)),
                "part": total / 50 if len(sold) > 1 else Fraction(0),
            }
    paid: dict[str, dict[str, int]] = {}
    for who, days in where.items():
        if who in outside:  # nothing of a team is theirs who are absent on all of their days in it
            continue
        shares = {
            team: Fraction(sum(within(day, several) for day in counts), len(counts))
            for team, several in days.items()
        }
        paid[who] = {}
        for line in ("whole", "mean", "most_of", "some", "part"):
            exact_ = sum((worth[team][line] * share * 100 for team, share in shares.items()), Fraction(0))
            paid[who][line] = rounded(exact_.numerator, exact_.denominator)
    return paid


@examples(60)
@given(CHANCE)
def test_who_moves_is_paid_by_the_days_in_each(chance: Random) -> None:
    """Any moves, absences and calendar; the parts on the statement make up the line."""
    working, bound = chance.random() < 0.5, chance.randrange(400)
    compiled = plan(MOVING.format(days="working days" if working else "calendar days", bound=bound))
    names = [str(number) for number in range(1, chance.randrange(3, 8))]
    where = {who: stays(chance) for who in names}
    deals = [
        (chance.choice(names), chance.randrange(FIRST, LAST + 1), chance.randrange(300)) for _ in range(12)
    ]
    turned = chance.sample(range(FIRST, LAST + 1), chance.randrange(4))
    usual = {day: day % 7 not in {5, 6} for day in range(FIRST, LAST + 1)}
    counts = [day for day in usual if not working or usual[day] != (day in turned)]
    begun = {who: chance.randrange(FIRST, LAST + 1) for who in names}
    away = {who: set(range(begun[who], LAST + 1)) if chance.random() < 0.3 else set[int]() for who in names}
    away[names[0]] = set(range(FIRST, LAST + 1)) if chance.random() < 0.5 else away[names[0]]

    def day(number: int) -> str:
        return f"2025-07-{number:02}"

    rows: dict[str, list[dict[str, object]]] = {
        "team": [
            {"employee": who, "team": team, "from": day(first), "to": day(last)}
            for who, days in where.items()
            for team, several in days.items()
            for first, last in several
        ],
        "deals": [
            {"deal": str(at), "seller": who, "paid_on": day(on), "amount": str(amount)}
            for at, (who, on, amount) in enumerate(deals)
        ],
        "absences": [
            {"employee": who, "from": day(min(days)), "to": day(max(days)), "reason": "leave"}
            for who, days in away.items()
            if days
        ],
        "calendar": [{"day": day(one), "working": "no" if usual[one] else "yes"} for one in turned],
    }
    for table in rows.values():
        chance.shuffle(table)
    people = [Person(who, "2025-07", {}) for who in names]
    chance.shuffle(people)
    if not working:
        del rows["calendar"]
    found = together(compiled, people, rows)
    asked = by_days(where, deals, counts, away, bound)
    for who in where.keys() - asked.keys():
        assert not amounts(found[who]), who
    for who, own in asked.items():
        result = found[who]
        assert isinstance(result, Result)
        paid = amounts(result)
        assert {line: paid[line] for line in own} == own, (who, where, away)
        assert paid["twice"] == 2 * paid["whole"]
        for line in document(result, "en", None).lines:
            assert line.stays is None or sum(stay.amount.minor for stay in line.stays) == line.amount.minor
