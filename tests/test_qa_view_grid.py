"""Tables of the minutes, told apart from prose and drawn as tables."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from index.models import Span
from qa.view.grid import Grid, Prose, blocks, html_table

BUDGET = """Besparelsen fordeles sådan:

Område\tBudget 2020\tAndel
1\tDagtilbud\t127.431
\tSamlet\t127.431 kr.

Og så videre."""


def test_lines_with_tabs_are_a_table_between_prose() -> None:
    before, table, after = blocks(BUDGET, ())
    assert (before, after) == (Prose("Besparelsen fordeles sådan:"), Prose("Og så videre."))
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["Område", "Budget 2020", "Andel"],
        ["1", "Dagtilbud", "127.431"],
        ["", "Samlet", "127.431 kr."],
    ]
    assert table.headed
    assert "<th scope='col'>Andel</th>" in html_table(table)
    assert "<td class='figure'>127.431 kr.</td>" in html_table(table)


def test_short_rows_are_filled_and_figures_are_no_heading() -> None:
    (table,) = blocks("6.51\t8.607\t5,07\nBrovst\nI alt\t1\n6.53\t2\t3", ())[-1:]
    assert [len(row) for row in table.rows] == [3, 3] and not table.headed


def test_list_stays_a_list() -> None:
    text = "-\tat planen godkendes\n-\tat der følges op\n"
    assert blocks(text, ()) == (Prose(text.strip()),)
    assert isinstance(blocks("a)\tFørste\nb)\tAnden", ())[0], Prose)


def test_marks_stand_in_the_cell_they_belong_to() -> None:
    start = BUDGET.index("127.431 kr.")
    _, table, _ = blocks(BUDGET, [Span(start, start + len("127.431 kr."))])
    assert [(cell.text, [mark.of(cell.text) for mark in cell.marks]) for cell in table.rows[-1]] == [
        ("", []),
        ("Samlet", []),
        ("127.431 kr.", ["127.431 kr."]),
    ]
    assert "<mark>127.431 kr.</mark>" in html_table(table)


def test_cells_are_never_read_as_html() -> None:
    (table,) = blocks("<b>a</b>\t<script>x</script>\n<img src=x>\t&lt;", ())
    drawn = html_table(table)
    assert not any(tag in drawn for tag in ("<b>", "<script", "<img"))


def test_tags_of_type_faces_are_left_out_of_cells() -> None:
    (table,) = blocks("<i>Samlet</i>\t<b>663.556</b>\n1\t2", ())
    assert "<td>Samlet</td><td class='figure'>663.556</td>" in html_table(table)
    assert "&lt;i x&gt;" in html_table(blocks("<i x>\ta\nb\tc", ())[0])


def test_table_beyond_measure_is_drawn_as_text() -> None:
    assert isinstance(blocks("a\tb\n" * 10_000, ())[0], Prose)


def test_line_of_tabs_alone_costs_no_more_than_its_length() -> None:
    (told,) = blocks("a\t" * 200_000 + "\nslut", ())
    assert isinstance(told, Prose) and told.text.endswith("slut")


@given(st.text(alphabet="ab \t\n1"), st.tuples(st.integers(0, 30), st.integers(0, 30)))
def test_nothing_of_the_text_is_lost(text: str, mark: tuple[int, int]) -> None:
    drawn = []
    for block in blocks(text, [Span(*mark)]):
        drawn += [cell.text for row in block.rows for cell in row] if isinstance(block, Grid) else [block.text]
    assert "".join("".join(drawn).split()) == "".join(text.split())
