"""Bad input: a row for each thing that can be wrong with what the commands read, and what must be said.

`row` says what a row is, `trial` how one is tried, `results` makes the sound folders that rows damage.
The other modules are the rows by subject; `corpus` lists them. To add one, add a line to a module.
`python -m tests.bad_input` prints how many there are of each kind.
"""
