"""Phase *settle*: who pays whom, and what a company without trades would have paid."""

from agents.compiled import rule
from agents.fields import OPERATING, PRESENT

WATER, ENERGY, MATERIAL = 0, 1, 2


@rule
def settle(park):
    """Book streams, virgin purchases, disposal, other cost, fees, tax; then cash and credit."""
    clock = park.clock[0]
    share_scarcity(park)
    for company in range(len(park.companies)):
        park.companies[company].profit = 0.0
        park.companies[company].profit_without = 0.0
    for company in range(len(park.companies)):
        if park.companies[company].status == PRESENT:
            settle_operation(park, company)
    for k in range(clock.open_contracts):
        if park.contracts[park.open_contracts[k]].status == OPERATING:
            settle_stream(park, park.contracts[park.open_contracts[k]])
    clock.tax = 0.0
    for company in range(len(park.companies)):
        if park.companies[company].status == PRESENT:
            close_books(park, company)
    if clock.town >= 0 and park.companies[clock.town].status == PRESENT:
        park.companies[clock.town].cash += clock.tax
        account(park, clock.town).tax -= clock.tax


@rule
def account(park, company):
    """The account of a company in this year."""
    clock = park.clock[0]
    return park.accounts[clock.quarter // 4 * len(park.companies) + company]


@rule
def share_scarcity(park):
    """Price that all pay for a limited good: what exceeds the limit costs the scarcity price, shared by all buyers."""
    clock = park.clock[0]
    for row in range(len(park.resources)):
        park.resources[row].bought = 0.0
        park.resources[row].left_over = 0.0
    for row in range(len(park.residues)):
        park.resources[park.residues[row].resource].left_over += park.residues[row].rest
    for row in range(len(park.needs)):
        park.resources[park.needs[row].resource].bought += park.needs[row].rest
    for row in range(len(park.resources)):
        resource = park.resources[row]
        resource.average_price = resource.price
        if resource.limit_path >= 0 and resource.bought > 0.0:
            limit = park.paths[resource.limit_path, clock.quarter] / 4.0
            if resource.bought > limit:
                resource.bound = clock.quarter
                scarce = max(resource.price, park.paths[resource.scarcity_path, clock.quarter])
                excess = (resource.bought - limit) / resource.bought
                resource.average_price = resource.price * (1.0 - excess) + scarce * excess


@rule
def settle_operation(park, company):
    """Sales, inputs, disposal and other cost of a company, with its trades and without any."""
    owner, books = park.companies[company], account(park, company)
    sales, other = product_sales(park, owner)
    virgin, virgin_without = 0.0, 0.0
    for row in range(owner.needs_from, owner.needs_to):
        need = park.needs[row]
        price = park.resources[need.resource].average_price
        virgin += need.rest * price
        virgin_without += need.amount * price
    disposal, disposal_without, levy = 0.0, 0.0, 0.0
    for row in range(owner.residues_from, owner.residues_to):
        residue = park.residues[row]
        resource = park.resources[residue.resource]
        disposal += residue.rest * resource.disposal
        disposal_without += residue.amount * resource.disposal
        levy += residue.rest * resource.levied * park.clock[0].landfill_levy
    if owner.cash < 0.0:
        other -= owner.cash * owner.discount / 4.0
    owner.profit += sales - virgin - disposal - other
    owner.profit_without += sales - virgin_without - disposal_without - other
    books.sales += sales
    books.virgin += virgin
    books.disposal += disposal
    books.levy += levy
    books.other += other


@rule
def product_sales(park, owner):
    """Sales and other cost of this quarter.

    The product price follows the cost of those who make the same without symbiosis, by the share
    `pass_through`: they too pay the virgin prices, the levy and the carbon price.
    """
    clock, p = park.clock[0], park.parameters[0]
    sales, other = 0.0, 0.0
    for row in range(owner.processes_from, owner.processes_to):
        process = park.processes[row]
        if process.activity == 0.0 and not (process.starts <= clock.quarter and clock.quarter < process.ends):
            continue
        if process.closed:
            continue
        inputs = 0.0
        for f in range(process.flows_from, process.flows_to):
            flow = park.flows[f]
            resource = park.resources[flow.resource]
            unit_cost = resource.price if flow.is_need else resource.disposal
            inputs += flow.amount * flow.season[clock.season] * unit_cost
        price = process.sales_per_unit + p.economy_pass_through * (inputs - process.inputs_per_unit)
        sales += process.activity * price
        other += process.activity * process.other_per_unit + fixed_cost(park, process)
    return sales, other


@rule
def fixed_cost(park, process):
    """Other cost of a quarter that does not vary with activity; it follows the capacity."""
    capacity = park.paths[process.path, park.clock[0].quarter] * process.left_scale
    return process.fixed_per_capacity * capacity / 4.0


@rule
def settle_stream(park, contract):
    """Price, carriage, clauses and benefits of one stream."""
    p = park.parameters[0]
    supplier, receiver = park.companies[contract.supplier], park.companies[contract.receiver]
    books_s, books_r = account(park, contract.supplier), account(park, contract.receiver)
    residue, need = park.residues[contract.residue], park.needs[contract.need]
    virgin = park.resources[need.resource].average_price
    substitution = park.substitutions[contract.substitution]
    serves = substitution.ratio * contract.arrives * (1.0 - substitution.quality_loss)
    contract.price = contract.signed_price + p.contract_indexation * serves * (
        virgin - contract.signed_virgin
    )
    paid = contract.sent * contract.price
    carriage_s = contract.sent * contract.carriage * p.trade_supplier_extra_share
    carriage_r = contract.sent * contract.carriage - carriage_s
    care = transaction_cost(p, contract.facilitated) / 4.0
    quality = contract.arrived * virgin * substitution.quality_loss
    disposal = park.resources[residue.resource].disposal
    contract.gain_supplier = contract.sent * disposal + paid - carriage_s - care
    contract.gain_receiver = contract.arrived * virgin - quality - paid - carriage_r - care
    clause = clauses(park, contract, paid)
    supplier.profit += paid - carriage_s - care + clause
    receiver.profit += -paid - carriage_r - care - quality - clause
    contract.gain_supplier += clause
    contract.gain_receiver -= clause
    books_s.stream_income += paid
    books_r.stream_payments += paid
    books_s.carriage += carriage_s
    books_r.carriage += carriage_r + quality
    books_s.transaction += care
    books_r.transaction += care
    books_s.clauses += clause
    books_r.clauses -= clause
    contract.losing_supplier = contract.losing_supplier + 1 if contract.gain_supplier < 0.0 else 0
    contract.losing_receiver = contract.losing_receiver + 1 if contract.gain_receiver < 0.0 else 0


@rule
def transaction_cost(p, facilitated):
    """Yearly cost of looking after a stream, EUR for each side; less under mediation."""
    return p.trade_transaction * (p.association_mediation if facilitated else 1.0)


@rule
def clauses(park, contract, paid):
    """What the clauses give the supplier, EUR in this quarter; the receiver pays it (or gets it, if negative).

    Take-or-pay: a share of the price is due on what one side did not take or bring. Guarantee: the
    winner makes the loser whole while the joint benefit is positive (Albino et al. 2016).
    """
    p = park.parameters[0]
    agreed = contract.quantity[park.clock[0].season]
    due = 0.0
    if contract.price > 0.0:
        due = p.contract_take_or_pay * contract.price * (agreed - contract.asked_residue)
    elif contract.price < 0.0:
        due = p.contract_take_or_pay * contract.price * (contract.asked_residue - contract.sent)
    if p.contract_guarantee > 0.0:
        gain_s, gain_r = contract.gain_supplier + due, contract.gain_receiver - due
        if gain_s + gain_r > 0.0:
            if gain_s < 0.0:
                due -= p.contract_guarantee * gain_s
            elif gain_r < 0.0:
                due += p.contract_guarantee * gain_r
    return due


@rule
def close_books(park, company):
    """Upkeep was in the carriage; here fees, tax, cash, what is paid out, and the credit line."""
    clock, p = park.clock[0], park.parameters[0]
    owner, books = park.companies[company], account(park, company)
    saved = owner.profit - owner.profit_without
    if owner.member and clock.facilitator:
        fee = p.association_fee / 4.0
        owner.profit -= fee
        books.fees += fee
        clock.association_cash += fee
    tax = 0.0
    if owner.public == 0 and owner.external == 0 and owner.profit > 0.0:
        tax = p.town_business_tax * owner.profit
        clock.tax += tax
    owner.cash += owner.profit - tax
    keep = max(0.0, owner.yearly_margin)
    out = max(0.0, owner.cash - keep)
    owner.cash -= out
    books.tax += tax
    books.profit += owner.profit
    books.profit_without += owner.profit_without
    books.savings += saved
    books.paid_out += out
    books.cash = owner.cash
    books.jobs = owner.jobs
    owner.over_credit = owner.over_credit + 1 if owner.cash < -p.economy_credit * owner.sales else 0
