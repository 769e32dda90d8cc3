"""What a run is measured by: the indicators of a quarter, declared once with unit and meaning."""

from __future__ import annotations

from agents.fields import Field, Table

INDICATOR = Table(
    "indicators",
    (
        Field("quarter", "i8", "quarter", "quarter of the run, 0 at the start"),
        Field("companies", "f8", "", "companies in the park, partners beyond the map apart"),
        Field("partners", "f8", "", "of these, companies with a stream in operation"),
        Field("members", "f8", "", "members of the association"),
        Field("streams", "f8", "", "contracts in operation"),
        Field("ordered", "f8", "", "contracts signed and not yet in operation"),
        Field("ties", "f8", "", "pairs that have met, neither of them gone"),
        Field("trust_mean", "f8", "1", "mean trust over all ties, both ways"),
        Field("trust_trading", "f8", "1", "mean trust over ties with a stream"),
        Field("opened", "f8", "1/quarter", "negotiations"),
        Field("agreed", "f8", "1/quarter", "negotiations that ended in a contract"),
        Field("failed_no_surplus", "f8", "1/quarter", "failed: no surplus"),
        Field("failed_mistrust", "f8", "1/quarter", "failed: surplus hidden by mistrust"),
        Field("failed_payback", "f8", "1/quarter", "failed: payback too long"),
        Field("failed_cash", "f8", "1/quarter", "failed: no cash"),
        Field("failed_trust", "f8", "1/quarter", "failed: not trusted enough to sign"),
        Field("failed_time", "f8", "1/quarter", "failed: out of time"),
        Field("ended", "f8", "1/quarter", "contracts that ended"),
        Field("entries", "f8", "1/quarter", "companies that arrived"),
        Field("exits", "f8", "1/quarter", "companies that left"),
        Field("delivered_water", "f8", "m3/quarter", "water residues delivered"),
        Field("delivered_energy", "f8", "GJ/quarter", "energy residues delivered"),
        Field("delivered_material", "f8", "t/quarter", "material residues delivered"),
        Field("water_saved", "f8", "m3/quarter", "virgin water replaced"),
        Field("energy_saved", "f8", "GJ/quarter", "virgin energy replaced"),
        Field("material_saved", "f8", "t/quarter", "virgin material replaced"),
        Field("waste_diverted", "f8", "t/quarter", "material residues not disposed of"),
        Field("co2_gross", "f8", "t/quarter", "CO2 avoided in virgin supply and disposal"),
        Field("co2_avoided", "f8", "t/quarter", "the same, net of treatment and transport"),
        Field("savings", "f8", "EUR/quarter", "gain of all companies from their streams before capital"),
        Field("savings_municipality", "f8", "EUR/quarter", "of these, the municipality's"),
        Field(
            "socio_economic",
            "f8",
            "EUR/quarter",
            "town's benefit: tax, waste handling, emissions and water at shadow prices",
        ),
        Field("tax", "f8", "EUR/quarter", "business tax to the town"),
        Field("investment", "f8", "EUR", "invested in connections and reductions since the start"),
        Field("subsidies", "f8", "EUR", "paid by the state for them since the start"),
        Field("payback", "f8", "year", "mean payback of the streams in operation that needed capital"),
        Field("jobs", "f8", "jobs", "jobs in the park"),
        Field("virgin_water", "f8", "m3/quarter", "virgin water bought"),
        Field("virgin_energy", "f8", "GJ/quarter", "virgin energy bought"),
        Field("virgin_material", "f8", "t/quarter", "virgin material bought"),
        Field(
            "unused_residue",
            "f8",
            "EUR/year",
            "value of residues that could replace a need of the park and do not",
        ),
        Field("levy_paid", "f8", "EUR/quarter", "landfill levy paid"),
    ),
)

STOCKS = tuple(
    each.name for each in INDICATOR.fields if each.name != "quarter" and not each.unit.endswith("/quarter")
)
"""Indicators of a moment; all others are flows, summed over a year."""
