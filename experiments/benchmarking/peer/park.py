"""The peer as a Mesa model: a step is a quarter, companies are agents."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import mesa

from simulation.calendar import Calendar
from simulation.layers import Source
from simulation.reading import load_scenario

from . import draws
from .association import Association
from .company import Company
from .contracts import ENDED, OPERATING, Contract, appraise_and_sign
from .enlarging import enlarge
from .founding import found, meeting_chance
from .meeting import meet
from .opportunities import Opportunity, best_of
from .refusing import refuse
from .review import review
from .talks import AGREED, bargain
from .terms import Terms, draw_up
from .ties import Tie

if TYPE_CHECKING:
    from .goods import Resource


class PeerPark(mesa.Model):
    """An industrial park by the rules of docs/model.md, in plain Python objects.

    `source` is a bundled name, a file or a Scenario, `set` maps fields to values as for `simulate`. Raises
    ScenarioError, also for a scenario that asks for a rule which is not here. `signed` holds every contract ever.
    """

    def __init__(
        self, source: Source = "classroom", seed: int = 1, set: dict[str, Any] | None = None
    ) -> None:
        super().__init__(rng=seed)
        self.rules = load_scenario(source, set=set)
        refuse(self.rules)
        self.draws = draws.Draws(seed)
        self.calendar = Calendar.of(self.rules)
        self.quarter = 0
        self.first_season = math.floor(4.0 * self.calendar.first_year + 0.5)
        self.goods: dict[str, Resource] = {}
        self.roster: list[Company] = []
        self.ties: list[Tie] = []
        self.opportunities: list[Opportunity] = []
        self.contracts: list[Contract] = []
        self.signed: list[Contract] = []
        self.deals: list[Terms] = []
        self.association = Association(self)
        self.savings = self.tax = 0.0
        found(self, self.rules, self.calendar)
        self.town = next((each for each in self.roster if each.name == self.rules.town.municipality), None)
        self.chance = meeting_chance(self, self.rules)
        self.levy = self.calendar.values(self.rules.policy.landfill_levy, True).tolist()
        self.carbon_price = self.calendar.values(self.rules.policy.carbon_price, True).tolist()
        self.datacollector = mesa.DataCollector(
            {"year": "year", "streams": lambda park: park.streams, "savings": "savings"}
        )

    @property
    def year(self) -> float:
        """Decimal year in which the quarter starts."""
        return self.calendar.year(self.quarter)

    @property
    def season(self) -> int:
        """Quarter of the year, 0 for January to March."""
        return (self.first_season + self.quarter) % 4

    @property
    def foresight(self) -> int:
        """The last quarter of which companies know what runs."""
        return self.quarter + int(4.0 * self.rules.activity.foresight)

    @property
    def earliest_use(self) -> int:
        """The quarter in which a plant that is ordered now would run."""
        return self.quarter + math.ceil(4.0 * self.rules.investment.lead_base)

    @property
    def streams(self) -> int:
        """Contracts in operation."""
        return sum(contract.status == OPERATING for contract in self.contracts)

    def run(self) -> PeerPark:
        """All quarters of the scenario."""
        while self.quarter < self.calendar.quarters:
            self.step()
        return self

    def step(self) -> None:
        """One quarter: the phases of docs/model.md 3."""
        self.turn_calendar()
        self.agents.do("produce")
        self.deliver()
        self.settle()
        self.judge()
        meet(self)
        self.association.work()
        self.enlarge()
        self.negotiate()
        self.invest()
        self.review()
        self.agents.do("fail_if_ruined")
        self.datacollector.collect(self)
        self.quarter += 1

    def turn_calendar(self) -> None:
        """Prices, arrivals, streams that begin, the association's dates."""
        for good in self.goods.values():
            good.turn(self.quarter, self.levy[self.quarter], self.carbon_price[self.quarter])
        self.agents.do("keep_dates")
        for contract in self.contracts:
            contract.start()
        self.association.switch()

    def deliver(self) -> None:
        """Contracts in operation move residues; shortfalls are shared in proportion."""
        needs = [need for company in self.roster for need in company.needs.values()]
        residues = [residue for company in self.roster for residue in company.residues.values()]
        for balance in (*needs, *residues):
            balance.open()
        operating = [contract for contract in self.contracts if contract.status == OPERATING]
        for contract in operating:
            contract.ask()
        for need in needs:
            need.ration()
        for contract in operating:
            contract.ask_supplier()
        for residue in residues:
            residue.ration()
        for contract in operating:
            contract.send()

    def settle(self) -> None:
        """Books of companies and streams; the town gets the tax."""
        self.savings = self.tax = 0.0
        self.agents.do("settle")
        for contract in self.contracts:
            if contract.status == OPERATING:
                contract.settle()
        self.agents.do("close_books")
        if self.town is not None and self.town.is_present:
            self.town.cash += self.tax

    def judge(self) -> None:
        """Deliveries become evidence."""
        for contract in self.contracts:
            if contract.status == OPERATING:
                contract.judge()
        for tie in self.ties:
            tie.remember(self)

    def enlarge(self) -> None:
        """In the first quarter of a year contracts grow with the flows."""
        if self.season == 0 and self.rules.contract.enlargement:
            for contract in self.contracts:
                enlarge(contract, self)

    def negotiate(self) -> None:
        """In an order drawn anew, companies take up their best opportunities while both have time."""
        self.deals = []
        for company in self.roster:
            company.open_talks = 0
        for opportunity in self.opportunities:
            opportunity.survey(self)
        eager = [company for company in self.roster if company.open_talks and company.can_bargain]
        turn = {
            company: self.draws.uniform(draws.TURN, company.identity, 0, self.quarter) for company in eager
        }
        for company in sorted(eager, key=turn.__getitem__):
            while company.attention_left >= 1.0:
                best = best_of(company, self)
                if best is None:
                    break
                self._talk(company, best)

    def _talk(self, searcher: Company, opportunity: Opportunity) -> None:
        terms = draw_up(opportunity, self)
        opportunity.is_open = False
        if not terms.feasible:
            return
        opportunity.supplier.attention_left -= 1.0
        opportunity.receiver.attention_left -= 1.0
        if bargain(terms, searcher, self) == AGREED:
            terms.commit(1.0)
            self.deals.append(terms)
        else:
            opportunity.fail(terms, self)

    def invest(self) -> None:
        """Appraise and sign in the order in which deals were agreed."""
        for terms in self.deals:
            appraise_and_sign(terms, self)

    def review(self) -> None:
        """Contracts in order of signing: renewed, re-priced, ended."""
        for contract in list(self.contracts):
            if contract.status != ENDED:
                review(contract, self)
