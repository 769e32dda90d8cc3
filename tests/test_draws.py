"""Keyed random numbers: published vectors, the same compiled or not, uniform, independent, lasting."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import kstest

from agents.fields import CLOCK
from agents.production import standard_normal
from simulation import draws

DATA = Path(__file__).parent / "data"
VECTORS = json.loads((DATA / "known_answers.json").read_text(encoding="utf-8"))["philox4x32_10"]["cases"]
PURPOSES = range(draws.ACTIVITY, draws.FIRST_ACTIVITY + 1)
LAST = (1 << 32) - 1
MANY = 4000


def clock(seed: int = 1, replicate: int = 0) -> Any:
    """A clock that holds the key of a run, as the rules get it."""
    table = CLOCK.rows(1)
    table["key_0"], table["key_1"] = draws.key(seed, replicate)
    return table[0]


def sample(**varied: Any) -> np.ndarray:
    """Uniform draws of one key after another; each field is a number or one number a draw."""
    of = clock(varied.pop("seed", 1), varied.pop("replicate", 0))
    key = {"purpose": 1, "who": 7, "whom": 9, "quarter": 3, "what": 0, "nth": 0} | varied
    columns = [np.broadcast_to(np.asarray(each), MANY).tolist() for each in key.values()]
    return np.array([draws.uniform(of, *each) for each in zip(*columns, strict=True)])


@pytest.mark.parametrize("case", VECTORS, ids=lambda case: case["counter"][0])
def test_philox_as_published(case: dict[str, list[str]]) -> None:
    words = [np.uint64(int(word, 16)) for word in (*case["counter"], *case["key"])]
    assert [f"{int(word):08x}" for word in draws.philox(*words)] == case["out"]


PRINT_DRAWS = "import json; from tests.test_draws import draws_in_hex; print(json.dumps(draws_in_hex()))"


def draws_in_hex() -> list[str]:
    """A few hundred draws of every purpose, bit by bit."""
    of = clock(2024, 3)
    identity = draws.digest("Gyproc")
    keys = [(p, identity, LAST - p, q, (1 << 24) - 1 - p, p) for p in PURPOSES for q in (0, 1, 259, 65_535)]
    uniforms = [draws.uniform(of, *key) for key in keys]
    return [float(u).hex() for u in uniforms] + [float(draws.normal(of, *key)).hex() for key in keys]


def test_compiled_and_plain_python_draw_the_same_bits() -> None:
    plain = subprocess.run(
        [sys.executable, "-c", PRINT_DRAWS],
        env={**os.environ, "NUMBA_DISABLE_JIT": "1"},
        cwd=Path(__file__).parents[1],
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(plain.stdout) == draws_in_hex()


def test_a_draw_is_strictly_between_0_and_1() -> None:
    least = draws.between_0_and_1(np.uint64(0), np.uint64(0))
    most = draws.between_0_and_1(np.uint64(LAST), np.uint64(LAST))
    assert 0 < least < 1e-16
    assert 1 - 2e-16 < most < 1
    assert np.isfinite([standard_normal(least), standard_normal(most)]).all()


@settings(deadline=None, derandomize=True)
@given(st.integers(0, LAST), st.integers(0, LAST))
def test_the_first_53_bits_of_two_words_are_used_and_their_order_kept(w0: int, w1: int) -> None:
    drawn = draws.between_0_and_1(np.uint64(w0), np.uint64(w1))
    assert drawn == pytest.approx(w0 / 2**32, abs=2**-27 + 2**-52)
    assert drawn * 2**53 == pytest.approx((w0 >> 5 << 26 | w1 >> 6) + 0.5, abs=1)


@pytest.mark.parametrize("varied", ["who", "whom", "quarter", "what", "nth"])
def test_draws_are_uniform_whichever_part_of_the_key_varies(varied: str) -> None:
    numbers = sample(**{varied: range(MANY)})
    assert kstest(numbers, "uniform").pvalue > 0.01
    assert len(set(numbers.tolist())) == MANY
    assert 0 < numbers.min() < numbers.max() < 1


@pytest.mark.parametrize("purpose", PURPOSES)
def test_draws_of_every_purpose_are_uniform_over_identities(purpose: int) -> None:
    numbers = sample(purpose=purpose, who=[draws.digest(f"Company {n}") for n in range(MANY)])
    assert kstest(numbers, "uniform").pvalue > 0.002


def test_normal_draws_are_standard_normal() -> None:
    of = clock()
    numbers = [draws.normal(of, draws.PRIOR, who, 9, 3) for who in range(MANY)]
    assert kstest(numbers, "norm").pvalue > 0.01


NUMBERS = np.arange(MANY)
NEIGHBOURS = {
    "the next company": ({"who": NUMBERS}, {"who": NUMBERS + 1}),
    "the next partner": ({"who": NUMBERS}, {"who": NUMBERS, "whom": 10}),
    "the same two the other way round": ({"who": NUMBERS, "whom": 5000}, {"who": 5000, "whom": NUMBERS}),
    "the next quarter": ({"quarter": NUMBERS}, {"quarter": NUMBERS + 1}),
    "the same quarter of another company": ({"quarter": NUMBERS}, {"quarter": NUMBERS, "who": 8}),
    "another purpose": ({"who": NUMBERS}, {"who": NUMBERS, "purpose": 2}),
    "the next thing": ({"what": NUMBERS}, {"what": NUMBERS + 1}),
    "the next in a row": ({"nth": NUMBERS}, {"nth": NUMBERS + 1}),
    "another seed": ({"who": NUMBERS}, {"who": NUMBERS, "seed": 2}),
    "another replicate": ({"who": NUMBERS}, {"who": NUMBERS, "replicate": 1}),
}


@pytest.mark.parametrize("pair", NEIGHBOURS.values(), ids=NEIGHBOURS)
def test_neighbouring_keys_have_nothing_to_do_with_each_other(pair: tuple[dict, dict]) -> None:
    one, other = (sample(**key) for key in pair)
    assert not np.any(one == other)
    assert abs(np.corrcoef(one, other)[0, 1]) < 3.3 / np.sqrt(MANY)


def test_the_key_belongs_to_seed_and_replicate() -> None:
    keys = {draws.key(seed, replicate) for seed in range(50) for replicate in range(20)}
    assert len(keys) == 1000
    assert (
        draws.key(3) == draws.key(3, 0) == tuple(np.random.SeedSequence(3, spawn_key=(0,)).generate_state(2))
    )
    assert all(0 <= word <= LAST for key in keys for word in key)


def test_an_identity_lasts() -> None:
    assert draws.digest("Gyproc") == 0xBEFA1156  # the first 32 bits of its SHA-256
    assert draws.digest("Gyproc") != draws.digest("gyproc")
    assert 0 <= draws.digest("Gyproc", 24) < 1 << 24
    assert draws.digest("Gyproc", 24) == draws.digest("Gyproc") >> 8


def test_colliding_names_get_identities_of_their_own_whatever_their_order() -> None:
    names = [f"Company {n}" for n in range(200)]
    crowded = draws.identities(names, bits=8)
    assert sorted(crowded) == sorted(names)
    assert len(set(crowded.values())) == 200 and max(crowded.values()) < 256
    assert draws.identities(names[::-1], bits=8) == crowded
    assert draws.identities(names) == {name: draws.digest(name) for name in names}


def test_of_two_colliding_names_the_later_moves_on() -> None:
    first, second = next(
        (a, b)
        for a in map(str, range(100))
        for b in map(str, range(100))
        if a < b and draws.digest(a, 8) == draws.digest(b, 8)
    )
    assert draws.identities([second, first], bits=8) == {
        first: draws.digest(first, 8),
        second: (draws.digest(first, 8) + 1) % 256,
    }
