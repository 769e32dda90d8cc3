"""How fast the model runs: each figure beside a ratio measured in the same process.

The yardstick is Mesa's own trading example (`mesa.examples.advanced.sugarscape_g1mt`): agents that
move, trade and die, in plain Python. One of its agent-steps is set against one company-quarter.
"""

from __future__ import annotations

import resource
import statistics
import time
from typing import Any

from simulation.run import foundation_of, simulate

REPEATS = 30
EXAMPLE_STEPS = 40
SIZES = (30, 100, 300, 1000)


def benchmark(sizes: tuple[int, ...] = SIZES) -> dict[str, Any]:
    """Measure and return the figures; seconds are medians of repeated runs after one to warm up."""
    simulate("kalundborg", 0)
    seconds = statistics.median(
        _seconds(lambda seed=seed: simulate("kalundborg", seed)) for seed in range(REPEATS)
    )
    park = simulate("kalundborg", 0).park
    quarters = len(park.indicators)
    present = float(park.indicators["companies"].sum())
    ours = present / seconds
    theirs = example_rate()
    return {
        "kalundborg_ms_a_run": 1000 * seconds,
        "company_quarters_a_second": ours,
        "mesa_example_agent_steps_a_second": theirs,
        "ratio_to_mesa_example": ours / theirs,
        "kalundborg_quarters": quarters,
        "growth": [_size(companies) for companies in sizes],
        "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def example_rate() -> float:
    """Agent-steps a second of Mesa's trading example in this process."""
    from mesa.examples.advanced.sugarscape_g1mt.model import SugarscapeG1mt

    model = SugarscapeG1mt()
    done = 0
    start = time.perf_counter()
    for _ in range(EXAMPLE_STEPS):
        done += len(model.agents)
        model.step()
    return done / (time.perf_counter() - start)


def _size(companies: int) -> dict[str, float]:
    """Seconds of a random park of this size, warm, and its company-quarters a second."""
    settings = {"synthetic.companies": companies}
    foundation = foundation_of("synthetic", None, settings)
    seconds = _seconds(lambda: simulate("synthetic", 1, set=settings))
    quarters = foundation.calendar.quarters
    return {
        "companies": companies,
        "quarters": quarters,
        "seconds": seconds,
        "company_quarters_a_second": companies * quarters / seconds,
    }


def _seconds(work: Any) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def table(figures: dict[str, Any]) -> str:
    """The figures as lines of text."""
    lines = [
        f"Kalundborg, {figures['kalundborg_quarters']} quarters, warm: {figures['kalundborg_ms_a_run']:.1f} ms a run",
        f"company-quarters a second: {figures['company_quarters_a_second']:,.0f}".replace(",", " "),
        f"agent-steps a second of Mesa's trading example, same process: "
        f"{figures['mesa_example_agent_steps_a_second']:,.0f}".replace(",", " "),
        f"ratio: {figures['ratio_to_mesa_example']:.0f}",
        "",
        "companies  quarters  seconds  company-quarters/s",
    ]
    for row in figures["growth"]:
        lines.append(
            f"{row['companies']:>9.0f}  {row['quarters']:>8.0f}  {row['seconds']:>7.2f}  "
            f"{row['company_quarters_a_second']:>18.0f}"
        )
    lines.append(f"peak memory: {figures['peak_memory_mb']:.0f} MB")
    return "\n".join(lines)
