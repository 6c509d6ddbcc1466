"""What is asked: bodies are read by these classes (`api.web.body`), and OpenAPI is published from them.

A field that may be left out is never null, unless it says so. Nothing unknown is taken, nothing converted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any

from dsl.parse.limits import TEXT
from dsl.period import FORM
from dsl.record import ABSENT, Form
from dsl.words import Lang

from ..origins import NAME as SOURCE
from ..origins import NAMES as SOURCES
from ..person import EMPLOYEE, IDENTIFIER, NAMES
from ..receipts import Receipt

PEOPLE = 300  # of one comparison, in which each is paid by many plans
MOST = 2000  # people of a request

# Of a field that may be left out or be null.
NULL: Mapping[str, Any] = {"exclude_if": lambda value: value is None}

Value = Annotated[
    str | bool | int | float,
    Form(
        description="A number as a string or as a JSON number, taken exactly as written (a percentage as "
        "`2.1%` or `0.021`), a date as `2025-07-31`, yes or no as `true` and `false`."
    ),
]


Rows = list[dict[str, Value | None]]


@dataclass(frozen=True)
class StatedOrigin:
    """Where something came from, and as of when; what says no source was typed in."""

    source: Annotated[
        str | None, Form(maxLength=SOURCE, description="The name of a source as the plan has it.")
    ] = field(metadata=ABSENT)
    as_of: Annotated[
        str | None,
        Form(
            description="The day, maybe with its time, that the source was read for.", examples=["2025-08-01"]
        ),
    ] = field(metadata=ABSENT)


WholeOrigin = Annotated[
    StatedOrigin | None,
    Form(
        description="Where all of it came from. Without it everything that `origins` do not name is typed in."
    ),
]
Origins = Annotated[
    dict[str, StatedOrigin] | None,
    Form(maxProperties=SOURCES, description="Where single facts and tables came from, by their names."),
]


@dataclass(frozen=True)
class Person:
    """One person for one period."""

    employee: Annotated[
        str,
        Form(
            minLength=1,
            maxLength=EMPLOYEE,
            pattern=f"^{IDENTIFIER.pattern}$",
            description="The personnel number, or whatever else tells people apart.",
        ),
    ]
    period: Annotated[
        str,
        Form(
            pattern=f"^{FORM.pattern}$",
            description="A month, a quarter, a year, half of either, a week, or a first and a last day.",
            examples=["2025-07", "2025-Q3", "2026-W05", "2025-07-14..2025-08-03"],
        ),
    ]
    facts: Annotated[
        dict[str, Value],
        Form(
            maxProperties=NAMES,
            description="What the person did, by the plan's names: `GET /plans/{id}/inputs` lists them.",
        ),
    ]
    targets: Annotated[
        dict[str, Value] | None,
        Form(maxProperties=NAMES, description="Plan values of the person's own, where the plan allows them."),
    ] = field(metadata=ABSENT)
    tables: Annotated[
        dict[str, Rows] | None,
        Form(
            description="The person's own records, for a plan with tables: for each table a list of rows, by "
            "the names of its columns. An empty list says that there are none."
        ),
    ] = field(metadata=ABSENT)
    origin: WholeOrigin = field(metadata=ABSENT)
    origins: Origins = field(metadata=ABSENT)


@dataclass(frozen=True)
class Spoken:
    """What is answered in somebody's language."""

    lang: Annotated[
        Lang | None, Form(description="The language of the answer; otherwise `Accept-Language` tells.")
    ] = field(metadata=ABSENT)


@dataclass(frozen=True)
class PlanChoice:
    """A plan that the server keeps (`plan`), or the text of one (`source`), and not both.

    Of a plan that is kept there may be a `version` or a `revision`, and not both. Without them people are
    paid by the version in effect in their period, and texts are the present ones.
    """

    plan: Annotated[
        str | None, Form(description="The id of a plan: `GET /plans` lists them.", examples=["ivanov"])
    ] = field(metadata=ABSENT)
    source: Annotated[
        str | None,
        Form(
            description=f"The text of a plan in place of `plan`, in English or Russian: {TEXT} characters "
            "at most."
        ),
    ] = field(metadata=ABSENT)
    version: Annotated[str | None, Form(description="A version of the plan.")] = field(metadata=ABSENT)
    revision: Annotated[
        str | None,
        Form(
            maxLength=200,
            description="A branch, a tag or a commit (by its first digits) to take the plan from; not "
            "together with `version`.",
        ),
    ] = field(metadata=ABSENT)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: Any, handler: Any) -> Any:
        """What excludes what."""
        found = handler(schema)
        handler.resolve_ref_schema(found).update(EITHER)
        return found


