"""The app on the five minutes in a real browser -> the screenshots of the README, and times.

python -m benchmarks.screens docs
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from benchmarks.screens.served import served
from benchmarks.stamp import ROOT
from index.build import build_index
from index.settings import Settings

QUESTION = "Hvor mange penge er der tilbage i sikringspuljen pr. 9. marts 2021?"


def main(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as made:
        index = Path(made) / "index"
        build_index(index, [ROOT / "corpus"], Settings(index=index))
        begun = time.perf_counter()
        with served(index) as (address, _), sync_playwright() as play:
            browser = play.chromium.launch(executable_path=shutil.which("chromium"))
            page = browser.new_page(viewport={"width": 1100, "height": 900}, base_url=address)
            print(json.dumps(visit(page, folder, begun), indent=1))
            browser.close()


def visit(page: Page, folder: Path, begun: float) -> dict[str, float]:
    """Seconds of each step; the pictures are taken on the way."""
    times: dict[str, float] = {}

    def step(name: str, act: Callable[[], object], words: str) -> None:
        start = time.perf_counter()
        act()
        page.get_by_text(words).first.wait_for()
        times[name] = round(time.perf_counter() - start, 2)
        page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()

    def picture(name: str) -> None:
        page.wait_for_function("() => !document.querySelector('[data-testid=stSkeleton]')")
        page.mouse.move(0, 0)
        page.wait_for_timeout(800)  # what fades in has done so
        page.screenshot(path=folder / f"{name}.png")

    def ask() -> None:
        page.get_by_role("textbox").last.fill(QUESTION)
        page.keyboard.press("Enter")

    def choose(name: str) -> Callable[[], None]:
        return lambda: page.get_by_role("link", name=name, exact=True).first.click()

    step("page loaded", lambda: page.goto("/"), "Prøv for eksempel")
    times["server start to usable"] = round(time.perf_counter() - begun, 2)
    step("first question to answer", ask, "Kopiér med kilde")
    picture("svar")
    step("to the source", choose("Vis hele punktet"), "Sagens forløb")
    step("to the meetings", choose("Møder"), "5 møder")
    step("to the follow-ups", choose("Opfølgning"), "Hent til kalender")
    picture("opfoelgning")
    step("to the overview", choose("Overblik"), "Udvalg og møder")
    step("back to the chat", choose("Spørg"), "Kopiér med kilde")
    return times


if __name__ == "__main__":
    main(Path(sys.argv[1]))
