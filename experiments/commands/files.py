"""`symbiopark scenarios`, `check`, `new` and `schema`: scenario files."""

from __future__ import annotations

from pathlib import Path

import click

from .. import options


@click.command()
def scenarios() -> None:
    """List the scenarios that come with symbiopark."""
    from simulation.files import bundled_scenarios

    listed = bundled_scenarios()
    width = max(map(len, listed))
    for name, title in listed.items():
        click.echo(f"{name:{width}}  {title}")
    click.echo(f"\nRun one: symbiopark run {next(iter(listed))}")


@click.command()
@click.argument("file")
def check(file: str) -> None:
    """Check a scenario FILE (or a bundled name) and say everything that is wrong with it."""
    from simulation.reading import load_scenario

    from ..look import plural, year

    scenario = load_scenario(file)
    parts = [
        f"{year(scenario.time.starts)} to {year(scenario.time.ends)}",
        plural(len(scenario.companies), "company", "companies"),
        plural(len(scenario.prospects), "prospect"),
        plural(len(scenario.resources), "resource"),
        plural(sum(map(len, scenario.substitutions.values())), "substitution"),
        plural(len(scenario.history.streams), "recorded stream"),
    ]
    click.echo(f"{file}: no fault found. {', '.join(parts)}.")


@click.command()
@click.argument("file", type=options.Place())
def new(file: Path) -> None:
    """Write a commented template to FILE, to start a scenario from."""
    from simulation.files import template
    from simulation.problems import Problem, ScenarioError, shown
    from simulation.writing import write_text

    if not file.name:
        raise ScenarioError([Problem("FILE", found=shown(str(file)), allowed="a name for the new file")])
    path = file if file.suffix == ".toml" else file.with_name(f"{file.name}.toml")
    try:
        path.open("x").close()
        try:
            write_text(path, template())
        except OSError:
            path.unlink()
            raise
    except FileExistsError:
        raise ScenarioError(
            [Problem(str(path), found="a file that is there", allowed="a new name")]
        ) from None
    except OSError as error:
        found = f"a place that cannot be written ({(error.strerror or str(error)).lower()})"
        raise ScenarioError(
            [Problem(shown(str(path)), found=found, allowed="a folder that exists")]
        ) from None
    click.echo(f"Wrote {path}. Change what is yours, then: symbiopark run {path}")


@click.command()
def schema() -> None:
    """Print the JSON Schema of a scenario file, for editors that complete and check TOML."""
    import json

    from simulation.schema import json_schema

    click.echo(json.dumps(json_schema(), indent=1, ensure_ascii=False))
