"""A search for input that breaks the readers, led by the lines of code that it reaches (atheris).

    python -m tests.fuzz_readers --seconds 300 [--reader scenario ...] [--found DIR]

gives each reader of `tests.bad_input.readers` an equal part of the time, beginning from sound files and
from the rows of the corpus. What breaks a reader is kept in DIR and told; put it into the corpus. A run of
its own: atheris is no dependency of the project (pip install atheris, where there is a wheel for your
Python).
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

HANGS = 20
"""Seconds after which an input is told as one that hangs."""
MOST_MEMORY = 3000
"""Megabytes after which an input is told as one that takes too much."""
INSTRUMENTED = ["agents", "simulation", "experiments", "tomllib", "json"]


def main() -> int:
    """Search with every reader; the number of readers that broke."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--seconds", type=int, default=300, help="in all (default: 300)")
    parser.add_argument("--reader", action="append", help="only this one; may be repeated")
    parser.add_argument("--found", type=Path, default=Path("found"), help="folder for what breaks a reader")
    parser.add_argument("--search", nargs=2, metavar=("READER", "SECONDS"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if find_spec("atheris") is None:
        print("This search needs atheris, which is not installed: pip install atheris", file=sys.stderr)
        return 2
    if options.search:
        search(options.search[0], int(options.search[1]), options.found)
    from tests.bad_input.readers import READERS

    chosen = options.reader or list(READERS)
    broken = [name for name in chosen if not searched(name, options.seconds // len(chosen), options.found)]
    print(f"{len(chosen)} readers searched, {len(broken)} broke{': ' if broken else ''}{', '.join(broken)}")
    return len(broken)


def searched(reader: str, seconds: int, found: Path) -> bool:
    """Whether a reader stood a search in a process of its own; prints what the search says at its end."""
    found.mkdir(parents=True, exist_ok=True)
    line = [
        sys.executable,
        "-m",
        "tests.fuzz_readers",
        "--found",
        str(found),
        "--search",
        reader,
        str(seconds),
    ]
    done = subprocess.run(line, capture_output=True, text=True)
    told = [each for each in (done.stdout + done.stderr).splitlines() if each.strip() and len(each) < 500]
    figures = [each.strip() for each in told if " cov: " in each][-1:]
    print(f"{reader}: {''.join(figures) or 'no figures'}", flush=True)
    if done.returncode:
        print("\n".join(each for each in told if not each.startswith("#")), flush=True)
    return done.returncode == 0


def search(reader: str, seconds: int, found: Path) -> None:
    """Search with one reader; ends the process."""
    import atheris

    with atheris.instrument_imports(include=INSTRUMENTED):
        from tests.bad_input.readers import tried
        from tests.bad_input.sound import sound

    folder = Path(tempfile.mkdtemp(prefix="symbiopark-search-"))
    seeds = folder / "seeds"
    seeds.mkdir()
    for number, content in enumerate((*sound(reader), *rows_of(reader))):
        (seeds / str(number)).write_bytes(content)
    words = folder / "words"
    words.write_text("".join(f'"{each}"\n' for each in dictionary()), encoding="utf-8")
    place = folder / "place"
    place.mkdir()

    def one(content: bytes) -> None:
        tried(reader, content, place)

    limits = [f"-max_total_time={seconds}", f"-timeout={HANGS}", f"-rss_limit_mb={MOST_MEMORY}"]
    kept = [f"-artifact_prefix={found}/{reader}-", f"-dict={words}", "-max_len=200000", "-len_control=0"]
    atheris.Setup([sys.argv[0], *limits, *kept, str(seeds)], one)
    atheris.Fuzz()


def rows_of(reader: str) -> Iterator[bytes]:
    """What rows of the corpus hold for a reader of TOML or JSON."""
    from tests.bad_input.corpus import CORPUS

    kinds = {"scenario": "files", "variant": "contents of scenarios", "design": "designs"}
    for row in CORPUS.get(kinds.get(reader, ""), ()):
        for content in row.given.values():
            if isinstance(content, str | bytes) and len(content) < 5000:
                yield content.encode() if isinstance(content, str) else content


def dictionary() -> list[str]:
    """Words that a file of ours may hold: names of fields, verbs, numbers at the edge."""
    from simulation.events import VERBS
    from simulation.slots import SCENARIO

    names = {name for name, _ in SCENARIO.members()}
    names |= {each for _, slot in SCENARIO.members() for each, _ in slot.members()}
    edges = [
        "nan",
        "inf",
        "-inf",
        "1e999",
        "-0",
        "9007199254740993",
        "true",
        "null",
        "1990-01-01",
        "[[",
        "]]",
    ]
    names |= {
        "value",
        "by_year",
        "low",
        "high",
        "scale",
        "base",
        "catalogue",
        "remove",
        "axes",
        "samples",
        *VERBS,
    }
    return sorted(
        each for each in {*names, *edges} if each.isascii() and '"' not in each and "\\" not in each
    )


if __name__ == "__main__":
    sys.exit(main())
