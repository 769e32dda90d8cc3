"""Small drawings for the cells of a table: spans of years, and a line of values."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from .. import look
from .document import Drawing

WIDE, HIGH = 200.0, 16.0
Span = tuple[float, float]


def spans(
    simulated: Sequence[Span], recorded: Sequence[Span], kind: str, first: float, last: float
) -> Drawing:
    """Years of a stream from `first` to `last` of the run: a bar a contract in the colour of its class,
    the recorded years as a line of ink below, a faint guide every ten years."""

    def at(year: float) -> float:
        return WIDE * (min(max(year, first), last) - first) / (last - first)

    decades = [10 * k for k in range(int(first // 10) + 1, int(-(-last // 10)))]
    parts = [
        Markup('<path class="guide" d="{}"/>').format("".join(f"M{at(y):.1f} 0V{HIGH:g}" for y in decades))
    ]
    for group, css, y, high in ((recorded, "recorded", 11, 3), (simulated, kind or "recorded", 2, 8)):
        for starts, ends in group:
            wide = max(at(ends) - at(starts), 1.5)
            parts.append(
                Markup('<rect class="{}" x="{:.1f}" y="{}" width="{:.1f}" height="{}"/>').format(
                    css, at(starts), y, wide, high
                )
            )
    said = [
        f"{name} {_years(group, last)}"
        for name, group in (("simulated", simulated), ("recorded", recorded))
        if group
    ]
    return _drawing("spans", parts, "; ".join(said))


def ends(first: float, last: float) -> Drawing:
    """The scale over a column of spans or lines: its first and its last year."""
    one, other = look.year(first), look.year(last)
    return Drawing(
        Markup('<span class="ends"><span>{}</span><span>{}</span></span>').format(one, other),
        f"{one} to {other}",
    )


def line(values: Sequence[float], said: str) -> Drawing:
    """Values in order as an area around zero, on a scale of their own."""
    top, low = max(0.0, *values), min(0.0, *values)
    if len(values) < 2 or top == low:
        return _drawing("line", [], said)
    step, scale = WIDE / (len(values) - 1), (HIGH - 2) / (top - low)
    zero = 1 + top * scale
    parts = []
    for css, kept in (("gain", [max(v, 0.0) for v in values]), ("harm", [min(v, 0.0) for v in values])):
        if any(kept):
            points = " ".join(f"{k * step:.1f},{zero - v * scale:.1f}" for k, v in enumerate(kept))
            parts.append(
                Markup('<polygon class="{}" points="0,{:.1f} {} {:g},{:.1f}"/>').format(
                    css, zero, points, WIDE, zero
                )
            )
    parts.append(Markup('<path class="base" d="M0 {:.1f}H{:g}"/>').format(zero, WIDE))
    return _drawing("line", parts, said)


def _drawing(css: str, parts: Sequence[Markup], said: str) -> Drawing:
    frame = Markup(
        '<svg class="{}" viewBox="0 0 {:g} {:g}" preserveAspectRatio="none" role="img" aria-label="{}">{}</svg>'
    )
    return Drawing(frame.format(css, WIDE, HIGH, said, Markup("").join(parts)), said)


def _years(group: Sequence[Span], last: float) -> str:
    return " and ".join(
        f"{look.year(starts)} to {look.year(ends)}" if ends < last else f"from {look.year(starts)}"
        for starts, ends in group
    )
