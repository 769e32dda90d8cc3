"""What is on the table of two companies: quantity, carrier, connection, what it is worth to either.

A row of `terms` is filled from an opportunity, bargained over in `market`, appraised and signed in
`contracts`.
"""

import math

from agents.compiled import rule
from agents.fields import NEVER
from agents.valuation import joint_value, scaled_cost

from .settlement import transaction_cost

ROUNDING = 1e-9
"""Share of a flow below which a spare quantity is only what sums of contracts left over."""


@rule
def draw_up(park, row, terms):
    """Fill the terms of an opportunity; `feasible` is 0 where nothing can be traded.

    The opportunity's own contract, if it has one, must have given its quantity free before.
    """
    p = park.parameters[0]
    opportunity = park.opportunities[row]
    substitution = park.substitutions[opportunity.substitution]
    residue, need = park.residues[opportunity.residue], park.needs[opportunity.need]
    carried = park.resources[residue.resource]
    terms.opportunity, terms.feasible = row, 0
    terms.main, terms.book_value, terms.length = -1, 0.0, 0.0
    terms.pipe_capital, terms.plant_capital, terms.built = 0.0, 0.0, 0.0
    value_goods(park, opportunity, terms)
    expected_quantity(park, opportunity, terms)
    if terms.yearly <= 0.0:
        return
    upkeep = choose_connection(park, opportunity, substitution, carried, terms)
    if terms.yearly <= 0.0:
        return
    terms.carriage += substitution.treatment + upkeep / terms.yearly
    ratio = substitution.ratio * terms.arrives * (1.0 - substitution.quality_loss)
    terms.worth = ratio * virgin_value(park, need.resource)
    capital_cost(park, opportunity, terms)
    x = transaction_cost(p, terms.mediated) / terms.yearly
    terms.transaction_supplier, terms.transaction_receiver = x, x
    terms.feasible = 1


@rule
def expected_quantity(park, opportunity, terms):
    """Share that arrives and quantity that could be signed today."""
    residue, need = park.residues[opportunity.residue], park.needs[opportunity.need]
    terms.arrives = opportunity.arrives if park.resources[residue.resource].pipe else 1.0
    take_quantity(park, opportunity, residue, need, terms)


@rule
def virgin_value(park, resource):
    """Price that a buyer reckons with: the scarcity price if the limit bound in the last year."""
    entry, clock = park.resources[resource], park.clock[0]
    if clock.quarter - entry.bound <= 4 and entry.scarcity_path >= 0:
        return max(entry.price, park.paths[entry.scarcity_path, clock.quarter])
    return entry.price


@rule
def value_goods(park, opportunity, terms):
    """Avoided disposal, and the price signal whose move reopens an opportunity."""
    residue = park.residues[opportunity.residue]
    terms.disposal = park.resources[residue.resource].disposal
    terms.price_signal = price_signal(park, opportunity)


@rule
def price_signal(park, opportunity):
    """Gain of a unit at the door, before carriage: s price + disposal, EUR/unit."""
    residue, need = park.residues[opportunity.residue], park.needs[opportunity.need]
    ratio = park.substitutions[opportunity.substitution].ratio
    return ratio * virgin_value(park, need.resource) + park.resources[residue.resource].disposal


@rule
def take_quantity(park, opportunity, residue, need, terms):
    """Quantity by quarter of the year: what prudence leaves of the expected flows, less what is signed or agreed.

    q_k = min(phi residue_k - signed, (phi need_k - signed)/(s l), max share of the need).
    A contract below the least share of the smaller of the two flows is not worth it.
    """
    p, substitution = park.parameters[0], park.substitutions[opportunity.substitution]
    serves = substitution.ratio * terms.arrives
    terms.yearly, terms.peak = 0.0, 0.0
    signed = (0.0, 0.0, 0.0, 0.0)
    if substitution.max_share < 1.0:
        signed = signed_in_this_way(park, opportunity)
    for season in range(4):
        spare = p.trade_prudence * residue.expected[season] - residue.committed[season]
        gap = p.trade_prudence * need.expected[season] - need.committed[season]
        share = p.trade_prudence * substitution.max_share * need.expected[season] - signed[season]
        gap = min(gap, share) / serves
        quantity = max(0.0, min(spare, gap))
        terms.quantity[season] = quantity
        terms.yearly += quantity
        terms.peak = max(terms.peak, 4.0 * quantity)
    if terms.yearly > 0.0:
        smaller = smaller_flow(residue, need, serves)
        if smaller <= 0.0 or terms.yearly < max(p.trade_least_share, ROUNDING) * smaller:
            terms.yearly = 0.0
    terms.spare = terms.yearly


