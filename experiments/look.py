"""One look: colours, sizes, and how numbers, dates and names are written. Figures and texts ask here.

Colours of the classes are those of Okabe & Ito, distinct for colour-blind eyes and in grey. This
module imports nothing heavy: the command line uses it for words alone.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

CLASS_COLOURS = {"water": "#0072B2", "energy": "#D55E00", "material": "#009E73"}
SIMULATED, SECOND = "#56B4E9", "#E69F00"
"""A simulated line, and that of a second run beside it."""
GAIN, HARM = "#009E73", "#CC79A7"
LETTERS = {
    CLASS_COLOURS["water"]: ("#0072B2", "#4DA9E2"),
    CLASS_COLOURS["energy"]: ("#B54E00", "#F0883A"),
    CLASS_COLOURS["material"]: ("#007A58", "#2FBF95"),
    SIMULATED: ("#1B73A8", "#56B4E9"),
    HARM: ("#A3477A", "#DB93BA"),
}
"""Shades of our colours for letters on a light and on a dark page: a contrast of 4.5 or more to the paper."""

FONT = "DejaVu Sans"
TITLE, LABEL, SMALL = 13.0, 10.0, 9.0
"""Type sizes in points: title, labels of axes and lines, ticks and captions."""
DATA_LINE, GUIDE_LINE = 2.0, 0.7
DPI = 150

THIN, MINUS, NOTHING = "\u2009", "\u2212", "\u2013"
ZONES = {"i": "industry", "h": "harbour", "t": "town", "w": "water", "f": "farmland"}


@dataclass(frozen=True)
class Style:
    """Colours of one background."""

    name: str
    paper: str
    ink: str
    soft: str
    guide: str
    zones: dict[str, str] = field(hash=False)


LIGHT = Style(
    "light",
    paper="#FFFFFF",
    ink="#222222",
    soft="#666666",
    guide="#DDDDDD",
    zones={"i": "#F3F2EF", "h": "#E7E8E8", "t": "#E4DCD3", "w": "#DDEBF4", "f": "#F2F5E9"},
)
DARK = Style(
    "dark",
    paper="#17191C",
    ink="#EEEEEE",
    soft="#A8ACB0",
    guide="#3B3F44",
    zones={"i": "#25272A", "h": "#2C3033", "t": "#37322D", "w": "#1B2B38", "f": "#222A20"},
)
STYLES = {style.name: style for style in (LIGHT, DARK)}


def number(value: float, digits: int = 3) -> str:
    """A number with at most so many significant digits: 1 230, 0.0123, −5; – where there is none."""
    if value is None or math.isnan(value):
        return NOTHING
    if math.isinf(value):
        return "∞" if value > 0 else f"{MINUS}∞"
    if value == 0:
        return "0"
    places = digits - 1 - math.floor(math.log10(abs(value)))
    rounded = round(value, places)
    text = f"{abs(rounded):,.{max(0, places)}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return (MINUS if rounded < 0 else "") + text.replace(",", THIN)


def count(value: float) -> str:
    """A whole number, never rounded to significant digits."""
    if value is None or math.isnan(value):
        return NOTHING
    return (MINUS if value < 0 else "") + f"{abs(round(value)):,}".replace(",", THIN)


def fixed(value: float, places: int) -> str:
    """A number with so many decimals, as columns of a table need them."""
    if value is None or math.isnan(value):
        return NOTHING
    text = f"{abs(value):,.{places}f}".replace(",", THIN)
    return (MINUS if value < 0 and text.strip("0.") else "") + text


def share(value: float) -> str:
    """A share in per cent: 71 %."""
    return NOTHING if math.isnan(value) else f"{round(100 * value)} %"


def amount(value: float, unit: str) -> str:
    """A quantity with its unit, millions as M: 157 000 GJ, 3.6 M m3, 24 M EUR; – where there is none."""
    if math.isnan(value):
        return NOTHING
    if abs(value) >= 999_500:
        return f"{number(value / 1e6)} M {unit}"
    return f"{number(value)} {unit}"


def unit(name: str) -> str:
    """A unit as people read it: m³ for m3."""
    return name.replace("m3", "m³").replace("CO2", "CO₂")


def money(value: float) -> str:
    """An amount of money: 24 M EUR, 460 000 EUR."""
    return amount(value, "EUR")


def plural(value: float, noun: str, many: str = "") -> str:
    """A count with its noun: 1 stream, 18 streams."""
    return f"{count(value)} {noun if round(value) == 1 else many or noun + 's'}"


def span(length: float, digits: int = 3) -> str:
    """A length of time with its unit: 1 year, 0.5 years."""
    told = number(length, digits)
    return f"{told} {'year' if told == '1' else 'years'}"


def date(year: float) -> str:
    """A decimal year as year and quarter: 1973 Q4."""
    whole = math.floor(year + 1e-9)
    return f"{whole} Q{int(4 * (year - whole) + 1e-6) + 1}"


def year(value: float) -> str:
    """A year without decimals; – where there is none."""
    return NOTHING if math.isnan(value) else str(math.floor(value + 1e-9))


ACRONYMS = {name: name.upper() for name in ("co2", "fgd", "scm", "apc", "bf", "eaf", "ddgs", "c5", "n", "s")}


def words(name: str) -> str:
    """The name of a resource as people read it: FGD gypsum for fgd_gypsum."""
    return " ".join(ACRONYMS.get(part, part) for part in name.split("_"))


def sentence(text: str) -> str:
    """Text with a capital first letter, the rest untouched."""
    return text[:1].upper() + text[1:]
