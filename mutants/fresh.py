"""`python -m mutants.fresh REQUEST ANSWER`: one mutant, in force before anything is imported."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from .places import Mutant
from .trial import STARTED, Trials, file
from .weave import Weaver


def main(asked: Path, answer: Path) -> None:
    """Run the tests of a request until one fails."""
    request = json.loads(asked.read_text("utf-8"))
    usual: dict[str, float] = request["usual"]
    weaver = Weaver([Mutant(**request["mutant"])])
    weaver.switches[0] = True
    weaver.install()

    def loop(items: list[pytest.Item]) -> None:
        weaver.switches[0] = True
        found = {item.nodeid: item for item in items}
        coming = [found[name] for name in usual if name in found]
        answer.write_text(json.dumps(trials.noticing(coming, usual)), "utf-8")

    trials = Trials(weaver.switches, loop)
    pytest.main([*sorted({file(name) for name in usual}), *STARTED], plugins=[trials])


if __name__ == "__main__":  # workers of the service read the module that was started, too
    main(*map(Path, sys.argv[1:]))
