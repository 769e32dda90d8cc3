"""Designs of sweeps that cannot be run; a table for the axes or outcomes, and settings on them."""

from __future__ import annotations

from .row import DESIGN, Bad, folder, pipe, sparse, without_pipes

HEAD = "scenario = 'small.toml'\n"
AXIS = "[axes]\n'trust.prior' = [0.2, 0.5]\n"
SAMPLED = "design = 'lhs'\nsamples = 4\n[axes.'trust.prior']\n"


def sweep(what: str, design: str, says: str) -> Bad:
    """A sweep of the small park that is never started."""
    return Bad(what, "sweep d.toml --out out", f"d.toml: ... {says}", {"d.toml": design})


ROWS = (
    # --- the file
    Bad("no design", "sweep d.toml --out out", "d.toml: found no such file"),
    Bad("a bundled scenario for a design", "sweep classroom --out out", "classroom: found no such file"),
    Bad("a folder for a design", "sweep d --out out", "d: found a folder", {"d": folder}),
    Bad("a pipe for a design", "sweep d.toml --out out", "d.toml: found no file to read", {"d.toml": pipe}, missing=without_pipes),
    Bad("a scenario for a design", "sweep small.toml --out out", "small.toml: scenario: found nothing ... small.toml: outcomes: found nothing"),
    Bad("a huge design", "sweep d.toml --out out", "d.toml: found ... MB, allowed at most", {"d.toml": sparse(1 << 40)}),
    Bad("a run.json for a design", "sweep run.json --out out", "run.json: found no scenario in the record", {"run.json": "{}"}),
    Bad("a dry run of nothing", "sweep d.toml --dry-run", "d.toml: found no such file"),
    Bad("a design without a folder to write to", "sweep d.toml", "Missing option '--out'", {"d.toml": DESIGN}),
    sweep("an empty design", "", "scenario: found nothing ... outcomes: found nothing"),
    sweep("no TOML", "axes = [", "found no TOML"),
    sweep("UTF-16", "", "scenario: found nothing"),
    Bad("a design in UTF-16", "sweep d.toml --out out", "d.toml: found UTF-16 text", {"d.toml": DESIGN.encode("utf-16")}),
    Bad("a binary design", "sweep d.toml --out out", "d.toml: found a binary file", {"d.toml": b"\0\1"}),
    sweep("an axis twice", DESIGN + "[axes]\n'trust.prior' = [0.2]\n'trust.prior' = [0.3]", "end of document: found no TOML: Cannot overwrite a value"),
    # --- fields
    sweep("an unknown field", DESIGN + "[axis]\na = [1]", "axis: found an unknown field; did you mean 'axes'?"),
    sweep("no outcomes", HEAD, "outcomes: found nothing"),
    sweep("an empty list of outcomes", HEAD + "outcomes = []", "outcomes: found [] ... at least 1"),
    sweep("a text of outcomes", HEAD + "outcomes = 'streams_1995'", "outcomes: found 'streams_1995', allowed a list"),
    sweep("a number for an outcome", HEAD + "outcomes = [3]", "outcomes: 0: found 3, allowed text"),
    sweep("a scenario that is a number", "scenario = 3\noutcomes = ['streams_1995']", "scenario: found 3, allowed text"),
    sweep("a scenario that is not there", "scenario = 'smal.toml'\noutcomes = ['streams_1995']", "smal.toml ... found no such file"),
    sweep("a bundled scenario with a slip", "scenario = 'clasroom'\noutcomes = ['streams_2005']", "clasroom ... did you mean 'classroom'?"),
    sweep("a design for a scenario", "scenario = 'd.toml'\noutcomes = ['streams_1995']", "unknown field"),
    sweep("an unknown design", DESIGN + "design = 'latin'", "design: found 'latin', allowed 'factorial', 'lhs', 'sobol', 'morris' or 'list'"),
    sweep("no replicates", DESIGN + "replicates = 0", "replicates: found 0, allowed greater than or equal to 1"),
    sweep("endless replicates", DESIGN + "replicates = 10000000000", "replicates: found 10000000000, allowed less than or equal to 1000000"),
    sweep("a fraction of replicates", DESIGN + "replicates = 1.5", "replicates: found 1.5"),
    sweep("true replicates", DESIGN + "replicates = true", "replicates: found true"),
    sweep("replicates until nothing is known", DESIGN + "replicates = { until = 'streams_1995', half_width = 0.0, at_most = 50 }", "replicates: half_width: found 0, allowed greater than 0"),
    sweep("replicates until an unknown outcome", DESIGN + "replicates = { until = 'strems_1995', half_width = 0.1, at_most = 50 }", "'strems_1995' ... did you mean 'streams'"),
    sweep("a negative seed", DESIGN + "seed = -1", "seed: found -1, allowed greater than or equal to 0"),
    sweep("an endless seed", DESIGN + f"seed = {'9' * 100}", "seed: found a number of more than 40 digits"),
    sweep("an end that is not a number", DESIGN + "until = nan", "until: found nan"),
    sweep("an end before the start", DESIGN + "until = 1980", "until: found 1980"),
    sweep("an end in the year 1e300", DESIGN + "until = 1e300", "until: found 1e+300"),
    sweep("an event that does not fit", DESIGN + "events = ['1995 withdraw Mil']", "the unknown company 'Mil'; did you mean 'Mill'?"),
    sweep("a number for an event", DESIGN + "events = [3]", "events: 0: found 3, allowed text"),
    sweep("settings that do not fit", DESIGN + "set = { 'trust.prior' = 7 }", "set.trust: prior: found 7, allowed 0.01 to 0.99"),
    sweep("a list for settings", DESIGN + "set = [1]", "set: found [1]"),
    sweep("an unknown series", DESIGN + "series = ['streems']", "series: found 'streems'; did you mean 'streams'?"),
    # --- axes
    sweep("an unknown field on an axis", DESIGN + "[axes]\n'trust.priro' = [0.2]", "axes: trust.priro: found no such field; did you mean 'trust.prior'?"),
    sweep("no field path on an axis", DESIGN + "[axes]\n'trust..prior' = [0.2]", "axes: trust..prior: found no field path"),
    sweep("no name on an axis", DESIGN + "[axes]\n'' = [0.2]", "found no field path"),
    sweep("an entry that is not there", DESIGN + "[axes]\n'companies.Mil.payback' = [2]", "axes: companies.Mil.payback: found no such field; did you mean 'companies.Mill.payback'?"),
    sweep("a name with dots without quotes", DESIGN + "[axes]\ntrust.prior = [0.2]", "axes.trust: prior: found an unknown field"),
    sweep("a value out of range", DESIGN + "[axes]\n'trust.prior' = [0.2, 3.0]", "axes: trust.prior: found 3, allowed 0.01 to 0.99"),
    sweep("not a number on an axis", DESIGN + "[axes]\n'trust.prior' = [nan]", "axes: trust.prior: found nan"),
    sweep("infinity on an axis", DESIGN + "[axes]\n'policy.landfill_levy.scale' = [1, inf]", "axes: policy.landfill_levy.scale: found inf"),
    sweep("a switch on an axis of numbers", DESIGN + "[axes]\n'trust.prior' = [0.2, true]", "axes: trust.prior: found true"),
    sweep("a word on an axis of numbers", DESIGN + "[axes]\n'trust.prior' = ['high']", "axes: trust.prior: found 'high'"),
    sweep("a date on an axis", DESIGN + "[axes]\n'trust.prior' = [1990-01-01]", "axes: trust.prior: found 1990-01-01"),
    sweep("no values on an axis", DESIGN + "[axes]\n'trust.prior' = []", "found no values on trust.prior, allowed at least one value"),
    sweep("one number for an axis", DESIGN + "[axes]\n'trust.prior' = 0.3", "axes: trust.prior: found 0.3, allowed a list"),
    sweep("a field on an axis and under set", DESIGN + "set = { 'trust.prior' = 0.3 }\n" + AXIS, "axes: trust.prior: found a field that is also under set"),
    sweep("a field and the section that holds it", DESIGN + "[axes]\n'trust.prior' = [0.2]\ntrust__prior = [0.3]", "axes: trust__prior: found a field that is there twice, as 'trust.prior' too"),
    sweep("two axes that cannot go together", DESIGN + "[axes]\n'time.ends' = [1992, 2000]\n'time.starts' = [1990, 1995]", "axes: events.'1993 shrink Mill 0.5': found 1993, allowed a year within the run"),
    sweep("more points than anyone can run", DESIGN + "[axes]\n" + "".join(f"'trust.{name}' = [{', '.join(['0.3'] * 100)}]\n" for name in ("prior", "memory", "talk", "spread")), "axes: found 100,000,000 points, allowed at most 10,000,000"),
    sweep("more points than fit in memory", DESIGN + "replicates = 1000000\n[axes]\n" + "".join(f"'{name}' = [{', '.join(['0.3'] * 3000)}]\n" for name in ("trust.prior", "trust.memory", "trust.talk")), "axes: found 27,000,000,000 points"),
    # --- ranges
    sweep("a range in a factorial design", DESIGN + "[axes]\n'trust.prior' = { low = 0.1, high = 0.2 }", "found a range on trust.prior, allowed a list of values in a factorial design"),
    sweep("a list in a sampled design", DESIGN + "design = 'lhs'\nsamples = 3\n" + AXIS, "found a list of values on trust.prior, allowed { low = ..., high = ... }"),
    sweep("a range that runs backward", DESIGN + SAMPLED + "low = 0.5\nhigh = 0.2", "axes.trust.prior: found low 0.5 is not below high 0.2"),
    sweep("a range without an end", DESIGN + SAMPLED + "low = 0.5", "axes.trust.prior: high: found nothing"),
    sweep("a range to infinity", DESIGN + SAMPLED + "low = 0.5\nhigh = inf", "axes.trust.prior: high: found inf"),
    sweep("a range from not a number", DESIGN + SAMPLED + "low = nan\nhigh = 0.9", "axes.trust.prior: low: found nan"),
    sweep("a range beyond the limits", DESIGN + SAMPLED + "low = 0.5\nhigh = 7", "axes: trust.prior: found 7, allowed 0.01 to 0.99"),
    sweep("factors from zero", DESIGN + SAMPLED + "low = 0\nhigh = 0.5\nlog = true", "low 0 is not above 0, as a range by factors must be"),
    sweep("a range wider than all floats", DESIGN + "design = 'lhs'\nsamples = 4\n[axes.'companies.Mill.processes.kiln.capacity']\nlow = -1.7e308\nhigh = 1.7e308", "axes: companies.Mill.processes.kiln.capacity: found"),
    sweep("a range on words", DESIGN + "design = 'lhs'\nsamples = 4\n[axes.'trust.mode']\nlow = 0\nhigh = 1", "axes: trust.mode: found 0, allowed 'beta' or 'off'"),
    sweep("a range on a switch", DESIGN + "design = 'lhs'\nsamples = 4\n[axes.'trust.learning']\nlow = 0\nhigh = 1", "axes: trust.learning: found"),
    sweep("no samples", DESIGN + "design = 'lhs'\n[axes.'trust.prior']\nlow = 0.1\nhigh = 0.2", "found no samples, allowed samples = N for lhs"),
    sweep("samples that are no power of two", DESIGN + "design = 'sobol'\nsamples = 12\n[axes.'trust.prior']\nlow = 0.1\nhigh = 0.2", "found samples = 12, allowed a power of 2 for sobol"),
    sweep("endless samples", DESIGN + "design = 'morris'\nsamples = 9999999999\n[axes.'trust.prior']\nlow = 0.1\nhigh = 0.2", "samples: found 9999999999"),
    sweep("ten million samples of many fields", DESIGN + "design = 'sobol'\nsamples = 8388608\n[axes.'trust.prior']\nlow = 0.1\nhigh = 0.2", "axes: found ... points, allowed at most 10,000,000"),
    sweep("one level", DESIGN + "design = 'morris'\nsamples = 4\nlevels = 1\n[axes.'trust.prior']\nlow = 0.1\nhigh = 0.2", "levels: found 1, allowed greater than or equal to 2"),
    sweep("levels that are odd", DESIGN + "design = 'morris'\nsamples = 4\nlevels = 3\n[axes.'trust.prior']\nlow = 0.1\nhigh = 0.2", "found levels = 3, allowed an even number"),
    sweep("no axes to sample", DESIGN + "design = 'lhs'\nsamples = 4", "found no axes, allowed at least one axis with low and high"),
    # --- lists of points
    sweep("a list without points", DESIGN + "design = 'list'", "found no points"),
    sweep("points and axes", DESIGN + "design = 'list'\npoints = [{}]\n" + AXIS, "found axes, which a list has not, allowed points"),
    sweep("points in a factorial design", DESIGN + "points = [{ 'trust.prior' = 0.2 }]", "found points, which only a list has, allowed axes"),
    sweep("a point out of range", DESIGN + "design = 'list'\npoints = [{ 'trust.prior' = 7 }]", "axes: trust.prior: found 7, allowed 0.01 to 0.99"),
    sweep("a number for a point", DESIGN + "design = 'list'\npoints = [3]", "points: 0: found 3, allowed a table"),
    # --- outcomes
    sweep("an unknown indicator", HEAD + "outcomes = ['strems_1995']", "outcomes: found 'strems_1995', and 'strems' is no indicator; did you mean 'streams', 'traders'"),
    sweep("a year that is not run", HEAD + "outcomes = ['streams_1820']", "1990 to 1999"),
    sweep("an indicator without a year", HEAD + "outcomes = ['streams']", "outcomes: found 'streams', allowed NAME_YEAR"),
    sweep("an outcome twice", HEAD + "outcomes = ['streams_1995', 'streams_1995']", "twice"),
    sweep("years that run backward", HEAD + "outcomes = ['streams_mean_1999_1995']", "FROM before TO"),
    sweep("a loss without an event", HEAD + "outcomes = ['savings_loss']", "events"),
    sweep("no name for an outcome", HEAD + "outcomes = ['']", "outcomes: found '', allowed NAME_YEAR"),
    sweep("a limit beyond all floats", HEAD + "outcomes = ['streams_first_above_1e999']", "outcomes: found 'streams_first_above_1e999'"),
)  # fmt: skip
