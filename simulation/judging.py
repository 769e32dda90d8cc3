"""Phase *judge*: delivery evidence updates trust; and how much one company trusts another."""

import numpy as np

from agents.compiled import rule
from agents.fields import LEFT, OPERATING
from agents.trust import expected_trust, member_prior, more_bad, more_good, opinion, prior_trust, verdict


@rule
def judge(park):
    """Every tie forgets a little; partners of streams judge what the other kept; members talk."""
    clock, p = park.clock[0], park.parameters[0]
    if p.trust_learning == 0.0:
        return
    for k in range(clock.open_contracts):
        contract = park.contracts[park.open_contracts[k]]
        if contract.status == OPERATING:
            judge_stream(park, contract)
    for row in range(clock.ties):
        tie = park.ties[row]
        if tie.since <= clock.quarter and tie.gone == 0:
            remember(park, tie)


@rule
def judge_stream(park, contract):
    """The receiver judges the supplier's share, the supplier the receiver's; planned outages do not count."""
    p, tie = park.parameters[0], park.ties[contract.tie]
    agreed = contract.quantity[park.clock[0].season]
    if agreed <= 0.0:
        return
    if park.needs[contract.need].planned_gap == 0:
        taken = verdict(contract.asked_residue / agreed, p.trust_tolerance)
        pass_verdict(tie, contract.supplier, taken)
    if park.residues[contract.residue].planned_gap == 0 and contract.asked_residue > 0.0:
        brought = verdict(contract.sent / contract.asked_residue, p.trust_tolerance)
        pass_verdict(tie, contract.receiver, brought)


@rule
def pass_verdict(tie, judging, value):
    """Collect a verdict of one company on the other for this quarter."""
    if judging == tie.a:
        tie.verdicts_ab += value
        tie.judged_ab += 1.0
    else:
        tie.verdicts_ba += value
        tie.judged_ba += 1.0


@rule
def remember(park, tie):
    """Forget a little and add the mean verdict of this quarter, and the talk among members."""
    p = park.parameters[0]
    talk = p.trust_talk if tie.members else 0.0
    tie.good_ab, tie.bad_ab = updated(p, tie.good_ab, tie.bad_ab, tie.verdicts_ab, tie.judged_ab, talk)
    tie.good_ba, tie.bad_ba = updated(p, tie.good_ba, tie.bad_ba, tie.verdicts_ba, tie.judged_ba, talk)
    tie.verdicts_ab, tie.judged_ab, tie.verdicts_ba, tie.judged_ba = 0.0, 0.0, 0.0, 0.0


@rule
def updated(p, good, bad, verdicts, judged, talk):
    """Good and bad evidence after a quarter."""
    if judged == 0.0:
        return p.trust_memory * good + talk, p.trust_memory * bad
    said = verdicts / judged
    return (
        more_good(good, p.trust_memory, p.trust_evidence, said) + talk,
        more_bad(bad, p.trust_memory, p.trust_evidence, p.trust_loss_weight, said),
    )


@rule
def evidence(tie, judging):
    """Good and bad evidence that one end of a tie has about the other."""
    if judging == tie.a:
        return tie.good_ab, tie.bad_ab
    return tie.good_ba, tie.bad_ba


@rule
def other_end(tie, company):
    """The company at the other end of a tie."""
    return tie.b if company == tie.a else tie.a


@rule
def next_tie(tie, company):
    """Next tie in the list of a company, -1 at its end."""
    return tie.next_a if company == tie.a else tie.next_b


@rule
def prior(park, tie, judging):
    """Prior trust of one end of a tie in the other, common membership included."""
    mean = tie.prior_ab if judging == tie.a else tie.prior_ba
    if tie.members:
        return member_prior(mean, park.parameters[0].trust_membership)
    return mean


