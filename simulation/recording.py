"""Phase *record*: the indicators of the quarter."""

from agents.bargaining import (
    MISTRUST,
    NO_CASH,
    NO_SURPLUS,
    OUT_OF_TIME,
    PAYBACK,
    TRUST,
)  # fmt: skip
from agents.compiled import rule
from agents.fields import OPERATING, ORDERED, PRESENT

from .journal import ENDS
from .judging import direct_trust
from .membership import unused_residue_value
from .settlement import ENERGY, MATERIAL, WATER, account


@rule
def record(park):
    """Write the row of this quarter."""
    row = park.indicators[park.clock[0].quarter]
    row.quarter = park.clock[0].quarter
    record_companies(park, row)
    record_ties(park, row)
    record_negotiations(park, row)
    record_streams(park, row)
    record_purchases(park, row)
    row.unused_residue = unused_residue_value(park)


@rule
def record_companies(park, row):
    """Companies, members, jobs, savings, tax."""
    clock = park.clock[0]
    for company in range(len(park.companies)):
        owner = park.companies[company]
        if owner.status != PRESENT:
            continue
        row.members += owner.member
        books = account(park, company)
        books.present, books.streams, books.cash = 1.0, 0.0, owner.cash
        if owner.external == 0:
            row.companies += 1.0
            row.jobs += owner.jobs
    row.entries, row.exits = clock.entries, clock.exits
    row.tax = clock.tax
    row.investment, row.subsidies = clock.invested, clock.subsidies


@rule
def record_ties(park, row):
    """Pairs that have met and are not gone, and how far they trust each other."""
    clock = park.clock[0]
    trust, trading, pairs = 0.0, 0.0, 0.0
    for t in range(clock.ties):
        tie = park.ties[t]
        if tie.since > clock.quarter or tie.gone:
            continue
        both = direct_trust(park, tie, tie.a) + direct_trust(park, tie, tie.b)
        row.ties += 1.0
        trust += both
        if tie.streams > 0:
            trading += both
            pairs += 1.0
    if row.ties > 0.0:
        row.trust_mean = trust / (2.0 * row.ties)
    if pairs > 0.0:
        row.trust_trading = trading / (2.0 * pairs)


@rule
def record_negotiations(park, row):
    """Negotiations of this quarter by outcome, and contracts that ended."""
    clock = park.clock[0]
    n = clock.negotiations - 1
    while n >= 0 and park.negotiations[n].quarter == clock.quarter:
        talk = park.negotiations[n]
        row.opened += 1.0
        row.agreed += talk.outcome
        if talk.outcome == 0:
            row.failed_no_surplus += talk.reason == NO_SURPLUS
            row.failed_mistrust += talk.reason == MISTRUST
            row.failed_payback += talk.reason == PAYBACK
            row.failed_cash += talk.reason == NO_CASH
            row.failed_trust += talk.reason == TRUST
            row.failed_time += talk.reason == OUT_OF_TIME
        n -= 1
    e = clock.events - 1
    while e >= 0 and park.journal[e].quarter == clock.quarter:
        row.ended += park.journal[e].kind == ENDS
        e -= 1


@rule
def record_streams(park, row):
    """What streams carried, replaced, saved and avoided."""
    clock, p = park.clock[0], park.parameters[0]
    built, count = 0.0, 0.0
    for k in range(clock.open_contracts):
        contract = park.contracts[park.open_contracts[k]]
        row.ordered += contract.status == ORDERED
        if contract.status != OPERATING:
            continue
        row.streams += 1.0
        note_partner(park, row, contract.supplier)
        note_partner(park, row, contract.receiver)
        if contract.capex > 0.0:
            built += contract.payback
            count += 1.0
        record_delivery(park, row, contract)
    e = clock.events - 1
    while e >= 0 and park.journal[e].quarter == clock.quarter:
        if park.journal[e].kind == ENDS:  # what ended after this quarter's delivery still delivered
            contract = park.contracts[park.journal[e].contract]
            if contract.starts <= clock.quarter and clock.quarter < contract.ends:
                record_delivery(park, row, contract)
        e -= 1
    if count > 0.0:
        row.payback = built / count
    row.socio_economic = (
        row.tax
        + row.savings_municipality
        + row.co2_avoided * p.town_shadow_co2
        + row.water_saved * p.town_shadow_water
        + row.waste_diverted * p.town_waste_handling
    )


@rule
def record_delivery(park, row, contract):
    """Gains, goods and emissions of a stream that delivered in this quarter."""
    clock = park.clock[0]
    row.savings += contract.gain_supplier + contract.gain_receiver
    if contract.supplier == clock.town:
        row.savings_municipality += contract.gain_supplier
    if contract.receiver == clock.town:
        row.savings_municipality += contract.gain_receiver
    row.waste_diverted += record_flow(park, row, contract)


@rule
def note_partner(park, row, company):
    """Count a company of the park once as a partner; count its streams."""
    books = account(park, company)
    if books.streams == 0.0 and park.companies[company].external == 0:
        row.partners += 1.0
    books.streams += 1.0


@rule
def record_flow(park, row, contract):
    """Goods and emissions of one stream; returns the tonnes of waste that were not disposed of."""
    residue = park.resources[park.residues[contract.residue].resource]
    input_ = park.resources[park.needs[contract.need].resource]
    substitution = park.substitutions[contract.substitution]
    gross = contract.arrived * input_.co2_virgin + contract.sent * residue.co2_disposal
    carried = park.opportunities[contract.opportunity].distance * residue.co2_per_km
    if park.connections[contract.connection].pipe:
        carried = 0.0
    net = gross - contract.sent * (substitution.co2_treatment + carried)
    row.co2_gross += gross
    row.co2_avoided += net
    contract.co2_avoided += net
    if residue.class_ == WATER:
        row.delivered_water += contract.sent
    elif residue.class_ == ENERGY:
        row.delivered_energy += contract.sent * residue.gj
    else:
        row.delivered_material += contract.sent
    if input_.price > 0.0:
        if input_.class_ == WATER:
            row.water_saved += contract.arrived
        elif input_.class_ == ENERGY:
            row.energy_saved += contract.arrived * input_.gj
        else:
            row.material_saved += contract.arrived
    return contract.sent if residue.class_ == MATERIAL and residue.disposal > 0.0 else 0.0


@rule
def record_purchases(park, row):
    """Virgin goods bought by the companies of the park, and the levy that they paid."""
    clock = park.clock[0]
    for n in range(len(park.needs)):
        need = park.needs[n]
        if park.companies[need.company].external or park.companies[need.company].status != PRESENT:
            continue
        resource = park.resources[need.resource]
        if resource.class_ == WATER:
            row.virgin_water += need.rest
        elif resource.class_ == ENERGY:
            row.virgin_energy += need.rest * resource.gj
        else:
            row.virgin_material += need.rest
    for n in range(len(park.residues)):
        residue = park.residues[n]
        if (
            park.companies[residue.company].external == 0
            and park.companies[residue.company].status == PRESENT
        ):
            row.levy_paid += residue.rest * park.resources[residue.resource].levied * clock.landfill_levy
