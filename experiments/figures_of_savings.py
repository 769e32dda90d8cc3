"""What each company saves by its streams, year by year."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from . import canvas, look
from .look import GAIN, HARM, LIGHT, Style
from .record import recorded_values

WIDTH = 9.6
COLUMNS, MOST_SHOWN = 4, 12
TOTAL_HEIGHT, ROW_HEIGHT = 2.1, 1.25


def savings_by_company(result: Any, style: Style = LIGHT) -> Figure:
    """Savings of all companies with the record, and of the largest savers one by one on a common scale."""
    table = savings(result)
    order = table.sum().sort_values(ascending=False, kind="stable")
    shown = [name for name in order.index if abs(order[name]) > 0][:MOST_SHOWN]
    rows = max(1, -(-len(shown) // COLUMNS))
    height = 1.95 + TOTAL_HEIGHT + rows * ROW_HEIGHT
    title, caption = _title(result, table), _caption(result, len(order), len(shown))
    page = canvas.sheet(WIDTH, height, result.scenario.title or result.scenario.name, title, caption, style)
    if result.yearly().empty:
        return page.figure
    left, right = 0.6, WIDTH - canvas.MARGIN
    total_bottom = page.top - 0.2 - TOTAL_HEIGHT + 0.35
    axes = page.panel(left, total_bottom, right - 1.1, page.top - 0.2)
    _total(axes, result, table, style)
    if not shown:
        return page.figure
    high, low = max(table[shown].max().max(), 0.1), min(table[shown].min().min(), 0)
    top = total_bottom - 0.55
    step = (top - page.bottom - 0.15) / rows
    wide = (right - left) / COLUMNS
    for place, name in enumerate(shown):
        row, column = divmod(place, COLUMNS)
        x, y = left + column * wide, top - row * step
        small = page.panel(x, y - step + 0.32, x + wide - 0.22, y - 0.2)
        _small(small, table[name], style, (low, high), column == 0)
    return page.figure


def savings(result: Any) -> pd.DataFrame:
    """Savings in M EUR a year: a row a whole year, a column a company that ever had a stream."""
    accounts = result.accounts
    with_streams = accounts.groupby("company")["streams"].max() > 0
    names = with_streams.index[with_streams]
    own = accounts[accounts["company"].isin(names)]
    table = own.pivot(index="year", columns="company", values="savings").div(1e6)
    return table.loc[table.index.isin(result.yearly().index)].fillna(0.0)


def _total(axes: Axes, result: Any, table: pd.DataFrame, style: Style) -> None:
    total = result.yearly()["savings"] / 1e6
    recorded = {
        year: value / 1e6
        for year, value in recorded_values(result.scenario.history, "savings").items()
        if year in total.index
    }
    years = total.index.to_numpy() + 0.5
    axes.fill_between(years, 0, total, color=GAIN, alpha=0.18, linewidth=0)
    axes.plot(years, total, color=GAIN, linewidth=look.DATA_LINE)
    canvas.years(axes, float(total.index[0]), float(total.index[-1]) + 1)
    axes.set_ylim(min(0, 1.1 * total.min()), 1.15 * max(total.max(), *recorded.values(), 0.1))
    canvas.numbers(axes, most_ticks=4)
    canvas.over(axes, "all companies, M EUR/yr", style)
    canvas.end_labels(
        axes,
        float(total.index[-1]) + 1.2,
        [(total.iloc[-1], f"simulated {look.number(total.iloc[-1])}", GAIN)],
    )
    _recorded(axes, recorded, style)


def _recorded(axes: Axes, recorded: dict[int, float], style: Style) -> None:
    """Recorded totals: the number left of its dot, or right of it where the one before is close."""
    before: tuple[int, float] | None = None
    room = 0.2 * axes.get_ylim()[1]
    for year, value in recorded.items():
        near = before is not None and year - before[0] <= 3 and abs(value - before[1]) < room
        number = look.number(value) + ("" if before else " recorded")
        axes.plot(
            year + 0.5, value, "o", color=style.ink, markersize=6, markeredgecolor=style.paper, zorder=5
        )
        canvas.label(
            axes, year + 0.5, value, f"  {number}" if near else f"{number}  ", style.ink, look.SMALL,
            ha="left" if near else "right", va="center", path_effects=canvas.halo(style), zorder=6,
        )  # fmt: skip
        before = year, value


def _small(axes: Axes, line: pd.Series, style: Style, limits: tuple[float, float], first: bool) -> None:
    years = line.index.to_numpy() + 0.5
    axes.fill_between(years, 0, line, where=line >= 0, color=GAIN, alpha=0.75, linewidth=0, interpolate=True)
    axes.fill_between(years, 0, line, where=line <= 0, color=HARM, alpha=0.9, linewidth=0, interpolate=True)
    axes.set_xlim(line.index[0], line.index[-1] + 1)
    axes.set_ylim(1.08 * limits[0], 1.4 * limits[1])
    axes.set_xticks([line.index[0], line.index[-1]])
    axes.set_xticklabels([str(line.index[0]), str(line.index[-1])])
    first_tick, last_tick = axes.get_xticklabels()
    first_tick.set_horizontalalignment("left")
    last_tick.set_horizontalalignment("right")
    canvas.numbers(axes, most_ticks=3)
    axes.tick_params(labelleft=first)
    top: Any = line.abs().idxmax()
    said = f"{look.number(line[top])} in {top}"
    canvas.label(
        axes, 0.0, 1.04, str(line.name), style.ink, look.SMALL, transform=axes.transAxes, va="bottom"
    )
    canvas.label(axes, 0.03, 0.95, said, style.soft, look.SMALL, transform=axes.transAxes, va="top")


def _title(result: Any, table: pd.DataFrame) -> str:
    total = result.yearly()["savings"] / 1e6
    if table.empty or not total.any():
        return "No company saves anything: no stream came into operation"
    year = int(total.idxmax())
    sums = table.sum().sort_values(ascending=False)
    best = [str(name) for name in sums.index[:3] if sums[name] > 0]
    part = look.share(sums[best].sum() / sums[sums > 0].sum())
    who = f"{', '.join(best[:-1])} and {best[-1]}" if len(best) > 1 else "".join(best)
    return (
        f"{look.number(total.max())} M EUR saved in the best year, {year}; {who} have {part} of all savings"
    )


def _caption(result: Any, companies: int, shown: int) -> str:
    money = look.year(result.scenario.money.year)
    words = f"Model result, seed {result.seed}. Profit less the profit without trades, before capital, "
    words += f"in EUR of {money}."
    if shown:
        some = (
            "Every company with a stream"
            if shown == companies
            else f"The {shown} largest of {companies} companies"
        )
        words += f" {some}, one scale (M EUR/yr); in each panel the year of the largest amount."
    return words
