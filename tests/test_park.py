"""The Mesa model: the same history as `simulate`, companies as live agents, events in mid-run."""

import mesa
import numpy as np
import pytest

from simulation import IndustrialPark, ScenarioError, simulate


def run_out(park):
    while park.running:
        park.step()
    return park


def same_history(one, other):
    """Every indicator, contract and account bit for bit."""
    for name in ("indicators", "accounts"):
        assert np.asarray(getattr(one, name)).tobytes() == np.asarray(getattr(other, name)).tobytes(), name
    count = int(one.clock[0]["contracts"])
    assert count == int(other.clock[0]["contracts"])
    assert np.asarray(one.contracts[:count]).tobytes() == np.asarray(other.contracts[:count]).tobytes()


def test_the_mesa_model_and_simulate_give_the_same_bits():
    for scenario in ("classroom", "kalundborg"):
        same_history(run_out(IndustrialPark(scenario, rng=3)).tables, simulate(scenario, 3).park)


def test_an_intervention_in_mid_run_equals_the_scenario_with_that_event():
    park = IndustrialPark("classroom", rng=5)
    for _ in range(48):
        park.step()
    park.withdraw("Power station")
    park.set("policy.landfill_levy.scale", 2.0)
    for _ in range(8):
        park.step()
    park.set("trust.prior", 0.7)
    run_out(park)
    words = ["2012 withdraw 'Power station'".replace("'", '"'), "2012 set policy.landfill_levy.scale 2.0"]
    words.append("2014 set trust.prior 0.7")
    same_history(park.tables, simulate("classroom", 5, events=words).park)
    assert park.words == words


def test_an_announced_withdrawal_is_known_from_the_day_it_is_announced():
    park = IndustrialPark("classroom", rng=5)
    for _ in range(40):
        park.step()
    park.withdraw("Power station", announced=2)
    run_out(park)
    words = ['2012 withdraw "Power station" announced 2']
    same_history(park.tables, simulate("classroom", 5, events=words).park)


def test_companies_come_and_go_as_agents_on_the_grid():
    park = IndustrialPark("kalundborg", rng=1)
    assert "Gyproc" not in park.companies
    seen = set()
    while park.running:
        park.step()
        seen |= set(park.companies)
        for company in park.companies.values():
            assert company.present
            if not company.external:
                assert tuple(company.cell.coordinate) == (company.record["cell_x"], company.record["cell_y"])
    assert {"Gyproc", "Inbicon"} <= seen
    assert "Inbicon" not in park.companies
    assert len(park.companies) == int((park.tables.companies["status"] == 2).sum())


def test_a_company_is_a_live_view_of_its_row():
    park = IndustrialPark("kalundborg", rng=1)
    for _ in range(160):
        park.step()
    gyproc = park.companies["Gyproc"]
    gyproc.cash = 123.0
    assert park.tables.companies[gyproc.row]["cash"] == 123.0
    assert set(gyproc.streams["supplier"]) | set(gyproc.streams["receiver"]) >= {"Gyproc"}
    assert len(gyproc.streams) == gyproc.stream_count
    partner = gyproc.streams.iloc[0]
    other = partner["supplier"] if partner["receiver"] == "Gyproc" else partner["receiver"]
    assert 0 < gyproc.trust_in(other) < 1
    assert gyproc.trust_in("Comet Bio") is None
    assert set(gyproc.accounts["company"]) == {"Gyproc"}
    assert gyproc.processes.keys() == park.foundation.scenario.companies["Gyproc"].processes.keys()
    gyproc.withdraw()
    park.step()
    assert "Gyproc" not in park.companies


def test_the_association_switches_on_and_off():
    park = IndustrialPark("classroom", rng=1, set={"association.starts": 9999})
    park.step()
    assert not park.association.works
    park.association.switch(True)
    park.step()
    assert park.association.works
    park.association.switch(False)
    park.step()
    assert not park.association.works


def test_it_works_under_mesas_batch_run():
    rows = mesa.batch_run(
        IndustrialPark,
        {"source": "classroom", "trust__prior": [0.3, 0.7]},
        rng=[1, 2],
        max_steps=1000,
        data_collection_period=-1,
        number_processes=1,
        display_progress=False,
    )
    assert len(rows) == 4
    for row in rows:
        alone = simulate("classroom", row["rng"], set={"trust.prior": row["trust__prior"]})
        assert row["streams"] == alone.indicators["streams"].iloc[-1]
        assert row["savings"] == alone.indicators["savings"].iloc[-1]


def test_it_works_with_mesas_data_collector():
    park = IndustrialPark("classroom", rng=2)
    collector = mesa.DataCollector(model_reporters={"streams": "streams"}, agent_reporters={"cash": "cash"})
    park.datacollector = collector
    with pytest.raises(AttributeError):
        collector.collect(park)  # the association is an agent without cash
    park.datacollector = mesa.DataCollector(model_reporters={"streams": "streams", "trust": "trust_mean"})
    run_out(park)
    table = park.datacollector.get_model_vars_dataframe()
    assert list(table["streams"]) == list(park.result.indicators["streams"])


def test_a_field_that_does_not_exist_is_refused_with_the_nearest_name():
    with pytest.raises(ScenarioError, match=r"trust\.prior"):
        IndustrialPark("classroom", rng=1, trust__prio=0.4)
    park = IndustrialPark("classroom", rng=1)
    with pytest.raises(ScenarioError):
        park.withdraw("Nobody")
    with pytest.raises(ScenarioError):
        park.set("investment.pipe_life", 10)


def test_the_result_of_a_stopped_park_is_the_beginning_of_the_whole():
    park = IndustrialPark("classroom", rng=4)
    for _ in range(30):
        park.step()
    whole = simulate("classroom", 4).indicators
    assert park.result.indicators.equals(whole.iloc[:30])
