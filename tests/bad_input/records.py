"""Records of runs, run.json, that are cut, changed by hand or of another version."""

from __future__ import annotations

from .results import Damage, a, cut, edited, instead, run, without
from .row import Bad, folder, pipe, without_pipes


def repeat(what: str, damage: Damage, says: str) -> Bad:
    """A run to be repeated from a record that was damaged."""
    return Bad(
        f"repeat: {what}",
        "run --set-from ran --no-figures --out again",
        f"ran/run.json: ... {says}",
        {"ran": a(run, damage)},
    )


def compare(what: str, damage: Damage, says: str) -> Bad:
    """A run folder that was damaged, beside a scenario."""
    return Bad(f"compare: {what}", "compare small.toml ran", f"ran ... {says}", {"ran": a(run, damage)})


def report(what: str, damage: Damage, says: str) -> Bad:
    """A report of a run folder that was damaged."""
    return Bad(f"report: {what}", "report ran", f"report: ran: found ... {says}", {"ran": a(run, damage)})


ANY = '{"symbiopark": 1, "seed": 1, "scenario": '
ROWS = (
    Bad("repeat: no record", "run --set-from nowhere.json", "nowhere.json: found no such file"),
    Bad("repeat: an empty folder", "run --set-from below", "below/run.json: found no such file", {"below": folder}),
    Bad("repeat: a scenario", "run --set-from small.toml", "--set-from: found 'small.toml', allowed the run.json of a run"),
    Bad("repeat: a pipe", "run --set-from run.json", "run.json: found no file to read", {"run.json": pipe}, missing=without_pipes),
    Bad("repeat: a folder for the record", "run --set-from ran", "ran/run.json: found a folder", {"ran/run.json": folder}),
    repeat("cut in the middle", cut("run.json"), "found no JSON"),
    repeat("cut to nothing", cut("run.json", 0), "found no JSON"),
    repeat("no JSON", instead("run.json", "symbiopark"), "line 1, column 1: found no JSON"),
    repeat("half JSON", instead("run.json", "{"), "line 1, column 2: found no JSON"),
    repeat("a list", instead("run.json", "[1]"), "found [1], allowed a table of JSON, in braces"),
    repeat("a number", instead("run.json", "3"), "found 3, allowed a table of JSON"),
    repeat("nothing", instead("run.json", "null"), "found nothing, allowed a table of JSON"),
    repeat("deep lists", instead("run.json", "[" * 100_000), "nested too deeply"),
    repeat("deep tables", instead("run.json", ANY + '{"a":' * 5000 + "1" + "}" * 5001), "nested more than 60 levels deep"),
    repeat("tables of a hundred levels", instead("run.json", ANY + '{"a":' * 100 + "1" + "}" * 101), "nested more than 60 levels deep"),
    repeat("UTF-16", instead("run.json", "{}".encode("utf-16")), "found UTF-16 text"),
    repeat("binary", instead("run.json", b"\0\0"), "found a binary file"),
    repeat("latin-1", instead("run.json", b'{"a": "\xe6"}'), "which is not UTF-8"),
    repeat("an endless number", instead("run.json", ANY + "9" * 5000 + "}"), "a value that cannot be read"),
    repeat("no scenario", edited("run.json", scenario=...), "found no scenario in the record"),
    repeat("a list for the scenario", edited("run.json", scenario=[]), "found no scenario in the record"),
    repeat("an empty scenario", edited("run.json", scenario={}), "name: found nothing"),
    repeat("a base in the record", edited("run.json", scenario={"base": "run.json"}), "base"),
    repeat("a scenario twice", instead("run.json", '{"scenario": {}, "scenario": {"name": "a"}, "seed": 1}'), "'scenario' twice"),
    repeat("another version", edited("run.json", symbiopark=2), "symbiopark: found 2, allowed 1"),
    repeat("no seed", edited("run.json", seed=...), "seed: found nothing, allowed a whole number, 0 or more"),
    repeat("a text for the seed", edited("run.json", seed="1"), "seed: found '1', allowed a whole number"),
    repeat("a negative seed", edited("run.json", seed=-1), "seed: found -1, allowed a whole number, 0 or more"),
    repeat("true for the seed", edited("run.json", seed=True), "seed: found true, allowed a whole number"),
    repeat("a fraction for the replicate", edited("run.json", replicate=0.5), "replicate: found 0.5"),
    repeat("a text for the end", edited("run.json", until="2000"), "until: found '2000', allowed a year, or null"),
    repeat("not a number for the end", edited("run.json", until=float("nan")), "until: found nan"),
    repeat("an end before the start", edited("run.json", until=1900), "until: found 1900, allowed a year"),
    repeat("a list of versions", edited("run.json", versions=[1]), "versions: found [1], allowed a table"),
    repeat("another scenario in its place", edited("run.json", scenario={"name": "a", "trust": {"prior": 7}}), "trust: prior: found 7"),
    repeat("infinity in the scenario", instead("run.json", ANY + '{"name": "a", "trust": {"spread": Infinity}}}'), "trust: spread: found inf"),
    compare("cut in the middle", cut("run.json"), "found no JSON"),
    compare("a list", instead("run.json", "[1]"), "found"),
    compare("no seed", edited("run.json", seed=...), "seed: found nothing"),
    compare("a scenario with a fault", edited("run.json", scenario={"name": "a", "trust": {"prior": 7}}), "trust: prior: found 7"),
    compare("binary", instead("run.json", b"\xff\0"), "found a binary file"),
    compare("no record", without("run.json"), "found a folder without the run.json of a finished run"),
    report("cut in the middle", cut("run.json"), "no JSON"),
    report("empty", instead("run.json", ""), "no JSON"),
    report("a list", instead("run.json", "[1]"), "a run that cannot be read"),
    report("no seed", edited("run.json", seed=...), "seed"),
    report("no scenario", edited("run.json", scenario=...), "scenario"),
    report("a scenario with a fault", edited("run.json", scenario={"name": "a", "trust": {"prior": 7}}), "prior"),
    report("a text of versions", edited("run.json", versions="1"), "versions"),
    report("deep lists", instead("run.json", "[" * 100_000), "nested"),
    report("another version", edited("run.json", symbiopark=2), "symbiopark"),
)  # fmt: skip