@rule
def smaller_flow(residue, need, serves):
    """The smaller of the residue and of the need that it could serve, unit of the residue a year."""
    offered, wanted = 0.0, 0.0
    for season in range(4):
        offered += residue.expected[season]
        wanted += need.expected[season] / serves
    return min(offered, wanted)


@rule
def signed_in_this_way(park, opportunity):
    """Input of the receiver that other contracts already serve with the same residue, by quarter of the year."""
    ratio = park.substitutions[opportunity.substitution].ratio
    spring, summer, autumn, winter = 0.0, 0.0, 0.0, 0.0
    row = park.needs[opportunity.need].first_contract
    while row >= 0:
        contract = park.contracts[row]
        if (
            contract.substitution == opportunity.substitution
            and contract.opportunity != park.clock[0].renewing
        ):
            spring += (contract.quantity[0] + contract.adding[0]) * ratio * contract.arrives
            summer += (contract.quantity[1] + contract.adding[1]) * ratio * contract.arrives
            autumn += (contract.quantity[2] + contract.adding[2]) * ratio * contract.arrives
            winter += (contract.quantity[3] + contract.adding[3]) * ratio * contract.arrives
        row = contract.next_of_need
    return spring, summer, autumn, winter


@rule
def choose_connection(park, opportunity, substitution, carried, terms):
    """Carrier and capital at the least yearly cost; returns the yearly upkeep, EUR.

    A standing connection costs nothing but upkeep and bounds the quantity. Else a truck, a pipe of
    its own, or a branch from a main of the same supplier.
    """
    p, clock = park.parameters[0], park.clock[0]
    supplier = park.companies[opportunity.supplier]
    if opportunity.connection >= 0:
        standing = park.connections[opportunity.connection]
        if clock.quarter < standing.ready + int(4.0 * standing.life):
            use_standing(park, standing, carried, terms, opportunity.distance)
            return p.investment_upkeep * standing.cost
    terms.plant_capital = p.investment_cost_factor * scaled_cost(
        substitution.plant_cost, terms.peak, substitution.plant_capacity, p.investment_plant_exponent
    )
    by_truck = carried.truck_fixed + carried.truck_per_km * opportunity.distance
    pipe, truck_cost, pipe_cost = 0.0, by_truck * terms.yearly, 0.0
    if carried.pipe == 1:
        per_km = pipe_capital(p, carried, terms.peak, 1.0)
        pipe = per_km * opportunity.distance
        terms.length, terms.built = opportunity.distance, terms.peak
        if p.investment_mains == 1.0:
            pipe = join_main(park, opportunity, carried, terms, per_km)
        pipe_cost = pipe * (supplier.crf_pipe + p.investment_upkeep)
    if carried.pipe == 1 and (carried.truck == 0 or pipe_cost <= truck_cost):
        terms.pipe, terms.pipe_capital, terms.carriage = 1, pipe, 0.0
    else:
        terms.pipe, terms.carriage = 0, by_truck
        terms.main, terms.book_value, terms.length, terms.built = -1, 0.0, 0.0, 0.0
    return p.investment_upkeep * (terms.pipe_capital - terms.book_value + terms.plant_capital)


@rule
def use_standing(park, standing, carried, terms, distance):
    """Quantity within the capacity of the connection that stands, at no capital."""
    terms.pipe = standing.pipe
    terms.carriage = 0.0 if standing.pipe else carried.truck_fixed + carried.truck_per_km * distance
    if terms.peak > standing.capacity:
        share = standing.capacity / terms.peak
        terms.yearly, terms.peak = 0.0, standing.capacity
        for season in range(4):
            terms.quantity[season] *= share
            terms.yearly += terms.quantity[season]


