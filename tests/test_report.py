"""The page about a run: what it says, that it is safe to open anywhere, and that it is fit to read."""

from __future__ import annotations

import itertools
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from experiments import look
from experiments.cli import commands
from experiments.news import SENTENCES, news
from experiments.record import KEY
from experiments.reporting import PAGE, report
from experiments.reporting.document import Report, Section, Table, words
from experiments.reporting.kinds import KINDS, kind_of
from experiments.reporting.page import page
from simulation import park_at_date
from simulation.files import read
from simulation.journal import KINDS as HAPPENINGS
from simulation.reading import load_scenario
from simulation.result import load_result
from simulation.run import simulate

HOSTILE = "<script>alert('x')</script> & \"Sons\" $x^{$"
CHANGED = {"trust.prior": 0.3, "policy.landfill_levy.scale": 2}
VOID = {"meta", "link", "br", "img", "input", "hr"}


class Page(HTMLParser):
    """A page taken apart: tags with their attributes, headings, tables by caption, all text that is read."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.headings: list[tuple[int, str]] = []
        self.tables: dict[str, list[list[str]]] = {}
        self.open: list[str] = []
        self.text = ""
        self.unclosed: list[str] = []
        self.caption, self.rows = "", [[""]]
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)
        if tag == "table":
            self.caption, self.rows = "", []
        elif tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")
        elif re.fullmatch("h[1-6]", tag):
            self.headings.append((int(tag[1]), ""))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.unclosed.append(tag)
        if tag == "table":
            self.tables[self.caption] = self.rows

    def handle_data(self, data: str) -> None:
        if "style" in self.open:
            return
        self.text += data
        for tag in ("td", "th"):
            if tag in self.open and "svg" not in self.open:
                self.rows[-1][-1] += data
        if "caption" in self.open:
            self.caption += data
        if self.open and re.fullmatch("h[1-6]", self.open[-1]):
            level, text = self.headings[-1]
            self.headings[-1] = (level, text + data)

    def column(self, caption: str, head: str) -> list[str]:
        """The cells of a column of a table, by the last row of its head."""
        rows = self.tables[caption]
        names = next(row for row in rows if any(cell.startswith(head) for cell in row))
        place = next(k for k, cell in enumerate(names) if cell.startswith(head))
        return [row[place] for row in rows[rows.index(names) + 1 :]]

    def values(self, name: str) -> list[str]:
        return [str(given[name]) for _, given in self.tags if name in given]


def made(folder: Path, source: Any, **options: Any) -> Path:
    """A run folder."""
    return simulate(source, options.pop("seed", 1), **options).save(folder, "symbiopark run something")


@pytest.fixture(scope="module")
def kalundborg(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("runs") / "kalundborg"
    made(folder, "kalundborg", set=CHANGED, events=["1998 withdraw Gyproc"])
    report(folder)
    return folder


@pytest.fixture(scope="module")
def shown(kalundborg: Path) -> Page:
    return Page((kalundborg / PAGE).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def result(kalundborg: Path) -> Any:
    return load_result(kalundborg)


def typed(*said: str | Path) -> Result:
    return CliRunner().invoke(commands, [str(each) for each in said])


# --- what it says


def test_it_asks_the_question_and_answers_it_with_the_numbers_of_the_run(shown: Page, result: Any) -> None:
    for said in (
        "if trust.prior is 0.3 instead of 0.634",
        "is 2 instead of 1 times",
        "Gyproc leaves in 1998?",
    ):
        assert said in shown.text
    yearly = result.yearly()
    assert (
        f"{look.plural(yearly.at[2020, 'streams'], 'stream')} in operation at the end of 2020" in shown.text
    )
    assert f"save {look.money(yearly.at[2018, 'savings'])} in 2018" in shown.text
    assert "A model result, not a forecast: one run, seed 1" in shown.text


def test_every_stream_of_the_run_is_in_the_table_with_its_price(shown: Page, result: Any) -> None:
    caption = "Streams in order of their start"
    said = sorted(zip(shown.column(caption, "Supplier"), shown.column(caption, "Receiver"), strict=True))
    held = result.holders.drop_duplicates([*KEY, "class"])
    assert said == sorted(zip(held["supplier"], held["receiver"], strict=True))
    last = result.holders.sort_values("ends", kind="stable").groupby([*KEY, "class"]).last()
    prices = sorted(look.number(float(result.contracts["price"].iat[row])) for row in last["contract"])
    assert sorted(shown.column(caption, "Price")) == prices
    starts = [int(year) for year in shown.column(caption, "Start")]
    assert starts == sorted(starts)


def test_recorded_streams_are_either_beside_a_stream_or_in_the_list_of_missing_ones(
    shown: Page, result: Any
) -> None:
    beside = sum(cell != look.NOTHING for cell in shown.column("Streams in order of their start", "Recorded"))
    missing = len(shown.tables["Recorded streams that did not form in this run"]) - 1
    last = float(result.indicators["year"].iloc[-1]) + 0.25
    recorded = {
        (s.supplier, s.receiver, s.residue) for s in result.scenario.history.streams if s.starts < last
    }
    assert beside + missing == len(recorded)


def test_accounts_of_companies_are_those_of_the_run(shown: Page, result: Any) -> None:
    caption = "Companies with a stream, by what they saved"
    named = shown.column(caption, "Company")
    accounts = result.accounts
    most = accounts.groupby("company")["streams"].max()
    assert set(named) == set(most.index[most > 0])
    sums = accounts.groupby("company")["savings"].sum()
    assert named == sorted(named, key=lambda name: -sums[name])
    row = shown.tables[caption][2 + named.index("Gyproc")]
    assert look.fixed(sums["Gyproc"] / 1e6, 1) in row and "1972–1998" in row


def test_values_of_years_stand_beside_the_record(shown: Page, result: Any) -> None:
    rows = {row[0]: row for row in shown.tables["Simulated beside recorded, at the recorded dates"][2:]}
    history = result.scenario.history
    assert rows["2000"][1:3] == [
        look.count(result.yearly().at[2000, "streams"]),
        look.count(history.counts[2000]),
    ]
    assert len(shown.tables["Every year of the run"]) == 1 + len(result.yearly())
    assert len(shown.tables["Published totals"]) > 10


def test_what_was_changed_stands_with_its_value_before_and_its_source(shown: Page) -> None:
    rows = shown.tables["What was changed for this run"][1:]
    assert [row[:3] for row in rows] == [
        ["trust.prior", "0.3", "0.634"],
        ["policy.landfill_levy.scale", "2", "1"],
    ]
    assert all(row[4] for row in rows)


def test_every_parameter_of_the_rules_is_in_the_folded_table(shown: Page, result: Any) -> None:
    from simulation.parameters import SECTIONS

    named = set(shown.column("Parameters of the rules", "Field"))
    assert {f"{section}.{name}" for section, own in SECTIONS.items() for name in own.model_fields} <= named
    assert set(shown.column("Parameters of the rules", "Estimate")) <= {"estimate", "sourced", look.NOTHING}


def test_it_tells_how_to_repeat_the_run(shown: Page, kalundborg: Path, result: Any) -> None:
    record = json.loads((kalundborg / "run.json").read_text(encoding="utf-8"))
    for each in (
        record["command"],
        record["scenario_sha256"],
        record["versions"]["numpy"],
        "--set-from kalundborg/run.json",
    ):
        assert each in shown.text
    assert "differs from the recorded one" not in shown.text
    assert {row[0] for row in shown.tables["Tables of this result"][1:]} == {
        f.name for f in kalundborg.glob("*.parquet")
    }
    assert all(re.fullmatch("[0-9a-f]{64}", row[3]) for row in shown.tables["Tables of this result"][1:])


def test_a_record_that_was_changed_by_hand_is_told(tmp_path: Path) -> None:
    folder = made(tmp_path / "run", "classroom", until=2006)
    record = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    record["scenario"]["trust"]["prior"] = 0.31
    (folder / "run.json").write_text(json.dumps(record), encoding="utf-8")
    assert "differs from the recorded one" in Page(report(folder).read_text(encoding="utf-8")).text


def test_news_tell_every_arrival_departure_start_and_end(result: Any) -> None:
    told = [sentence for year in news(result) for sentence in (*year.turning, *year.daily)]
    counts = result.events["what"].value_counts()
    assert sum("begins to send" in each for each in told) == counts["stream starts"]
    assert sum(bool(re.search(r" to .* ends(:|\.)", each)) for each in told) == counts["stream ends"]
    assert sum("From outside" in each for each in told) == counts["intervention"] == 1
    assert any(each == "From outside: Gyproc leaves in 1998 Q1." for each in told)
    assert set(SENTENCES) <= set(HAPPENINGS.values())
    years = [year.year for year in news(result)]
    assert years == sorted(set(years))


@pytest.mark.parametrize(
    ("event", "said"),
    [
        ("2005 shrink {} 0.3", "shrinks by 30 %"),
        ("2005 stop-trading {}", "stops trading"),
        ("2005 set trust.prior 0.2", "trust.prior becomes 0.2"),
        ("2005 levy 2", "the landfill levy is 2 times"),
        ("2005 facilitator on", "the association begins its work"),
        ("2005 withdraw {} announced 2", "announced 2 years ahead"),
    ],
)
def test_events_from_outside_are_told_in_words(event: str, said: str) -> None:
    run = simulate("classroom", 1, until=2008, events=[event.format('"Power station"')])
    told = [sentence for year in news(run) for sentence in year.turning]
    assert any(said in sentence for sentence in told if sentence.startswith("From outside"))


def test_measures_of_the_network_are_those_of_the_run(shown: Page, result: Any) -> None:
    from simulation.metrics import metrics

    rows = {row[0]: row for row in shown.tables["Measures of the network"][1:]}
    assert rows["links"][-1] == look.number(metrics(result, [2024])["links"].iat[0])


# --- safe to open anywhere


def test_names_of_users_are_text_and_never_markup(tmp_path: Path) -> None:
    raw = json.dumps(dict(read("classroom").raw)).replace("Power station", HOSTILE.replace('"', '\\"'))
    run = simulate(load_scenario({**json.loads(raw), "title": HOSTILE}), 1, until=2015)
    text = report(run.save(tmp_path / "run", f"symbiopark run {HOSTILE}")).read_text(encoding="utf-8")
    shown = Page(text)
    assert "<script" not in text.lower() and not [tag for tag, _ in shown.tags if tag == "script"]
    assert not [name for _, given in shown.tags for name in given if name.startswith("on")]
    assert HOSTILE in shown.column("Companies with a stream, by what they saved", "Company")
    assert shown.headings[0] == (1, HOSTILE)
    assert sum(HOSTILE in text for text in drawn_texts(text)) >= 1, "the name on the map"


def drawn_texts(text: str) -> list[str]:
    from html import unescape

    return [unescape(each) for each in re.findall(r"<text[^>]*>([^<]*)</text>", text)]


def test_nothing_is_loaded_from_anywhere(shown: Page, kalundborg: Path) -> None:
    text = (kalundborg / PAGE).read_text(encoding="utf-8")
    for name in ("src", "href", "xlink:href", "srcset", "data", "action", "poster"):
        assert all(value.startswith(("#", "data:")) for value in shown.values(name))
    style = text[text.index("<style>") : text.index("</style>")]
    assert "url(" not in style and "@import" not in style
    assert all(each.startswith("#") for each in re.findall(r"url\(([^)]*)\)", text))
    assert not {"script", "iframe", "object", "embed", "form", "base"} & {tag for tag, _ in shown.tags}
    assert "default-src 'none'" in " ".join(shown.values("content"))


def test_the_same_folder_gives_the_same_bytes_each_year_measured_once_and_nothing_else_is_left(
    kalundborg: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (kalundborg / PAGE).read_bytes()
    years: list[float] = []
    seen = park_at_date._seen
    monkeypatch.setattr(
        park_at_date, "_seen", lambda run, date, left: years.append(date) or seen(run, date, left)
    )
    assert report(kalundborg) == kalundborg / PAGE
    assert len(years) == len(set(years)) == 65  # the measures of a year are most of the work
    assert (kalundborg / PAGE).read_bytes() == before and len(before) < 3e6
    assert not list(kalundborg.glob("*.part"))


# --- fit to read


def test_headings_are_in_order_and_all_anchors_lead_somewhere(shown: Page) -> None:
    levels = [level for level, _ in shown.headings]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert all(text.strip() for _, text in shown.headings)
    named = shown.values("id")
    assert len(named) == len(set(named))
    targets = {value[1:] for value in shown.values("href") if value.startswith("#")}
    assert targets <= set(named) and {"findings", "streams", "settings", "repeat", "limits"} <= targets
    assert not shown.unclosed and not shown.open


def test_every_drawing_has_a_text_for_those_who_do_not_see_it(shown: Page) -> None:
    drawings = [given for tag, given in shown.tags if tag == "svg"]
    assert len(drawings) > 60
    assert all(given["role"] == "img" and len(str(given["aria-label"])) > 3 for given in drawings)
    figures = [str(given["aria-label"]) for given in drawings if "class" not in given]
    assert len(figures) == 3 and all(len(each) > 80 for each in figures)
    assert shown.text.count("Model result, seed 1") >= 6, "captions say how many runs and which seed"


def test_language_zoom_and_names_of_boxes_that_scroll(shown: Page) -> None:
    assert ("html", {"lang": "en"}) in shown.tags
    viewport = next(str(given["content"]) for tag, given in shown.tags if given.get("name") == "viewport")
    assert "user-scalable" not in viewport and "maximum-scale" not in viewport
    boxes = [given for _, given in shown.tags if str(given.get("class", "")).startswith("scroll")]
    assert boxes and all(given.get("aria-label") and given.get("tabindex") == "0" for given in boxes)


@pytest.mark.parametrize(
    ("source", "options"),
    [
        ("classroom", {"until": 2000.5}),
        ("classroom", {"set": {"trust.prior": 0.01, "bargaining.guard": 8.0}, "until": 2015}),
        ("synthetic", {"set": {"synthetic.companies": 30}, "until": 1990}),
    ],
)
def test_short_empty_and_random_parks_have_a_page_too(
    tmp_path: Path, source: str, options: dict[str, Any]
) -> None:
    folder = made(tmp_path / "run", source, **options)
    shown = Page(report(folder).read_text(encoding="utf-8"))
    assert {text for level, text in shown.headings if level == 2} >= {
        "Findings",
        "Streams",
        "How to repeat it",
    }
    assert "nan" not in shown.text.lower().split() and "None" not in shown.text.split()


def test_a_table_may_have_groups_and_every_text_of_a_report_is_escaped() -> None:
    table = Table("A & B", (words("<i>"), words("x")), [["<b>", "1 < 2"]], "<u>")
    text = page(
        Report(
            "kind", "<title>", "?", ["<em>"], "<s>", sections=[Section("<h>", "a", [table])], limits=["<l>"]
        )
    )
    body = text[text.index("<body>") :]
    for tag in ("<i>", "<b>", "<u>", "<em>", "<s>", "<h>", "<l>"):
        assert tag not in body and tag.replace("<", "&lt;").replace(">", "&gt;") in body


# --- folders that are no result


def test_every_kind_of_result_has_its_module_and_marks() -> None:
    from importlib import import_module

    for kind in KINDS:
        module = import_module(f"experiments.reporting.{kind.module}")
        assert callable(module.opened) and callable(module.report_of) and kind.marks


def test_a_folder_is_known_by_its_marks(kalundborg: Path) -> None:
    assert kind_of(kalundborg).name == "a run"


def test_the_command_says_where_the_page_is(tmp_path: Path) -> None:
    folder = made(tmp_path / "run", "classroom", until=2006)
    answer = typed("report", folder)
    assert answer.exit_code == 0 and answer.output == f"Written: {folder / PAGE}\n"


def test_a_new_run_in_the_folder_takes_the_old_page_away(tmp_path: Path) -> None:
    folder = made(tmp_path / "run", "classroom", until=2006)
    (folder / PAGE).write_text("", encoding="utf-8")
    answer = typed("run", "classroom", "--until", "2006", "--out", folder, "--force", "--no-figures")
    assert answer.exit_code == 0 and not (folder / PAGE).exists()


# --- in a browser without a network


def test_a_browser_without_a_network_shows_it_in_light_dark_and_on_paper(
    kalundborg: Path, browser: Any
) -> None:
    address = (kalundborg / PAGE).as_uri()
    seen = []
    for wide, scheme in ((1280, "light"), (800, "dark"), (390, "light")):
        context = browser.new_context(
            viewport={"width": wide, "height": 900}, color_scheme=scheme, offline=True
        )
        tab = context.new_page()
        faults: list[str] = []
        tab.on("console", lambda message, kept=faults: kept.append(message.text))
        tab.on("pageerror", lambda error, kept=faults: kept.append(str(error)))
        tab.on(
            "request",
            lambda request, kept=faults: kept.append(request.url) if request.url != address else None,
        )
        tab.goto(address)
        assert [fault for fault in faults if not fault.startswith("data:")] == []
        assert tab.evaluate("document.documentElement.scrollWidth") <= wide, "only boxes scroll sideways"
        seen.append(
            tab.evaluate("[getComputedStyle(document.body).backgroundColor, document.images.length]")[0]
        )
        below = tab.locator("h1").bounding_box()
        picture = tab.locator("figure svg").first.bounding_box()
        assert below is not None and picture is not None and below["y"] < 250
        if wide == 1280:
            assert picture["y"] < 700, "the picture begins on the first screen"
            printed = tab.pdf(prefer_css_page_size=True)
            assert 5 <= len(re.findall(rb"/Type\s*/Page\b(?!s)", printed)) <= 25
        context.close()
    assert seen[0] == seen[2] == "rgb(255, 255, 255)" and seen[1] != seen[0]


def test_a_park_without_a_company_has_a_page(tmp_path: Path) -> None:
    (tmp_path / "bare.toml").write_text("name = 'bare'\ncatalogue = 'none'\n", encoding="utf-8")
    assert typed("run", tmp_path / "bare.toml", "--out", tmp_path / "run").exit_code == 0
    assert typed("report", tmp_path / "run").exit_code == 0
