"""Succession: contracts, connections, ties and trust move to the new entity; nothing ends."""

from agents.compiled import rule
from agents.fields import ENDED, PRESENT

from .acquaintance import know, tie_between
from .contracts import commit, count_contract
from .journal import SPLITS, SUCCEEDS, note
from .judging import mark_membership, next_tie, other_end

ALL, NONE = 0.99, 0.01


@rule
def succeed(park, giver, taker):
    """The taker knows whom the giver knew, is trusted as it was, and takes over its part of every stream."""
    clock = park.clock[0]
    note(park, SUCCEEDS, taker, giver, -1, -1, 0.0, 0)
    if park.companies[taker].status != PRESENT:
        return
    park.companies[taker].member = max(park.companies[taker].member, park.companies[giver].member)
    mark_membership(park, taker)
    inherit_activity(park, giver, taker)
    know(park, giver, taker, clock.quarter)
    row = park.companies[giver].first_tie
    while row >= 0:
        friend = other_end(park.ties[row], giver)
        if friend != taker:
            inherit_tie(park, row, giver, taker, friend)
        row = next_tie(park.ties[row], giver)
    expect_again(park, giver, taker)
    for k in range(clock.open_contracts):
        contract = park.contracts[park.open_contracts[k]]
        if contract.status != ENDED and (contract.supplier == giver or contract.receiver == giver):
            hand_over(park, park.open_contracts[k], giver, taker)


@rule
def inherit_activity(park, giver, taker):
    """A process that changes hands goes on as it was: same state of its activity."""
    owner = park.companies[taker]
    for row in range(owner.processes_from, owner.processes_to):
        process = park.processes[row]
        if process.inherits < 0 or process.starts != park.clock[0].quarter:
            continue
        old = park.processes[process.inherits]
        if old.company == giver:
            process.log_activity, process.started = old.log_activity, old.started
            process.left_scale, process.closed = old.left_scale, old.closed
            for f in range(process.flows_to - process.flows_from):
                park.flows[process.flows_from + f].kept = park.flows[old.flows_from + f].kept
    owner.cash = max(owner.cash, 0.0)


@rule
def inherit_tie(park, row, giver, taker, friend):
    """The same acquaintance and the same evidence, both ways."""
    old = park.ties[row]
    if park.companies[friend].external and park.companies[taker].external:
        return
    if tie_between(park, taker, friend) >= 0 and park.companies[taker].arrives < park.clock[0].quarter:
        return  # they know each other on their own account
    new = park.ties[know(park, taker, friend, old.since)]
    if old.a == giver:
        own_good, own_bad, their_good, their_bad, z_own, z_their = (
            old.good_ab, old.bad_ab, old.good_ba, old.bad_ba, old.z_ab, old.z_ba,
        )  # fmt: skip
        prior_own, prior_their = old.prior_ab, old.prior_ba
    else:
        own_good, own_bad, their_good, their_bad, z_own, z_their = (
            old.good_ba, old.bad_ba, old.good_ab, old.bad_ab, old.z_ba, old.z_ab,
        )  # fmt: skip
        prior_own, prior_their = old.prior_ba, old.prior_ab
    if new.a == taker:
        new.good_ab, new.bad_ab, new.good_ba, new.bad_ba = own_good, own_bad, their_good, their_bad
        new.z_ab, new.z_ba, new.prior_ab, new.prior_ba = z_own, z_their, prior_own, prior_their
    else:
        new.good_ba, new.bad_ba, new.good_ab, new.bad_ab = own_good, own_bad, their_good, their_bad
        new.z_ba, new.z_ab, new.prior_ba, new.prior_ab = z_own, z_their, prior_own, prior_their


@rule
def expect_again(park, giver, taker):
    """Yearly product of the processes of each in this quarter, as `activity`, for dividing the streams."""
    clock, p = park.clock[0], park.parameters[0]
    for company in (giver, taker):
        owner = park.companies[company]
        for row in range(owner.processes_from, owner.processes_to):
            process = park.processes[row]
            runs = process.closed == 0 and process.starts <= clock.quarter and clock.quarter < process.ends
            capacity = park.paths[process.path, clock.quarter] * process.left_scale
            process.activity = capacity * p.activity_utilisation if runs else 0.0


