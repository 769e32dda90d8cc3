"""The tables of docs/stress.md, as Markdown."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

from .. import look
from . import contrasts, recovery, who_loses
from .findings import Findings
from .notes import notes
from .words import headline

STATION = "Asnaes power station"


def numbers(found: dict[str, Findings]) -> str:
    """All that the page says in numbers, as Markdown."""
    parts = [_ranking(found["pairs"]), _others(found["pairs"]), _network(found["pairs"]), _pairs(found["pairs"]),
             _modes(found["modes"]), _events(found["events"]), _facilitator(found["facilitator"])]  # fmt: skip
    return "\n\n".join(parts)


def _ranking(findings: Findings) -> str:
    years, back = findings.years, recovery.medians(findings, findings.question.by)
    rows = [
        [_rank(row), str(row["group"]), str(row["contingency"]), look.fixed(row["streams_at_once"], 1),
         _millions(row["value_at_once"]), _millions(row["own_lost"] / years), _millions(row["others_lost"] / years),
         _interval(row), _back(back[str(key)], years), look.share(row["replaced"])]
        for key, row in findings.worst().iterrows()
    ]  # fmt: skip
    head = ["Rank (95 %)", "Group", "Loss of", "Streams at once", "Worth at once", "Own", "Others", "Savings (95 %)",
            "Years to 95 %", "Replaced"]  # fmt: skip
    said = f"{_quoted(headline(findings))}\n\n### Every single loss\n\nM EUR a year to the end of the run"
    return (
        f"{said}; the median years to 95 % of the twin count runs that never get there.\n\n{_table(head, rows)}\n\n"
        + "\n\n".join(
            _image(name, text)
            for name, text in (
                ("ranking", "Losses in order"),
                ("damage", "Map of damage"),
                ("recovery", "Recovery"),
            )
        )
    )


def _others(findings: Findings) -> str:
    table = who_loses.company_loss(findings)
    others = table[~table["hit"] & (table["p_adjusted"] < 0.05)]
    hurt = others.sort_values("savings", ascending=False).head(6)
    gain = others.sort_values("savings").head(4)
    gain = gain[gain["savings"] < 0]
    rows = [
        [str(row["company"]), str(row["contingency"]), _millions(row["savings"]),
         f"{_millions(row['low'])} to {_millions(row['high'])}", look.share(row["share_losing"])]
        for _, row in [*hurt.iterrows(), *gain.iterrows()]
    ]  # fmt: skip
    head = ["Company", "Loss of", "Loses, M EUR/yr", "95 %", "Runs in which it loses"]
    followed = who_loses.cascade(findings)
    leaves = followed[followed["what"] == "company leaves"]
    said = "No company follows another out of the park in any run."
    if len(leaves):
        worst = leaves.sort_values("share_of_runs", ascending=False).iloc[0]
        said = (
            f"Companies seldom follow one another out: most often {worst['company']} after {worst['contingency']}, in "
            f"{look.share(worst['share_of_runs'])} of runs."
        )
    return f"### Who else is hurt, who gains\n\n{said}\n\n{_table(head, rows)}\n\n{_image('losers', 'Who loses')}"


def _network(findings: Findings) -> str:
    placed, tau = contrasts.beside_network(findings), contrasts.agreement(findings)
    rows = [
        [str(row["company"]), str(row["rank_by_loss"]), str(row["rank_by_efficiency_loss"]),
         look.share(row["efficiency_loss"]), look.fixed(row["partners"], 1), _millions(row["value"])]
        for _, row in placed.head(8).iterrows()
    ]  # fmt: skip
    head = [
        "Company",
        "Rank by savings lost",
        "Rank by efficiency lost",
        "Efficiency lost",
        "Partners",
        "Worth of its streams",
    ]
    first = placed.iloc[0]
    anchor = placed[placed["company"] == STATION].iloc[0]
    same = first["company"] == STATION
    literature = "network studies of Kalundborg call it the most critical (Chopra and Khanna 2014)"
    said = (
        f"The anchor, {STATION}, ranks {anchor['rank_by_loss']} by savings lost and {anchor['rank_by_efficiency_loss']} by "
        f"network efficiency lost; {literature}, {'and so does' if same else 'and not so'} the model by money"
        f"{'' if same else f', where the worst is {first["company"]}'}. Kendall's tau of the two rankings is "
        f"{look.fixed(tau['tau'], 2)} (p = {look.number(tau['p'], 2)}, {tau['companies']} companies), in single runs "
        f"{look.fixed(tau['tau_run_median'], 2)} at the median."
    )
    return f"### Beside the network\n\n{said}\n\n{_table(head, rows)}"


def _pairs(findings: Findings) -> str:
    table = contrasts.interactions(findings)
    sure = table[table["p_adjusted"] < 0.05]
    top = [
        *sure[sure["interaction"] > 0].head(4).iterrows(),
        *sure[sure["interaction"] < 0].head(4).iterrows(),
    ]
    rows = [
        [str(row["contingency"]), _millions(row["both"]), _millions(row["loss_one"]), _millions(row["loss_other"]),
         _millions(row["interaction"]), f"{_millions(row['low'])} to {_millions(row['high'])}"]
        for _, row in top
    ]  # fmt: skip
    head = ["Pair", "Both", "First", "Second", "Beyond the parts", "95 %"]
    lines = [
        note
        for note in notes(findings)
        if note.startswith(("Worst pair", "1 loss", "2 loss", "3 loss", "No set"))
    ]
    said = "\n\n".join(lines)
    return f"### Pairs\n\n{said}\n\nM EUR a year:\n\n{_table(head, rows)}\n\n{_image('pairs', 'Pairs of losses')}"


def _modes(findings: Findings) -> str:
    worst, modes = findings.worst(), findings.question.modes
    singles = findings.question.singles
    names = list(dict.fromkeys(each.companies[0] for each in singles))
    keys = {(each.companies[0], each.mode): str(at) for at, each in enumerate(singles)}
    rows = [[name, *(_interval(worst.loc[keys[name, mode]]) for mode in modes)] for name in names]
    return "### Ways of losing a partner\n\nSavings lost, M EUR a year (95 %):\n\n" + _table(
        ["Loss of", *(f"`{m}`" for m in modes)], rows
    )


def _events(findings: Findings) -> str:
    back = recovery.medians(findings, findings.question.by)
    rows = [
        [f"`{'; '.join(findings.loss(str(key)).events)}`", _interval(row), look.fixed(row["streams_at_once"], 1),
         look.fixed(row["streams_followed"], 1), _back(back[str(key)], findings.years)]
        for key, row in findings.worst().iterrows()
    ]  # fmt: skip
    head = ["Event", "Savings lost, M EUR/yr (95 %)", "Streams at once", "Later", "Years to 95 %"]
    said = (
        "A process, the facilitator, a levy, a price. Below zero the park saves more than without the event."
    )
    return f"### Other losses\n\n{said}\n\n{_table(head, rows)}"


def _facilitator(findings: Findings) -> str:
    table = contrasts.differences(findings)
    table = table[table["measure"] == findings.question.by].sort_values("loss", ascending=False).head(6)
    rows = [
        [str(row["contingency"]), _millions(row["loss"]), _millions(row["loss_against"]), _millions(row["difference"]),
         f"{_millions(row['low'])} to {_millions(row['high'])}", look.number(row["p_adjusted"], 2)]
        for _, row in table.iterrows()
    ]  # fmt: skip
    head = ["Loss of", "With the association", "Without", "Difference", "95 %", "p, adjusted"]
    return (
        f"### Does a facilitator soften the loss?\n\n`--against {findings.question.against_text.replace(' = ', '=')}`, "
        f"the same seeds, M EUR a year:\n\n{_table(head, rows)}"
    )


def _rank(row: Any) -> str:
    return f"{row['rank']} ({row['rank_low']} to {row['rank_high']})"


def _millions(value: float) -> str:
    return look.fixed(value / 1e6, 2)


def _interval(row: Any) -> str:
    return f"{_millions(row['mean'])} ({_millions(row['low'])} to {_millions(row['high'])})"


def _back(value: float, horizon: float) -> str:
    return f"> {look.number(horizon)}" if math.isinf(value) else look.number(value)


def _quoted(text: str) -> str:
    return f"> {text}"


def _image(name: str, text: str) -> str:
    return f"![{text}](images/stress-{name}.png)"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
