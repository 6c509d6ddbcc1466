"""A console that documents run in: a folder, the command `premia`, and the service behind `curl`."""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from functools import cache
from getopt import gnu_getopt
from itertools import takewhile
from pathlib import Path

from starlette.testclient import TestClient
from typer.testing import CliRunner

from api.cli.commands import app
from api.store import registry
from api.web import create_app
from api.web.serve import address, greeting
from dsl.words import Lang
from tests.support.documents import Block, Document, abridged, commands, replaced
from tests.support.places import ROOT

EXAMPLES = "examples"
PORT = 8000
ENDS = (0, 1, 2)  # of a command that is no bug of ours


@dataclass(frozen=True, slots=True)
class Written:
    """A plan of a document, as it is after a block: the block, the name of the file and its text."""

    block: Block
    file: str
    text: str


@dataclass(slots=True)
class Console:
    """A folder in which somebody follows a document, with the plans that they wrote there."""

    folder: Path
    lang: Lang
    plans: list[Written] = field(default_factory=list)

    def follow(self, document: Document) -> str:
        """The text of a document with everything printed anew."""
        (self.folder / EXAMPLES).symlink_to(ROOT / EXAMPLES)
        texts: list[tuple[int, int, list[str]]] = []
        for block in document.blocks:
            if block.sort == "console":
                for command in commands(block):
                    rows = abridged(command.shown, self.run(command.typed))
                    texts.append((command.first, command.first + len(command.shown), rows))
            elif name := block.named("written"):
                rows = abridged(block.lines, visible((self.folder / name).read_text("utf-8")))
                texts.append((block.first, block.first + len(block.lines), rows))
            else:
                self.write(block)
        return replaced(document, texts)

    def write(self, block: Block) -> None:
        """Do to a file what a block says."""
        if name := block.named("file"):
            text = block.text
        elif name := block.named("add"):
            text = f"{self.read(name)}\n{block.text}"
        elif name := block.named("edit"):
            text = edited(self.read(name), block)
        else:
            return
        (self.folder / name).write_text(text, "utf-8")
        if block.sort == "premia":
            self.plans.append(Written(block, name, text))

    def read(self, name: str) -> str:
        """The text of a file in the folder."""
        return (self.folder / name).read_text("utf-8")

    def run(self, typed: str) -> list[str]:
        """What a command prints, in rows."""
        piped, *targets = parted(split(typed), ">")
        first, *filters = parted(piped, "|")
        with contextlib.chdir(self.folder):
            printed = self.printed(first, to_file=bool(targets))
            for words in filters:
                printed = filtered(printed, words)
            for target in targets:
                Path(*target).write_text(printed, "utf-8")
        return [] if targets else visible(printed)

    def printed(self, words: list[str], *, to_file: bool) -> str:
        """The text that a command prints; of one that prints to a file, without what would go past it."""
        match words:
            case ["premia", "serve", *_]:
                return greeting(registry(Path(EXAMPLES)).shelf, address("127.0.0.1", PORT), self.lang)
            case ["premia", *args]:
                environment = {"LC_ALL": "", "LC_MESSAGES": "", "LANG": f"{self.lang}_XX.UTF-8"}
                result = CliRunner(env=environment).invoke(app, args, prog_name="premia")
                if result.exit_code not in ENDS:
                    raise ValueError(f"premia {' '.join(args)}: {result.output}")
                return result.stdout if to_file else result.output
            case ["curl", *args]:
                return curl(args)
            case ["jq", "-s", shape, *names]:
                return gathered(shape, names)
            case ["jq", *args, name]:
                return jq(Path(name).read_text("utf-8"), *args)
            case ["python3", *args]:
                return subprocess.run(
                    [sys.executable, *args], check=True, capture_output=True, text=True
                ).stdout
            case ["cp", source, target]:
                shutil.copyfile(source, target)
                return ""
            case _:
                raise ValueError(f"no such command: {words}")


def split(typed: str) -> list[str]:
    """The words of a command line; `|` and `>` are words of their own."""
    lexer = shlex.shlex(typed, posix=True, punctuation_chars="|>")
    lexer.whitespace_split = True
    lexer.commenters = ""
    return list(lexer)


