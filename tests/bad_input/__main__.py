"""How many bad inputs there are: by kind, and by the command that meets them."""

from __future__ import annotations

from collections import Counter

from .corpus import CORPUS


def main() -> None:
    """Print the figures of docs/robustness.md."""
    rows = [row for each in CORPUS.values() for row in each]
    print("| kind of bad input | rows |\n|---|---|")
    for kind, each in CORPUS.items():
        print(f"| {kind} | {len(each)} |")
    print(f"| all | {len(rows)} |\n")
    met = Counter(row.command for row in rows)
    print("By command: " + ", ".join(f"`{name}` {count}" for name, count in met.most_common()) + ".")


if __name__ == "__main__":
    main()
