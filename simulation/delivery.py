"""Phase *deliver*: contracts in operation move residues; mass is conserved."""

from agents.compiled import rule
from agents.fields import OPERATING


@rule
def deliver(park):
    """Send what contracts ask for, as far as need and residue reach.

    f_r = min(1, need / sum asked s l) per need, then f_s = min(1, residue / sum asked f_r) per
    residue; sent = asked f_r f_s. What is left of the residue is disposed of, of the need bought.
    """
    clock = park.clock[0]
    open_balances(park.residues)
    open_balances(park.needs)
    for k in range(clock.open_contracts):
        contract = park.contracts[park.open_contracts[k]]
        contract.sent, contract.arrived, contract.asked, contract.asked_residue = 0.0, 0.0, 0.0, 0.0
        if contract.status == OPERATING:
            ask_receiver(park, contract, clock.season)
    for k in range(clock.open_contracts):
        contract = park.contracts[park.open_contracts[k]]
        if contract.status == OPERATING:
            contract.asked_residue = contract.asked * share_met(park.needs[contract.need])
            park.residues[contract.residue].asked += contract.asked_residue
    for k in range(clock.open_contracts):
        contract = park.contracts[park.open_contracts[k]]
        if contract.status == OPERATING:
            send(park, contract)


@rule
def open_balances(balances):
    """Before deliveries all is still left, and nothing is asked."""
    for row in range(len(balances)):
        balance = balances[row]
        balance.rest, balance.asked, balance.met = balance.amount, 0.0, 1.0


@rule
def ask_receiver(park, contract, season):
    """What the contract asks this quarter: the signed quantity, within the share that the input allows."""
    substitution, need = park.substitutions[contract.substitution], park.needs[contract.need]
    serves = substitution.ratio * contract.arrives
    contract.asked = min(contract.quantity[season], substitution.max_share * need.amount / serves)
    need.asked += contract.asked * serves


@rule
def share_met(balance):
    """Share of what all contracts ask of a balance that it can meet."""
    if balance.asked > balance.amount:
        balance.met = balance.amount / balance.asked
    return balance.met


@rule
def send(park, contract):
    """Move this quarter's quantity from residue to need."""
    residue, need = park.residues[contract.residue], park.needs[contract.need]
    contract.sent = contract.asked_residue * share_met(residue)
    contract.arrived = contract.sent * park.substitutions[contract.substitution].ratio * contract.arrives
    contract.sent_total += contract.sent
    residue.rest = max(0.0, residue.rest - contract.sent)
    need.rest = max(0.0, need.rest - contract.arrived)