@rule
def yearly_flow(park, company, resource, is_need):
    """Yearly flow of a resource in the processes that a company now runs."""
    owner, total = park.companies[company], 0.0
    for row in range(owner.processes_from, owner.processes_to):
        process = park.processes[row]
        for f in range(process.flows_from, process.flows_to):
            flow = park.flows[f]
            if flow.resource == resource and flow.is_need == is_need:
                total += process.activity * flow.amount * flow.kept
    return total


@rule
def balance_of(park, company, resource, is_need):
    """Row of a company's balance of a resource, -1 if it has none."""
    if is_need:
        return park.need_of[company, resource]
    owner = park.companies[company]
    for row in range(owner.residues_from, owner.residues_to):
        if park.residues[row].resource == resource:
            return row
    return -1


@rule
def hand_over(park, row, giver, taker):
    """Move a contract to the taker, or divide it by what each of the two now leaves or needs."""
    contract = park.contracts[row]
    is_need = 1 if contract.receiver == giver else 0
    balance = park.needs[contract.need] if is_need else park.residues[contract.residue]
    kept = yearly_flow(park, giver, balance.resource, is_need)
    taken = yearly_flow(park, taker, balance.resource, is_need)
    target = balance_of(park, taker, balance.resource, is_need)
    opportunity = matching_opportunity(park, contract, taker, target, is_need)
    if taken <= 0.0 or opportunity < 0:
        return
    share = taken / (taken + kept)
    if share < NONE or park.opportunities[opportunity].contract >= 0:
        return
    if share > ALL:
        move(park, row, opportunity, 1.0)
    else:
        divide(park, row, opportunity, share)


@rule
def matching_opportunity(park, contract, taker, target, is_need):
    """The taker's opportunity with the same partner, residue and input; -1 if there is none."""
    row = park.companies[taker].first_demand if is_need else park.companies[taker].first_supply
    while row >= 0:
        entry = park.opportunities[row]
        same_partner = entry.supplier == contract.supplier if is_need else entry.receiver == contract.receiver
        same_balance = entry.need == target if is_need else entry.residue == target
        if same_partner and same_balance and entry.substitution == contract.substitution:
            return row
        row = entry.next_demand if is_need else entry.next_supply
    return -1


@rule
def move(park, row, opportunity, share):
    """The contract goes on under the taker's name, over the same connection."""
    contract, entry = park.contracts[row], park.opportunities[opportunity]
    old = park.opportunities[contract.opportunity]
    commit(park, contract, -1.0)
    entry.connection, entry.contract = old.connection, row
    old.contract = -1
    if share >= 1.0:
        old.connection = -1
    count_contract(park, contract, -1)
    contract.opportunity, contract.tie = opportunity, entry.tie
    contract.supplier, contract.receiver = entry.supplier, entry.receiver
    contract.residue, contract.need = entry.residue, entry.need
    count_contract(park, contract, 1)
    commit(park, contract, 1.0)
    link = park.connections[contract.connection]
    link.supplier, link.receiver = entry.supplier, entry.receiver
    note(park, SUCCEEDS, entry.supplier, entry.receiver, row, park.residues[entry.residue].resource, 0.0, 0)


@rule
def divide(park, row, opportunity, share):
    """Both go on: a second contract on the same terms takes the taker's share of the quantity."""
    clock = park.clock[0]
    contract, entry = park.contracts[row], park.opportunities[opportunity]
    new_row = clock.contracts
    park.contracts[new_row] = contract
    new = park.contracts[new_row]
    park.open_contracts[clock.open_contracts] = new_row
    clock.contracts += 1
    clock.open_contracts += 1
    commit(park, contract, -1.0)
    for season in range(4):
        new.quantity[season] = share * contract.quantity[season]
        contract.quantity[season] *= 1.0 - share
        new.adding[season] = share * contract.adding[season]
        contract.adding[season] *= 1.0 - share
    commit(park, contract, 1.0)
    new.capex, contract.capex = share * contract.capex, (1.0 - share) * contract.capex
    new.sent_total, new.co2_avoided = 0.0, 0.0
    new.opportunity, new.tie = opportunity, entry.tie
    new.supplier, new.receiver, new.residue, new.need = (
        entry.supplier,
        entry.receiver,
        entry.residue,
        entry.need,
    )
    new.starts = max(new.starts, clock.quarter)
    entry.contract = new_row
    entry.connection = contract.connection
    count_contract(park, new, 1)
    commit(park, new, 1.0)
    note(
        park, SPLITS, entry.supplier, entry.receiver, new_row, park.residues[entry.residue].resource, share, 0
    )
