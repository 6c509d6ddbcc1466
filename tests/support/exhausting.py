"""Plans made to exhaust a machine: long, deep, and with numbers that grow."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from dsl.parse.limits import TEXT

HEAD = 'plan "x"\nversion 1\ncurrency RUB\n'
FACT = f"{HEAD}fact x number\n"


def figures(count: int, rule: Callable[[int], str], first: str = "x", last: str = "a{} * 1 RUB") -> str:
    """A chain of figures, each computed from those before it."""
    chain = "".join(f"a{number} = {rule(number)}\n" for number in range(1, count))
    return f"{FACT}a0 = {first}\n{chain}commission {last.format(count - 1)}\n"


def one(expression: str) -> str:
    """A single line of pay."""
    return f"{FACT}commission 1 RUB * ({expression})\n"


def kpis(count: int) -> str:
    """So many KPIs."""
    share = f"{100 / count:.9f}%"
    line = f"weight {share} cutoff 80% accel 1.2 above 100% target 3 000\n"
    return HEAD + "bonus 50 000\n" + "".join(f"k{number} {line}" for number in range(count))


def fit(line: Callable[[int], str], head: str = FACT, last: str = "", *, size: int) -> str:
    """As many lines as so many characters hold."""

    def lines() -> Iterator[str]:
        left = size - len(head) - len(last)
        for number in range(TEXT):
            left -= len(line(number))
            if left < 0:
                return
            yield line(number)

    return head + "".join(lines()) + last


PLANS = {
    "300 figures, each the square of the one before": figures(300, lambda n: f"a{n - 1} * a{n - 1}"),
    "a product of 190 facts": one(" * ".join(f"n{n}" for n in range(190))),
    "a quotient of 190 facts": one(" / ".join(f"n{n}" for n in range(190))),
    "a sum of 190 facts": one(" + ".join(["x"] * 190)),
    "a sum of 90 quotients": one(" + ".join(f"x / n{n}" for n in range(90))),
    "the least of 90 quotients": one("min(" + "; ".join(f"x / n{n}" for n in range(90)) + ")"),
    "the least of 190 figures": "".join(
        [
            FACT,
            *(f"a{n} = x / n{n}\n" for n in range(190)),
            f"commission 1 RUB * min({'; '.join(f'a{n}' for n in range(190))})\n",
        ]
    ),
    "a product of 190 long constants": one(" * ".join(["1.00000000000000000000000000001"] * 190)),
    "390 minus signs": one("-" * 390 + "x"),
    "390 denials": f"{FACT}commission 1 RUB if {'not ' * 390}x > 1 otherwise 2 RUB\n",
    "190 conditions": one("1 if " + " and ".join(f"x > {n}" for n in range(95)) + " otherwise 2"),
    "50 choices in a row": one("".join(f"{n} if x > {n} otherwise " for n in range(50)) + "0"),
    "39 choices in brackets": one("(" * 38 + "x" + "".join(f" if x > {n} otherwise 0)" for n in range(38))),
    "39 roundings": one("round(" * 38 + "x / y" + " to 0.000000000000001)" * 38),
    "79 accelerators by facts": f"{FACT}bonus 1\nk weight 100% target 10 "
    + " ".join(f"accel x on excess above {n}%" for n in range(79)),
    "300 figures by choice": figures(300, lambda n: f"a{n - 1} * 1.5 if x > {n} otherwise a{n - 1} / 7"),
    "100 sums of choices of quotients": "".join(
        [
            FACT,
            *(f"a{n} = x / n{n} if x > {n} otherwise x / m{n}\n" for n in range(100)),
            f"commission 1 RUB * ({' + '.join(f'a{n}' for n in range(100))})\n",
        ]
    ),
}


def chains(count: int) -> dict[str, str]:
    """So many figures, each computed from those before it, and a third as many KPIs."""
    return {
        "figures in a chain": figures(count, lambda n: f"a{n - 1} + x"),
        "figures by choice": figures(count, lambda n: f"a{n - 1} * 1.5 if x > {n} otherwise a{n - 1} / 7"),
        "figures rounded": figures(count, lambda n: f"round(a{n - 1} * 1.5 to 0.01)"),
        "figures that may have no value": figures(
            count, lambda n: f"a{n - 1} if x > {n} otherwise a{n - 1} + 1", "x / y"
        ),
        "figures that nobody needs": figures(
            count,
            lambda n: f"a{n - 1} if x > {n} otherwise a{max(0, n - 2)}",
            "x / y",
            "a{} * 1 RUB if x > 5 otherwise 0",
        ),
        "conditions": figures(
            count, lambda n: f"a{n - 1} and a{max(0, n - 2)}", "x / y > 1", "1 RUB if a{} otherwise 0 RUB"
        ),
        "names for one answer": figures(
            count, lambda n: f"a{n - 1}", "x > 1", "1 RUB if a{} otherwise 0 RUB"
        ),
        "names for one number": figures(count, lambda n: f"a{n - 1}"),
        "KPIs": kpis(count // 3),
    }


def filled(size: int) -> dict[str, str]:
    """Texts of so many characters."""
    return {
        "lines of pay": fit(lambda n: f"commission c{n} = x * {n} RUB\n", size=size),
        "figures": fit(lambda n: f"a{n} = x\n", last="commission x * 1 RUB\n", size=size),
        "facts": fit(lambda n: f"fact n{n} money\ncommission c{n} = n{n} * 1%\n", HEAD, size=size),
        "long lines of accelerators by facts": fit(
            lambda n: (
                f"k{n} weight (1% * x) target 10 "
                f"{' '.join(f'accel x on excess above {b}%' for b in range(70))}\n"
            ),
            f"{FACT}bonus 1\n",
            size=size,
        ),
    }


PLANS |= chains(1500) | filled(TEXT // 8)
FULL = chains(3000) | filled(TEXT)
