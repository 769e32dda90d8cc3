"""What a company, a process, a tie, a contract is: each field with unit, meaning, value at birth.

One declaration gives the column (`companies["cash"]`), the row (`companies[i].cash`), the header
and unit of the output and the table of the docs. All fields are 8 bytes wide, whole numbers (i8)
or reals (f8); `4f8` is a value for each quarter of the year. Names must not be attributes of
`np.record` (`size`, `data`, `mean`...): `Table` refuses them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from .compiled import INTERPRETED

NEVER = 1 << 40
"""A quarter that never comes."""


class Field(NamedTuple):
    """One column: name, kind (i8, f8, 4f8), unit, meaning, value at birth."""

    name: str
    kind: str
    unit: str
    meaning: str
    birth: float = 0


@dataclass(frozen=True)
class Table:
    """A table of the model, declared once."""

    name: str
    fields: tuple[Field, ...]

    def __post_init__(self) -> None:
        taken = {field.name for field in self.fields if hasattr(np.record, field.name)}
        if taken:
            raise ValueError(
                f"{self.name}: {sorted(taken)} are attributes of np.record and would be wrong uncompiled"
            )

    @cached_property
    def dtype(self) -> np.dtype:
        """The structured type; aligned to 8 bytes by construction."""
        return np.dtype([(f.name, "f8", (4,)) if f.kind == "4f8" else (f.name, f.kind) for f in self.fields])

    def rows(self, count: int) -> np.ndarray:
        """`count` rows at birth; records with attributes when the rules run uncompiled."""
        table = np.zeros(count, self.dtype)
        for field in self.fields:
            if field.birth != 0:
                table[field.name] = field.birth
        return table.view(np.recarray) if INTERPRETED else table

    def column(self, name: str) -> int:
        """Position of a field in units of 8 bytes, for events that set a field by address."""
        offsets = dict(self.dtype.fields or {})
        return int(offsets[name][1]) // 8

    def units(self) -> dict[str, str]:
        """Unit of every field."""
        return {field.name: field.unit for field in self.fields}


def _table(name: str, *fields: tuple) -> Table:
    return Table(name, tuple(Field(*field) for field in fields))


# Status of a company
ABSENT, PLANNED, PRESENT, LEFT = 0, 1, 2, 3
# State of a cell; an old company may stand where nobody could build today
FREE, TAKEN, NOT_FOR_BUILDING, TAKEN_FOR_GOOD = 0, 1, 2, 3
# Status of a contract
ORDERED, OPERATING, ENDED = 1, 2, 3

COMPANY = _table(
    "companies",
    ("identity", "i8", "", "lasting identity, a digest of the name"),
    ("status", "i8", "", "0 absent, 1 planned, 2 present, 3 left"),
    ("public", "i8", "", "1 for a public body"),
    ("external", "i8", "", "1 for a partner beyond the map"),
    ("permanent", "i8", "", "1 if it never fails"),
    ("prospect", "i8", "", "1 if no date fixes its arrival"),
    ("trading", "i8", "", "1 while it makes and keeps contracts", 1),
    ("x", "f8", "km", "place, west to east"),
    ("y", "f8", "km", "place, south to north"),
    ("distance", "f8", "km", "distance of an external partner"),
    ("cell_x", "i8", "", "column of its cell", -1),
    ("cell_y", "i8", "", "row of its cell, 0 in the south", -1),
    ("arrives", "i8", "quarter", "first quarter in the park", NEVER),
    ("talks_from", "i8", "quarter", "first quarter of its siting talks", NEVER),
    ("leaves", "i8", "quarter", "first quarter after it left", NEVER),
    ("known_to_leave", "i8", "quarter", "announced end, known to all", NEVER),
    ("member", "i8", "", "1 for a member of the association"),
    ("member_from", "i8", "quarter", "quarter in which it joins at the latest", NEVER),
    ("audited", "i8", "quarter", "last audit, -1 if none", -1),
    ("discount", "f8", "1/year", "discount rate"),
    ("payback_limit", "f8", "year", "payback that it accepts"),
    ("attention", "f8", "1/quarter", "negotiations in a quarter"),
    ("attention_left", "f8", "1/quarter", "negotiations left in this quarter"),
    ("pace", "f8", "", "exponent b of its bargaining style", 1),
    ("jobs", "f8", "jobs", "jobs of the processes in operation"),
    ("cash", "f8", "EUR", "cash; negative when on credit"),
    ("sales", "f8", "EUR/year", "sales at reference activity of the processes in operation"),
    ("yearly_margin", "f8", "EUR/year", "profit without trades at reference activity"),
    ("over_credit", "i8", "quarter", "quarters beyond the credit line"),
    ("profit", "f8", "EUR/quarter", "profit of this quarter before tax"),
    ("profit_without", "f8", "EUR/quarter", "profit of this quarter had it no trades"),
    ("residues_from", "i8", "row", "first of its residues"),
    ("residues_to", "i8", "row", "behind the last of its residues"),
    ("needs_from", "i8", "row", "first of its needs"),
    ("needs_to", "i8", "row", "behind the last of its needs"),
    ("processes_from", "i8", "row", "first of its processes"),
    ("processes_to", "i8", "row", "behind the last of its processes"),
    ("open_contracts", "i8", "", "contracts signed and not ended"),
    ("first_tie", "i8", "row", "head of its list of ties", -1),
    ("first_supply", "i8", "row", "head of its opportunities as supplier", -1),
    ("first_demand", "i8", "row", "head of its opportunities as receiver", -1),
    ("first_open_supply", "i8", "row", "scratch: head of those open in this quarter, as supplier", -1),
    ("first_open_demand", "i8", "row", "scratch: head of those open in this quarter, as receiver", -1),
    ("mark", "i8", "row", "scratch: tie to the company in view, -1 none", -1),
    ("left_reason", "i8", "", "reason code of its exit"),
    ("crf_pipe", "f8", "1/year", "capital recovery factor over the life of a pipe"),
    ("crf_plant", "f8", "1/year", "capital recovery factor over the life of a plant"),
)

PROCESS = _table(
    "processes",
    ("company", "i8", "row", "the company that runs it"),
    ("identity", "i8", "", "lasting identity, a digest of company and process"),
    ("starts", "i8", "quarter", "first quarter in operation"),
    ("ends", "i8", "quarter", "first quarter after its end", NEVER),
    ("path", "i8", "row", "row of its capacity in the paths"),
    ("left_scale", "f8", "", "share of capacity left after shrinking", 1),
    ("closed", "i8", "", "1 if an event closed it"),
    ("log_activity", "f8", "", "z of the AR(1), in standard deviations"),
    ("started", "i8", "", "1 once z has been drawn"),
    ("activity", "f8", "product/quarter", "product of this quarter"),
    ("outage", "f8", "", "share of this quarter lost"),
    ("outage_planned", "i8", "", "1 if the outage was announced"),
    ("sales_per_unit", "f8", "EUR/product", "product price at founding"),
    ("inputs_per_unit", "f8", "EUR/product", "virgin inputs at founding prices"),
    ("other_per_unit", "f8", "EUR/product", "other cost that varies with activity"),
    ("fixed_per_capacity", "f8", "EUR/product", "other cost that does not, per unit of capacity"),
    ("margin_per_unit", "f8", "EUR/product", "profit without trades at reference activity"),
    ("margin", "f8", "1", "margin on sales set at founding"),
    ("jobs", "f8", "jobs", "jobs while in operation, where stated"),
    ("jobs_typical", "f8", "jobs", "jobs at the typical capacity of its archetype, where not stated"),
    ("jobs_capacity", "f8", "product/year", "that capacity; 0 where jobs are stated"),
    ("founding_capacity", "f8", "product/year", "capacity at its founding"),
    ("heir", "i8", "row", "process that carries it on under a new owner, -1 none", -1),
    ("inherits", "i8", "row", "process that it carries on, -1 none", -1),
    ("reference", "f8", "product/year", "reference activity"),
    ("flows_from", "i8", "row", "first of its flows"),
    ("flows_to", "i8", "row", "behind the last of its flows"),
)

FLOW = _table(
    "flows",
    ("process", "i8", "row", "the process"),
    ("is_need", "i8", "", "1 for an input, 0 for a residue"),
    ("balance", "i8", "row", "row in the needs or the residues"),
    ("resource", "i8", "row", "the resource"),
    ("amount", "f8", "unit/product", "amount per unit of product"),
    ("season", "4f8", "1", "factor by quarter of the year", 1),
    ("reducible", "f8", "1", "share that an investment may cut"),
    ("reduction_cost", "f8", "EUR", "cost of that investment"),
    ("reducible_from", "i8", "quarter", "quarter from which it is practised", NEVER),
    ("kept", "f8", "1", "share left after reduction", 1),
)

BALANCE = _table(
    "balances",
    ("company", "i8", "row", "the company"),
    ("resource", "i8", "row", "the resource"),
    ("amount", "f8", "unit/quarter", "left over or needed in this quarter"),
    ("rest", "f8", "unit/quarter", "not delivered: disposed of or bought"),
    ("expected", "4f8", "unit/quarter", "expected amount by quarter of the year"),
    ("committed", "4f8", "unit/quarter", "signed or agreed, by quarter of the year"),
    ("asked", "f8", "unit/quarter", "scratch: sum asked of this balance"),
    ("met", "f8", "1", "share of what was asked that it could meet", 1),
    ("planned_gap", "i8", "", "1 if a planned outage touched it"),
    ("available", "i8", "quarter", "first quarter in which it can be above zero", NEVER),
    ("first_connection", "i8", "row", "head of the connections that carry it", -1),
    ("first_contract", "i8", "row", "head of the open contracts that serve this need", -1),
)

RESOURCE = _table(
    "resources",
    ("identity", "i8", "", "lasting identity, a digest of the name"),
    ("class_", "i8", "", "0 water, 1 energy, 2 material"),
    ("price", "f8", "EUR/unit", "virgin price of this quarter, carbon price included"),
    ("disposal", "f8", "EUR/unit", "cost of disposal of this quarter, levy included"),
    ("price_path", "i8", "row", "row in the paths"),
    ("disposal_path", "i8", "row", "row in the paths"),
    ("price_scale", "f8", "1", "factor on the virgin price", 1),
    ("disposal_scale", "f8", "1", "factor on the disposal cost", 1),
    ("levied", "f8", "t/unit", "share of the landfill levy due"),
    ("co2_virgin", "f8", "t/unit", "CO2 of virgin supply"),
    ("co2_disposal", "f8", "t/unit", "CO2 of disposal"),
    ("co2_per_km", "f8", "t/unit/km", "CO2 of transport"),
    ("carbon_priced", "f8", "1", "share of the carbon price that it bears"),
    ("gj", "f8", "GJ/unit", "energy content"),
    ("truck", "i8", "", "1 if it goes by truck or ship"),
    ("truck_fixed", "f8", "EUR/unit", "loading"),
    ("truck_per_km", "f8", "EUR/unit/km", "carriage"),
    ("pipe", "i8", "", "1 if it goes by pipe"),
    ("pipe_cost", "f8", "EUR/km", "pipe of reference capacity"),
    ("pipe_capacity", "f8", "unit/year", "reference capacity"),
    ("loss_length", "f8", "km", "length over which 1/e arrives"),
    ("reach", "f8", "km", "farthest partner"),
    ("limit_path", "i8", "row", "row in the paths, -1 unlimited", -1),
    ("scarcity_path", "i8", "row", "row in the paths, -1 none", -1),
    ("bought", "f8", "unit/quarter", "virgin purchase of the park"),
    ("left_over", "f8", "unit/quarter", "residue that nobody took"),
    ("average_price", "f8", "EUR/unit", "price paid in this quarter, scarcity shared"),
    ("bound", "i8", "quarter", "last quarter in which the limit bound or was expected to", -NEVER),
    ("substitutions_from", "i8", "row", "first substitution of this residue"),
    ("substitutions_to", "i8", "row", "behind the last"),
)

SUBSTITUTION = _table(
    "substitutions",
    ("identity", "i8", "", "lasting identity, a digest of residue and input"),
    ("residue", "i8", "row", "resource left over"),
    ("input", "i8", "row", "resource replaced"),
    ("ratio", "f8", "unit/unit", "input replaced by a unit of residue (s)"),
    ("max_share", "f8", "1", "largest share of the input"),
    ("quality_loss", "f8", "1", "loss of value (m)"),
    ("treatment", "f8", "EUR/unit", "cost of treatment per unit of residue"),
    ("plant_cost", "f8", "EUR", "plant of reference capacity"),
    ("plant_capacity", "f8", "unit/year", "reference capacity"),
    ("co2_treatment", "f8", "t/unit", "CO2 of treatment"),
    ("practised", "i8", "quarter", "quarter from which it is practised"),
)

TIE = _table(
    "ties",
    ("a", "i8", "row", "the company with the lower row"),
    ("b", "i8", "row", "the other"),
    ("since", "i8", "quarter", "quarter of their first meeting"),
    ("z_ab", "f8", "1", "taste of a for b, standard normal"),
    ("z_ba", "f8", "1", "taste of b for a, standard normal"),
    ("prior_ab", "f8", "1", "a's prior trust in b, from that taste"),
    ("prior_ba", "f8", "1", "b's prior trust in a"),
    ("good_ab", "f8", "1", "a's good evidence about b (r)"),
    ("bad_ab", "f8", "1", "a's bad evidence about b (s)"),
    ("good_ba", "f8", "1", "b's good evidence about a (r)"),
    ("bad_ba", "f8", "1", "b's bad evidence about a (s)"),
    ("verdicts_ab", "f8", "1", "sum of a's verdicts on b in this quarter"),
    ("judged_ab", "f8", "1", "number of them"),
    ("verdicts_ba", "f8", "1", "sum of b's verdicts on a in this quarter"),
    ("judged_ba", "f8", "1", "number of them"),
    ("streams", "i8", "", "open contracts between the two"),
    ("members", "i8", "", "1 while both are members of the association"),
    ("gone", "i8", "", "1 once one of the two has left"),
    ("next_a", "i8", "row", "next tie of a", -1),
    ("next_b", "i8", "row", "next tie of b", -1),
)

OPPORTUNITY = _table(
    "opportunities",
    ("tie", "i8", "row", "the tie"),
    ("supplier", "i8", "row", "company with the residue"),
    ("receiver", "i8", "row", "company with the need"),
    ("residue", "i8", "row", "row in the residues"),
    ("need", "i8", "row", "row in the needs"),
    ("substitution", "i8", "row", "how the residue serves"),
    ("distance", "f8", "km", "distance between the two"),
    ("arrives", "f8", "1", "share that arrives over the whole distance"),
    ("tries", "i8", "", "failed negotiations in a row"),
    ("blocked_until", "i8", "quarter", "quarter in which it opens again"),
    ("price_then", "f8", "EUR/unit", "price signal at the last failure"),
    ("quantity_then", "f8", "unit/year", "quantity at the last failure"),
    ("mediated", "i8", "quarter", "quarter of the last introduction", -NEVER),
    ("open", "i8", "", "scratch: 1 if worth a negotiation in this quarter"),
    ("public_value", "f8", "EUR/year", "scratch: its value from public figures before trust"),
    ("own_k_supplier", "f8", "EUR/year", "scratch: the supplier's yearly cost of the whole capital"),
    ("own_k_receiver", "f8", "EUR/year", "scratch: the receiver's yearly cost of the whole capital"),
    ("contract", "i8", "row", "open contract, -1 none", -1),
    ("connection", "i8", "row", "standing connection, -1 none", -1),
    ("next_supply", "i8", "row", "next opportunity of the supplier", -1),
    ("next_demand", "i8", "row", "next opportunity of the receiver", -1),
    ("next_open_supply", "i8", "row", "scratch: next open one of the supplier", -1),
    ("next_open_demand", "i8", "row", "scratch: next open one of the receiver", -1),
)

CONNECTION = _table(
    "connections",
    ("supplier", "i8", "row", "company at the start"),
    ("receiver", "i8", "row", "company at the end"),
    ("resource", "i8", "row", "the residue carried"),
    ("substitution", "i8", "row", "treatment for this use"),
    ("pipe", "i8", "", "1 for a pipe"),
    ("length", "f8", "km", "length of its own pipe"),
    ("capacity", "f8", "unit/year", "capacity at the receiver"),
    ("through", "f8", "unit/year", "used of the pipe, branches included"),
    ("built", "f8", "unit/year", "capacity that the pipe was built for"),
    ("cost", "f8", "EUR", "cost of what was built"),
    ("pipe_part", "f8", "EUR", "part of the cost that is pipe"),
    ("paid_supplier", "f8", "EUR", "paid by the supplier"),
    ("paid_receiver", "f8", "EUR", "paid by the receiver"),
    ("ordered", "i8", "quarter", "quarter of the order"),
    ("ready", "i8", "quarter", "quarter from which it works"),
    ("life", "f8", "year", "life"),
    ("main", "i8", "row", "the pipe that it branches from, -1 none", -1),
    ("contracts", "i8", "", "open contracts over it"),
    ("next_connection", "i8", "row", "next connection of the same residue of the supplier", -1),
)

CONTRACT = _table(
    "contracts",
    ("opportunity", "i8", "row", "the opportunity"),
    ("tie", "i8", "row", "the tie"),
    ("supplier", "i8", "row", "supplier"),
    ("receiver", "i8", "row", "receiver"),
    ("begun_by_supplier", "i8", "row", "supplier at signing, before any succession"),
    ("begun_by_receiver", "i8", "row", "receiver at signing, before any succession"),
    ("residue", "i8", "row", "row in the residues"),
    ("need", "i8", "row", "row in the needs"),
    ("substitution", "i8", "row", "how the residue serves"),
    ("connection", "i8", "row", "its connection"),
    ("quantity", "4f8", "unit/quarter", "signed quantity by quarter of the year"),
    ("adding", "4f8", "unit/quarter", "agreed on top, until its enlargement is ready"),
    ("adds_from", "i8", "quarter", "first quarter with it", NEVER),
    ("gives_way", "i8", "", "1 once a better use of its flow is signed"),
    ("arrives", "f8", "1", "share that arrives (l)"),
    ("carriage", "f8", "EUR/unit", "treatment and transport per unit sent (e)"),
    ("signed_price", "f8", "EUR/unit", "price at signing; negative: gate fee"),
    ("price", "f8", "EUR/unit", "price of this quarter after indexation"),
    ("signed_virgin", "f8", "EUR/unit", "virgin price at signing"),
    ("p_min", "f8", "EUR/unit", "supplier's limit at signing"),
    ("p_max", "f8", "EUR/unit", "receiver's limit at signing"),
    ("split", "f8", "1", "supplier's share of the surplus (alpha)"),
    ("capital_share", "f8", "1", "supplier's share of the capital (h)"),
    ("capex", "f8", "EUR", "capital of the connection"),
    ("payback", "f8", "year", "capital over yearly benefit of both"),
    ("signed", "i8", "quarter", "quarter of signing"),
    ("starts", "i8", "quarter", "first quarter of delivery"),
    ("ends", "i8", "quarter", "first quarter after the term", NEVER),
    ("term", "f8", "quarter", "agreed term"),
    ("status", "i8", "", "1 ordered, 2 operating, 3 ended"),
    ("reason", "i8", "", "why it ended"),
    ("facilitated", "i8", "", "1 if the association introduced it"),
    ("negotiation", "i8", "row", "negotiation that made it"),
    ("sent", "f8", "unit/quarter", "sent in this quarter"),
    ("arrived", "f8", "unit/quarter", "input replaced in this quarter"),
    ("asked", "f8", "unit/quarter", "asked for in this quarter"),
    ("asked_residue", "f8", "unit/quarter", "asked of the supplier after the receiver's share"),
    ("sent_total", "f8", "unit", "sent since the start"),
    ("gain_supplier", "f8", "EUR/quarter", "supplier's gain in this quarter before capital"),
    ("gain_receiver", "f8", "EUR/quarter", "receiver's gain in this quarter before capital"),
    ("losing_supplier", "i8", "quarter", "quarters in a row in which the supplier lost"),
    ("losing_receiver", "i8", "quarter", "quarters in a row in which the receiver lost"),
    ("co2_avoided", "f8", "t", "avoided since the start, net"),
    ("renewals", "i8", "", "renewals so far"),
    ("next_of_need", "i8", "row", "next open contract of the same need, latest opportunity first", -1),
)

NEGOTIATION = _table(
    "negotiations",
    ("quarter", "i8", "quarter", "when"),
    ("opportunity", "i8", "row", "the opportunity"),
    ("supplier", "i8", "row", "supplier"),
    ("receiver", "i8", "row", "receiver"),
    ("substitution", "i8", "row", "residue and input"),
    ("quantity", "f8", "unit/year", "quantity on the table"),
    ("p_min", "f8", "EUR/unit", "supplier's private limit, capital shared equally"),
    ("p_max", "f8", "EUR/unit", "receiver's private limit, capital shared equally"),
    ("stated_min", "f8", "EUR/unit", "limit that the supplier states"),
    ("stated_max", "f8", "EUR/unit", "limit that the receiver states"),
    ("opening_supplier", "f8", "EUR/unit", "supplier's opening"),
    ("opening_receiver", "f8", "EUR/unit", "receiver's opening"),
    ("pace_supplier", "f8", "1", "exponent of the supplier's concessions, trust included"),
    ("pace_receiver", "f8", "1", "exponent of the receiver's concessions, trust included"),
    ("deadline_supplier", "i8", "round", "supplier's private deadline"),
    ("deadline_receiver", "i8", "round", "receiver's private deadline"),
    ("trust_supplier", "f8", "1", "supplier's trust in the receiver"),
    ("trust_receiver", "f8", "1", "receiver's trust in the supplier"),
    ("first", "i8", "", "0 if the supplier started, 1 if the receiver did"),
    ("facilitated", "i8", "", "1 if mediated by the association"),
    ("renewal", "i8", "", "1 if it renews or re-prices a contract"),
    ("rounds", "i8", "round", "rounds played"),
    ("split", "f8", "1", "supplier's share of the surplus"),
    ("capital", "f8", "EUR", "capital of the connection"),
    ("capital_share", "f8", "1", "supplier's share of it"),
    ("payback_supplier", "f8", "year", "supplier's payback"),
    ("payback_receiver", "f8", "year", "receiver's payback"),
    ("price", "f8", "EUR/unit", "price agreed, capital shared equally"),
    ("outcome", "i8", "", "1 agreed and signed, 0 not"),
    ("reason", "i8", "", "what decided it"),
)

TERMS = _table(
    "terms",
    ("opportunity", "i8", "row", "the opportunity", -1),
    ("negotiation", "i8", "row", "its negotiation", -1),
    ("contract", "i8", "row", "the contract to renew, -1 none", -1),
    ("feasible", "i8", "", "1 if there is a quantity and a carrier"),
    ("quantity", "4f8", "unit/quarter", "by quarter of the year"),
    ("yearly", "f8", "unit/year", "sum of it (Q)"),
    ("spare", "f8", "unit/year", "the same before the capacity of a standing connection"),
    ("peak", "f8", "unit/year", "capacity for the largest quarter"),
    ("price_signal", "f8", "EUR/unit", "worth and disposal together"),
    ("worth", "f8", "EUR/unit", "value of a unit sent to the receiver, s l (1-m) price"),
    ("disposal", "f8", "EUR/unit", "avoided disposal"),
    ("arrives", "f8", "1", "share that arrives (l)"),
    ("carriage", "f8", "EUR/unit", "treatment, transport, upkeep (e)"),
    ("pipe", "i8", "", "1 by pipe"),
    ("main", "i8", "row", "the main that it joins, -1 none", -1),
    ("length", "f8", "km", "new pipe"),
    ("pipe_capital", "f8", "EUR", "new pipe, enlargement, share of the book value"),
    ("book_value", "f8", "EUR", "part of it that goes to those who paid the main"),
    ("plant_capital", "f8", "EUR", "treatment plant"),
    ("built", "f8", "unit/year", "capacity of the pipe to build"),
    ("k_supplier", "f8", "EUR/unit", "supplier's yearly cost of the whole capital (k)"),
    ("k_receiver", "f8", "EUR/unit", "receiver's yearly cost of the whole capital (k)"),
    ("transaction_supplier", "f8", "EUR/unit", "x of the supplier"),
    ("transaction_receiver", "f8", "EUR/unit", "x of the receiver"),
    ("trust_supplier", "f8", "1", "supplier's trust in the receiver"),
    ("trust_receiver", "f8", "1", "receiver's trust in the supplier"),
    ("mediated", "i8", "", "1 if mediated"),
    ("split", "f8", "1", "supplier's share of the surplus (alpha)"),
    ("capital_share", "f8", "1", "supplier's share of the capital (h)"),
    ("p_min", "f8", "EUR/unit", "supplier's limit at that share of capital"),
    ("p_max", "f8", "EUR/unit", "receiver's limit at that share of capital"),
    ("price", "f8", "EUR/unit", "price at that share of capital"),
    ("benefit_supplier", "f8", "EUR/year", "supplier's yearly benefit before capital"),
    ("benefit_receiver", "f8", "EUR/year", "receiver's yearly benefit before capital"),
)

EVENT = _table(
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

INTERVENTION = _table(
    "interventions",
    ("quarter", "i8", "quarter", "when it takes effect"),
    ("verb", "i8", "", "what"),
    ("company", "i8", "row", "whom, -1 none", -1),
    ("resource", "i8", "row", "whose field, -1 none", -1),
    ("target", "i8", "row", "process, or table of the field", -1),
    ("column", "i8", "", "field in units of 8 bytes"),
    ("value", "f8", "", "how much"),
)

SUCCESSION = _table(
    "successions",
    ("quarter", "i8", "quarter", "when"),
    ("giver", "i8", "row", "from whom"),
    ("taker", "i8", "row", "to whom"),
)

CLOCK = _table(
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
    ("meeting_chance", "f8", "1/quarter", "p0 after scaling to the target of ties"),
)

ACCOUNT = _table(
    "accounts",
    ("sales", "f8", "EUR/year", "sales of products"),
    ("virgin", "f8", "EUR/year", "inputs bought"),
    ("disposal", "f8", "EUR/year", "residues disposed of, levy included"),
    ("levy", "f8", "EUR/year", "landfill levy in it"),
    ("other", "f8", "EUR/year", "other cost"),
    ("stream_income", "f8", "EUR/year", "received for residues"),
    ("stream_payments", "f8", "EUR/year", "paid for residues"),
    ("carriage", "f8", "EUR/year", "treatment and transport of streams"),
    ("transaction", "f8", "EUR/year", "looking after streams, negotiating"),
    ("clauses", "f8", "EUR/year", "take-or-pay, penalties, guarantees (net received)"),
    ("fees", "f8", "EUR/year", "fees to the association"),
    ("tax", "f8", "EUR/year", "business tax"),
    ("profit", "f8", "EUR/year", "profit before tax"),
    ("profit_without", "f8", "EUR/year", "profit without trades"),
    ("savings", "f8", "EUR/year", "profit less profit without trades, before capital"),
    ("invested", "f8", "EUR/year", "invested in connections and reductions"),
    ("paid_out", "f8", "EUR/year", "paid to owners; what they pay in before it arrives is negative"),
    ("cash", "f8", "EUR", "cash at the end of the year"),
    ("jobs", "f8", "jobs", "jobs at the end of the year"),
    ("streams", "f8", "", "streams in operation at the end of the year"),
    ("present", "f8", "", "1 if in the park at the end of the year"),
)
