"""The commands as they are typed. Each is imported when it runs, so that help is there at once."""

from pathlib import Path
from typing import Annotated

import typer

from dsl.words import language

from .door import Command, Door
from .reader import Reader

app = typer.Typer(cls=Door, add_completion=False, rich_markup_mode=None, no_args_is_help=True)

# Values are texts as they were typed; where a metavar lists choices, it is one of them.
Plan = Annotated[str, typer.Argument(metavar="PLAN", show_default=False)]
Plans = Annotated[list[str], typer.Argument(metavar="PLAN…", show_default=False)]
SomePlan = Annotated[str | None, typer.Argument(metavar="[PLAN]", show_default=False)]
SomePlans = Annotated[list[str] | None, typer.Argument(metavar="[PLAN…]", show_default=False)]
Code = Annotated[str | None, typer.Argument(metavar="[CODE]", show_default=False)]
Old = Annotated[str, typer.Argument(metavar="OLD", show_default=False)]
New = Annotated[str, typer.Argument(metavar="NEW", show_default=False)]
Form = Annotated[str, typer.Option("--format", metavar="text|markdown|html")]
Server = Annotated[str | None, typer.Option("--ci", metavar="github|gitlab")]
Receipt = Annotated[str, typer.Argument(metavar="RECEIPT", show_default=False)]
Against = Annotated[str | None, typer.Option("--against", metavar="OLD")]
Older = Annotated[str, typer.Argument(metavar="OLD", show_default=False)]
Newer = Annotated[str, typer.Argument(metavar="NEW", show_default=False)]
Employee = Annotated[str | None, typer.Option("--employee", metavar="ID")]
Kpi = Annotated[str | None, typer.Option("--kpi", metavar="NAME")]
Sort = Annotated[list[str] | None, typer.Option("--for", metavar="ATTRIBUTE=VALUE")]
SomeFacts = Annotated[str | None, typer.Option("--facts", metavar="FILE")]
Facts = Annotated[str, typer.Option("--facts", metavar="FILE")]
Out = Annotated[str | None, typer.Option("--out", metavar="FILE")]
To = Annotated[str, typer.Option("--to", metavar="en|ru")]
Folder = Annotated[str, typer.Option("--plans", metavar="DIR")]
Revision = Annotated[str | None, typer.Option("--revision", metavar="REV")]
Host = Annotated[str, typer.Option("--host", metavar="HOST")]
Port = Annotated[str | None, typer.Option("--port", metavar="PORT")]
Flag = Annotated[bool, typer.Option()]
Language = Annotated[str | None, typer.Option("--lang", metavar="en|ru")]


def reader(context: typer.Context, json: bool, lang: str | None) -> Reader:
    """Who reads the answer; the language of the system where they name none."""
    entered: Reader = context.obj
    return Reader(entered.lang if lang is None else language(lang), json)


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


@app.command(cls=Command)
def evaluate(
    ctx: typer.Context,
    plan: Plan,
    facts: Facts,
    out: Out = None,
    detail: Flag = False,
    json: Flag = False,
    lang: Language = None,
) -> int:
    from .evaluate import evaluate

    return evaluate(plan, Path(facts), Path(out) if out else None, reader(ctx, json, lang), detail=detail)


@app.command(cls=Command)
def check(
    ctx: typer.Context, plans: Plans, exposure: Flag = False, json: Flag = False, lang: Language = None
) -> int:
    from .check import check

    return check(plans, reader(ctx, json, lang), exposure=exposure)


@app.command("format", cls=Command)
def rewrite(
    ctx: typer.Context,
    plans: Plans,
    check: Flag = False,
    stdout: Flag = False,
    json: Flag = False,
    lang: Language = None,
) -> int:
    from .format import rewrite

    return rewrite(plans, reader(ctx, json, lang), only_check=check, to_stdout=stdout)


@app.command(cls=Command)
def translate(ctx: typer.Context, plan: Plan, to: To, json: Flag = False, lang: Language = None) -> int:
    from .translate import translated

    return translated(plan, language(to), reader(ctx, json, lang))


@app.command("test", cls=Command)
def examples(
    ctx: typer.Context,
    plans: SomePlans = None,
    edges: Flag = False,
    coverage: Flag = False,
    json: Flag = False,
    lang: Language = None,
) -> int:
    from .examples import report

    return report(plans or ["."], reader(ctx, json, lang), at_edges=edges, covered=coverage)


