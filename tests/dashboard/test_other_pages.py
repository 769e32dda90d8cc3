"""Every other page in a real browser: flows, lessons, scenario, stress, and a park that survives the way between."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import expect

from .test_page_of_the_park import go_to, year

ABOVE = """names => {
    const [one, other] = names.map(each => document.querySelector(each)?.getBoundingClientRect().top)
    return one < other
}"""


def test_every_page_opens_by_its_address_and_the_park_goes_along(visit: Any) -> None:
    page = visit("/flows")
    page.wait_for_selector("text=Who trusts whom")
    for path, sign in (
        ("Lessons", "Lessons of about ten minutes"),
        ("Scenario", "Choose a park"),
        ("Stress", "What if a partner goes"),
    ):
        page.click(f"nav >> text={path}")
        page.wait_for_selector(f"text={sign}")
    page.click("nav >> text=Park")
    go_to(page, 1985)
    page.click("nav >> text=Flows")
    page.wait_for_selector(".cell")
    assert year(page) == 1985


def test_flows_show_bands_by_class_and_their_negotiation(visit: Any) -> None:
    page = visit("/flows")
    page.fill("[data-test=to-year]", "1995")
    page.click("[data-test=go]")
    page.wait_for_selector("text=Flows in 1995 Q4")
    expect(page.locator('[data-band*="steam from"]')).not_to_have_count(0)
    page.click("[data-test=flow-water]")
    page.wait_for_selector('[data-band*="water from"]')
    expect(page.locator('[data-band*="steam from"]')).to_have_count(0)
    page.locator(".band").first.dispatch_event("click")
    page.wait_for_selector("[data-test=negotiation]")
    expect(page.locator(".sp-news li").nth(5)).to_be_attached()


def test_a_lesson_runs_through_and_ends_with_a_worksheet(visit: Any) -> None:
    page = visit("/lessons")
    page.click("[data-test=lesson-5-levy]")
    steps = 0
    for _ in range(10):
        text = page.inner_text("[data-test=step]")
        if page.locator("[data-test=do]").count():
            page.click("[data-test=do]")
            page.wait_for_selector("[data-test=do]:not(.main)")
        if page.locator(".sp-quiz input").count():
            page.locator(".sp-quiz input").nth(1).check()
            page.wait_for_selector(".sp-quiz [role=status]")
        steps += 1
        if not page.locator("[data-test=next]").count():
            break
        page.click("[data-test=next]")
        page.wait_for_function(
            "old => document.querySelector('[data-test=step]').innerText !== old", arg=text
        )
    assert steps >= 4
    expect(page.locator("[data-test=twin]")).to_have_count(6)
    page.wait_for_selector("[data-test=consequence] >> text=fly ash from Power station to Brick works")
    page.wait_for_function(ABOVE, arg=[".sp-acts", ".sp-details"])  # the last step is about what was done
    page.emulate_media(media="print")
    expect(page.locator(".sp-acts")).not_to_be_visible()
    sheet = page.locator("[data-test=sheet]")
    expect(sheet).to_be_visible()
    expect(sheet.locator("li")).to_have_count(3)
    expect(page.locator(".sp-map")).not_to_be_visible()


def test_a_bad_file_shows_its_message_and_a_good_one_opens(visit: Any, tmp_path: Path) -> None:
    page = visit("/scenario")
    bad, good = tmp_path / "bad.toml", tmp_path / "good.toml"
    bad.write_text("name = 'bad'\nbase = 'classroom'\n[trust]\npriro = 4\n")
    good.write_text("name = '<b>mine</b>'\nbase = 'classroom'\n[trust]\nprior = 0.7\n")
    page.set_input_files("[data-test=file]", bad)
    page.wait_for_selector("[data-test=problems]")
    said = page.inner_text("[data-test=problems]")
    assert "bad.toml: trust: priro" in said
    assert "did you mean 'prior'" in said
    page.set_input_files("[data-test=file]", good)
    page.wait_for_selector("[data-test=problems]", state="detached")
    page.wait_for_function("document.querySelector('select[aria-label=Park]').value === '<b>mine</b>'")
    assert page.locator(".sp-bar b").count() == 0  # text of a visitor is text
    field = page.locator('[data-field="trust.prior"]')
    expect(field.locator("input[type=number]")).to_have_value("0.7")


def test_a_setting_found_by_search_is_set_and_has_its_twin(visit: Any) -> None:
    page = visit("/scenario")
    page.select_option("select[aria-label=Park]", "classroom")
    page.click("[data-test=fixed]")
    page.fill("[data-test=search]", "bargaining style")
    row = page.locator('[data-field="bargaining.style"]')
    row.locator("select").select_option("conceder")
    row.locator("button").click()
    page.wait_for_selector(
        '[data-field="bargaining.style"] select:has(option:checked:text("conceder"))', state="attached"
    )
    page.click("nav >> text=Park")
    page.wait_for_selector("[data-test=consequence]")
    expect(page.locator("[data-test=consequence]")).to_contain_text("bargaining style is conceder")


def test_a_stress_job_shows_progress_is_cancelled_and_finishes(visit: Any) -> None:
    page = visit("/stress")
    page.fill("[data-test=stress-year]", "1998")
    page.fill("[data-test=stress-runs]", "2000")
    page.click("[data-test=stress-start]")
    page.wait_for_selector("[data-test=stress-progress] >> text=/[1-9]\\d* of 16/")
    page.click("[data-test=stress-cancel]")
    page.wait_for_selector("text=cancelled")
    assert page.locator("[data-test=stress-result]").count() == 0
    page.fill("[data-test=stress-runs]", "5")
    page.check("[data-test=way-shrink]")
    page.click("[data-test=stress-start]")
    page.wait_for_selector("[data-test=stress-result]")
    for said in ("costs the park savings of", "in place of exit changes"):
        expect(page.locator("[data-test=stress-result]")).to_contain_text(said)
    expect(page.locator("[data-test=ranking] tbody tr")).to_have_count(16)
    expect(page.locator("[data-test=losers] tbody tr").nth(4)).to_be_attached()
    for label, sign in (
        ("Ranking (CSV)", b"order,measure,contingency"),
        ("Company loss (CSV)", b"contingency,company"),
        ("Losers (PNG)", b"\x89PNG"),
    ):
        with page.expect_download() as download:
            page.click(f"text={label}")
        assert Path(download.value.path()).read_bytes().startswith(sign)


def test_a_stress_job_that_cannot_be_is_refused_in_words(visit: Any) -> None:
    page = visit("/stress")
    page.click("[data-test=all]")
    expect(page.locator("[data-test=stress-pairs]")).to_be_disabled()  # too many for every two
    page.check("[data-test=way-shrink]")
    page.fill("[aria-label^='shrink']", "1.5")
    page.click("[data-test=stress-start]")
    page.wait_for_selector("[data-test=stress-message] >> text=at most 1")
    assert page.locator("[data-test=stress-progress]").count() == 0


def test_a_small_sweep_draws_its_curves(visit: Any) -> None:
    page = visit("/stress")
    expect(page.locator("[data-test=sweep-year]")).to_have_value("2024")
    page.select_option("select[aria-label=Park]", "classroom")
    expect(page.locator("[data-test=sweep-year]")).to_have_value("2029")  # the last year of this park
    expect(page.locator("[data-test=sweep-field]")).to_have_value("trust.prior")
    page.click("[data-test=sweep-start]")
    page.wait_for_selector("[data-test=sweep-result]")
    expect(page.locator("[data-test=sweep-result] svg")).to_have_count(6)
    page.fill("[data-test=sweep-runs]", "4000")
    page.click("[data-test=sweep-start]")
    page.wait_for_selector("[data-test=sweep-progress] >> text=/[1-9]\\d* of 20.000/")
    page.click("[data-test=sweep-cancel]")
    page.wait_for_selector("[data-test=sweep-progress] >> text=cancelled")


def test_a_refused_action_says_why_and_the_park_goes_on(visit: Any) -> None:
    page = visit("/stress")
    page.click("[data-test=none]")
    expect(page.locator("[data-test=stress-start]")).to_be_disabled()
    page.click("nav >> text=Park")
    page.fill("[data-test=to-year]", "2024")
    page.click("[data-test=go]")
    page.wait_for_selector(".sp-map svg[aria-label*='in 2024 Q4']")
    page.wait_for_selector("[data-test=withdraw]:disabled")  # the run is over
    expect(page.locator("[data-test=quarter]")).to_be_disabled()
    go_to(page, 1970)
    page.wait_for_selector("[data-test=withdraw]:enabled")
