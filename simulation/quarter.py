"""The quarter: the process overview of the model, and the order of its calls.

1.  calendar: dated prices, levies, processes, arrivals, departures, successions, interventions
2.  produce: activity of every process; what each company needs and leaves
3.  deliver: contracts in operation move residues; mass is conserved
4.  settle: who pays whom; purchases, disposal, levies, fees, tax; what would have been paid without trades
5.  judge: delivery evidence updates trust
6.  meet: new acquaintances by siting talks, neighbourhood, club, facilitator
7.  negotiate: contracts grow with the flows; companies with attention left bargain over their best open opportunity
8.  invest: agreed deals are appraised, connections ordered; flows are cut at their origin
9.  review: contracts are renewed, re-priced or ended
10. enter and leave: newcomers, failures
11. record
"""

from agents.compiled import rule

from .contracts import invest
from .delivery import deliver
from .enlarging import enlarge
from .facilitation import facilitate
from .happenings import turn_calendar
from .judging import judge
from .market import negotiate
from .meeting import meet, room_for_meetings
from .membership import enter_and_leave
from .operation import produce
from .recording import record
from .reduction import reduce_at_origin
from .review import review
from .settlement import settle

ROOM = ("ties", "opportunities", "connections", "contracts", "negotiations", "journal")
"""Order of the numbers that `room_needed` returns."""


@rule
def quarter(park):
    """One quarter of the park."""
    turn_calendar(park)
    produce(park)
    deliver(park)
    settle(park)
    judge(park)
    meet(park)
    facilitate(park)
    enlarge(park)
    negotiate(park)
    invest(park)
    reduce_at_origin(park)
    review(park)
    enter_and_leave(park)
    record(park)
    park.clock[0].quarter += 1


@rule
def room_needed(park):
    """Free rows that the coming quarter can need at most, in the order of `ROOM`."""
    clock, p = park.clock[0], park.parameters[0]
    ties, opportunities = room_for_meetings(park)
    talks = 0.0
    for company in range(len(park.companies)):
        talks += park.companies[company].attention + 1.0
    introductions = int(2.0 * p.association_introductions * (p.association_most_staff + 2.0))
    deals = int(0.5 * talks) + introductions + 2
    successions = clock.open_contracts if len(park.successions) > 0 else 0
    contracts = deals + clock.open_contracts + successions
    negotiations = deals + 3 * clock.open_contracts + successions
    connections = deals + 2 * clock.open_contracts
    events = 6 * len(park.companies) + len(park.processes) + 5 * (contracts + clock.open_contracts) + 64
    events += len(park.interventions) + introductions
    return ties, opportunities, connections, contracts, negotiations, events


@rule
def has_room(park, ties, opportunities, connections, contracts, negotiations, events):
    """Whether every growing table has the room for the coming quarter."""
    clock = park.clock[0]
    return (
        len(park.ties) - clock.ties >= ties
        and len(park.opportunities) - clock.opportunities >= opportunities
        and len(park.connections) - clock.connections >= connections
        and len(park.contracts) - clock.contracts >= contracts
        and len(park.negotiations) - clock.negotiations >= negotiations
        and len(park.journal) - clock.events >= events
    )


@rule
def advance(park, until):
    """Run quarters until that quarter, or return early when a table must grow first."""
    while park.clock[0].quarter < until:
        ties, opportunities, connections, contracts, negotiations, events = room_needed(park)
        if not has_room(park, ties, opportunities, connections, contracts, negotiations, events):
            return
        quarter(park)
