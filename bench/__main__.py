"""`python -m bench`: every topic in one run."""

from __future__ import annotations

import argparse
import json
import platform
import sys
import time
import traceback
from collections.abc import Callable, Mapping

from . import answers, diffs, evaluation, growth, history, reading, records, start
from .rounds import FULL, QUICK, Effort
from .service import report as service
from .table import Report, document, drawn

TOPICS: Mapping[str, Callable[[Effort], Report]] = {
    "evaluation": evaluation.report,
    "answers": answers.report,
    "reading": reading.report,
    "growth": growth.report,
    "records": records.report,
    "diffs": diffs.report,
    "service": service.report,
    "start": start.report,
    "history": history.report,
}


def main() -> None:
    """The command line."""
    options = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    options.add_argument(
        "topics", nargs="*", metavar="TOPIC", help=f"some of: {', '.join(TOPICS)} (default: all)"
    )
    options.add_argument(
        "--quick", action="store_true", help="seconds instead of minutes, and rougher numbers"
    )
    options.add_argument("--json", action="store_true", help="print data")
    asked = options.parse_args()
    if unknown := [name for name in asked.topics if name not in TOPICS]:
        options.error(f"no topic {', '.join(unknown)}; there are {', '.join(TOPICS)}")
    effort = QUICK if asked.quick else FULL
    reports = []
    failed = False
    for name in asked.topics or TOPICS:
        start = time.perf_counter()
        try:
            reports.append(TOPICS[name](effort))
        except Exception:  # what the other topics measured is not to be lost with this one
            failed = True
            traceback.print_exc()
        print(f"{name}: {time.perf_counter() - start:.1f} s", file=sys.stderr)
    machine = f"Python {platform.python_version()} on {platform.system()} {platform.machine()}"
    if asked.json:
        print(
            json.dumps(
                {"machine": machine, "quick": asked.quick, **document(reports)}, ensure_ascii=False, indent=2
            )
        )
    else:
        print(f"{machine}\n\n{drawn(reports)}")
    sys.exit(failed)


if __name__ == "__main__":
    main()
