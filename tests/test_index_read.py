import pytest

from index.errors import CorpusError, DocumentError
from index.read import find_documents, read_document

TEXT = "Mødet blev hævet. Økonomi på Ærø og Åbenrå.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_danish_encodings(tmp_path, encoding):
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.encode(encoding))
    assert read_document(path).text == TEXT


def test_line_ends_and_pages(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"en\r\nto\rtre\ffire")
    document = read_document(path)
    assert document.text == "en\nto\ntre\nfire"
    assert document.page_starts == (0, 10)
    assert document.text[10:] == "fire"


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n\t\n", "empty"),
        ("a.txt", bytes(range(256)) * 20, "not a text file"),
        ("a.exe", b"MZ", "format is not read"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(tmp_path, name, data, message):
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(DocumentError, match=message) as refused:
        read_document(path)
    assert name in str(refused.value)


def test_missing_file(tmp_path):
    with pytest.raises(DocumentError, match="cannot be read"):
        read_document(tmp_path / "none.txt")


def test_folder_without_documents(tmp_path):
    (tmp_path / "README.md").write_text("no minutes")
    with pytest.raises(CorpusError, match="No minutes"):
        find_documents([tmp_path])


def test_path_that_does_not_exist(tmp_path):
    with pytest.raises(CorpusError, match="no file or folder"):
        find_documents([tmp_path / "nowhere"])


def test_readmes_and_hidden_and_other_files_are_passed_over(tmp_path):
    for name in ("a.txt", "README.md", ".b.txt", "c.PDF", "sub/d.md", ".git/e.txt", "~$f.docx", "g.xlsx"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    assert [path.name for path in find_documents([tmp_path])] == ["a.txt", "c.PDF", "d.md"]


def test_what_a_browser_saved_beside_a_page_is_passed_over(tmp_path):
    for name in ("punkt.html", "punkt_files/frame.html", "other_files/b.htm"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    assert [path.name for path in find_documents([tmp_path])] == ["b.htm", "punkt.html"]


@pytest.mark.parametrize(
    "number", ["010190-1234", "010190 1234", "0101901234", "010190\u20131234", "010190\u20111234", "01.01.90-1234"]
)
def test_cpr_number_is_masked(tmp_path, number):
    path = tmp_path / "a.txt"
    path.write_text(f"Borger {number} har klaget.", encoding="utf-8")
    text = read_document(path).text
    assert not any(character.isdigit() for character in text)
    assert len(text) == len(f"Borger {number} har klaget.")


def test_other_numbers_are_not_masked(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("sag 326-2021-13238, tlf. 99 11 22 33, 451399-1234, den 12.04.2021 kl. 10", encoding="utf-8")
    assert read_document(path).text == "sag 326-2021-13238, tlf. 99 11 22 33, 451399-1234, den 12.04.2021 kl. 10"
