"""Hard limits of a value, as pydantic keeps them, and in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .problems import number

TOO_FAR_TO_TELL = 1e9  # upper limits from here on only keep nonsense out


@dataclass(frozen=True)
class Limits:
    """Least and most of a number, shortest and longest of a text or list.

    `open_below` and `open_above`: the limit itself is not allowed.
    """

    least: float | None = None
    most: float | None = None
    open_below: bool = False
    open_above: bool = False
    shortest: int | None = None
    longest: int | None = None

    @classmethod
    def of(cls, metadata: list[Any]) -> Limits:
        """From the metadata of an annotation."""
        stated: dict[str, Any] = {}
        for each in metadata:
            for name in ("ge", "gt", "le", "lt", "min_length", "max_length"):
                if getattr(each, name, None) is not None:
                    stated[name] = getattr(each, name)
        return cls(
            least=stated.get("ge", stated.get("gt")),
            most=stated.get("le", stated.get("lt")),
            open_below="gt" in stated,
            open_above="lt" in stated,
            shortest=stated.get("min_length"),
            longest=stated.get("max_length"),
        )

    def hold(self, value: float) -> bool:
        """Whether a number keeps the limits."""
        too_small = self.least is not None and (
            value < self.least or (self.open_below and value == self.least)
        )
        too_large = self.most is not None and (value > self.most or (self.open_above and value == self.most))
        return not (too_small or too_large)

    def words(self, found: Any = None) -> str:
        """The limits in words: "0.01 to 0.99", "0 or more"; empty if there are none.

        A far upper limit is told only where `found` is beyond it.
        """
        most = self.most
        beyond = isinstance(found, int | float) and most is not None and found > most
        if most is not None and most >= TOO_FAR_TO_TELL and not beyond:
            most = None
        if self.least is None or most is None:
            if most is not None:
                return f"{'less than' if self.open_above else 'at most'} {number(most)}"
            if self.least is None:
                return ""
            return f"more than {number(self.least)}" if self.open_below else f"{number(self.least)} or more"
        if not self.open_below and not self.open_above:
            return f"{number(self.least)} to {number(most)}"
        below = f"{'more than' if self.open_below else 'from'} {number(self.least)}"
        return f"{below}, {'less than' if self.open_above else 'at most'} {number(most)}"
