"""The page of the park in a real browser: play, pause, click, withdraw, and nobody else's park."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

GYPSUM = '[data-stream="Asnaes power station supplies FGD gypsum to Gyproc"]'
STANDS_STILL = """() => {
    const now = document.querySelector('input[type=range]').value
    if (now !== window.seen) [window.seen, window.since] = [now, Date.now()]
    return Date.now() - window.since > 1500
}"""
"""What is on its way when Pause is clicked may arrive; then no quarter follows."""


def year(page: Any) -> int:
    return int(page.inner_text("[data-test=year]").split()[0])


def go_to(page: Any, wanted: int) -> None:
    page.fill("[data-test=to-year]", str(wanted))
    page.click("[data-test=go]")
    page.wait_for_selector(f".sp-map svg[aria-label*='in {wanted} Q4']")


def quarter(page: Any) -> int:
    return int(page.input_value("input[type=range]"))


def test_play_advances_and_pause_stops(visit: Any) -> None:
    page = visit()
    assert quarter(page) == 0
    page.click("[data-test=play]")
    page.wait_for_function("Number(document.querySelector('input[type=range]').value) >= 6")
    page.click("[data-test=play]")
    page.wait_for_function("document.querySelector('[data-test=play]').innerText === 'Play'")
    page.wait_for_function(STANDS_STILL)
    stopped = quarter(page)
    assert stopped >= 6
    page.click("[data-test=quarter]")
    page.wait_for_function(f"Number(document.querySelector('input[type=range]').value) === {stopped + 1}")


def test_a_year_can_be_gone_to_forwards_and_back_and_is_the_same_again(visit: Any) -> None:
    page = visit()
    go_to(page, 2000)
    streams = page.locator(".stream").count()
    assert streams > 10
    go_to(page, 1975)
    assert page.locator(".stream").count() < streams
    go_to(page, 2000)
    page.wait_for_function(f"document.querySelectorAll('.stream').length === {streams}")


def test_the_negotiation_of_a_clicked_stream_is_drawn(visit: Any) -> None:
    page = visit()
    go_to(page, 1997)
    page.locator(GYPSUM).dispatch_event("click")
    page.wait_for_selector("[data-test=negotiation]")
    offers = page.locator("[data-test=negotiation] .offer").count()
    said = page.inner_text("[data-test=details]")
    rounds = int(re.search(r"agreed in round (\d+)", said)[1])  # type: ignore[index]
    assert offers == 2 * rounds
    assert "Gyproc pays at most" in said


def test_a_clicked_company_tells_its_streams_trust_and_needs(visit: Any) -> None:
    page = visit()
    go_to(page, 1997)
    page.focus('[data-company="Gyproc"]')
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-test=details] h2:has-text('Gyproc')")
    page.click("summary:has-text('Trust')")
    said = page.inner_text("[data-test=details]")
    assert "takes FGD gypsum" in said
    assert "buys natural gas" in said
    assert "Asnaes power station" in said


def test_withdrawn_gyproc_leaves_with_its_streams_and_the_twin_goes_on(visit: Any) -> None:
    page = visit()
    go_to(page, 1997)
    expect(page.locator(GYPSUM)).to_have_count(1)
    assert page.locator("[data-test=twin]").count() == 0
    page.select_option("[data-test=partner]", "Gyproc")
    page.click("[data-test=withdraw]")
    page.wait_for_selector("[data-test=consequence]")
    expect(page.locator("[data-test=headline]")).to_contain_text("the same to the last digit")
    page.click("[data-test=quarter]")
    page.wait_for_selector(GYPSUM, state="detached")
    expect(page.locator('[data-company="Gyproc"]')).to_have_count(0)
    expect(page.locator("[data-test=twin]")).to_have_count(6)
    page.wait_for_selector("[data-test=consequence] >> text=FGD gypsum from Asnaes power station to Gyproc")
    go_to(page, 2004)
    page.wait_for_selector("[data-test=headline] >> text=without the change there would be")
    page.click("[data-test=accept]")
    page.wait_for_selector("[data-test=twin]", state="detached")


def test_every_action_is_told_has_its_twin_and_is_undone(visit: Any) -> None:
    page = visit()
    page.wait_for_selector("[data-test=hint] >> text=Press Play")
    go_to(page, 1990)
    expect(page.locator("[data-test=hint]")).to_have_count(0)
    told = page.locator("[data-test=consequence] li")
    page.select_option("[data-test=prospect]", "Brick works")
    for number, (act, said) in enumerate(
        {
            "invite": "Brick works is invited",
            "facilitator": "The association begins its work",
            "set-levy": "factor on the landfill levy is set to 3",
            "set-carbon": "factor on the carbon price is set to 4",
            "set-prior": "first trust in a stranger is set to 0.2",
            "say": "Refinery shrinks by 50 %",
            "set-style": "bargaining style is boulware from the start",
        }.items()
    ):
        for field, value in (
            ("levy", "3"),
            ("carbon", "4"),
            ("prior", "0.2"),
            ("words", "shrink Refinery 0.5"),
        ):
            page.fill(f"[data-test={field}]", value)
        page.select_option("[data-test=style]", "boulware")
        page.click(f"[data-test={act}]")
        page.wait_for_selector(f"[data-test=consequence] li >> text={said}")
        expect(told).to_have_count(number + 1)
        expect(page.locator("[data-test=twin]")).to_have_count(6)
    go_to(page, 1991)
    page.wait_for_selector(".sp-news >> text=The factor on the landfill levy is set to 3")
    page.wait_for_selector("[data-test=headline] >> text=without the change")
    page.click("[data-test=undo]")
    page.wait_for_selector("[data-test=twin]", state="detached")


def test_what_is_undone_stands_in_no_field_any_more(visit: Any) -> None:
    page = visit()
    go_to(page, 1990)
    page.fill("[data-test=levy]", "5")
    page.click("[data-test=set-levy]")
    page.wait_for_selector("[data-test=consequence]")
    page.click("[data-test=undo]")
    expect(page.locator("[data-test=levy]")).to_have_value("1")


def test_two_visitors_do_not_share_a_park(visit: Any) -> None:
    one, other = visit(), visit()
    go_to(one, 1990)
    assert year(other) == 1960
    go_to(other, 1970)
    one.wait_for_timeout(300)
    assert year(one) == 1990
    one.select_option("[data-test=partner]", "Refinery")
    one.click("[data-test=withdraw]")
    one.wait_for_selector("[data-test=consequence]")
    assert other.locator("[data-test=consequence]").count() == 0


@pytest.mark.parametrize("path", ["/", "/flows", "/lessons", "/scenario", "/stress"])
def test_every_page_fits_800_pixels_dark_and_names_its_controls(visit: Any, path: str) -> None:
    page = visit(path, viewport={"width": 800, "height": 900}, color_scheme="dark")
    page.wait_for_selector(".v-application.theme--dark")
    page.wait_for_selector(".sp-bar [aria-current=page]")
    page.wait_for_timeout(300)
    assert page.evaluate("document.documentElement.scrollWidth") <= 800
    assert page.evaluate("document.documentElement.lang") == "en"
    unnamed = page.evaluate(
        """[...document.querySelectorAll('.sp button, .sp input, .sp select')].filter(each => !(
            each.innerText.trim() || each.getAttribute('aria-label') || each.closest('label'))).length"""
    )
    assert unnamed == 0


def test_a_light_page_becomes_dark_and_stays_so(visit: Any) -> None:
    page = visit(color_scheme="light")
    page.wait_for_selector(".v-application.theme--light")
    page.click(".sp-bar >> text=Dark")
    page.wait_for_selector(".v-application.theme--dark")
    page.reload()
    page.wait_for_selector(".v-application.theme--dark .sp-map")


def test_an_empty_year_or_seed_is_not_taken_for_zero(visit: Any) -> None:
    page = visit()
    go_to(page, 1980)
    for field, button in (("to-year", "go"), ("seed", "restart")):
        page.fill(f"[data-test={field}]", "")
        page.click(f"[data-test={button}]")
        assert page.eval_on_selector(f"[data-test={field}]", "field => field.validity.valueMissing")
    page.click("[data-test=quarter]")
    page.wait_for_selector(".sp-map svg[aria-label*='in 1981 Q1']")


def test_a_new_seed_and_another_park_start_from_the_beginning(visit: Any) -> None:
    page = visit()
    go_to(page, 1980)
    page.fill("[data-test=seed]", "7")
    page.click("[data-test=restart]")
    page.wait_for_function("document.querySelector('[data-test=year]').innerText.startsWith('1960')")
    page.select_option("select[aria-label=Park]", "classroom")
    page.wait_for_selector('[data-company="Brewery"]')
    assert year(page) == 2000
