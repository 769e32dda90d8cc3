"""Patterns with their verdicts, and rules switched off."""

from __future__ import annotations

import numpy as np

from experiments.validation.ensemble import Ensemble, WithoutResidue, no_association, no_landfill_levy
from experiments.validation.patterns import FAIL, NOT_TESTABLE, PASS, Finding, NotTestable, Pattern, interval
from experiments.validation.runs import Variant, runs_of
from experiments.validation.study import PATTERNS, Validation
from simulation.scenario import Scenario

from .histories import recorded, small


def test_a_rule_switched_off_is_off(kalundborg: Scenario) -> None:
    assert no_association(kalundborg).association.starts == 9999
    assert no_landfill_levy(kalundborg).policy.landfill_levy.at(2010) == 0
    assert kalundborg.policy.landfill_levy.at(2010) > 0  # the scenario itself is untouched
    off = runs_of(Variant(kalundborg, WithoutResidue(("fgd_gypsum",))), [1])[0]
    assert "fgd_gypsum" not in set(off.contracts["residue"])


def test_there_are_twelve_patterns_each_with_a_sentence() -> None:
    assert [pattern.number for pattern in PATTERNS] == list(range(1, 13))
    assert all(len(pattern.tested.split()) > 4 for pattern in PATTERNS)


def test_kalundborg_has_a_verdict_on_every_pattern_with_numbers_on_both_sides(found: Validation) -> None:
    for pattern, finding in found.patterns:
        assert finding.verdict in (PASS, FAIL), pattern.tested
        assert finding.simulated and finding.recorded
    verdicts = {pattern.number: finding.verdict for pattern, finding in found.patterns}
    assert verdicts[7] == verdicts[10] == PASS  # by the dates of the scenario and by the rule of succession


def test_a_pattern_whose_record_is_missing_says_so() -> None:
    ensemble = Ensemble(small(recorded("First", 2003)), [1, 2])
    findings = {pattern.number: pattern.finding(ensemble) for pattern in PATTERNS}
    assert findings[1].verdict in (PASS, FAIL)
    for number in (2, 3, 4, 5, 6, 7, 10, 11, 12):
        assert findings[number].verdict == NOT_TESTABLE and findings[number].simulated


def test_a_finding_names_what_does_not_hold() -> None:
    assert Finding.of({"a": True, "b": False}, "1", "2") == Finding(FAIL, "1 (not: b)", "2")
    assert Finding.of({"a": True}, "1", "2").verdict == PASS

    def lacking(_ensemble: Ensemble) -> Finding:
        raise NotTestable("no levy")

    assert Pattern(1, "one", lacking).finding(None).simulated == "no levy"  # type: ignore[arg-type]


def test_an_interval_says_mean_and_nine_tenths() -> None:
    assert interval(range(21)) == "10 (1 to 19)"
    assert interval([np.nan]) == "none"
