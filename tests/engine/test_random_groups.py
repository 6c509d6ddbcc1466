"""Random companies in groups: what is asked of members and shared, reckoned the simple way as well."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from random import Random

from hypothesis import given

from engine.facts import Person
from engine.money import rounded
from engine.scales import exact
from tests.support.chances import CHANCE, examples
from tests.support.teams import amounts, plan, together

Members = Sequence[Fraction]
LINES = """
pay whole = sold of team
pay mean = average of sold of team
pay least_of = least of sold of team
pay most_of = greatest of sold of team
pay some = 10 * (count of team where sold at least {bound})
pay rank_of = 10 * (rank of sold of team)
pay ratio = 100 * (sold of team / hours of team)
pay shared = share of {fund} by hours within team
pay cut = share of {fund} by hours within team, remainder left in the fund
pay together = share of (2% * sold of team) by hours within team
"""


def shares(fund: int, weights: Members, *, left: bool = False) -> list[int]:
    """Parts of a sum, in minor units: what cutting leaves goes to whom it took most from, then by number."""
    parts = [fund * weight / sum(weights) for weight in weights]
    cut = [int(part) for part in parts]
    first = sorted(range(len(parts)), key=lambda at: (cut[at] - parts[at], at))
    for at in [] if left else first[: fund - sum(cut)]:
        cut[at] += 1
    return cut


def reckoned(sold: Members, hours: Members, fund: int, bound: int) -> list[dict[str, int]]:
    """What each of a team is paid, in kopecks."""

    def minor(value: Fraction) -> int:
        return rounded((value * 100).numerator, (value * 100).denominator)

    every = {
        "whole": minor(sum(sold, Fraction(0))),
        "mean": minor(sum(sold, Fraction(0)) / len(sold)),
        "least_of": minor(min(sold)),
        "most_of": minor(max(sold)),
        "some": 1000 * sum(one >= bound for one in sold),
        "ratio": minor(100 * sum(sold, Fraction(0)) / sum(hours, Fraction(0))),
    }
    pools = {
        "shared": shares(fund * 100, hours),
        "cut": shares(fund * 100, hours, left=True),
        "together": shares(minor(sum(sold, Fraction(0)) / 50), hours),
    }
    return [
        {
            **every,
            "rank_of": 1000 * (1 + sum(other > one for other in sold)),
            **{name: parts[at] for name, parts in pools.items()},
        }
        for at, one in enumerate(sold)
    ]


@examples(60)
@given(CHANCE)
def test_what_is_asked_of_members_is_what_the_rules_say(chance: Random) -> None:
    """Some of the lines, in any order, for several teams that come mixed; each pool is paid to the kopeck."""
    fund, bound = chance.randrange(10**6), chance.randrange(500)
    head = 'plan "Teams"\nversion 1\ncurrency RUB\nfact sold money\nfact hours number\ngroup team\n'
    lines = LINES.strip().splitlines()
    chosen = "\n".join(chance.sample(lines, chance.randrange(1, len(lines) + 1)))
    compiled = plan(f"{head}{chosen.format(fund=fund, bound=bound)}\n")
    teams = [
        [
            (Fraction(chance.randrange(10**5), 100), Fraction(chance.randrange(1, 900), 10))
            for _ in range(size)
        ]
        for size in (2, chance.randrange(2, 6), chance.randrange(2, 9))
    ]
    asked: dict[str, dict[str, int]] = {}
    people: list[Person] = []
    for name, team in zip("abc", teams, strict=True):
        sold, hours = [one for one, _ in team], [one for _, one in team]
        for at, own in enumerate(reckoned(sold, hours, fund, bound)):
            asked[f"{name}{at}"] = own
            facts = {"team": name, "sold": exact(sold[at]), "hours": exact(hours[at])}
            people.append(Person(f"{name}{at}", "2025-07", facts))
    chance.shuffle(people)
    found = {name: amounts(one) for name, one in together(compiled, people).items()}
    for name, own in found.items():
        assert own == {line: asked[name][line] for line in own}, (name, chosen)
    if "shared" in chosen:
        for name in "abc":
            assert sum(own["shared"] for who, own in found.items() if who[0] == name) == fund * 100
