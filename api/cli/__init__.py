"""The command line `premia`: the door of people in HR and of reviewers."""

import gc

from dsl.faults import register

register("api.cli")


def main() -> None:
    """Run the command that was typed; the process ends with 0, with 1 for faults, with 2 for wrong usage."""
    # Typer and the commands are imported by whoever types one, and not by whoever asks for a fault's words.
    from .commands import app  # noqa: PLC0415
    from .door import run  # noqa: PLC0415

    # What one command leaves behind is little, and to look for it while everything is imported takes time.
    gc.set_threshold(100_000)
    run(app)
