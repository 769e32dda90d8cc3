"""How a company leaves, and what that breaks."""

from agents.compiled import rule
from agents.fields import ENDED, FREE, LEFT, NOT_FOR_BUILDING, PRESENT, TAKEN

from .contracts import end
from .journal import LEAVES, PARTNER_LEFT, note
from .judging import mark_membership
from .settlement import account


@rule
def leave(park, company, reason, when):
    """A company leaves: its contracts end, its cell is free, its partners look elsewhere.

    `when` is the first quarter without it.
    """
    clock, owner = park.clock[0], park.companies[company]
    for k in range(clock.open_contracts):
        contract = park.contracts[park.open_contracts[k]]
        if contract.status != ENDED and (contract.supplier == company or contract.receiver == company):
            end(park, contract, PARTNER_LEFT, -1, when)
    clock.exits += owner.status == PRESENT  # who was only planned never came
    owner.status, owner.left_reason, owner.leaves = LEFT, reason, min(owner.leaves, when)
    owner.attention_left, owner.member = 0.0, 0
    account(park, company).present = 0.0
    mark_membership(park, company)
    if owner.cell_x >= 0 and owner.external == 0:
        free = park.cells[owner.cell_x, owner.cell_y] == TAKEN
        park.cells[owner.cell_x, owner.cell_y] = FREE if free else NOT_FOR_BUILDING
    note(park, LEAVES, company, -1, -1, -1, 0.0, reason)


@rule
def break_contracts(park, company, reason):
    """A company that stays breaks all its contracts: penalty and blame are due."""
    clock = park.clock[0]
    for k in range(clock.open_contracts):
        contract = park.contracts[park.open_contracts[k]]
        if contract.status != ENDED and (contract.supplier == company or contract.receiver == company):
            end(park, contract, reason, company, clock.quarter)
