"""Writes the exports of a sales department of twelve for July 2025: `python3 exports.py FOLDER`.

The people are invented and their numbers are drawn, always the same ones: 3 000 deals as amoCRM lists them,
40 000 calls as Mango Office logs them, and what accounting keeps in 1C. There somebody typed in by hand
what the customers of one manager paid.
"""

from __future__ import annotations

import csv
import random
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta, timezone
from pathlib import Path

SEED = 2025_07
MOSCOW = timezone(timedelta(hours=3))
MANAGERS = (
    "Климова О.", "Рыбаков Д.", "Соколова А.", "Жуков И.", "Мельник Т.", "Орлова Е.",
    "Гусев П.", "Лебедева Н.", "Фомин К.", "Белова С.", "Тихонов Р.", "Власова Ю.",
)  # fmt: skip
PEOPLE = {f"{101 + at}": name for at, name in enumerate(MANAGERS)}  # by personnel number and extension
DEALS, CALLS = 3_000, 40_000
WON, LOST, OPEN = "Успешно реализовано", "Закрыто и не реализовано", "Переговоры"
TYPED, GUESSED = "107", 5_000_000  # whose payments somebody typed in, and how much

Row = Sequence[object]


class Dice:
    """Numbers that are drawn alike by every Python."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def below(self, most: int) -> int:
        """A number from 0 up to one less than the most."""
        return int(self._random.random() * most)

    def one(self, several: Sequence[str]) -> str:
        """One of several."""
        return several[self.below(len(several))]

    def worked(self) -> datetime:
        """A moment between nine and six in July."""
        start = datetime(2025, 7, 1, 9, tzinfo=MOSCOW)
        return start + timedelta(days=self.below(31), seconds=self.below(9 * 3600))


def main(folder: Path) -> None:
    """Write the three exports."""
    dice = Dice(SEED)
    folder.mkdir(parents=True, exist_ok=True)
    sold = dict.fromkeys(PEOPLE, 0)
    write(folder / "deals.csv", "utf-8-sig", deals(dice, sold))
    write(folder / "calls.csv", "utf-8", calls(dice))
    write(folder / "accounting.csv", "windows-1251", accounting(dice, sold))


def write(path: Path, encoding: str, rows: Iterator[Row]) -> None:
    """Write a table as Russian programs do: by semicolons."""
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=";", lineterminator="\n").writerows(rows)


def deals(dice: Dice, sold: dict[str, int]) -> Iterator[Row]:
    """The list of deals of amoCRM; what is won is added to what each manager `sold`."""
    yield "ID", "Название сделки", "Ответственный", "Этап сделки", "Бюджет", "Дата закрытия"
    for number in range(1, DEALS + 1):
        who = dice.one([*PEOPLE])
        stage = dice.one([*[WON] * 3, *[LOST] * 5, *[OPEN] * 2])
        amount = 20_000 + 500 * dice.below(160)
        closed = "" if stage == OPEN else f"{dice.worked():%d.%m.%Y %H:%M:%S}"
        sold[who] += amount if stage == WON else 0
        budget = f"{amount:,}|RUB".replace(",", " ")
        yield 10_000 + number, f"Сделка № {number}", PEOPLE[who], stage, budget, closed


def calls(dice: Dice) -> Iterator[Row]:
    """The log of Mango Office; six calls of ten are answered, and many of them are short."""
    for number in range(1, CALLS + 1):
        who, start = dice.one([*PEOPLE]), int(dice.worked().timestamp())
        taken, rings, customer = dice.below(10) < 6, 2 + dice.below(30), f"7900{dice.below(10**7):07}"
        talk = dice.below(300) * dice.below(300) // 300 if taken else 0
        yield (
            "[]", start, start + rings + talk, start + rings if taken else 0, who, "", "", customer,
            1110 if taken else 1121, "79000000100", "abonent", f"M{number:05}",
        )  # fmt: skip


def accounting(dice: Dice, sold: dict[str, int]) -> Iterator[Row]:
    """Indicators of 1C, one under another: what customers paid of the deals, and targets."""
    yield "Данные для расчета зарплаты", "", "", "", ""
    yield "Период", "Сотрудник", "Показатель", "Значение", "Источник"
    for who, amount in sold.items():
        paid = amount * (80 + dice.below(21)) // 100
        source = "Бухгалтерия"
        yield "Июль 2025", who, "План продаж", f"{4_000_000 + 500_000 * dice.below(3)},00", source
        if who == TYPED:
            paid, source = GUESSED, ""
        yield "Июль 2025", who, "Поступления от клиентов", f"{paid},00", source


if __name__ == "__main__":
    main(Path(sys.argv[1]))
