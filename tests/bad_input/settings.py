"""Settings, events and ends that do not fit the scenario: `--set`, `--event`, `--until`, `--seed`."""

from __future__ import annotations

from .row import Bad


def run(what: str, options: str, says: str) -> Bad:
    """A run that is never started."""
    return Bad(what, f"run small.toml {options}", says)


ROWS = (
    # --- field paths
    run("an unknown field", "--set trust.pryor=0.5", "set: trust.pryor: found no such field; did you mean 'trust.prior'?"),
    run("an unknown section", "--set trst.prior=0.5", "set: trst.prior: found no such field; did you mean 'trust.prior'?"),
    run("a field without its section", "--set prior=0.5", "set: prior: found no such field; did you mean 'trust.prior'?"),
    run("a section for a field", "--set trust=0.5", "set: trust: found 0.5, allowed a table"),
    run("below a number", "--set trust.prior.scale=2", "set: trust.prior.scale: found no such field"),
    run("below a table that is not given", "--set synthetic.companies.x=2", "found no such field"),
    run("an unknown company", "--set companies.Mil.payback=3", "did you mean 'companies.Mill.payback'?"),
    run("a step of a list", "--set successions.0.year=1995", "set: successions.0.year: found no such field; successions is not given"),
    run("no path", "--set =3", "is not FIELD=VALUE"),
    run("blanks for a path", "--set ' =3'", "set: found no field path"),
    run("an open end", "--set trust.=3", "set: trust.: found no field path"),
    run("two dots", "--set trust..prior=3", "set: trust..prior: found no field path"),
    run("an open quote", "--set 'companies.\"Mill=3'", "is not FIELD=VALUE"),
    run("a path of ten thousand names", f"--set {'a.' * 10_000}a=1", "found no such field"),
    run("a path with line breaks", "--set 'trust\n.pri\nor=1'", "set: trust.\"pri\\nor\": found no such field"),
    run("a path of two hundred control characters", f"--set 'policy.{chr(1) * 200}=1'", "found no such field"),
    run("no value", "--set trust.prior", "'trust.prior' is not FIELD=VALUE, such as trust.prior=0.6"),
    run("a name of an entry of control characters", "--set 'companies.\x07.payback=3'", "no such field"),
    # --- values
    run("out of range", "--set trust.prior=2", "set: trust: prior: found 2, allowed 0.01 to 0.99"),
    run("below the range", "--set trust.prior=-1", "set: trust: prior: found -1, allowed 0.01 to 0.99"),
    run("a word for a number", "--set trust.prior=high", "set: trust: prior: found 'high', allowed 0.01 to 0.99"),
    run("nothing for a number", "--set trust.prior=", "set: trust: prior: found ''"),
    run("a switch for a number", "--set trust.prior=true", "set: trust: prior: found true, allowed 0.01 to 0.99"),
    run("not a number", "--set trust.prior=nan", "set: trust: prior: found nan"),
    run("infinity", "--set trust.spread=inf", "set: trust: spread: found inf"),
    run("minus infinity", "--set policy.landfill_levy.scale=-inf", "set: policy.landfill_levy: scale: found -inf"),
    run("infinity in an amount", "--set companies.Mill.processes.kiln.capacity=inf", "found inf"),
    run("a number beyond all floats", "--set trust.prior=1e999", "set: trust: prior: found inf"),
    run("a number of five thousand digits", f"--set trust.prior={'9' * 5000}", "set: trust: prior: found"),
    run("a fraction for a count", "--set grid.width=2.5", "set: grid: width: found 2.5, allowed a whole number, 1 to 2000"),
    run("a list for a number", "--set 'trust.prior=[0.3]'", "set: trust: prior: found [0.3]"),
    run("lists in lists", f"--set trust.prior={'[' * 5000}{']' * 5000}", "set: trust: prior: found"),
    run("tables in tables", f"--set 'trust.prior={'{a=' * 90}1{'}' * 90}'", "set: trust: prior: found"),
    run("a table without its value", "--set 'trust.prior={low = 0.1}'", "an annotated number has a value"),
    run("a date for a number", "--set trust.prior=1990-01-01", "set: trust: prior: found '1990-01-01'"),
    run("two values", "--set 'trust.prior=0.3\nlearning=1'", "set: trust: prior: found '0.3\\nlearning=1'"),
    run("an unknown word", "--set trust.mode=betta", "set: trust: mode: found 'betta', allowed 'beta' or 'off'"),
    run("an unknown town", "--set town.municipality=Mill", "set: town: municipality: found 'Mill', which is private"),
    run("a cell outside the map", "--set 'companies.Town={cell = [9, 9]}'", "set: companies.Town: cell: found [9, 9], allowed column 0 to 3"),
    run("a path whose dates run backward", "--set 'policy.carbon_price={by_year = {2000 = 5, 1990 = 3}}'",
        "dates run backward: 2000, 1990"),
    run("every unknown field is said", "--set trust.pryor=1 --set trust.spraed=1", "trust.pryor ... trust.spraed"),
    # --- events
    run("an unknown verb", "--event '1995 explode Town'", "event: '1995 explode Town': found the verb 'explode' ... verbs: withdraw"),
    run("an unknown company in an event", "--event '1995 withdraw Mil'", "event: '1995 withdraw Mil': found the unknown company 'Mil'; did you mean 'Mill'?"),
    run("an event without words", "--event ''", "event: '': found '' as year"),
    run("an event without a year", "--event 'withdraw Mill'", "found 'withdraw' as year, allowed a year first"),
    run("an event without a verb", "--event 1995", "event: '1995': found no verb"),
    run("an event without a name", "--event '1995 withdraw'", "found no name, allowed YEAR withdraw NAME"),
    run("an event in the year nan", "--event 'nan withdraw Mill'", "found 'nan' as year"),
    run("an event in the year 1e999", "--event '1e999 withdraw Mill'", "found '1e999' as year"),
    run("an event after the end", "--event '2000 withdraw Mill'", "a year within the run, 1990 to before 2000"),
    run("a share of nothing", "--event '1995 shrink Mill 0'", "found 0, allowed a share, more than 0, at most 1"),
    run("a share beyond 1", "--event '1995 shrink Mill 1.5'", "found 1.5, allowed a share"),
    run("an infinite factor", "--event '1995 levy inf'", "found 'inf' as value, allowed YEAR levy FACTOR"),
    run("a factor beyond all floats", "--event '1995 levy 1e999'", "found 1e999, allowed a factor, 0 to 1000"),
    run("an amount beyond all floats", "--event '1995 set trust.prior 1e999'", "found 1e999, allowed a number"),
    run("neither on nor off", "--event '1995 facilitator maybe'", "found 'maybe', allowed on or off"),
    run("an unknown process", "--event '1995 close Mill/kilm'", "the unknown process 'kilm' of 'Mill'; did you mean 'kiln'?"),
    run("an event of a hundred thousand letters", f"--event '1995 withdraw {'x' * 100_000}'", "found the unknown company"),
    run("an event with an open quote", "--event '1995 withdraw \"Mill'", "a name with blanks in double quotes"),
    # --- dates and seeds
    run("an end before the start", "--until 1985", "--until: found 1985, allowed a year, 1990.25 to 2500"),
    run("an end at the start", "--until 1990", "--until: found 1990, allowed a year, 1990.25 to 2500"),
    run("an end that is no number", "--until nan", "--until: found nan, allowed a year"),
    run("an end that never comes", "--until inf", "--until: found inf, allowed a year"),
    run("an end in words", "--until soon", "'soon' is not a valid float"),
    run("an end in the year 1e300", "--until 1e300", "--until: found 1e+300"),
    run("a negative seed", "--seed -1", "--seed ... -1 is not in the range 0<=x"),
    run("a fraction for a seed", "--seed 1.5", "--seed ... '1.5' is not a valid integer"),
    run("a seed of a hundred digits", f"--seed {'9' * 100}", "--seed"),
    run("too large a grid", "--set grid.width=100000", "set: grid: width: found 100000, allowed a whole number, 1 to 2000"),
    Bad("more companies than the map has room for", "run synthetic --set synthetic.companies=10000000", "set: synthetic: companies: found 10000000"),
)  # fmt: skip
