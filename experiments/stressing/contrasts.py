"""Losses compared with each other: pairs with their parts, other settings, other modes, network efficiency."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from . import paired
from .findings import MEASURES, Findings
from .limits import ENOUGH, reaches

if TYPE_CHECKING:
    import pandas as pd


def interactions(findings: Findings, measure: str | None = None) -> pd.DataFrame:
    """Pairs: loss of both, of each, and D(ij) - D(i) - D(j) a year with interval, the largest interaction first.

    Above 0 the pair does more harm than its parts one by one (each could stand in for the other); below
    0 less (they lose the same things).
    """
    import pandas as pd

    measure = measure or findings.question.by
    losses = findings.yearly(measure, None)
    keys = findings.keys(2) if findings.question.order == 2 else []
    parts = [key.split("+") for key in keys]
    if not keys:
        return pd.DataFrame(columns=["contingency", "interaction"])
    alone = [losses[[each[at] for each in parts]].to_numpy() for at in (0, 1)]
    both = losses[keys].to_numpy()
    found = paired.estimates(both - alone[0] - alone[1])
    frame = pd.DataFrame(
        {"contingency": [findings.label(key) for key in keys],
         "one": [findings.label(each[0]) for each in parts], "other": [findings.label(each[1]) for each in parts],
         "both": both.mean(axis=0), "loss_one": alone[0].mean(axis=0), "loss_other": alone[1].mean(axis=0),
         "interaction": found["mean"], "low": found["low"], "high": found["high"], "p": found["p"],
         "p_adjusted": found["p_adjusted"]}
    )  # fmt: skip
    order = frame["interaction"].abs().sort_values(ascending=False, kind="stable").index
    return frame.loc[order].reset_index(drop=True)


def differences(findings: Findings) -> pd.DataFrame:
    """How much a loss differs under another setting, or in another mode: differences of differences, same seeds.

    `difference` is the loss with the other setting (or in that mode) less the loss as it is (or in the
    first mode), a year; each setting has twins of its own.
    """
    import pandas as pd

    question, parts = findings.question, []
    for measure in MEASURES:
        plain = findings.yearly(measure)
        if question.other is not None:
            changed = findings.yearly(measure, 1, question.against_text)
            both = plain.index.intersection(changed.index)
            keys = list(plain.columns)
            parts.append(_contrast(findings, question.against_text, measure, keys, plain.loc[both, keys],
                                   changed.loc[both, keys]))  # fmt: skip
        for words, keys, firsts in _modes(findings):
            parts.append(_contrast(findings, words, measure, keys, plain[firsts], plain[keys]))
    if not parts:
        return pd.DataFrame(columns=["contingency", "against", "measure", "difference"])
    return pd.concat(parts, ignore_index=True)


def _contrast(
    findings: Findings, words: str, measure: str, keys: list[str], one: pd.DataFrame, other: pd.DataFrame
) -> pd.DataFrame:
    import pandas as pd

    found = paired.estimates(other.to_numpy() - one.to_numpy())
    return pd.DataFrame(
        {"contingency": [findings.label(key) for key in keys], "against": words, "measure": measure,
         "loss": one.mean().to_numpy(), "loss_against": other.mean().to_numpy(), "difference": found["mean"],
         "low": found["low"], "high": found["high"], "p": found["p"], "p_adjusted": found["p_adjusted"],
         "unit": MEASURES[measure][1]}
    )  # fmt: skip


def _modes(findings: Findings) -> list[tuple[str, list[str], list[str]]]:
    """Later modes beside the first: the words, their losses, and the same companies' losses in the first."""
    modes, singles = findings.question.modes, findings.question.singles
    places = {(each.mode, each.companies): str(at) for at, each in enumerate(singles) if each.mode}
    found = []
    for mode in modes[1:]:
        both = [(places[mode, who], places[modes[0], who])
                for which, who in places if which == mode and (modes[0], who) in places]  # fmt: skip
        if both:
            found.append(
                (f"{mode} against {modes[0]}", [each[0] for each in both], [each[1] for each in both])
            )
    return found


