"""The commands as they are typed. Each is imported when it runs, so that help is there at once."""

from collections.abc import Callable
from inspect import Signature, signature
from pathlib import Path
from typing import Annotated, Any

import typer

from dsl.words import language

from .door import Command, Door
from .reader import Reader

app = typer.Typer(cls=Door, add_completion=False, rich_markup_mode=None, no_args_is_help=True)

# Values are texts as they were typed, or paths; where a metavar lists choices, it is one of them.
Plan = Annotated[str, typer.Argument(metavar="PLAN", show_default=False)]
Plans = Annotated[list[str], typer.Argument(metavar="PLAN…", show_default=False)]
SomePlan = Annotated[str | None, typer.Argument(metavar="[PLAN]", show_default=False)]
SomePlans = Annotated[list[str] | None, typer.Argument(metavar="[PLAN…]", show_default=False)]
Template = Annotated[str | None, typer.Argument(metavar="[NAME]", show_default=False)]
Asked = Annotated[list[str] | None, typer.Argument(metavar="[CODE]", show_default=False)]
Old = Annotated[str, typer.Argument(metavar="OLD", show_default=False)]
New = Annotated[str, typer.Argument(metavar="NEW", show_default=False)]
Form = Annotated[str, typer.Option("--format", metavar="text|markdown|html")]
Country = Annotated[str, typer.Argument(metavar="COUNTRY", show_default=False)]
Year = Annotated[str, typer.Argument(metavar="YEAR", show_default=False)]
Week = Annotated[str, typer.Option("--week", metavar="HOURS")]
OwnDays = Annotated[Path | None, typer.Option("--own", metavar="FILE")]
Server = Annotated[str | None, typer.Option("--ci", metavar="github|gitlab")]
Receipt = Annotated[Path, typer.Argument(metavar="RECEIPT", show_default=False)]
Against = Annotated[str | None, typer.Option("--against", metavar="OLD")]
Older = Annotated[Path, typer.Argument(metavar="OLD", show_default=False)]
Newer = Annotated[Path, typer.Argument(metavar="NEW", show_default=False)]
Employee = Annotated[str | None, typer.Option("--employee", metavar="ID")]
Kpi = Annotated[str | None, typer.Option("--kpi", metavar="NAME")]
Sort = Annotated[list[str] | None, typer.Option("--for", metavar="ATTRIBUTE=VALUE")]
Map = Annotated[str, typer.Option("--map", metavar="NAME")]
Maps = Annotated[list[str] | None, typer.Option("--map", metavar="NAME[=FILE]")]
Files = Annotated[list[str], typer.Argument(metavar="FILE…", show_default=False)]
SomeFacts = Annotated[Path | None, typer.Option("--facts", metavar="FILE")]
Facts = Annotated[Path, typer.Option("--facts", metavar="FILE")]
Tables = Annotated[list[str] | None, typer.Option("--table", metavar="NAME=FILE")]
Sources = Annotated[list[str] | None, typer.Option("--source", metavar="[NAME=]SOURCE[@DAY]")]
OneTable = Annotated[str | None, typer.Option("--table", metavar="NAME")]
Out = Annotated[Path | None, typer.Option("--out", metavar="FILE")]
To = Annotated[str, typer.Option("--to", metavar="en|ru")]
Folder = Annotated[Path, typer.Option("--plans", metavar="DIR")]
Revision = Annotated[str | None, typer.Option("--revision", metavar="REV")]
Host = Annotated[str, typer.Option("--host", metavar="HOST")]
Port = Annotated[str | None, typer.Option("--port", metavar="PORT")]
Flag = Annotated[bool, typer.Option()]
Language = Annotated[str | None, typer.Option("--lang", metavar="en|ru")]


def command(name: str | None = None) -> Callable[[Callable[..., int | None]], None]:
    """A command: who reads its answer, and how, is an option of each.

    It is declared without `--json` and `--lang`, and given the reader that they make.
    """

    def declared(run: Callable[..., int | None]) -> None:
        def asked(ctx: typer.Context, json: Flag = False, lang: Language = None, **given: Any) -> int | None:
            named = None if lang is None else language(lang)
            return run(Reader(named or ctx.obj.lang, json, named), **given)

        context, *common, _ = signature(asked).parameters.values()
        _, *own = signature(run).parameters.values()
        asked.__name__ = run.__name__
        asked.__annotations__ = {one.name: one.annotation for one in (context, *own, *common)}
        vars(asked)["__signature__"] = Signature([context, *own, *common])
        app.command(name, cls=Command)(asked)

    return declared


def _tell(wanted: bool) -> None:
    from engine import VERSION

    if wanted:
        print(f"premia {VERSION}")
        raise typer.Exit


@app.callback()
def premia(
    lang: Language = None,
    version: Annotated[bool, typer.Option("--version", callback=_tell, is_eager=True)] = False,
) -> None:
    """The language may be named before the command as well, and for the list of commands."""


