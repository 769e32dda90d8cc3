"""Pictures of the page for the documentation: `python -m experiments.dashboard.pictures docs/images`."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from .chromium import chromium
from .load import served

COLOURS, APART = 255, 10
"""Colours of a picture, and by how much the sums of their parts differ at least."""
STREAM = '[data-stream="Asnaes power station supplies FGD gypsum to Gyproc"]'


def main(folder: Path) -> None:
    """Visit the pages and write a picture of each."""
    folder.mkdir(parents=True, exist_ok=True)
    with served() as (address, _, _), chromium() as browser:
        for name, (prepare, scheme) in PICTURES.items():
            context = browser.new_context(viewport={"width": 1280, "height": 800}, color_scheme=scheme)
            page = context.new_page()
            page.goto(address)
            page.wait_for_selector(f".v-application.theme--{scheme} .sp-map .company")
            prepare(page)
            page.wait_for_timeout(700)
            _write(page.screenshot(), folder / f"dashboard-{name}.png")
            page.goto("about:blank")
            context.close()


def _write(png: bytes, path: Path) -> None:
    """Write a picture with a palette, so that the file is small: frequent colours as they are, the rest by the nearest."""
    import numpy as np
    from PIL import Image
    from scipy.spatial import cKDTree

    pixels = np.asarray(Image.open(io.BytesIO(png)).convert("RGB"))
    colours, where, counts = np.unique(pixels.reshape(-1, 3), axis=0, return_inverse=True, return_counts=True)
    palette: list[np.ndarray] = []
    for colour in colours[np.argsort(-counts, kind="stable")].astype(int):
        if len(palette) < COLOURS and all(np.abs(colour - each).sum() >= APART for each in palette):
            palette.append(colour)
    nearest = cKDTree(np.array(palette)).query(colours)[1].astype(np.uint8)
    image = Image.fromarray(nearest[where].reshape(pixels.shape[:2]), "P")
    image.putpalette(np.array(palette, np.uint8).ravel().tolist())
    image.save(path, optimize=True)


def _go_to(page: Any, year: int) -> None:
    page.fill("[data-test=to-year]", str(year))
    page.click("[data-test=go]")
    page.wait_for_selector(f".sp-map svg[aria-label*='in {year} Q4']")


def _park(page: Any) -> None:
    _go_to(page, 1997)
    page.select_option("[data-test=partner]", "Gyproc")
    page.click("[data-test=withdraw]")
    page.wait_for_selector("[data-test=consequence]")
    _go_to(page, 2012)


def _negotiation(page: Any) -> None:
    _go_to(page, 1997)
    page.locator(STREAM).dispatch_event("click")
    page.wait_for_selector("[data-test=negotiation]")


def _flows(page: Any) -> None:
    _go_to(page, 2012)
    page.click("nav >> text=Flows")
    page.wait_for_selector(".cell")


def _lesson(page: Any) -> None:
    page.click("nav >> text=Lessons")
    page.click("[data-test=lesson-5-levy]")
    for _ in range(3):
        page.click("[data-test=do]")
        page.wait_for_selector("[data-test=do]:not(.main)")
        if page.locator("[data-test=negotiation]").count():
            break
        page.click("[data-test=next]")
        page.wait_for_timeout(300)


def _stress(page: Any) -> None:
    page.click("nav >> text=Stress")
    page.fill("[data-test=stress-year]", "1998")
    page.click("[data-test=stress-start]")
    page.wait_for_selector("[data-test=stress-result]")


def _scenario(page: Any) -> None:
    page.click("nav >> text=Scenario")
    page.fill("[data-test=search]", "trust")
    page.wait_for_timeout(600)


PICTURES: dict[str, tuple[Callable[[Any], None], Any]] = {
    "park": (_park, "light"),
    "park-dark": (_park, "dark"),
    "negotiation": (_negotiation, "light"),
    "flows-dark": (_flows, "dark"),
    "lesson": (_lesson, "light"),
    "stress": (_stress, "light"),
    "scenario": (_scenario, "light"),
}

if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "docs/images"))
