"""Several readers at once, each in a browser window of its own: from question to drawn answer, and the memory.

python -m benchmarks.screens.sessions --sessions 8
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import shutil
import tempfile
import time
from pathlib import Path

import numpy as np
from playwright.async_api import Browser, Page, async_playwright

from benchmarks.screens.served import served
from benchmarks.stamp import ROOT, commit
from index.build import build_index
from index.register import Wish
from index.settings import Settings
from qa.service import open_service

PATIENCE_MS = 120_000


def main(sessions: int, questions: int) -> None:
    with tempfile.TemporaryDirectory() as made:
        index = Path(made) / "index"
        build_index(index, [ROOT / "corpus"], Settings(index=index))
        asked = titles_asked(index)
        with served(index) as (address, pid):
            idle, worked = memory_mb(pid), processor_s(pid)
            seconds = asyncio.run(all_ask(address, [rotated(asked, place)[:questions] for place in range(sessions)]))
            used, worked = memory_mb(pid), processor_s(pid) - worked
    told = {
        "commit": commit(),
        "cores": os.cpu_count(),
        "load before": os.getloadavg()[0],
        "sessions": sessions,
        "questions": len(seconds),
        "question to drawn answer, s": {
            name: round(float(np.percentile(seconds, share)), 2) for name, share in (("p50", 50), ("p95", 95))
        },
        "server's memory, MB": {"idle": idle, "after": used},
        "server's processor time, s": {"in all": round(worked, 1), "a question": round(worked / len(seconds), 2)},
    }
    print(json.dumps(told, indent=1))


def titles_asked(index: Path) -> list[str]:
    """A question on each item that has a decision."""
    items = open_service(Settings(index=index)).register.items(Wish(), 1_000)
    return [f"Hvad blev besluttet om »{found.item.title}«?" for found in items if found.item.decision]


def rotated(asked: list[str], place: int) -> list[str]:
    """The questions in an order of its own for each reader."""
    start = 7 * place % len(asked)
    return asked[start:] + asked[:start]


async def all_ask(address: str, asked: list[list[str]]) -> list[float]:
    async with async_playwright() as play:
        browser = await play.chromium.launch(executable_path=shutil.which("chromium"))
        pages = await asyncio.gather(*(open_chat(browser, address) for _ in asked))
        seconds = await asyncio.gather(*(ask(page, own) for page, own in zip(pages, asked, strict=True)))
        await browser.close()
    return [one for own in seconds for one in own]


async def open_chat(browser: Browser, address: str) -> Page:
    page = await (await browser.new_context()).new_page()
    page.set_default_timeout(PATIENCE_MS)
    await page.goto(address)
    await page.get_by_text("Prøv for eksempel").wait_for()
    return page


async def ask(page: Page, questions: list[str]) -> list[float]:
    """Seconds from each question's Enter until the last line of its answer stands on the screen."""
    seconds = []
    for turn, question in enumerate(questions):
        await page.get_by_role("textbox").last.fill(question)
        begun = time.perf_counter()
        await page.keyboard.press("Enter")
        await page.locator(f".st-key-controls-rating-{turn}").wait_for()
        seconds.append(time.perf_counter() - begun)
        await page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
    return seconds


def memory_mb(pid: int) -> int:
    """What a process holds in memory (Linux)."""
    (line,) = (line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) // 1024


def processor_s(pid: int) -> float:
    """The seconds of a core that a process has used (Linux)."""
    used = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(used[11]) + int(used[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sessions", type=int, default=8)
    parser.add_argument("--questions", type=int, default=6, help="asked by each")
    given = parser.parse_args()
    main(given.sessions, given.questions)
