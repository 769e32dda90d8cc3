"""Result folders of the wrong kind, places that cannot be written, and studies that must not mix."""

from __future__ import annotations

from .results import a, cut, edited, instead, run, sensitivity, stress, sweep, without
from .row import DESIGN, Bad, folder, link_to

OTHER = {"d.toml": DESIGN + "replicates = 2\n"}
OVER = "--over trust.prior=0.2..0.6 --over trust.spread=0.1..0.3 --of streams_1995 --samples 4"
CALIBRATION = "calibrate kalundborg --samples 200 --out"
THESIS = {"out/thesis.txt": "mine"}

ROWS = (
    # --- reports of what cannot be reported
    Bad("report of an empty folder", "report out", "report: out: found a folder that holds no finished result", {"out": folder}),
    Bad("report of a folder with other files", "report out", "found a folder that holds no finished result", THESIS),
    Bad("report of a link to nothing", "report out", "found nothing of that name", {"out": link_to("gone")}),
    Bad("report of a sweep without its design", "report out", "found a folder that holds no finished result", {"out": a(sweep, without("design.toml"))}),
    Bad("report of a sweep with another design", "report out", "a sweep that cannot be read ... design.toml", {"out": a(sweep, instead("design.toml", "scenario = 3"))}),
    Bad("report of a sweep with no TOML", "report out", "a sweep that cannot be read ... design.toml", {"out": a(sweep, instead("design.toml", "\0"))}),
    Bad("report of a stress test that was cut", "report out", "a stress test that cannot be read", {"out": a(stress, cut("stress.json"))}),
    Bad("report of a stress test without notes", "report out", "a stress test that cannot be read (", {"out": a(stress, edited("stress.json", notes=...))}),
    Bad("report of a stress test without losses", "report out", "a stress test that cannot be read (", {"out": a(stress, edited("stress.json", ranking=[]))}),
    Bad("report of a stress test with a number for its question", "report out", "a stress test that cannot be read (", {"out": a(stress, edited("stress.json", question=3))}),
    Bad("report of a stress test with words for runs", "report out", "a stress test that cannot be read (", {"out": a(stress, edited("stress.json", runs="many"))}),
    Bad("report of a stress test with a number for its headline", "report out", "a stress test that cannot be read (", {"out": a(stress, edited("stress.json", headline=3))}),
    Bad("report of a validation that is empty", "report out", "a validation that cannot be read", {"out/validation.json": ""}),
    Bad("report of a validation that is a list", "report out", "a validation that cannot be read", {"out/validation.json": "[]"}),
    Bad("report of a validation without tables", "report out", "a validation that cannot be read", {"out/validation.json": "{}"}),
    Bad("report of a validation of deep lists", "report out", "a validation that cannot be read", {"out/validation.json": "[" * 100_000}),
    Bad("report of a sensitivity study without its record", "report out", "a sensitivity study that cannot be read", {"out": a(sensitivity, instead("design.toml", ""))}),
    Bad("report into a folder named report.html", "report ran", "report: ran/report.html: found a place that cannot be written (is a directory)", {"ran": a(run), "ran/report.html": folder}),
    Bad("status of a run", "status ran", "ran: found no ledger.sqlite", {"ran": a(run)}),
    Bad("discovery on a run", "discover ran --bad 'streams_1995 < 3'", "ran: found no ledger.sqlite", {"ran": a(run)}),
    Bad("compare with a sweep", "compare small.toml out", "out: found a folder without the run.json of a finished run", {"out": a(sweep)}),
    Bad("repeat a sweep", "run --set-from out", "out/run.json: found no such file", {"out": a(sweep)}),
    # --- places that cannot be written
    Bad("run into other files", "run small.toml --out out", "--out: out: found a folder with other files ... it holds 'thesis.txt'", THESIS),
    Bad("run into other files by force", "run small.toml --out out --force", "--out: out: found a folder with other files", THESIS),
    Bad("run into an earlier run", "run small.toml --out out", "--out: out: found the folder of an earlier result ... add --force to write over it", {"out": a(run)}),
    Bad("run into a sweep by force", "run small.toml --out out --force", "--out: out: found a folder with other files", {"out": a(sweep)}),
    Bad("run into a file", "run small.toml --out small.toml", "--out: small.toml: found which is a file"),
    Bad("run below a file", "run small.toml --out small.toml/out", "--out: small.toml/out: found a place that cannot be written (not a directory)"),
    Bad("run below a device", "run small.toml --out /dev/null/out", "--out: /dev/null/out: found a place that cannot be written"),
    Bad("run into the null device", "run small.toml --out /dev/null", "--out: /dev/null: found which is a file"),
    Bad("run into a link to itself", "run small.toml --out loop", "--out: loop: found a place that cannot be written", {"loop": link_to("loop")}),
    Bad("run where nobody can write", "run small.toml --no-figures --out /proc/out", "--out: /proc/out: found a place that cannot be written"),
    Bad("run into too long a name", f"run small.toml --out {'x' * 300}", "found a place that cannot be written (file name too long)"),
    Bad("run into a name with a null character", "run small.toml --out 'a\x00b'", "'--out': 'a\\x00b' holds a null character"),
    Bad("compare into other files", "compare small.toml small.toml --out out --force", "--out: out: found a folder with other files", THESIS),
    Bad("validation into a run", "validate kalundborg --out out --force", "--out: out: found a folder with other files", {"out": a(run)}),
    # --- studies that must not mix
    Bad("sweep into other files", "sweep d.toml --out out", "--out: out: found a folder with other files ('thesis.txt')", OTHER | THESIS),
    Bad("sweep into a file", "sweep d.toml --out small.toml", "--out: small.toml: found a file, allowed a folder that is new or empty", OTHER),
    Bad("sweep below a file", "sweep d.toml --out small.toml/out", "--out ... not a directory", OTHER),
    Bad("sweep into a link to itself", "sweep d.toml --out loop", "--out", OTHER | {"loop": link_to("loop")}),
    Bad("sweep where nobody can write", "sweep d.toml --out /proc/out", "--out ... cannot be written", OTHER),
    Bad("sweep into a run", "sweep d.toml --out out", "--out: out: found a folder with other files", OTHER | {"out": a(run)}),
    Bad("sweep into another sweep", "sweep d.toml --out out", "out: design.replicates: found 8 in the folder, now 2", OTHER | {"out": a(sweep)}),
    Bad("sweep into a stress test", "sweep d.toml --out out", "--out: out: found the folder of another kind of study (stress)", OTHER | {"out": a(stress)}),
    Bad("sweep of another seed", "sweep out/design.toml --out out --seed 7", "out: design.seed: found 1 in the folder, now 7", {"out": a(sweep)}),
    Bad("stress into a sweep", "stress small.toml --year 1995 --runs 2 --out out", "--out: out: found the folder of another kind of study (sweep)", {"out": a(sweep)}),
    Bad("stress into another stress test", "stress small.toml --year 1996 --remove Mill --runs 2 --out out", "out: losses", {"out": a(stress)}),
    Bad("stress into other files", "stress small.toml --year 1995 --runs 2 --out out", "--out: out: found a folder with other files", THESIS),
    Bad("sensitivity into a run", f"sensitivity small.toml {OVER} --out out", "--out: out: found a folder with other files", {"out": a(run)}),
    Bad("sensitivity into another sweep", f"sensitivity small.toml {OVER} --out out", "out: design", {"out": a(sweep)}),
    Bad("calibration into a sweep", f"{CALIBRATION} out", "--out: out: found the folder of another kind of study (sweep)", {"out": a(sweep)}),
    Bad("calibration into other files", f"{CALIBRATION} out", "--out: out: found a folder with other files", THESIS),
    Bad("a finding into other files", "finding contracts --runs 2 --out out", "found a folder with other files",
        {"out/contracts/thesis.txt": "mine"}),
    Bad("rerun into other files", "rerun swept --run 0 --out out", "--out: out: found a folder with other files", {"swept": a(sweep)} | THESIS),
)  # fmt: skip
