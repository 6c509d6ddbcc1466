"""The way in and out of the program: whatever happens has an answer in words and an exit code."""

from __future__ import annotations

import errno
import os
import re
import sys
import traceback
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from dsl.faults import Fault, nearest
from dsl.marks import MOST, overladen

from .help import command_help, group_help
from .reader import Reader, language

FAULTS, MISUSE, BUG, INTERRUPTED, PIPE = 1, 2, 3, 130, 141
# Files are opened where their faults are told, so these are about the answer itself: a disk that is full.
UNWRITTEN = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO}
SHOWN = 40  # characters of what somebody typed
TRACE = "PREMIA_TRACEBACK"  # set by whoever mends premia


class Misuse(typer.BadParameter):
    """Wrong usage that was found by ourselves; its message is in the reader's language."""


class Command(TyperCommand):
    """A command with our own help; what is typed reaches it as text, to make of it what it needs."""

    def get_params(self, ctx: Any) -> list[Any]:
        """The options and arguments, `--help` among them."""
        return as_typed(super().get_params(ctx))

    def get_help(self, ctx: Any) -> str:
        """The help page in the reader's language."""
        return command_help(ctx.obj, self)


def as_typed(params: Iterable[Any]) -> list[Any]:
    """Keep Typer from handing values to pydantic, which takes longer to import than an answer to make."""
    several = list(params)
    for param in several:
        vars(param)["process_value"] = partial(_typed, param)
    return several


def _typed(param: Any, context: Any, value: Any) -> Any:
    """A value as it was typed, or a path, if it may be left out or is one of those that may be."""
    reader: Reader = context.obj
    if value is None or value == ():
        if param.required:
            raise Misuse(reader.words("missing", name=_name(param)), context)
        return None
    choices = (param.metavar or "").split("|")
    if len(choices) > 1 and value not in choices:
        wanted = " / ".join(f"`{choice}`" for choice in choices)
        raise Misuse(reader.words("bad_choice", name=_name(param), value=value, wanted=wanted), context)
    if param.type_descriptor.annotation is Path:
        return Path(value)
    return param.callback(context, param, value) if param.callback else value


def _name(param: Any) -> str:
    """What people type for a value: `PLAN`, `--facts`."""
    name: str = param.metavar if param.param_type_name == "argument" else param.opts[0]
    return name


class Door(TyperGroup):
    """All the commands."""

    def get_params(self, ctx: Any) -> list[Any]:
        """The options that stand before a command."""
        return as_typed(super().get_params(ctx))

    def get_help(self, ctx: Any) -> str:
        """The list of commands in the reader's language."""
        return group_help(ctx.obj, self)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that was typed."""
        name = args[0]
        if name not in self.commands and not name.startswith("-"):
            reader: Reader = ctx.obj
            said = reader.words("no_command", name=name)
            raise Misuse(reader.meant(said, nearest(name, self.commands)), ctx)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: Any) -> Any:
        """Run the command; a reader who has seen enough (`| head`) is no mistake."""
        try:
            code = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            _let_go()
            return PIPE
        return code

    def main(self, args: Sequence[str] | None = None, *_: Any, **__: Any) -> Any:
        """Run what was typed and end the process."""
        typed = sys.argv[1:] if args is None else list(args)
        reader = Reader(language(typed, os.environ))
        sys.exit(self._answer(typed, reader))

    def _answer(self, typed: list[str], reader: Reader) -> int:
        if strange := next((word for word in typed if overladen(word) is not None), None):
            return _told(Fault("P143", facts={"name": strange[:SHOWN], "most": str(MOST)}), reader)
        try:
            code = super().main(args=typed, prog_name="premia", standalone_mode=False, obj=reader)
        except typer.TyperException as error:
            reader.complain(misused(error, reader))
            return MISUSE
        except (KeyboardInterrupt, typer.Abort):
            return INTERRUPTED
        except Exception as error:
            return _failed(error, reader)
        return code if isinstance(code, int) else 0


def _failed(error: Exception, reader: Reader) -> int:
    """The end of a command that could not go on: a disk is full, its plans went away, or we were wrong."""
    from ..store import Lost  # noqa: PLC0415  # help waits for no plans

    match error:
        case OSError(errno=number, strerror=reason) if number in UNWRITTEN:
            _let_go()
            print(reader.words("unwritten", reason=reason), file=sys.stderr)
            return FAULTS
        case Lost(fault=fault):
            return _told(fault, reader)
    if os.environ.get(TRACE):
        traceback.print_exception(error)
    frame = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{type(error).__name__}, {Path(frame.filename).name}:{frame.lineno}"
    print(reader.words("bug", where=where, trace=TRACE), file=sys.stderr)
    return BUG


def _told(fault: Fault, reader: Reader) -> int:
    """Say what no command is needed to find."""
    from .reports import drawn  # noqa: PLC0415  # help waits for no reports

    reader.complain(*drawn([fault], None, reader))
    return FAULTS


def _let_go() -> None:
    """Throw away what is still to be printed: it has nowhere to go, and Python would complain of it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def run(app: typer.Typer) -> None:
    """Run the program on what was typed."""
    for stream in (sys.stdout, sys.stderr):
        # A file is in UTF-8 whatever the locale, so that it can be kept; a terminal shows what it can.
        encoding = stream.encoding if stream.isatty() else "utf-8"
        stream.reconfigure(encoding=encoding, errors="replace")  # type: ignore[union-attr]  # both are text files
    typer.main.get_command(app).main()


def misused(error: typer.TyperException, reader: Reader) -> str:
    """Wrong usage in the reader's words, and where to read on."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "premia"
    if type(error).__name__ == "NoArgsIsHelpError":
        return error.message
    return f"{path}: {_sentence(error, reader)}\n{reader.words('see', command=path)}"


def _sentence(error: typer.TyperException, reader: Reader) -> str:
    """Typer's classes of misuse are not public, so they are told by name; a new one speaks for itself."""
    option = getattr(error, "option_name", "")
    match type(error).__name__:
        case "NoSuchOption":
            near = next(iter(getattr(error, "possibilities", None) or ()), None)
            return reader.meant(reader.words("no_option", name=option), near)
        case "BadOptionUsage":
            return reader.words("no_value", name=option)
        case "UsageError" if found := re.search(r" \((.*)\)$", error.message):
            return reader.words("extra", name=found[1])
        case _:
            return error.message