def parted(words: list[str], mark: str) -> list[list[str]]:
    """The words between the marks of a sort."""
    parts: list[list[str]] = [[]]
    for word in words:
        if word == mark:
            parts.append([])
        else:
            parts[-1].append(word)
    return parts


def visible(text: str) -> list[str]:
    """The rows of a text as they are seen: the mark for Excel at the beginning of a table is not."""
    return text.removeprefix("\ufeff").rstrip("\n").splitlines()


def filtered(printed: str, words: list[str]) -> str:
    """What a filter makes of a text."""
    match words:
        case ["jq", *args]:
            return jq(printed, *args)
        case ["sha256sum"]:
            return f"{hashlib.sha256(printed.encode()).hexdigest()}  -\n"
        case _:
            raise ValueError(f"no such filter: {words}")


def edited(text: str, block: Block) -> str:
    """A text in which each line of a block stands in place of the one that begins most like it."""
    lines = text.split("\n")
    for new in block.lines:
        alike = [_alike(line, new) for line in lines]
        most = max(alike)
        if not most or alike.count(most) > 1:
            raise ValueError(f"line {block.first + 1}: which line begins like {new!r}?")
        lines[alike.index(most)] = new
    return "\n".join(lines)


def _alike(line: str, other: str) -> int:
    """How many words two lines have in common from their beginnings on."""
    pairs = zip(line.split(), other.split(), strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


# ── The service ──────────────────────────────────────────────────────────────────────────────────────────


@cache
def service() -> TestClient:
    """The service over the examples, as `make run` starts it."""
    return TestClient(create_app(registry(ROOT / EXAMPLES)), base_url=f"http://localhost:{PORT}")


def curl(args: list[str]) -> str:
    """What curl prints: the body of an answer, or with `-w` words about it (`-o` throws the body away)."""
    options, urls = gnu_getopt(args, "sd:H:o:w:", ["data-binary="])
    given = dict(options)
    body = given.get("-d")
    if body is not None and body.startswith("@"):
        body = "".join(Path(body[1:]).read_text("utf-8").splitlines())
    if (whole := given.get("--data-binary")) is not None:
        body = Path(whole[1:]).read_text("utf-8")
    headers = {"Content-Type": "application/x-www-form-urlencoded"} if body is not None else {}
    headers |= dict(value.split(": ", 1) for option, value in options if option == "-H")
    method = "GET" if body is None else "POST"
    response = service().request(method, f"http://{urls[0]}", content=body and body.encode(), headers=headers)
    if "-w" not in given:
        return response.text
    known = {"http_code": str(response.status_code), "content_type": response.headers["content-type"]}
    return re.sub(r"%\{(\w+)\}", lambda found: known[found[1]], given["-w"]).replace("\\n", "\n")


def gathered(shape: str, names: list[str]) -> str:
    """What `jq -s` makes of several files: an object with each under a name (`{old: .[0], new: .[1]}`)."""
    values = [json.loads(Path(name).read_text("utf-8")) for name in names]
    pairs = re.findall(r"(\w+): \.\[([0-9])\]", shape)
    return json.dumps({name: values[int(number)] for name, number in pairs}, ensure_ascii=False)


def jq(text: str, *args: str) -> str:
    """What jq prints for a path (`.lines[0].name`), or of each thing in a list (`.lines[] | "\\(.name)"`).

    With `-r` a text is printed without its quotation marks, and with `-j` without an end of the line either.
    """
    path, each, template = args[-1].partition("[] | ")
    value = json.loads(text)
    for name, place in re.findall(r"(\w+)|\[([0-9]+)\]", path):
        value = value[name or int(place)]
    if each:
        shape = re.sub(r"\\\(\.(\w+)\)", r"{\1}", template.strip('"'))
        return "\n".join(shape.format_map(item) for item in value)
    raw = {"-r", "-j"} & {*args} and isinstance(value, str)
    return value if raw else json.dumps(value, ensure_ascii=False, indent=2)
