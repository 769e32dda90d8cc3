"""What goes from one to the other: resources, and which residue serves as which input."""

from __future__ import annotations

from .codes import NEVER
from .declaring import table

RESOURCE = table(
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

SUBSTITUTION = table(
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
