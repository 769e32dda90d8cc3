"""The journal of a park: what happened, when, to whom, why."""

from agents.compiled import rule

(
    PLANS, ARRIVES, LEAVES, SIGNS, STARTS, ENDS, RENEWS, REPRICES, JOINS, INTRODUCES, INTERVENES, SUCCEEDS, REDUCES,
    PROCESS_STARTS, PROCESS_ENDS, BUILDS_AHEAD, SPLITS, ENLARGES,
) = range(1, 19)  # fmt: skip

KINDS = {
    PLANS: "plans to come",
    ARRIVES: "arrives",
    LEAVES: "leaves",
    SIGNS: "signs",
    STARTS: "stream starts",
    ENDS: "stream ends",
    RENEWS: "renews",
    REPRICES: "re-prices",
    JOINS: "joins the association",
    INTRODUCES: "is introduced",
    INTERVENES: "intervention",
    SUCCEEDS: "takes over",
    REDUCES: "reduces at the origin",
    PROCESS_STARTS: "process starts",
    PROCESS_ENDS: "process ends",
    BUILDS_AHEAD: "builds ahead",
    SPLITS: "stream is divided",
    ENLARGES: "enlarges",
}

# Why a contract ended or a company left, beside the reasons of a negotiation (1 to 6)
PARTNER_LEFT, PROCESS_ENDED, LOSS, STOPPED, FAILED, DATED, WITHDRAWN, BETTER_USE = (
    21,
    22,
    23,
    24,
    25,
    26,
    27,
    28,
)
REASONS = {
    PARTNER_LEFT: "partner left",
    PROCESS_ENDED: "process ended",
    LOSS: "lost money for long",
    STOPPED: "stopped trading",
    FAILED: "failed",
    DATED: "as dated",
    WITHDRAWN: "withdrawn",
    BETTER_USE: "better use found",
}


@rule
def note(park, kind, company, partner=-1, contract=-1, resource=-1, value=0.0, reason=0):
    """Write a line into the journal."""
    clock = park.clock[0]
    line = park.journal[clock.events]
    clock.events += 1
    line.quarter, line.kind, line.company, line.partner = clock.quarter, kind, company, partner
    line.contract, line.resource, line.value, line.reason = contract, resource, value, reason
