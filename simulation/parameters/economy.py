"""Section `economy` of a scenario."""

from __future__ import annotations

from ..quantities import ESTIMATE, Entry, parameter


class Economy(Entry):
    """Base profit, credit, failure."""

    margin: float = parameter(
        0.05,
        "profit without trades as a share of sales at reference activity",
        unit="1",
        plausible=(-0.02, 0.2),
        allowed=(-0.5, 0.9),
        source=ESTIMATE,
    )
    fixed_share: float = parameter(
        0.3,
        "share of other cost that does not vary with activity",
        unit="1",
        plausible=(0, 0.6),
        allowed=(0, 1),
        source=ESTIMATE,
    )
    input_share: float = parameter(
        0.5,
        "cost of inputs as a share of sales, where no product price is given",
        unit="1",
        plausible=(0.3, 0.7),
        allowed=(0.05, 1),
        source=ESTIMATE,
    )
    sales_per_job: float = parameter(
        250e3,
        "least yearly sales for a job, where no product price is given",
        unit="EUR/job",
        plausible=(100e3, 600e3),
        allowed=(0, 1e8),
        source=ESTIMATE,
    )
    pass_through: float = parameter(
        1.0,
        "share of a change of virgin prices that the product price follows",
        unit="1",
        plausible=(0, 1),
        allowed=(0, 1),
        source="estimate; competitors without symbiosis buy at the same prices",
        live=True,
    )
    credit: float = parameter(
        0.25,
        "credit line as a share of yearly sales",
        unit="1",
        plausible=(0, 1),
        allowed=(0, 10),
        source=ESTIMATE,
        live=True,
    )
    patience: float = parameter(
        8,
        "quarters beyond the credit line before a company fails",
        unit="quarter",
        plausible=(4, 16),
        allowed=(1, 400),
        source=ESTIMATE,
        live=True,
    )
    discount_private: float = parameter(
        0.08,
        "discount rate of a private company",
        unit="1/year",
        plausible=(0.05, 0.15),
        allowed=(0.001, 1),
        source=ESTIMATE,
    )
    discount_public: float = parameter(
        0.04,
        "discount rate of a public body",
        unit="1/year",
        plausible=(0.02, 0.06),
        allowed=(0.001, 1),
        source=ESTIMATE,
    )
    jobs_exponent: float = parameter(
        0.6,
        "exponent of jobs in capacity",
        unit="1",
        plausible=(0.4, 1),
        allowed=(0, 2),
        source="catalogue README: jobs x (capacity/typical)^0.6",
    )
    payback_private: float = parameter(
        4.5,
        "payback that a private company accepts",
        unit="year",
        plausible=(2, 8),
        allowed=(0.1, 100),
        source="recorded mean payback 5-6 years at Kalundborg (IISD case 77), median 2.4 at Ulsan",
    )
    payback_public: float = parameter(
        15.0,
        "payback that a public body accepts",
        unit="year",
        plausible=(8, 20),
        allowed=(0.1, 100),
        source=ESTIMATE,
    )
    payback_taste: float = parameter(
        1.0,
        "spread of the lasting taste for a payback (logistic scale)",
        unit="year",
        plausible=(0.2, 3),
        allowed=(0.01, 20),
        source=ESTIMATE,
    )
