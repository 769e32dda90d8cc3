"""Acquaintance and trust (7.6, 7.7)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from . import draws
from .company import LEFT, Company

if TYPE_CHECKING:
    from .park import PeerPark


class View:
    """What one company thinks of another: prior, good and bad evidence, verdicts of the quarter."""

    __slots__ = ("bad", "good", "judged", "prior", "verdicts")

    def __init__(self, prior: float) -> None:
        self.prior, self.good, self.bad = prior, 0.0, 0.0
        self.verdicts, self.judged = 0.0, 0


class Tie:
    """A pair that has met, or is going to at a known quarter; `a` is the first by name."""

    __slots__ = ("a", "b", "since", "views")

    def __init__(self, park: PeerPark, a: Company, b: Company, since: float) -> None:
        self.a, self.b, self.since = a, b, since
        self.views = {a: View(_prior(park, a, b)), b: View(_prior(park, b, a))}

    @property
    def is_gone(self) -> bool:
        """Whether one of the two has left."""
        return self.a.status == LEFT or self.b.status == LEFT

    @property
    def both_members(self) -> bool:
        """Whether both are members of the association."""
        return self.a.member and self.b.member

    def remember(self, park: PeerPark) -> None:
        """Forget a little; add the mean verdict of the quarter, and talk among members."""
        if self.since > park.quarter or self.is_gone:
            return
        rules = park.rules.trust
        talk = rules.talk if self.both_members else 0.0
        for view in self.views.values():
            view.good, view.bad = rules.memory * view.good, rules.memory * view.bad
            if view.judged:
                verdict = view.verdicts / view.judged
                view.good += rules.evidence * (1.0 + verdict) / 2.0
                view.bad += rules.loss_weight * rules.evidence * (1.0 - verdict) / 2.0
                view.verdicts, view.judged = 0.0, 0
            view.good += talk

    def trust(self, judging: Company, park: PeerPark) -> float:
        """Trust of one end in the other from own evidence."""
        view = self.views[judging]
        return self._expected(judging, view.good, view.bad, park)

    def trust_with_opinions(self, judging: Company, park: PeerPark) -> float:
        """Trust from own evidence and the discounted opinions of shared partners, who know most first."""
        view, judged = self.views[judging], self.b if judging is self.a else self.a
        good, bad = view.good, view.bad
        for witness in self._witnesses(judging, judged, park):
            own, about = judging.ties[witness].views[judging], witness.ties[judged].views[witness]
            weight = 2.0 * own.good / ((own.bad + 2.0) * (about.good + about.bad + 2.0) + 2.0 * own.good)
            good += weight * about.good
            bad += weight * about.bad
        return self._expected(judging, good, bad, park)

    def _witnesses(self, judging: Company, judged: Company, park: PeerPark) -> list[Company]:
        heard = []
        for witness, tie in judged.ties.items():
            known = judging.ties.get(witness)
            if known is None or witness.status == LEFT or max(tie.since, known.since) > park.quarter:
                continue
            evidence = tie.views[witness].good + tie.views[witness].bad
            if evidence > 0.0:
                heard.append((-evidence, witness.name, witness))
        heard.sort(key=lambda each: each[:2])
        return [witness for _evidence, _name, witness in heard[: int(park.rules.trust.opinions)]]

    def _expected(self, judging: Company, good: float, bad: float, park: PeerPark) -> float:
        prior = self.views[judging].prior
        if self.both_members:
            prior += park.rules.trust.membership * (1.0 - prior)
        return (good + 2.0 * prior) / (good + bad + 2.0)


def _prior(park: PeerPark, judging: Company, judged: Company) -> float:
    rules = park.rules.trust
    taste = park.draws.normal(draws.PRIOR, judging.identity, judged.identity)
    return 1.0 / (1.0 + math.exp(-(math.log(rules.prior / (1.0 - rules.prior)) + rules.spread * taste)))