def smallest_sets(findings: Findings) -> pd.DataFrame:
    """Sets of losses by how far they take the limited indicator down: smallest that reach the limit first.

    `share` of the runs fall below the limit within some years; `reached` where at least half do. The
    share of the twins that do is `share_without`.
    """
    import pandas as pd

    limit = findings.question.limit
    if limit is None:
        return pd.DataFrame(columns=["contingency", "order", "share", "lowest", "reached"])
    frame = findings.contingencies
    frame = frame[frame["setting"] == ""]
    lowest = {str(key): list(group) for key, group in frame.groupby("loss")["lowest"]}
    twins = findings.rows["parks"]
    without = float(limit.below(twins.loc[twins["arm"] == 0, "lowest"]).mean())
    rows = [
        {"contingency": findings.label("+".join(map(str, each.members))), "order": len(each.members),
         "share": each.share, "lowest": each.lowest, "runs": each.runs, "reached": each.share >= ENOUGH,
         "share_without": without}
        for each in reaches(lowest, limit)
    ]  # fmt: skip
    return pd.DataFrame(rows)


def beside_network(findings: Findings, measure: str | None = None) -> pd.DataFrame:
    """Losses of companies beside their place in the network of streams at the date: rank by loss, by efficiency.

    Network efficiency lost without a company is what structure alone says (`simulation.network`). Companies
    in the first mode asked for, or those hit by events in words.
    """
    import pandas as pd

    network = findings.rows["network"]
    means = network[network["arm"] == 0].groupby("company")[
        ["efficiency_loss", "partners", "streams", "value"]
    ]
    count = network.loc[network["arm"] == 0, "replicate"].nunique()
    placed = means.sum() / max(count, 1)
    ranking = findings.worst(measure)
    rows = []
    for key in findings.keys(1):
        companies, mode = findings.loss(key).companies, findings.loss(key).mode
        if len(companies) == 1 and mode == "".join(findings.question.modes[:1]):
            at = placed.reindex([companies[0]]).fillna(0.0).iloc[0].to_dict()
            rows.append({"contingency": findings.label(key), "company": companies[0],
                         "loss": ranking.loc[key, "mean"], "_key": key} | at)  # fmt: skip
    if not rows:
        return pd.DataFrame(columns=["contingency", "company", "loss", "efficiency_loss"])
    frame = pd.DataFrame(rows)
    for name in ("loss", "efficiency_loss"):
        frame[f"rank_by_{name}"] = frame[name].rank(ascending=False, method="min").astype(int)
    return frame.sort_values("loss", ascending=False, kind="stable", ignore_index=True)


def agreement(findings: Findings, measure: str | None = None) -> dict[str, Any]:
    """Kendall's tau-b between the ranking by loss and that by network efficiency: of the means, and run by run.

    Over companies of one mode; NaN where either is the same for all.
    """
    from scipy import stats

    placed = beside_network(findings, measure)
    if len(placed) < 3:
        return {"tau": np.nan, "p": np.nan, "tau_run_median": np.nan, "companies": len(placed)}
    whole = stats.kendalltau(placed["loss"], placed["efficiency_loss"])
    keys, companies = placed["_key"].tolist(), placed["company"].tolist()
    losses = findings.yearly(measure or findings.question.by)[keys]
    network = findings.rows["network"]
    by_run = network[network["arm"] == 0].pivot(
        index="replicate", columns="company", values="efficiency_loss"
    )
    by_run = by_run.reindex(columns=list(dict.fromkeys(companies))).fillna(0.0)
    both = losses.index.intersection(by_run.index)
    taus = [stats.kendalltau(losses.loc[row], by_run.loc[row, companies]).statistic for row in both]
    known = [tau for tau in taus if np.isfinite(tau)] or [np.nan]
    return {
        "tau": float(whole.statistic), "p": float(whole.pvalue), "tau_run_median": float(np.median(known)),
        "companies": len(placed),
    }  # fmt: skip
