"""`premia regulation`: the regulation on bonuses, made from one version of a plan."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

from dsl.faults import Fault

from .. import regulation as writers
from .common import deliver, ready
from .reader import Reader
from .reports import drawn, refuse, sound

FORMS: tuple[writers.Form, ...] = get_args(writers.Form)


def regulation(argument: str, out: Path | None, reader: Reader) -> None:
    """Print the page, or write the document to a file; what it leaves blank is told beside it."""
    data = out is None and reader.json
    suffix = out.suffix.casefold() if out else ".json" if data else ".html"
    form = next((one for one in FORMS if f".{one}" == suffix), None)
    if form is None:
        refuse([Fault("P691", facts={"path": str(out)})], None, reader)
    plan = ready(argument, reader)
    document = writers.made(plan, reader.lang)
    if isinstance(document, tuple):
        refuse(document, plan.source, reader, argument)
    written = sound(writers.written(document, form), reader)
    if not data and (gaps := tuple(writers.gaps(plan))):
        reader.complain(*drawn(gaps, plan.source, reader, argument), "")
    deliver(written, out, reader)