@rule
def pipe_capital(p, carried, capacity, length):
    """Cost of a pipe, EUR: c0 d (Q/Q0)^b."""
    per_km = scaled_cost(carried.pipe_cost, capacity, carried.pipe_capacity, p.investment_plant_exponent)
    return p.investment_cost_factor * per_km * length


@rule
def join_main(park, opportunity, carried, terms, per_km):
    """Cheapest way to reach the receiver: a pipe of its own at `per_km` EUR, or a branch from a main of the supplier.

    A joiner pays the branch, the enlargement that is not built ahead, and its share by use of the
    book value to those who paid the main. Returns the capital, EUR.
    """
    p, clock = park.parameters[0], park.clock[0]
    best = per_km * opportunity.distance
    row = park.residues[opportunity.residue].first_connection
    while row >= 0:
        main = park.connections[row]
        end = main.ready + int(4.0 * main.life)
        if main.pipe == 1 and clock.quarter < end and main.receiver != opportunity.receiver:
            branch = branch_length(park, main, opportunity)
            used = main.through + terms.peak
            left = (end - max(clock.quarter, main.ready)) / (4.0 * main.life)
            book = main.pipe_part * left * terms.peak / used
            cost = per_km * branch + book
            if cost < best and used > main.built:
                enlarge = pipe_capital(p, carried, used, main.length) - pipe_capital(
                    p, carried, main.built, main.length
                )
                cost = per_km * branch + enlarge + book
            if cost < best:
                best = cost
                terms.main, terms.book_value, terms.length = row, book, branch
        row = main.next_connection
    return best


@rule
def branch_length(park, main, opportunity):
    """Kilometres from the end of a main to a new receiver; never longer than from the supplier."""
    a, b = park.companies[main.receiver], park.companies[opportunity.receiver]
    if a.external or b.external:
        return opportunity.distance
    gap = math.sqrt((a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y))
    return min(opportunity.distance, gap)


@rule
def capital_cost(park, opportunity, terms):
    """Yearly cost of the whole capital per unit sent for either side (k), after the state's subsidy."""
    net = 1.0 - park.parameters[0].policy_subsidy
    s, r = park.companies[opportunity.supplier], park.companies[opportunity.receiver]
    terms.k_supplier = (
        net * (terms.pipe_capital * s.crf_pipe + terms.plant_capital * s.crf_plant) / terms.yearly
    )
    terms.k_receiver = (
        net * (terms.pipe_capital * r.crf_pipe + terms.plant_capital * r.crf_plant) / terms.yearly
    )


@rule
def capital(park, terms):
    """Capital that the two companies pay for the connection, EUR, after the state's subsidy."""
    return (terms.pipe_capital + terms.plant_capital) * (1.0 - park.parameters[0].policy_subsidy)


@rule
def gain_per_unit(terms):
    """Yearly gain of both sides per unit sent, before capital and transaction, EUR/unit."""
    return joint_value(terms.worth, terms.disposal, 1.0, 1.0, 0.0, terms.carriage)


@rule
def available_from(park, opportunity):
    """First quarter in which residue and need exist, both companies are there and the use is practised."""
    residue, need = park.residues[opportunity.residue], park.needs[opportunity.need]
    s, r = park.companies[opportunity.supplier], park.companies[opportunity.receiver]
    practised = park.substitutions[opportunity.substitution].practised
    return max(max(max(residue.available, need.available), max(s.arrives, r.arrives)), practised)


@rule
def known_to_last(park, opportunity):
    """Quarter in which one of the two is known to leave."""
    s, r = park.companies[opportunity.supplier], park.companies[opportunity.receiver]
    horizon = park.clock[0].quarter + int(4.0 * park.parameters[0].activity_foresight)
    ends = min(min(s.leaves, s.known_to_leave), min(r.leaves, r.known_to_leave))
    return ends if ends <= horizon else NEVER
