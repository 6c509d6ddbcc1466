"""The templates: a plan of each usual scheme, in each language, as it is without any answer."""

from __future__ import annotations

from importlib.resources import files

from dsl.source import Source
from dsl.words import LANGS, Lang

from .outline import Outline

# In the order in which they are shown (`domain.md`, section 8).
NAMES = ("hunters", "farmers", "long-cycle", "shop-floor", "support", "head-of-sales")


def names() -> tuple[str, ...]:
    """What templates are called, in either language."""
    return NAMES


def template(name: str, lang: Lang) -> Outline:
    """A template in a language."""
    text = files(__package__).joinpath(f"{name}.{lang}.plan").read_text("utf-8")
    return Outline.of(Source(f"{name}.plan", text))


def priced(name: str, plan: Outline, currency: str) -> Outline | None:
    """The plan of a template with amounts as they are in a currency; None where no template pays in it."""
    models = (template(name, lang) for lang in LANGS)
    model = next((one for one in models if one.currency == currency), None)
    return None if model is None else plan.paid_in(currency).numbered(model)
