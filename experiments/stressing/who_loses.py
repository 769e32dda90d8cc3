"""Who is hurt and who gains, company by company; who leaves after whom; what replaces lost streams."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from . import paired
from .findings import Findings

if TYPE_CHECKING:
    import pandas as pd


def company_loss(findings: Findings) -> pd.DataFrame:
    """A row a single loss and company: savings and profit lost a year, mean with interval; gains are negative.

    `hit` marks the company that is taken out. Companies that no run of the loss touched are left out.
    """
    import pandas as pd

    frame = findings.rows["company_loss"]
    frame = frame[frame["arm"] == 0]
    parts = []
    replicates = findings.differences("savings_lost").index
    for key in findings.keys(1):
        own = frame[(frame["loss"] == key) & frame["replicate"].isin(replicates)]
        if own.empty:
            continue
        wide = {
            name: own.pivot(index="replicate", columns="company", values=name).reindex(replicates).fillna(0.0)
            / findings.years
            for name in ("savings", "profit")
        }
        savings = paired.estimates(wide["savings"].to_numpy())
        companies = wide["savings"].columns
        parts.append(
            pd.DataFrame(
                {"contingency": findings.label(key), "company": companies,
                 "hit": companies.isin(findings.loss(key).companies), "savings": savings["mean"],
                 "low": savings["low"], "high": savings["high"], "p": savings["p"],
                 "profit": wide["profit"].mean().to_numpy(),
                 "share_losing": (wide["savings"] > 0).mean().to_numpy(),
                 "share_gaining": (wide["savings"] < 0).mean().to_numpy()}
            ).sort_values("savings", ascending=False, kind="stable")
        )  # fmt: skip
    if not parts:
        names = ("contingency", "company", "hit", "savings", "low", "high", "p", "profit",
                 "share_losing", "share_gaining", "p_adjusted")  # fmt: skip
        return pd.DataFrame(columns=list(names))
    found = pd.concat(parts, ignore_index=True)
    return found.assign(p_adjusted=paired.adjusted(found["p"].to_numpy()))


def cascade(findings: Findings) -> pd.DataFrame:
    """What follows a single loss in others: companies that leave, streams that end earlier than in the twin.

    A row each, with the share of the runs in which it happens, the median year, and the commonest reason;
    for a company the lost stream through which it was reached most often.
    """
    import pandas as pd

    frame = findings.rows["cascade"]
    frame = frame[frame["arm"] == 0]
    columns = ("contingency", "what", "company", "supplier", "receiver", "residue", "share_of_runs", "year",
               "value", "reason")  # fmt: skip
    if frame.empty:
        return pd.DataFrame(columns=list(columns))
    rows = []
    leaves = frame["what"] == "company leaves"
    for chosen, by in (
        (frame[leaves], ["loss", "what", "company"]),
        (frame[~leaves], ["loss", "what", "supplier", "receiver", "residue"]),
    ):
        for _, group in chosen.groupby(by, sort=True):
            first = group.iloc[0]
            stream = group[["supplier", "receiver", "residue"]].value_counts().index[0]
            rows.append(
                {"contingency": findings.label(first["loss"]), "what": first["what"],
                 "company": first["company"], "supplier": stream[0], "receiver": stream[1],
                 "residue": stream[2], "share_of_runs": group["replicate"].nunique() / findings.replicates,
                 "year": group["year"].median(), "value": group["value"].mean(),
                 "reason": group["reason"].mode().iloc[0], "_key": first["loss"]}
            )  # fmt: skip
    found = pd.DataFrame(rows)
    order = {key: at for at, key in enumerate(findings.worst().index)}
    found = found.assign(_order=found["_key"].map(order)).sort_values(
        ["_order", "what", "share_of_runs"], ascending=[True, True, False], kind="stable"
    )
    return found[list(columns)].reset_index(drop=True)


def replaced(findings: Findings) -> pd.DataFrame:
    """Each stream that a single loss takes, by the partner that is left: how much was replaced, how soon, by whom.

    `share` is the mean over the runs that lost the stream, those without any replacement at 0; `years`
    the median until the first new stream, of the runs that found one (`share_of_runs`).
    """
    import pandas as pd

    frame = findings.rows["replaced"]
    frame = frame[frame["arm"] == 0]
    rows = []
    by = ["loss", "supplier", "receiver", "residue", "input", "side"]
    for _, group in frame.groupby(by, sort=True):
        first, found = group.iloc[0], group[group["streams"] > 0]
        rows.append(
            {"contingency": findings.label(first["loss"]), **{name: first[name] for name in by[1:]},
             "partner": first["partner"], "runs": len(group), "value": group["value"].mean(),
             "quantity": group["quantity"].mean(), "share": group["share"].mean(),
             "share_of_runs": len(found) / len(group),
             "years": found["years"].median() if len(found) else np.nan,
             "by": found["by"].mode().iloc[0] if len(found) else ""}
        )  # fmt: skip
    names = (
        "contingency",
        *by[1:],
        "partner",
        "runs",
        "value",
        "quantity",
        "share",
        "share_of_runs",
        "years",
        "by",
    )
    table = pd.DataFrame(rows, columns=list(names))
    return table.sort_values(
        ["contingency", "value"], ascending=[True, False], kind="stable", ignore_index=True
    )
