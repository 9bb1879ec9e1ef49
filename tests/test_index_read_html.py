"""Web pages: what a reader sees of them, and nothing else."""

import textwrap

import pytest

from index.read.html import read_html


def text_of(html: str) -> str:
    return read_html(html.encode()).pages[0]


def test_blocks_are_lines_and_paragraphs_stand_apart():
    html = "<h1>Møde</h1><div>Åbent\n  møde</div><div>kl. 10</div><p>En<br>to</p><p>Tre &amp; fire</p>"
    assert text_of(html) == "Møde\n\nÅbent møde\nkl. 10\n\nEn\nto\n\nTre & fire"


def test_a_table_is_read_row_by_row():
    html = """
        <table><tr><th>Navn<th>Beløb <tr><td><p>Citrix</p><td>1,5<br>mio. <tr><td><td>2</table>"""
    assert text_of(html) == "Navn\tBeløb\nCitrix\t1,5 mio.\n2"


def test_a_table_that_only_places_text_is_read_cell_by_cell():
    html = """
        <table><tr><td>Menu<td><h2>1. Budget</h2><p>Beslutning</p><p>Godkendt.</p>
        <table><tr><td>a<td>b</table></table>"""
    assert text_of(html) == "Menu\n1. Budget\n\nBeslutning\n\nGodkendt.\n\na\tb"


def test_lists_are_numbered_as_a_browser_would():
    html = """
        <ol start=3><li>tre<li value=7>syv<li>otte<ol type=a><li>x</ol></ol>
        <ol type=I><li>a<li>b</ol>
        <ul><li>punkt<li><a href=x>bilag.pdf</a><li>4. fire</ul><ul style="list-style: none"><li>bar</ul>"""
    assert text_of(html) == "3. tre\n7. syv\n8. otte\na. x\n\nI. a\nII. b\n\n• punkt\nbilag.pdf\n4. fire\n\nbar"


UNSEEN = [
    "<nav>x</nav>",
    "<script>x</script>",
    "<style>x</style>",
    "<template><p>x</p></template>",
    "<div hidden>x</div>",
    '<div style="color: red; Display : NONE">x</div>',
    '<p style="visibility:hidden">x<b>x</b></p>',
    "<select><option>x</select>",
    "<button>x</button>",
    '<div role="navigation">x</div>',
    "<header>x</header>",
    "<footer>x</footer>",
    "<aside>x</aside>",
    "<!-- x -->",
    "<svg><title>x</title><text>x</text></svg>",
    '<i aria-hidden="true">x</i>',
    '<img alt="x" src="http://example.com/x.png">',
    '<iframe srcdoc="x">x</iframe>',
    "<noscript>x</noscript>",
    "<textarea>x</textarea>",
    '<input value="x">',
]


@pytest.mark.parametrize("unseen", UNSEEN)
def test_what_is_not_to_be_read_is_left_out(unseen):
    assert text_of(f"<p>før</p>{unseen}<p>efter</p>") == "før\n\nefter"


def test_what_a_heading_folds_out_is_read():
    html = """
        <h3><button aria-controls="p">Punkt 3</button></h3><div id="p" style="display:none">Godkendt.</div>
        <details><summary>Bilag</summary>a.pdf</details>"""
    assert text_of(html) == "Punkt 3\n\nGodkendt.\nBilag\na.pdf"


def test_the_head_of_an_article_is_read():
    assert text_of("<main><header>Direktionen</header><p>Referat</p></main>") == "Direktionen\n\nReferat"


def test_the_title_is_read_where_the_page_does_not_repeat_it():
    assert text_of("<title>Direktionen\n den 3.</title><p>Mødt</p>") == "Direktionen den 3.\n\nMødt"
    assert text_of("<title>Mødt</title><p>Mødt alle</p>") == "Mødt alle"


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("utf-8", "utf-8"),
        ("iso-8859-1", "cp1252"),
        ("windows-1252", "cp1252"),
        ("iso-8859-15", "iso-8859-15"),
        ("iso-8859-1", "utf-8"),
        ("nonsense", "cp1252"),
        ("", "cp1252"),
        ("", "utf-16"),
        ("utf-8", "utf-8-sig"),
        ("hex", "cp1252"),
    ],
)
def test_charsets(declared, encoding):
    html = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={declared}"><p>Ærø – økonomi €'
    html = html.replace(" –", "") if encoding == "iso-8859-15" else html
    expected = "Ærø økonomi €" if encoding == "iso-8859-15" else "Ærø – økonomi €"
    assert read_html(html.encode(encoding)).pages[0] == expected


def test_a_saved_page_of_a_portal():
    html = textwrap.dedent("""
        <!DOCTYPE html><html lang="da"><head><title>Referat | Prøveby Kommune</title></head><body>
        <header class="site"><a href="/">Forside</a></header>
        <nav><ul><li>Politik<li>Dagsordener</ul></nav>
        <main><h1>Økonomiudvalget den 4. marts 2025</h1>
        <article><h2>1. Budget 2026</h2><dl><dt>Sagsnr.<dd>25/118</dl>
        <h3>Beslutning</h3><p>Godkendt.</p></article></main>
        <footer>Cookies</footer></body></html>""")
    assert text_of(html) == (
        "Referat | Prøveby Kommune\n\nØkonomiudvalget den 4. marts 2025\n\n1. Budget 2026\n\nSagsnr.\n25/118\n\n"
        "Beslutning\n\nGodkendt."
    )