def _part(**says: Any) -> dict[str, Any]:
    """A schema that looks at some fields, whatever others there are."""
    return {**says, "additionalProperties": True}


def _has(*names: str) -> dict[str, Any]:
    return _part(properties={name: {} for name in names}, required=[*names])


# Read by validators; whoever makes a client of it finds one class with fields that may be left out.
EITHER = {
    "if": _has("source"),
    "then": _part(properties=dict.fromkeys(("plan", "version", "revision"), False)),
    "else": {**_has("plan"), "not": _has("version", "revision")},
}

CompanyTables = Annotated[
    dict[str, Rows] | None,
    Form(
        description="The records of all people together, for a plan with tables; each is given to whoever it "
        "belongs to. Who brings `tables` of their own is paid by these."
    ),
]
Anybody = Annotated[object, Form(description="Whatever is no person is answered with its faults.")]
People = list[Person | Anybody]


@dataclass(frozen=True)
class Certify(Person, PlanChoice, Spoken):
    """One person to pay with a receipt, and by what."""


@dataclass(frozen=True)
class CertifyBatch(PlanChoice, Spoken):
    """People who are paid together with one receipt, and by what."""

    people: Annotated[People, Form(minItems=1)]
    tables: CompanyTables = field(metadata=ABSENT)
    origin: WholeOrigin = field(metadata=ABSENT)
    origins: Origins = field(metadata=ABSENT)


@dataclass(frozen=True)
class Evaluate(Certify):
    """One person to pay, by what, and whether in detail."""

    detail: Annotated[
        bool | None,
        Form(
            description="Whether to say of each sentence also which it is, and where each number in it leads."
        ),
    ] = field(metadata=ABSENT)


@dataclass(frozen=True)
class EvaluateLines(PlanChoice, Spoken):
    """By what to pay the people whose lines follow."""

    reasons: Annotated[
        bool | None,
        Form(
            description="Whether to say why: without reasons each line has its name and its amount alone. "
            "Reasons are given unless this is false."
        ),
    ] = field(metadata=ABSENT)
    origin: WholeOrigin = field(metadata=ABSENT)
    origins: Origins = field(metadata=ABSENT)


@dataclass(frozen=True)
class EvaluateBatch(EvaluateLines):
    """People to pay, and by what."""

    people: Annotated[People, Form(minItems=1)]
    tables: CompanyTables = field(metadata=ABSENT)


@dataclass(frozen=True)
class Check(PlanChoice, Spoken):
    """A plan to check."""


@dataclass(frozen=True)
class Format(PlanChoice, Spoken):
    """A plan to format."""


@dataclass(frozen=True)
class Translate(PlanChoice, Spoken):
    """A plan to translate, and the language to translate it to."""

    to: Lang


@dataclass(frozen=True)
class Diff(Spoken):
    """Two plans to compare, and people to pay by both, if it is to be told whom the change concerns."""

    old: PlanChoice
    new: PlanChoice
    people: Annotated[People | None, Form(minItems=1, maxItems=PEOPLE)] = field(metadata=ABSENT)
    tables: CompanyTables = field(metadata=ABSENT)
    origin: WholeOrigin = field(metadata=ABSENT)
    origins: Origins = field(metadata=ABSENT)


@dataclass(frozen=True)
class Bridge(Spoken):
    """Two receipts, as `POST /receipt` answered them."""

    old: Receipt
    new: Receipt
    employee: Annotated[str | None, Form(description="One person of the receipts; without it, all.")] = field(
        metadata=NULL
    )


@dataclass(frozen=True)
class Simulate(PlanChoice, Spoken):
    """A plan, and a history of people to pay by it: each for one or more periods."""

    people: Annotated[People, Form(minItems=1, maxItems=MOST)]
    tables: CompanyTables = field(metadata=ABSENT)
    origin: WholeOrigin = field(metadata=ABSENT)
    origins: Origins = field(metadata=ABSENT)
    against: Annotated[
        PlanChoice | None, Form(description="Another plan, to say what changes, who gains and who loses.")
    ] = field(metadata=NULL)
    sensitivity: Annotated[
        bool | None,
        Form(
            description="Whether to try a little more of each number of the plan, which takes longest; it is "
            "tried unless this is false."
        ),
    ] = field(metadata=ABSENT)
