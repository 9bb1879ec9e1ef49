"""The app in a real browser, on the five minutes and on minutes that are written to do harm."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import HTTPError, URLError

import pytest

from index.build import build_index
from index.settings import Settings
from qa.service import open_service
from qa.texts import DANISH, ENGLISH
from tests.conftest import CORPUS, ROOT
from tests.convert import to_pdf

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page

HARM = (
    "![x](http://evil.test/a.png) [klik](http://evil.test) [js](javascript:window.PWN=1) www.evil.test "
    "http://evil.test a@evil.test $x^2$ :red[rød] -> :smile: :material/home: <b>fed</b> "
    "<img src=x onerror=window.PWN=1> "
    '<form action="http://evil.test"><input></form> <script>window.PWN=1</script> <style>body{display:none}</style> '
    "# `kode` \u202eesrever\u202c"
)
HARMFUL_MINUTES = """Kalundborg Kommune

REFERAT Direktionen d. {date}

Mødedato {date} kl. 12:30

Mødested {harm}

Punkt 1: Udskældt {harm}

Sagsnr.: 326-2024-100

Sagsfremstilling

Det koster 3 mio. kr. {harm}

{long}

Område\t{harm}\tHarmløst Chefforum (HC)
1\t{harm}\t<b>127.431</b>
2\t![x](http://evil.test/b.png)\t<img src=x onerror=window.PWN=1>

Beslutning

Anbefales. Staben udarbejder et notat om {harm} om 3 måneder.
"""
HARMLESS = """() => {
  const outside = [...document.querySelectorAll('[href], [src], [action]')]
    .map(found => found.href || found.src || found.action)
    .filter(url => typeof url === 'string' && !url.startsWith(location.origin) && !/^(data|blob):/.test(url));
  const alive = document.querySelectorAll(
    '[data-testid=stMain] :is(img, form:not([data-testid=stForm], .vega-bindings), script, .katex, iframe, b)');
  return {outside, alive: [...alive].filter(e => !/documentElement|asked/.test(e.textContent)).map(e => e.outerHTML),
          pwned: window.PWN, shown: getComputedStyle(document.body).display !== 'none'};
}"""
AXE_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}
AXE_CONTRAST = {"runOnly": ["color-contrast"]}  # all that the colours of the theme can change


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    playwright = pytest.importorskip("playwright.sync_api")
    chromium = shutil.which("chromium") or pytest.skip("needs the browser chromium")
    with playwright.sync_playwright() as play, play.chromium.launch(executable_path=chromium) as browser:
        yield browser


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("minutes")
    for date in ("12-04-2024", "13-05-2024"):
        text = HARMFUL_MINUTES.format(date=date, harm=HARM, long="x" * 1_000_000)
        (folder / f"<b>kalundborg<b> :red[x] $x^2$ {date}.txt").write_text(text, encoding="utf-8")
    build_index(folder / "index", [folder, CORPUS], Settings(index=folder / "index"))
    return folder / "index"


@pytest.fixture(scope="module")
def address(index: Path) -> Iterator[str]:
    """The app, served as `make app` serves it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "screens/server.py", "--server.headless=true"]
    environment = {**os.environ, "REFERAT_INDEX": str(index), "XDG_DATA_HOME": str(index.parent)}
    with subprocess.Popen(
        [*command, f"--server.port={port}"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as server:
        try:
            wait_for_port(port)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def wait_for_port(port: int) -> None:
    for _ in range(900):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError(port)


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A page that may ask nobody but the app, and that must not complain."""
    context = browser.new_context(base_url=address, viewport={"width": 1100, "height": 900})
    page = context.new_page()
    page.set_default_timeout(60_000)
    reached: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: reached.append(request.url))
    page.on("console", lambda message: complaints.append(message.text) if is_complaint(message) else None)
    yield page
    context.close()
    assert not [url for url in reached if not url.startswith((address, "data:", "blob:"))]
    assert not complaints


def is_complaint(message: ConsoleMessage) -> bool:
    """Streamlit looks for itself below the address of each page first, and finds nothing there."""
    return message.type == "error" and "/_stcore/" not in message.location["url"]


def ask(page: Page, question: str) -> None:
    page.get_by_role("textbox").last.fill(question)
    page.keyboard.press("Enter")


def settled(page: Page) -> None:
    """All is drawn: the app is done, and so is the browser, which fetches what it draws with only when it needs it."""
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
    page.wait_for_function("() => !document.querySelector('[data-testid=stSkeleton]')")


def open_page(page: Page, path: str, words: str) -> None:
    page.goto(path)
    page.get_by_text(words).first.wait_for()
    settled(page)


def harmful_paths(index: Path) -> dict[str, str]:
    """Every page that shows what the harmful minutes say, with words that it shows once it is drawn."""
    service = open_service(Settings(index=index))
    (item_id, _) = (found.id for found in service.register.case("Kalundborg", "326-2024-100")[::-1])
    key = service.record(item_id).stored.key
    return {
        f"/?q={urllib.request.quote('Hvad blev besluttet i sag 326-2024-100?')}": DANISH.copy,
        f"/?q={urllib.request.quote('Hvilke punkter blev anbefalet i Kalundborg i 2024?')}": DANISH.as_table,
        f"/item?id={item_id}&q=0-900": DANISH.back_to_meeting,
        f"/item?id={item_id}&original=true": DANISH.original_text,
        f"/meeting?id={key}": DANISH.contents,
        "/meetings?year=2024": "2 møder",
        "/cases?year=2024": "2 møder, senest",
        "/case?number=326-2024-100&municipality=Kalundborg": "2 punkter på 2 møder",
        "/follow-up?year=2024": DANISH.calendar,
        f"/follow-up?year=2024&view={urllib.request.quote(DANISH.undecided_tab)}": DANISH.undecided_tagline,
        "/overview?year=2024": DANISH.title_words,
        "/library": DANISH.held_minutes,
    }


def test_harmful_minutes_do_nothing_on_any_page(page: Page, index: Path) -> None:
    for path, words in harmful_paths(index).items():
        open_page(page, path, words)
        if not path.startswith(("/overview", "/meetings", "/library")):
            page.get_by_test_id("stMain").get_by_text("Udskældt").locator("visible=true").first.wait_for()
        found = page.evaluate(HARMLESS)
        assert found == {"outside": [], "alive": [], "shown": True} | ({"pwned": None} if "pwned" in found else {}), (
            path
        )
        assert "\u202e" not in page.inner_text("body"), path


def test_harmful_item_does_nothing_beside_those_like_it(page: Page, index: Path) -> None:
    (path, *_) = [path for path in harmful_paths(index) if "original" in path]
    open_page(page, path, DANISH.precedents)
    assert page.locator("table.minutes td").count() >= 4
    found = page.evaluate(HARMLESS)
    assert not found["outside"] and not found["alive"] and not found.get("pwned")


def test_removal_of_a_harmful_file_is_asked_for_and_kept(page: Page) -> None:
    open_page(page, "/library", DANISH.held_minutes)
    held = page.locator("[class*='st-key-held-']:has(button)").filter(has_text=":red[x]").first
    held.get_by_role("button", name=DANISH.remove).first.click()
    dialog = page.get_by_role("dialog", name=DANISH.remove_title)
    dialog.get_by_text("<b>kalundborg<b> :red[x] $x^2$").first.wait_for()
    found = page.evaluate(HARMLESS)
    assert not found["outside"] and not found["alive"]
    dialog.get_by_role("button", name=DANISH.keep).click()
    dialog.wait_for(state="detached")


def test_harmful_question_does_nothing(page: Page) -> None:
    open_page(page, "/", DANISH.local)
    ask(page, HARM[:400])
    page.get_by_role("button", name=DANISH.new_conversation).wait_for()
    settled(page)
    found = page.evaluate(HARMLESS)
    assert not found["outside"] and not found["alive"] and not found.get("pwned")


def test_server_says_what_pages_may_do_and_answers_to_its_own_name_alone(address: str) -> None:
    with urllib.request.urlopen(address) as answer:
        policy = answer.headers["content-security-policy"]
        assert "default-src 'self'" in policy and "frame-ancestors 'none'" in policy
        assert "unsafe-eval" not in policy.replace("wasm-unsafe-eval", "")
        assert '<html lang="da">' in answer.read().decode()
    with pytest.raises(HTTPError):
        urllib.request.urlopen(urllib.request.Request(address, headers={"Host": "evil.test"}))


@pytest.mark.skipif(sys.platform != "linux", reason="only there all addresses of 127.0.0.0/8 are this machine")
def test_app_listens_on_this_machine_alone(address: str) -> None:
    with pytest.raises(URLError):
        urllib.request.urlopen(address.replace("127.0.0.1", "127.0.0.2"), timeout=10)


def test_file_beyond_the_limit_is_not_taken(page: Page, tmp_path: Path) -> None:
    open_page(page, "/library", DANISH.add)
    page.get_by_text("højst 20 MB").wait_for()
    (tmp_path / "stor.txt").write_bytes(b"x" * 20_971_521)
    page.locator("input[type=file]").set_input_files(tmp_path / "stor.txt")
    page.get_by_text("20.0MB or smaller").wait_for()
    assert not page.locator("[class*=st-key-proposed]").count()


def test_question_to_source_and_back(page: Page) -> None:
    open_page(page, "/", DANISH.try_asking)
    ask(page, "Hvad blev besluttet om Citrix?")
    page.get_by_text("Direktionen ønsker en status om ca. 3 måneder.").first.wait_for()
    page.get_by_role("link", name=DANISH.show_item).first.click()
    page.get_by_role("heading", name="Punkt 5: Udfasning af Citrix").wait_for()
    page.locator("mark").first.wait_for()
    page.go_back()
    page.get_by_text(DANISH.copy).first.wait_for()


def test_no_is_said_and_a_suggested_follow_up_is_answered(page: Page) -> None:
    open_page(page, "/", DANISH.try_asking)
    ask(page, "Hvad koster en elefant i Nordfyn?")
    page.get_by_role("heading", name=DANISH.nearest).wait_for()
    settled(page)
    ask(page, "Hvad blev besluttet om digitaliseringsstrategien i Nordfyn?")
    page.get_by_text("Direktionen drøftede og godkendte digitaliseringsstrategien").first.wait_for()
    page.locator(".st-key-suggestion-0 button").click()
    page.locator(".st-key-asked-2").wait_for()
    page.locator(".st-key-card-2-card").wait_for()


def test_source_is_shown_beside_its_original_text(page: Page) -> None:
    open_page(page, "/?q=Hvad+blev+besluttet+om+Citrix", DANISH.copy)
    page.get_by_role("link", name=DANISH.show_item).first.click()
    page.get_by_text(DANISH.original).click()
    page.get_by_text("J.nr.: 85.11.00 Dokumentnr.: 326-2021-83370").wait_for()


def test_copied_text_carries_its_source(page: Page) -> None:
    open_page(page, "/?q=Hvad+blev+besluttet+om+Citrix", DANISH.copy)
    page.get_by_role("button", name=DANISH.copy).click()
    page.get_by_test_id("stCode").get_by_text("Kilde: Kalundborg, Direktionen, 12. april 2021").wait_for()


def test_limit_is_taken_off_with_a_click(page: Page) -> None:
    open_page(page, "/", DANISH.try_asking)
    ask(page, "Hvilke punkter blev udsat i Kalundborg?")
    page.get_by_text("2 punkter").first.wait_for()
    page.get_by_role("button", name="Kalundborg", exact=True).click()
    page.get_by_text("4 punkter").first.wait_for()
    with page.expect_download() as download:
        page.get_by_role("button", name=DANISH.csv).click()
    assert Path(download.value.path()).read_text(encoding="utf-8-sig").count(";udsat;") == 4


def test_minutes_are_handed_in_asked_and_removed(page: Page, index: Path) -> None:
    open_page(page, "/library", DANISH.add)
    minutes = (CORPUS / "nordfyn-direktionen-2021-04-21.txt").read_text(encoding="utf-8")
    minutes = minutes.replace("Genåbning af rådhusene", "Elefanter i parken").replace("2021-5637", "2021-99")
    minutes = minutes.replace("21-04-2021", "19-05-2021").replace("21. april 2021 kl", "19. maj 2021 kl")
    handed_in = {"name": "nyt.pdf", "mimeType": "application/pdf", "buffer": to_pdf(minutes)}
    page.locator("input[type=file]").set_input_files(handed_in)
    page.get_by_text("10 punkter, heraf").first.wait_for()
    page.get_by_role("button", name=DANISH.accept[0].format(count=1)).click()
    page.get_by_text("8 møder").first.wait_for()
    open_page(page, "/?q=Hvad+blev+besluttet+om+elefanter+i+parken", DANISH.copy)
    assert "Elefanter i parken" in page.inner_text("body") and "side " in page.inner_text("body")
    open_page(page, "/library", "nyt.pdf")
    held = page.locator("[class*='st-key-held-']:has(button)").filter(has_text="nyt.pdf")
    held.get_by_role("button", name=DANISH.remove).first.click()
    dialog = page.get_by_role("dialog", name=DANISH.remove_title)
    dialog.get_by_text("filen slettes").wait_for()
    dialog.get_by_role("button", name=DANISH.remove).click()
    page.get_by_text("7 møder").first.wait_for()
    assert "nyt.pdf" not in [path.name for path in (index.parent / "index-minutes").iterdir()]


def test_link_leads_a_colleague_to_the_same_answer(page: Page, browser: Browser, address: str) -> None:
    open_page(page, "/", DANISH.try_asking)
    ask(page, "Hvad blev besluttet om Citrix?")
    page.get_by_text(DANISH.copy).first.wait_for()
    page.wait_for_url("**?q=*")
    with browser.new_context() as colleague:
        other = colleague.new_page()
        other.goto(page.url)
        other.get_by_text("Direktionen ønsker en status om ca. 3 måneder.").first.wait_for()


def test_language_stays_when_the_page_changes(page: Page) -> None:
    open_page(page, "/", DANISH.try_asking)
    page.get_by_role("radio", name="English").click()
    page.get_by_text(ENGLISH.try_asking).wait_for()
    assert page.evaluate("document.documentElement.lang") == "en"
    page.get_by_role("link", name=ENGLISH.meetings_page, exact=True).first.click()
    page.get_by_role("heading", name=ENGLISH.meetings_page).wait_for()
    page.get_by_text(ENGLISH.filter_municipality).first.wait_for()
    assert page.evaluate("document.documentElement.lang") == "en"


def test_keyboard_alone_asks_and_opens_the_source(page: Page) -> None:
    open_page(page, "/", DANISH.try_asking)
    page.keyboard.press("Tab")
    for _ in range(40):
        if page.evaluate("document.activeElement.tagName") == "TEXTAREA":
            break
        page.keyboard.press("Tab")
    page.keyboard.type("Hvad blev besluttet om Citrix?")
    page.keyboard.press("Enter")
    page.get_by_text(DANISH.copy).first.wait_for()
    settled(page)
    for _ in range(60):
        if page.evaluate("document.activeElement.innerText")[-len(DANISH.show_item) :] == DANISH.show_item:
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Punkt 5: Udfasning af Citrix").wait_for()


PHONE_PATHS = {
    "/?q=Hvad+blev+besluttet+om+Citrix": DANISH.copy,
    "/meetings": DANISH.filter_municipality,
    "/case?number=326-2017-43896&municipality=Kalundborg": DANISH.csv,
    "/follow-up": DANISH.filter_municipality,
    "/overview": DANISH.filter_municipality,
    "/library": DANISH.add,
}


@pytest.mark.parametrize("path", PHONE_PATHS)
def test_page_fits_a_phone(page: Page, path: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    open_page(page, path, PHONE_PATHS[path])
    wide = "[...document.querySelectorAll('[data-testid=stMain] *')].filter(e => e.getBoundingClientRect().right > 362)"
    inside = "e => !e.closest('[data-testid=stDataFrame], [data-testid=stVegaLiteChart]')"
    assert page.evaluate(f"{wide}.filter({inside}).map(e => e.outerHTML.slice(0, 200))") == []


def test_pages_can_be_used_by_everyone_in_light_and_in_dark(page: Page, index: Path) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    is_in = "scheme => getComputedStyle(document.querySelector('.stApp')).colorScheme === scheme"
    for path, words in {"/": DANISH.try_asking, **harmful_paths(index)}.items():
        page.emulate_media(color_scheme="light")
        open_page(page, path, words)
        for scheme, rules in (("light", AXE_RULES), ("dark", AXE_CONTRAST)):
            page.emulate_media(color_scheme=scheme)
            page.wait_for_function(is_in, arg=scheme)
            found = axe.run(page, options=rules).response["violations"]
            told = {rule["id"]: [node["html"][:300] for node in rule["nodes"]] for rule in found}
            assert told == {}, (path, scheme)
