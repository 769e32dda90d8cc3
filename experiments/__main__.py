"""The command `symbiopark`, also as `python -m experiments`."""

import sys

from . import terminal


def main() -> None:
    """Entry point: ready for an end from outside before anything is imported that takes time."""
    terminal.prepare()
    try:
        from .cli import commands

        commands.main()
    except KeyboardInterrupt as interrupt:
        sys.exit(terminal.stopped(interrupt).told())


if __name__ == "__main__":
    main()
