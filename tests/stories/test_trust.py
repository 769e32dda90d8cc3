"""Trust: what deliveries, outages and broken contracts do to it."""

from __future__ import annotations

import numpy as np
import pytest

from simulation import simulate
from tests.parks import maker, two_companies, user

from .told import MAKER, USER, only, trust_by_quarter, until

SHORT_SIGHT = {"activity": {"foresight": 0.0}, "years": 5}


def test_trust_grows_with_deliveries_and_falls_when_the_supplier_fails() -> None:
    """From 2003 on Maker brings 30 % of what it signed. User blames it; Maker has no reason to blame User."""
    failing = two_companies(maker(until(2003, 1000, 300)), **SHORT_SIGHT)
    of_maker, of_user = trust_by_quarter(failing, USER), trust_by_quarter(failing, MAKER)
    assert of_maker[:2] == [0.5, 0.5]
    assert (np.diff(of_maker[1:12]) > 0).all()
    assert (np.diff(of_maker[11:]) < 0).all()
    assert (np.diff(of_user[1:]) > 0).all()
    # After one good quarter r = 0.25: T = (0.25 + 1)/(0.25 + 2).
    assert of_maker[2] == pytest.approx(1.25 / 2.25)


def test_a_receiver_that_takes_less_is_blamed_and_not_its_supplier() -> None:
    failing = two_companies(None, user(until(2003, 1000, 300)), **SHORT_SIGHT)
    of_maker, of_user = trust_by_quarter(failing, USER), trust_by_quarter(failing, MAKER)
    assert (np.diff(of_user[1:12]) > 0).all()
    assert (np.diff(of_user[11:]) < 0).all()
    assert (np.diff(of_maker[1:]) > 0).all()


def test_closing_the_works_without_a_word_costs_trust_once() -> None:
    """In 2003 nothing comes any more: a quarter of full disappointment, and the stream has dried up."""
    closed = two_companies(events=["2003 close Maker/works"], years=4)
    of_maker = trust_by_quarter(closed, USER)
    assert of_maker[12] < of_maker[11]
    assert of_maker[13] == pytest.approx(of_maker[12], rel=0.01)
    assert only(simulate(closed).contracts)["reason"] == "process ended"


@pytest.mark.parametrize(("planned", "trusted"), [(1.0, True), (0.0, False)])
def test_an_announced_outage_costs_no_trust(planned: float, trusted: bool) -> None:
    """Both stand still half of every quarter: User takes half of what it signed."""
    outages = {"outage_hazard": 1.0, "outage_depth": 0.5, "outage_planned": planned}
    of_user = trust_by_quarter(two_companies(activity=outages, years=3), MAKER)
    assert of_user[0] == 0.5
    assert (of_user[-1] == 0.5) if trusted else (of_user[-1] < 0.45)


def test_a_broken_contract_costs_trust_for_the_years_that_it_had_to_run() -> None:
    """Maker stops trading in 2003, with ten quarters to run, of which eight count: s = 2 x 0.25 x 8."""
    broken = two_companies(events=["2003 stop-trading Maker"], years=4)
    of_maker, of_user = trust_by_quarter(broken, USER), trust_by_quarter(broken, MAKER)
    assert of_maker[12] < 0.5 < of_maker[11]
    assert of_user[12] == pytest.approx(of_user[11], rel=0.02)
    good = 0.0
    for _ in range(10):
        good = 0.98 * good + 0.25
    assert of_maker[12] == pytest.approx((0.98 * good + 1) / (0.98 * good + 0.98 * 4 + 2))


def test_members_trust_each_other_more_from_the_first_day() -> None:
    members = two_companies(maker(member_from=2000), user(member_from=2000), trust={"talk": 0.0}, years=1)
    assert trust_by_quarter(members, USER)[0] == pytest.approx(0.5 + 0.2 * 0.5)
