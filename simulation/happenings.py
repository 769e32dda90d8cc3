"""Phase *calendar*: dated prices, arrivals, departures, successions, facilitator, interventions take effect."""

import math

from agents.compiled import rule
from agents.fields import ABSENT, LEFT, OPERATING, ORDERED, PLANNED, PRESENT

from .arrivals import invite
from .enlarging import add_what_is_ready
from .journal import (
    ARRIVES,
    DATED,
    INTERVENES,
    PLANS,
    PROCESS_ENDS,
    PROCESS_STARTS,
    STARTS,
    STOPPED,
    WITHDRAWN,
    note,
)  # fmt: skip
from .judging import renew_priors
from .leaving import break_contracts, leave
from .review import forget_ended
from .succession import succeed

WITHDRAW, STOP, RESUME, SHRINK, CLOSE, INVITE, FACILITATOR, SET, ANNOUNCE = range(1, 10)
"""Codes of the verbs of an intervention (`simulation.events` describes them)."""
VERB_WORDS = {
    WITHDRAW: "withdraw",
    STOP: "stop-trading",
    RESUME: "resume-trading",
    SHRINK: "shrink",
    CLOSE: "close",
    INVITE: "invite",
    FACILITATOR: "facilitator",
    SET: "set",
    ANNOUNCE: "withdrawal announced",
}
RESOURCE_FIELD, PARAMETER_FIELD, CLOCK_FIELD = 1, 2, 3
"""Tables in which an intervention may set a field."""


@rule
def turn_calendar(park):
    """Let everything that is dated for this quarter take effect."""
    clock = park.clock[0]
    clock.season = (int(math.floor(4.0 * clock.first_year + 0.5)) + clock.quarter) % 4
    clock.entries, clock.exits = 0, 0
    for row in range(len(park.interventions)):
        if park.interventions[row].quarter == clock.quarter:
            intervene(park, park.interventions[row])
    set_prices(park)
    for company in range(len(park.companies)):
        arrive(park, company)
    for row in range(len(park.successions)):
        if park.successions[row].quarter == clock.quarter:
            succeed(park, park.successions[row].giver, park.successions[row].taker)
    for company in range(len(park.companies)):
        keep_dates(park, company)
    forget_ended(park)
    start_streams(park)
    switch_facilitator(park)


@rule
def intervene(park, event):
    """One intervention from outside, of the scenario or of a hand in mid-run."""
    note(park, INTERVENES, event.company, -1, -1, event.resource, event.value, event.verb)
    if event.verb == WITHDRAW:
        if park.companies[event.company].status != LEFT:
            leave(park, event.company, WITHDRAWN, park.clock[0].quarter)
    elif event.verb == ANNOUNCE:
        park.companies[event.company].known_to_leave = int(event.value)
    elif event.verb == STOP:
        park.companies[event.company].trading = 0
        break_contracts(park, event.company, STOPPED)
    elif event.verb == RESUME:
        park.companies[event.company].trading = 1
    elif event.verb == SHRINK:
        owner = park.companies[event.company]
        for row in range(owner.processes_from, owner.processes_to):
            park.processes[row].left_scale *= 1.0 - event.value
    elif event.verb == CLOSE:
        park.processes[event.target].closed = 1
    elif event.verb == INVITE:
        invite(park, event.company, park.clock[0].quarter + 1)
    elif event.verb == FACILITATOR:
        park.clock[0].facilitator_switch = int(event.value)
    elif event.verb == SET:
        set_field(park, event)


@rule
def set_field(park, event):
    """Set a live field by its address; priors follow a change of their mean."""
    if event.target == RESOURCE_FIELD:
        park.resources_flat[event.resource, event.column] = event.value
    elif event.target == CLOCK_FIELD:
        park.clock_flat[0, event.column] = event.value
    else:
        park.parameters_flat[0, event.column] = event.value
        renew_priors(park)
        park.wakes[: park.clock[0].opportunities] = 0  # a parameter may have decided how long they sleep


@rule
def set_prices(park):
    """Virgin prices, disposal costs, levy and carbon price of this quarter.

    A levy and a carbon price enter through disposal and price, and nothing else.
    """
    clock = park.clock[0]
    clock.landfill_levy = park.paths[clock.levy_path, clock.quarter] * clock.levy_scale
    clock.carbon_price = park.paths[clock.carbon_path, clock.quarter] * clock.carbon_scale
    for row in range(len(park.resources)):
        resource = park.resources[row]
        carbon = clock.carbon_price * resource.carbon_priced
        price = park.paths[resource.price_path, clock.quarter] * resource.price_scale
        disposal = park.paths[resource.disposal_path, clock.quarter] * resource.disposal_scale
        resource.price = price + carbon * resource.co2_virgin
        resource.disposal = disposal + clock.landfill_levy * resource.levied + carbon * resource.co2_disposal


@rule
def arrive(park, company):
    """Newcomers plan, and arrive at their date."""
    clock, owner = park.clock[0], park.companies[company]
    if owner.status == ABSENT and owner.talks_from <= clock.quarter and owner.arrives > clock.quarter:
        owner.status = PLANNED
        note(park, PLANS, company, -1, -1, -1, 0.0, 0)
    if (owner.status == ABSENT or owner.status == PLANNED) and owner.arrives <= clock.quarter:
        owner.status = PRESENT
        if clock.quarter > 0:
            clock.entries += 1
        note(park, ARRIVES, company, -1, -1, -1, 0.0, 0)


@rule
def keep_dates(park, company):
    """Dated departures, starts and ends of processes; attention for the quarter."""
    clock, owner = park.clock[0], park.companies[company]
    if owner.status == PRESENT and owner.leaves <= clock.quarter:
        leave(park, company, DATED, clock.quarter)
    if owner.status == PRESENT:
        for row in range(owner.processes_from, owner.processes_to):
            process = park.processes[row]
            if process.starts == clock.quarter and clock.quarter > owner.arrives:
                note(park, PROCESS_STARTS, company, -1, -1, -1, float(row), 0)
            if process.ends == clock.quarter and clock.quarter > 0:
                note(park, PROCESS_ENDS, company, -1, -1, -1, float(row), 0)
    owner.attention_left = 0.0
    if owner.status == PRESENT or owner.status == PLANNED:
        owner.attention_left = owner.attention


@rule
def start_streams(park):
    """Contracts whose connection is ready and whose companies are there come into operation."""
    clock = park.clock[0]
    for k in range(clock.open_contracts):
        contract = park.contracts[park.open_contracts[k]]
        if contract.status == ORDERED and contract.starts <= clock.quarter:
            contract.status = OPERATING
            residue = park.residues[contract.residue].resource
            row = park.open_contracts[k]
            note(park, STARTS, contract.supplier, contract.receiver, row, residue, contract.signed_price, 0)
        add_what_is_ready(contract, clock.quarter)


@rule
def switch_facilitator(park):
    """The association works between its dates, unless an event switched it."""
    clock, p = park.clock[0], park.parameters[0]
    year = clock.first_year + clock.quarter / 4.0
    works = p.association_starts <= year and year < p.association_ends
    if clock.facilitator_switch >= 0:
        works = clock.facilitator_switch == 1
    clock.facilitator = 1 if works else 0