@command("new")
def begin(reader: Reader, name: Template = None, out: Out = None, list: Flag = False) -> int:
    from .new import begin, templates

    if not list:
        return begin(name, out, reader)
    templates(reader)
    return 0


@command()
def evaluate(
    reader: Reader,
    plan: Plan,
    facts: Facts,
    table: Tables = None,
    map: Maps = None,
    source: Sources = None,
    out: Out = None,
    detail: Flag = False,
) -> int:
    from .evaluate import evaluate

    return evaluate(plan, facts, out, reader, table or (), map or (), source or (), detail=detail)


@command("import")
def bring(reader: Reader, files: Files, map: Map, out: Out = None, plans: Folder = Path()) -> int:
    from .imports import bring

    return bring(files, map, out, plans, reader)


@command()
def check(reader: Reader, plans: Plans, exposure: Flag = False, fix: Flag = False, ci: Server = None) -> int:
    from .check import check

    return check(plans, reader, ci, exposure=exposure, fix=fix)


@command("format")
def rewrite(reader: Reader, plans: Plans, check: Flag = False, stdout: Flag = False) -> int:
    from .format import rewrite

    return rewrite(plans, reader, only_check=check, to_stdout=stdout)


@command()
def translate(reader: Reader, plan: Plan, to: To) -> None:
    from .format import translated

    translated(plan, language(to), reader)


@command("test")
def examples(
    reader: Reader, plans: SomePlans = None, edges: Flag = False, coverage: Flag = False, ci: Server = None
) -> int:
    from .examples import examples

    return examples(plans or ["."], reader, ci, at_edges=edges, covered=coverage)


@command()
def curve(
    reader: Reader,
    plan: Plan,
    kpi: Kpi = None,
    sort: Sort = None,
    facts: SomeFacts = None,
    employee: Employee = None,
    out: Out = None,
) -> None:
    from .curve import curve

    curve(plan, kpi, sort or (), facts, employee, out, reader)


@command()
def explain(reader: Reader, asked: Asked = None) -> None:
    from .explain import explain

    explain(asked or (), reader)


@command()
def inputs(reader: Reader, plan: Plan, csv: Flag = False, table: OneTable = None) -> None:
    from .inputs import asked

    asked(plan, reader, csv=csv, table=table)


@command()
def diff(  # noqa: PLR0913, PLR0917  # its options
    reader: Reader,
    old: Old,
    new: New,
    facts: SomeFacts = None,
    table: Tables = None,
    map: Maps = None,
    source: Sources = None,
    format: Form = "text",
    pictures: Flag = False,
) -> int:
    from .diff import diff

    return diff((old, new), facts, format, reader, table or (), map or (), source or (), pictures=pictures)


@command()
def calendar(
    reader: Reader, country: Country, year: Year, week: Week = "40", own: OwnDays = None, out: Out = None
) -> int:
    from .calendar import calendar

    return calendar(country, year, week, own, out, reader)


@command("git-setup")
def git_setup(reader: Reader, uninstall: Flag = False, ci: Server = None) -> None:
    from .git import setup, workflow

    return workflow(ci) if ci else setup(reader, uninstall=uninstall)


@command()
def textconv(reader: Reader, plan: Plan) -> int:
    from .git import textconv

    return textconv(Path(plan), reader)


@command()
def receipt(
    reader: Reader,
    plan: Plan,
    facts: Facts,
    table: Tables = None,
    map: Maps = None,
    source: Sources = None,
    out: Out = None,
    employee: Employee = None,
) -> int:
    from .receipts import receipt

    return receipt(plan, facts, out, employee, reader, table or (), map or (), source or ())


@command()
def verify(reader: Reader, receipt: Receipt) -> int:
    from .receipts import verify

    return verify(receipt, reader)


@command()
def regulation(reader: Reader, plan: Plan, out: Out = None) -> None:
    from .regulation import regulation

    regulation(plan, out, reader)


@command()
def bridge(reader: Reader, old: Older, new: Newer, employee: Employee = None, out: Out = None) -> None:
    from .receipts import bridge

    bridge(old, new, employee, out, reader)


@command()
def versions(reader: Reader, plan: SomePlan = None, plans: Folder = Path(), revision: Revision = None) -> int:
    from .versions import versions

    return versions(plan, plans, revision, reader)


@command()
def simulate(  # noqa: PLR0913, PLR0917  # its options
    reader: Reader,
    plan: Plan,
    facts: Facts,
    table: Tables = None,
    map: Maps = None,
    source: Sources = None,
    against: Against = None,
    quick: Flag = False,
    out: Out = None,
) -> int:
    from .simulate import simulate

    return simulate(plan, facts, against, out, reader, table or (), map or (), source or (), quick=quick)


@command()
def serve(
    reader: Reader,
    plans: Folder = Path("examples"),
    revision: Revision = None,
    host: Host = "127.0.0.1",
    port: Port = None,
) -> None:
    from .serve import serve

    serve(plans, revision, host, port, reader)
