"""The course of a run: its clock, its journal, what is to intervene, who succeeds whom."""

from __future__ import annotations

from .declaring import table

CLOCK = table(
    "clock",
    ("quarter", "i8", "quarter", "quarter now, 0 at the start"),
    ("season", "i8", "", "quarter of the year, 0 to 3"),
    ("first_year", "f8", "year", "year of quarter 0"),
    ("last", "i8", "quarter", "number of quarters of the run"),
    ("key_0", "u8", "", "first word of the key of the draws"),
    ("key_1", "u8", "", "second word"),
    ("ties", "i8", "row", "ties so far"),
    ("opportunities", "i8", "row", "opportunities so far"),
    ("connections", "i8", "row", "connections so far"),
    ("contracts", "i8", "row", "contracts so far"),
    ("open_contracts", "i8", "row", "contracts not ended"),
    ("negotiations", "i8", "row", "negotiations so far"),
    ("events", "i8", "row", "events so far"),
    ("deals", "i8", "row", "deals agreed in this quarter"),
    ("renewing", "i8", "row", "scratch: opportunity whose contract is being renewed, -1 none", -1),
    ("question", "i8", "", "scratch: number of the last question whom to trust"),
    ("facilitator", "i8", "", "1 while the association works"),
    ("facilitator_switch", "i8", "", "-1 as the scenario says, 0 off, 1 on by an event", -1),
    ("staff", "f8", "persons", "staff of the association"),
    ("audit_credit", "f8", "audits", "audits paid for and not yet made"),
    ("association_cash", "f8", "EUR", "money of the association"),
    ("invested", "f8", "EUR", "invested since the start"),
    ("residue_value_start", "f8", "EUR/year", "unused residue value in the first year (V_ref)"),
    ("entries", "i8", "", "entries in this quarter"),
    ("exits", "i8", "", "exits in this quarter"),
    ("opened", "i8", "", "negotiations of this quarter"),
    ("agreed", "i8", "", "signed in this quarter"),
    ("tax", "f8", "EUR/quarter", "business tax of this quarter"),
    ("landfill_levy", "f8", "EUR/t", "levy of this quarter"),
    ("carbon_price", "f8", "EUR/t", "carbon price of this quarter"),
    ("levy_scale", "f8", "1", "factor on the landfill levy", 1),
    ("carbon_scale", "f8", "1", "factor on the carbon price", 1),
    ("levy_path", "i8", "row", "row in the paths"),
    ("carbon_path", "i8", "row", "row in the paths"),
    ("town", "i8", "row", "the municipality, -1 none", -1),
    ("subsidies", "f8", "EUR", "subsidies paid since the start"),
    ("cell_km", "f8", "km", "length of a cell"),
    ("most_uses", "i8", "", "most ways in which the residues of one company can serve"),
    ("most_ties", "i8", "row", "ties if everybody knew everybody"),
    ("most_opportunities", "i8", "row", "opportunities if everybody knew everybody"),
    ("meeting_chance", "f8", "1/quarter", "p0 after scaling to the target of ties"),
)

EVENT = table(
    "journal",
    ("quarter", "i8", "quarter", "when"),
    ("kind", "i8", "", "what happened"),
    ("company", "i8", "row", "who, -1 none", -1),
    ("partner", "i8", "row", "with whom, -1 none", -1),
    ("contract", "i8", "row", "over which contract, -1 none", -1),
    ("resource", "i8", "row", "which resource, -1 none", -1),
    ("value", "f8", "", "a number that goes with it"),
    ("reason", "i8", "", "why"),
)

INTERVENTION = table(
    "interventions",
    ("quarter", "i8", "quarter", "when it takes effect"),
    ("verb", "i8", "", "what"),
    ("company", "i8", "row", "whom, -1 none", -1),
    ("resource", "i8", "row", "whose field, -1 none", -1),
    ("target", "i8", "row", "process, or table of the field", -1),
    ("column", "i8", "", "field in units of 8 bytes"),
    ("value", "f8", "", "how much"),
)

SUCCESSION = table(
    "successions",
    ("quarter", "i8", "quarter", "when"),
    ("giver", "i8", "row", "from whom"),
    ("taker", "i8", "row", "to whom"),
)
