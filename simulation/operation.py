"""Phase *produce*: activity of every process, what each company needs and leaves, what it expects."""

import math

from agents.compiled import rule
from agents.fields import PLANNED, PRESENT
from agents.production import activity, next_log_activity

from . import draws


@rule
def produce(park):
    """Run every process for a quarter and renew what companies expect to need and to leave."""
    clear(park.residues)
    clear(park.needs)
    for company in range(len(park.companies)):
        owner = park.companies[company]
        owner.jobs, owner.sales, owner.yearly_margin = 0.0, 0.0, 0.0
        if owner.status == PRESENT or owner.status == PLANNED:
            for row in range(owner.processes_from, owner.processes_to):
                run(park, owner, park.processes[row])
                expect(park, owner, park.processes[row])
    foresee_scarcity(park)


@rule
def foresee_scarcity(park):
    """A limit counts as binding where the park expects to buy more of the good than it at the end of the foresight."""
    clock = park.clock[0]
    ahead = clock.quarter + int(4.0 * park.parameters[0].activity_foresight)
    column = min(ahead, park.paths.shape[1] - 1)
    for row in range(len(park.resources)):
        resource = park.resources[row]
        if resource.limit_path < 0:
            continue
        wanted = 0.0
        for n in range(len(park.needs)):
            need = park.needs[n]
            if need.resource == row:
                for season in range(4):
                    wanted += max(0.0, need.expected[season] - need.committed[season])
        if wanted > park.paths[resource.limit_path, column]:
            resource.bound = clock.quarter


@rule
def clear(balances):
    """Nothing needed, left over or expected yet."""
    for row in range(len(balances)):
        balance = balances[row]
        balance.amount, balance.planned_gap = 0.0, 0
        for season in range(4):
            balance.expected[season] = 0.0


@rule
def in_operation(owner, process, quarter):
    """Whether the process runs in that quarter, as far as is known today."""
    ends = min(process.ends, min(owner.leaves, owner.known_to_leave))
    return process.closed == 0 and process.starts <= quarter and quarter < ends


@rule
def run(park, owner, process):
    """Make this quarter's product and book its needs and residues."""
    clock, p = park.clock[0], park.parameters[0]
    process.activity = 0.0
    if owner.status != PRESENT or not in_operation(owner, process, clock.quarter):
        return
    draw_activity(clock, p, process)
    capacity = park.paths[process.path, clock.quarter] * process.left_scale
    process.activity = activity(
        capacity / 4.0, p.activity_utilisation, process.log_activity, p.activity_spread, process.outage
    )
    owner.jobs += process.jobs
    if process.jobs_capacity > 0.0:
        owner.jobs += jobs_by_capacity(p, process, capacity)
    reference = capacity * p.activity_utilisation
    owner.sales += reference * process.sales_per_unit
    owner.yearly_margin += reference * process.margin_per_unit
    for row in range(process.flows_from, process.flows_to):
        flow = park.flows[row]
        amount = process.activity * flow.amount * flow.season[clock.season] * flow.kept
        balance = park.needs[flow.balance] if flow.is_need else park.residues[flow.balance]
        balance.amount += amount
        if process.outage_planned:
            balance.planned_gap = 1


@rule
def jobs_by_capacity(p, process, capacity):
    """Jobs of a process that states none; a power is taken only when the capacity has changed."""
    if capacity != process.jobs_at:
        process.jobs_at = capacity
        process.jobs_now = process.jobs_typical * math.pow(
            capacity / process.jobs_capacity, p.economy_jobs_exponent
        )
    return process.jobs_now


@rule
def draw_activity(clock, p, process):
    """Move the AR(1) of activity, and draw whether this quarter has an outage, and announced or not."""
    if process.started == 0:
        process.started = 1
        process.log_activity = draws.normal(clock, draws.FIRST_ACTIVITY, process.identity, 0, 0)
    else:
        push = draws.normal(clock, draws.ACTIVITY, process.identity, 0, clock.quarter)
        process.log_activity = next_log_activity(process.log_activity, p.activity_persistence, push)
    process.outage, process.outage_planned = 0.0, 0
    if draws.uniform(clock, draws.OUTAGE, process.identity, 0, clock.quarter) < p.activity_outage_hazard:
        process.outage = p.activity_outage_depth
        if (
            draws.uniform(clock, draws.OUTAGE_KIND, process.identity, 0, clock.quarter)
            < p.activity_outage_planned
        ):
            process.outage_planned = 1


@rule
def expect(park, owner, process):
    """Add what this process is expected to need and leave a quarter, by quarter of the year.

    A process that runs counts with the lesser of its capacity now and at the end of the foresight,
    so one known to end counts nothing. One known to start counts with what it will have, where the
    company has none of the resource yet: a stream cannot start before it.
    """
    clock, p = park.clock[0], park.parameters[0]
    ahead = clock.quarter + int(4.0 * p.activity_foresight)
    if owner.status == PLANNED:
        ahead = max(ahead, owner.arrives)
    goes_on = in_operation(owner, process, ahead)
    if process.inherits >= 0 and process.starts > clock.quarter:
        return  # the giver still counts it
    if process.heir >= 0 and in_operation(owner, process, clock.quarter):
        goes_on = True  # the heir carries it on, and takes over what is signed
    if not goes_on or owner.trading == 0:
        return
    column = min(ahead, park.paths.shape[1] - 1)
    capacity = park.paths[process.path, column]
    if process.starts <= clock.quarter:
        capacity = min(capacity, park.paths[process.path, clock.quarter])
    product = capacity * process.left_scale * p.activity_utilisation / 4.0
    for row in range(process.flows_from, process.flows_to):
        flow = park.flows[row]
        balance = park.needs[flow.balance] if flow.is_need else park.residues[flow.balance]
        if process.starts > clock.quarter and balance.available <= clock.quarter:
            continue
        for season in range(4):
            balance.expected[season] += product * flow.amount * flow.season[season] * flow.kept
