"""What is published of requests and answers, which those of tests are held against."""

from __future__ import annotations

from functools import cache
from typing import Any

from jsonschema_rs import Draft202012Validator

from api.web.app import ROUTES
from api.web.openapi import schemas
from api.web.problems import REF


def fits(kind: type, value: object) -> bool:
    """Whether a value of JSON is what is published under the name of a class."""
    return _validator(kind.__name__).is_valid(value)


def unlike(kind: type, value: object) -> list[str]:
    """Where a value is not what is published, and why."""
    errors = _validator(kind.__name__).iter_errors(value)
    return [f"/{'/'.join(map(str, error.instance_path))}: {error.message}" for error in errors]


@cache
def _validator(name: str) -> Draft202012Validator:
    return Draft202012Validator({"$ref": REF.format(model=name), "components": {"schemas": _schemas()}})


@cache
def _schemas() -> dict[str, Any]:
    return schemas(ROUTES)
