"""From the tables of a finished run to frames: names for rows, years for quarters, words for codes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from agents import bargaining, fields
from agents.fields import NEVER

from . import journal
from .founding import Foundation
from .founding_rows import CLASSES
from .happenings import VERB_WORDS
from .indicators import INDICATOR
from .state import Park

if TYPE_CHECKING:
    import pandas as pd

SIZES = ((10, "micro"), (50, "small"), (250, "medium"), (float("inf"), "large"))
"""Size of a company by jobs, below each number (European Commission 2003/361)."""

STATUS = {0: "absent", 1: "planned", 2: "present", 3: "left"}
CONTRACT_STATUS = {1: "ordered", 2: "operating", 3: "ended"}
REASONS = {**bargaining.REASONS, **journal.REASONS}

UNITS: dict[str, dict[str, str]] = {
    "indicators": {"year": "year", **INDICATOR.units(), "quarter": "quarter of the year"},
    "accounts": {"year": "year", **fields.ACCOUNT.units()},
    "contracts": {
        **fields.CONTRACT.units(),
        "quantity": "unit/year", "signed": "year", "starts": "year", "ends": "year", "sent": "unit",
    },
    "negotiations": {**fields.NEGOTIATION.units(), "year": "year"},
    "companies": {
        "x": "km", "y": "km", "distance": "km", "arrives": "year", "leaves": "year", "member_from": "year",
        "jobs": "jobs", "cash": "EUR", "discount": "1/year", "payback_limit": "year", "cell_x": "", "cell_y": "",
    },
    "events": {"year": "year", "value": ""},
}  # fmt: skip
"""Unit of every column that has one."""


def years(foundation: Foundation, quarters: np.ndarray) -> np.ndarray:
    """Decimal years; NaN for a quarter that never comes."""
    result = foundation.calendar.first_year + quarters / 4.0
    return np.where(np.abs(quarters) >= NEVER // 2, np.nan, result)


def _named(names: list[str], rows: np.ndarray) -> np.ndarray:
    return np.array([*names, ""], dtype=object)[rows]


def _words(codes: np.ndarray, words: Mapping[int, str]) -> list[str]:
    return [words.get(int(code), "") for code in codes]


def indicator_frame(foundation: Foundation, park: Park) -> pd.DataFrame:
    """A row a quarter."""
    import pandas as pd

    done = int(park.clock[0]["quarter"])
    frame = pd.DataFrame(np.asarray(park.indicators[:done]).view(np.ndarray))
    quarters = frame.pop("quarter")
    frame.insert(0, "year", foundation.calendar.first_year + quarters / 4)
    frame.insert(1, "quarter", quarters % 4 + 1)
    return frame


def contract_frame(foundation: Foundation, park: Park) -> pd.DataFrame:
    """A row a contract, in order of signing."""
    import pandas as pd

    table = np.asarray(park.contracts[: int(park.clock[0]["contracts"])]).view(np.ndarray)
    names = foundation.names
    residue = park.residues["resource"][table["residue"]]
    substitution = park.substitutions[table["substitution"]]
    frame = pd.DataFrame(
        {
            "supplier": _named(names.companies, table["supplier"]),
            "receiver": _named(names.companies, table["receiver"]),
            "residue": _named(names.resources, residue),
            "input": _named(names.resources, substitution["input"]),
            "class": _named(list(CLASSES), park.resources["class_"][residue]),
            "unit": _named(names.units, residue),
            "quantity": table["quantity"].sum(axis=1),
        }
    )
    for name in (
        "price",
        "signed_price",
        "p_min",
        "p_max",
        "split",
        "capital_share",
        "capex",
        "payback",
        "carriage",
    ):
        frame[name] = table[name]
    for name in ("signed", "starts", "ends"):
        frame[name] = years(foundation, table[name])
    frame["sent_total"], frame["co2_avoided"] = table["sent_total"], table["co2_avoided"]
    frame["status"] = _words(table["status"], CONTRACT_STATUS)
    frame["reason"] = _words(table["reason"], REASONS)
    frame.loc[frame["status"] != "ended", "reason"] = ""
    frame["facilitated"] = table["facilitated"].astype(bool)
    frame["renewals"] = table["renewals"]
    frame["carrier"] = np.where(park.connections["pipe"][table["connection"]] == 1, "pipe", "truck or ship")
    frame["distance"] = park.opportunities["distance"][table["opportunity"]]
    frame["negotiation"] = table["negotiation"]
    frame["begun_by_supplier"] = _named(names.companies, table["begun_by_supplier"])
    frame["begun_by_receiver"] = _named(names.companies, table["begun_by_receiver"])
    return frame


def negotiation_frame(foundation: Foundation, park: Park) -> pd.DataFrame:
    """A row a negotiation, in order; offers by round are recomputed from it (`simulation.why`)."""
    import pandas as pd

    table = np.asarray(park.negotiations[: int(park.clock[0]["negotiations"])]).view(np.ndarray)
    names = foundation.names
    substitution = park.substitutions[table["substitution"]]
    frame = pd.DataFrame(
        {
            "year": years(foundation, table["quarter"]),
            "supplier": _named(names.companies, table["supplier"]),
            "receiver": _named(names.companies, table["receiver"]),
            "residue": _named(names.resources, substitution["residue"]),
            "input": _named(names.resources, substitution["input"]),
            "unit": _named(names.units, substitution["residue"]),
        }
    )
    skipped = (
        "quarter",
        "opportunity",
        "supplier",
        "receiver",
        "substitution",
        "first",
        "facilitated",
        "renewal",
    )
    for field in fields.NEGOTIATION.fields:
        if field.name not in (*skipped, "outcome", "reason"):
            frame[field.name] = table[field.name]
    frame["first"] = np.where(table["first"] == bargaining.SUPPLIER, "supplier", "receiver")
    frame["facilitated"] = table["facilitated"].astype(bool)
    frame["renewal"] = table["renewal"].astype(bool)
    frame["outcome"] = np.where(table["outcome"] == 1, "signed", "failed")
    frame["reason"] = _words(table["reason"], bargaining.REASONS)
    return frame


def company_frame(foundation: Foundation, park: Park) -> pd.DataFrame:
    """A row a company, prospects that came included."""
    import pandas as pd

    scenario, names = foundation.scenario, foundation.names
    everyone = {**scenario.companies, **scenario.prospects}
    table = np.asarray(park.companies).view(np.ndarray)
    peak = np.zeros(len(table))
    np.add.at(peak, park.processes["company"], park.processes["jobs"] + park.processes["jobs_typical"])
    size = [next(word for limit, word in SIZES if jobs < limit) for jobs in peak]
    frame = pd.DataFrame({"name": names.companies})
    frame["kind"] = [everyone[name].kind for name in names.companies]
    frame["sector"] = [everyone[name].sector for name in names.companies]
    frame["external"] = table["external"].astype(bool)
    frame["prospect"] = table["prospect"].astype(bool)
    for name in ("cell_x", "cell_y", "x", "y", "distance"):
        frame[name] = table[name]
    for name in ("arrives", "leaves", "member_from"):
        frame[name] = years(foundation, table[name])
    never_came = (table["status"] == fields.LEFT) & (table["arrives"] > table["leaves"])
    frame.loc[(table["arrives"] <= -400) | never_came, "arrives"] = np.nan
    frame.loc[never_came, "leaves"] = np.nan
    frame["status"] = _words(np.where(never_came, fields.ABSENT, table["status"]), STATUS)
    frame["reason"] = [
        REASONS.get(int(c), "") if s == 3 else "" for c, s in zip(table["left_reason"], table["status"])
    ]
    frame["member"] = table["member"].astype(bool)
    for name in ("jobs", "cash", "discount", "payback_limit"):
        frame[name] = table[name]
    frame["size"] = size
    return frame


def account_frame(foundation: Foundation, park: Park) -> pd.DataFrame:
    """A row a company a year in which it was in the park."""
    import pandas as pd

    names, table = foundation.names.companies, np.asarray(park.accounts).view(np.ndarray)
    n_years = len(table) // max(1, len(names))
    frame = pd.DataFrame(table)
    first = int(np.floor(foundation.calendar.first_year))
    frame.insert(0, "year", np.repeat(first + np.arange(n_years), len(names)))
    frame.insert(1, "company", np.tile(np.array(names, dtype=object), n_years))
    kept = (frame["present"] > 0) | (frame["sales"] != 0)
    return frame[kept].drop(columns="present").reset_index(drop=True)


def event_frame(foundation: Foundation, park: Park) -> pd.DataFrame:
    """The journal: a row for everything that happened."""
    import pandas as pd

    table = np.asarray(park.journal[: int(park.clock[0]["events"])]).view(np.ndarray)
    names = foundation.names
    frame = pd.DataFrame(
        {
            "year": years(foundation, table["quarter"]),
            "what": _words(table["kind"], journal.KINDS),
            "company": _named(names.companies, table["company"]),
            "partner": _named(names.companies, table["partner"]),
            "residue": _named(names.resources, table["resource"]),
            "contract": table["contract"],
            "value": table["value"],
        }
    )
    ended = np.isin(table["kind"], (journal.ENDS, journal.LEAVES))
    from_outside = table["kind"] == journal.INTERVENES
    verbs = np.where(from_outside, _words(table["reason"], VERB_WORDS), "")
    frame["reason"] = np.where(ended, _words(table["reason"], REASONS), verbs)
    of_process = table["kind"] == journal.PROCESS_STARTS
    of_process |= table["kind"] == journal.PROCESS_ENDS
    frame["process"] = ""
    frame.loc[of_process, "process"] = [names.processes[int(row)][1] for row in table["value"][of_process]]
    return frame


FRAMES = {
    "indicators": indicator_frame,
    "contracts": contract_frame,
    "negotiations": negotiation_frame,
    "companies": company_frame,
    "accounts": account_frame,
    "events": event_frame,
}
"""Every frame of a result by name."""