@rule
def mark_membership(park, company):
    """Note at the ties of a company who is a member and who has left."""
    owner = park.companies[company]
    row = owner.first_tie
    while row >= 0:
        tie = park.ties[row]
        friend = park.companies[other_end(tie, company)]
        tie.gone = 1 if owner.status == LEFT or friend.status == LEFT else 0
        tie.members = 1 if owner.member and friend.member else 0
        row = next_tie(tie, company)


@rule
def renew_priors(park):
    """Prior trust of all ties anew, after its mean has been changed in mid-run."""
    p = park.parameters[0]
    for row in range(park.clock[0].ties):
        tie = park.ties[row]
        tie.prior_ab = prior_trust(p.trust_prior, p.trust_spread, tie.z_ab)
        tie.prior_ba = prior_trust(p.trust_prior, p.trust_spread, tie.z_ba)


@rule
def direct_trust(park, tie, judging):
    """Trust from own evidence alone."""
    if park.parameters[0].trust_mode == 0.0:
        return 1.0
    good, bad = evidence(tie, judging)
    return expected_trust(good, bad, prior(park, tie, judging))


@rule
def trust_with_opinions(park, tie, judging, judged):
    """Trust from own evidence and the discounted opinions of the shared partners with the most evidence.

    At most `trust.opinions` of them are heard; opinions are not stored. Law: between 0 and 1.
    """
    p = park.parameters[0]
    if p.trust_mode == 0.0:
        return 1.0
    good, bad = evidence(tie, judging)
    most = int(p.trust_opinions)
    if most >= 1 and note_who_knows(park, judging, judged):
        own, about = np.full(most, -1), np.full(most, -1)
        choose_witnesses(park, judging, own, about)
        for k in range(most):
            if own[k] < 0:
                break
            witness = other_end(park.ties[own[k]], judging)
            own_good, own_bad = evidence(park.ties[own[k]], judging)
            about_good, about_bad = evidence(park.ties[about[k]], witness)
            more, less = opinion(own_good, own_bad, about_good, about_bad)
            good += more
            bad += less
    return expected_trust(good, bad, prior(park, tie, judging))


@rule
def note_who_knows(park, judging, judged):
    """Note at all others with evidence about the judged the row of that tie, for this question; whether there are any."""
    clock, found = park.clock[0], False
    clock.question += 1
    row = park.companies[judged].first_tie
    while row >= 0:
        tie = park.ties[row]
        witness = other_end(tie, judged)
        if tie.since <= clock.quarter and witness != judging:
            good, bad = evidence(tie, witness)
            if good + bad > 0.0:
                park.companies[witness].mark = row
                park.companies[witness].marked_for = clock.question
                found = True
        row = next_tie(tie, judged)
    return found


@rule
def choose_witnesses(park, judging, own, about):
    """The noted ones whom the judging company knows, most evidence first: the rows of its own tie and of that noted.

    Equal evidence counts in order of the rows of the witnesses.
    """
    clock, weights = park.clock[0], np.zeros(len(own))
    row = park.companies[judging].first_tie
    while row >= 0:
        tie = park.ties[row]
        witness = other_end(tie, judging)
        friend = park.companies[witness]
        if friend.marked_for == clock.question and tie.since <= clock.quarter and friend.status != LEFT:
            good, bad = evidence(park.ties[friend.mark], witness)
            rank_witness(park, judging, own, about, weights, row, friend.mark, good + bad)
        row = next_tie(tie, judging)


@rule
def rank_witness(park, judging, own, about, weights, row, noted, weight):
    """Insert a witness where its evidence belongs; the last may fall out."""
    for k in range(len(own)):
        if own[k] >= 0:
            if weights[k] > weight:
                continue
            witness = other_end(park.ties[row], judging)
            if weights[k] == weight and other_end(park.ties[own[k]], judging) < witness:
                continue
        row, own[k] = own[k], row
        noted, about[k] = about[k], noted
        weight, weights[k] = weights[k], weight
        if row < 0:
            return