@app.command(cls=Command)
def curve(  # noqa: PLR0913, PLR0917  # one for each option
    ctx: typer.Context,
    plan: Plan,
    kpi: Kpi = None,
    sort: Sort = None,
    facts: SomeFacts = None,
    employee: Employee = None,
    out: Out = None,
    json: Flag = False,
    lang: Language = None,
) -> int:
    from .curve import Wish, curve

    wish = Wish(kpi, tuple(sort or ()), Path(facts) if facts else None, employee)
    return curve(plan, wish, Path(out) if out else None, reader(ctx, json, lang))


@app.command(cls=Command)
def explain(ctx: typer.Context, code: Code = None, json: Flag = False, lang: Language = None) -> int:
    from .explain import explain

    return explain(code, reader(ctx, json, lang))


@app.command(cls=Command)
def inputs(
    ctx: typer.Context,
    plan: Plan,
    csv: Flag = False,
    json: Flag = False,
    lang: Language = None,
) -> int:
    from .inputs import asked

    return asked(plan, reader(ctx, json, lang), table=csv)


@app.command(cls=Command)
def diff(
    ctx: typer.Context,
    old: Old,
    new: New,
    facts: SomeFacts = None,
    format: Form = "text",
    pictures: Flag = False,
    json: Flag = False,
    lang: Language = None,
) -> int:
    from .diff import diff, form

    given = Path(facts) if facts else None
    return diff((old, new), given, form(format, json=json), reader(ctx, json, lang), pictures=pictures)


@app.command("git-setup", cls=Command)
def git_setup(
    ctx: typer.Context,
    uninstall: Flag = False,
    ci: Server = None,
    json: Flag = False,
    lang: Language = None,
) -> int:
    from .git_setup import setup, workflow

    shown = None if lang is None else reader(ctx, json, lang).lang
    return workflow(ci) if ci else setup(uninstall=uninstall, shown=shown, reader=reader(ctx, json, lang))


@app.command(cls=Command)
def textconv(ctx: typer.Context, plan: Plan, json: Flag = False, lang: Language = None) -> int:
    from .textconv import textconv

    who = reader(ctx, json, lang)
    return textconv(Path(plan), None if lang is None else who.lang, who)


@app.command(cls=Command)
def receipt(
    ctx: typer.Context,
    plan: Plan,
    facts: Facts,
    out: Out = None,
    employee: Employee = None,
    json: Flag = False,
    lang: Language = None,
) -> int:
    from .receipt import receipt

    target = Path(out) if out else None
    return receipt(plan, Path(facts), target, employee, reader(ctx, json, lang))


@app.command(cls=Command)
def verify(ctx: typer.Context, receipt: Receipt, json: Flag = False, lang: Language = None) -> int:
    from .verify import verify

    return verify(Path(receipt), reader(ctx, json, lang))


@app.command(cls=Command)
def regulation(
    ctx: typer.Context, plan: Plan, out: Out = None, json: Flag = False, lang: Language = None
) -> int:
    from .regulation import regulation

    return regulation(plan, Path(out) if out else None, reader(ctx, json, lang))


@app.command(cls=Command)
def bridge(
    ctx: typer.Context,
    old: Older,
    new: Newer,
    employee: Employee = None,
    out: Out = None,
    json: Flag = False,
    lang: Language = None,
) -> int:
    from .bridge import bridge

    target = Path(out) if out else None
    return bridge(Path(old), Path(new), employee, target, reader(ctx, json, lang))


@app.command(cls=Command)
def versions(
    ctx: typer.Context,
    plan: SomePlan = None,
    plans: Folder = ".",
    revision: Revision = None,
    json: Flag = False,
    lang: Language = None,
) -> int:
    from .versions import versions

    return versions(plan, Path(plans), revision, reader(ctx, json, lang))


@app.command(cls=Command)
def simulate(
    ctx: typer.Context,
    plan: Plan,
    facts: Facts,
    against: Against = None,
    quick: Flag = False,
    out: Out = None,
    json: Flag = False,
    lang: Language = None,
) -> int:
    from .simulate import simulate

    target = Path(out) if out else None
    return simulate(plan, Path(facts), against, target, reader(ctx, json, lang), quick=quick)


@app.command(cls=Command)
def serve(
    ctx: typer.Context,
    plans: Folder = "examples",
    revision: Revision = None,
    host: Host = "127.0.0.1",
    port: Port = None,
    json: Flag = False,
    lang: Language = None,
) -> int:
    from .serve import serve

    return serve(Path(plans), revision, host, port, reader(ctx, json, lang))
