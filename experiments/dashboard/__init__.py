"""The live page: a park that runs before your eyes, and what would have happened without you.

`course` is one run, `doings` what a visitor does to it, `show` what is told and drawn of it; they know
nothing of the page. `stage`, `frame`, `inspection`, `bargain`, `flows`, `trust`, `news` and `difference` turn
tables into plain dicts to draw, `stress_job` and `sweep_job` compute in the background (`job`).
`views` and `front` draw them with Solara; `server` starts it. Nothing here is shared by visitors.
"""
