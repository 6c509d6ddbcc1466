"""What is asked, as published in OpenAPI.

Requests are not read by these models: a float would be made of a number first, and a key given twice would
pass. `api.web.asking` reads them, and a test holds that both take and refuse the same.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, RootModel

from dsl.parse.limits import TEXT
from dsl.words import Lang
from engine.period import FORM

from ..person import EMPLOYEE, IDENTIFIER, NAMES
from ..receipts import Receipt

PEOPLE = 300  # of one comparison, in which each is paid by many plans
MOST = 2000  # people of a request


class Model(BaseModel):
    """A request, or a part of one: nothing unknown in it, nothing converted."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, use_attribute_docstrings=True)


Value = Annotated[
    str | bool | int | float,
    Field(
        description="A number as a string or as a JSON number, taken exactly as written (a percentage as "
        "`2.1%` or `0.021`), a date as `2025-07-31`, yes or no as `true` and `false`."
    ),
]


class Person(Model):
    """One person for one period."""

    employee: str = Field(
        max_length=EMPLOYEE,
        pattern=f"^{IDENTIFIER.pattern}$",
        description="The personnel number, or whatever else tells people apart.",
    )
    period: str = Field(
        pattern=f"^{FORM.pattern}$", description="A month, a quarter or a year.", examples=["2025-07"]
    )
    facts: dict[str, Value] = Field(
        max_length=NAMES,
        description="What the person did, by the plan's names: `GET /plans/{id}/inputs` lists them.",
    )
    targets: dict[str, Value] = Field(
        default={},
        max_length=NAMES,
        description="Plan values of the person's own, where the plan allows them.",
    )


class Spoken(Model):
    """What is answered in somebody's language."""

    lang: Lang = Field(
        default="en", description="The language of the answer; otherwise `Accept-Language` tells."
    )


class KeptPlan(Model):
    """A plan that the server keeps."""

    plan: str = Field(description="The id of a plan: `GET /plans` lists them.", examples=["ivanov"])
    version: str | None = Field(
        default=None,
        description="A version of the plan. Without it, and without a revision, people are paid by the "
        "version in effect in their period, and texts are the present ones.",
    )
    revision: str | None = Field(
        default=None,
        max_length=200,
        description="A branch, a tag or a commit (by its first digits) to take the plan from; not together "
        "with `version`.",
    )


class OfPlan(Spoken, KeptPlan):
    """A plan that the server keeps."""


class OfSource(Spoken):
    """A plan that comes with the request."""

    source: str = Field(description=f"The text of a plan, in English or Russian: {TEXT} characters at most.")


class PersonOfPlan(OfPlan, Person):
    """Pay one person by a plan that the server keeps."""


class PersonOfSource(OfSource, Person):
    """Pay one person by a plan that comes with the request."""


Detailed = Annotated[
    bool,
    Field(
        description="Whether to say of each sentence also which it is, and where every number in it leads."
    ),
]


class EvaluatePlan(PersonOfPlan):
    """Pay one person by a plan that the server keeps, in detail or not."""

    detail: Detailed = False


class EvaluateSource(PersonOfSource):
    """Pay one person by a plan that comes with the request, in detail or not."""

    detail: Detailed = False


Anybody = Annotated[object, Field(description="Whatever is no person is answered with its faults.")]
People = Annotated[list[Person | Anybody], Field(min_length=1)]


class BatchPlan(OfPlan):
    """Pay many people by a plan that the server keeps."""

    people: People


class BatchSource(OfSource):
    """Pay many people by a plan that comes with the request."""

    people: People


class TextPlan(OfPlan):
    """Look at a plan that the server keeps."""


class TextSource(OfSource):
    """Look at a plan that comes with the request."""


class TranslatePlan(OfPlan):
    """Translate a plan that the server keeps."""

    to: Lang


class TranslateSource(OfSource):
    """Translate a plan that comes with the request."""

    to: Lang


class Evaluate(RootModel[EvaluatePlan | EvaluateSource]):
    """One person to pay, by what, and whether in detail."""


class Certify(RootModel[PersonOfPlan | PersonOfSource]):
    """One person to pay with a receipt, and by what."""


class EvaluateBatch(RootModel[BatchPlan | BatchSource]):
    """People to pay, and by what."""


class Check(RootModel[TextPlan | TextSource]):
    """A plan to check."""


class Format(RootModel[TextPlan | TextSource]):
    """A plan to format."""


class Translate(RootModel[TranslatePlan | TranslateSource]):
    """A plan to translate, and the language to translate it to."""


class SentPlan(Model):
    """A plan that comes with the request."""

    source: str = Field(description=f"The text of a plan: {TEXT} characters at most.")


class Diff(Spoken):
    """Two plans to compare, and people to pay by both, if it is to be told whom the change concerns."""

    old: KeptPlan | SentPlan
    new: KeptPlan | SentPlan
    people: People = Field(default_factory=list, max_length=PEOPLE)


class Bridge(Spoken):
    """Two receipts, as `POST /receipt` answered them."""

    old: Receipt
    new: Receipt
    employee: str | None = Field(default=None, description="One person of the receipts; without it, all.")


class AgainstPlan(KeptPlan):
    """Another plan that the server keeps, or another version of the same."""


class AgainstSource(Model):
    """Another plan that comes with the request."""

    source: str = Field(description="Its text.")


Against = Annotated[
    AgainstPlan | AgainstSource | None,
    Field(description="Another plan, to say what changes, who gains and who loses."),
]
Sensitive = Annotated[
    bool, Field(description="Whether to try a little more of each number of the plan, which takes longest.")
]
History = Annotated[People, Field(max_length=MOST)]


class SimulatePlan(OfPlan):
    """What a plan that the server keeps would cost."""

    people: History
    against: Against = None
    sensitivity: Sensitive = True


class SimulateSource(OfSource):
    """What a plan that comes with the request would cost."""

    people: History
    against: Against = None
    sensitivity: Sensitive = True


class Simulate(RootModel[SimulatePlan | SimulateSource]):
    """A plan, and a history of people to pay by it: each for one or more periods."""
