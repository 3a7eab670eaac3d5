"""Sources read as they were saved: plain text, Markdown and web pages; faults told without a traceback."""

from __future__ import annotations

import hashlib
import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.errors import DataError, ExitCode
from briefing.limits import Limits, limited_by
from briefing.quotes.read_any import read_saved_text, saved_text_of
from briefing.quotes.saved_text import SavedTextError, SavedTextFault


def paragraphs(data: bytes | str, suffix: str = ".txt") -> list[str]:
    saved = saved_text_of(data if isinstance(data, bytes) else data.encode(), suffix)
    for number, paragraph in enumerate(saved.paragraphs, start=1):
        assert paragraph.number == number
        assert saved.text[paragraph.start : paragraph.end] == paragraph.text
        assert saved.paragraph_at(paragraph.start) == saved.paragraph_at(paragraph.end - 1) == paragraph
    return [paragraph.text for paragraph in saved.paragraphs]


def test_blank_lines_part_the_paragraphs_of_wrapped_text() -> None:
    assert paragraphs("One line\nand its next.\n\n \t\nTwo.\n") == ["One line\nand its next.", "Two."]


def test_each_line_is_a_paragraph_where_lines_are_not_wrapped() -> None:
    long = "It rained and the gate was shut again, as it had been on each of the days before that one. " * 3
    assert paragraphs(f"Title\n{long.strip()}\n\nThe end of it.\nReally.") == [
        "Title",
        long.strip(),
        "The end of it.",
        "Really.",
    ]


def test_lines_that_end_sentences_are_paragraphs_when_no_line_is_blank() -> None:
    assert paragraphs("He said no.\nShe said “yes.”\nThey left.") == ["He said no.", "She said “yes.”", "They left."]
    assert paragraphs("He said no, and then\nhe left the house for\ngood.") == [
        "He said no, and then\nhe left the house for\ngood."
    ]


def test_a_form_feed_ends_a_paragraph() -> None:
    assert paragraphs("The first page.\n\n\fThe second page.") == ["The first page.", "The second page."]


def test_text_of_a_plain_file_is_kept_so_that_offsets_fit_the_file() -> None:
    written = "  One.\n\n\tTwo “and” so on. \n"
    assert saved_text_of(written.encode(), ".txt").text == written


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=200))
def test_no_word_of_a_plain_text_is_lost(text: str) -> None:
    if any(character.isalnum() for character in text):
        assert "".join("".join(paragraphs(text + "\n\nend")).split()) == "".join(
            (text.removeprefix("\ufeff") + "end").split()
        )


TEXT = "“Café – naïve,” she said. It’s done."
CYRILLIC = "Он сказал, что они уходят завтра утром и никто не вернётся назад до весны."
CZECH = "Řekl: „Žluťoučký kůň úpěl ďábelské ódy.“ A odešel domů příští týden."


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (TEXT, "utf-8"),
        (TEXT, "utf-8-sig"),
        (TEXT, "utf-16"),
        (TEXT, "utf-32"),
        (TEXT, "cp1252"),
        ("“No.”", "cp1252"),
        ("« Nous irons », a dit l’élu.", "cp1252"),
        (CYRILLIC, "cp1251"),
        (CZECH, "cp1250"),
        ("El niño comió “mañana”, según él.", "cp1252"),
        ("Başbakan İstanbul'da konuştu, değil mi? Evet, öyle dedi.", "cp1254"),
    ],
)
def test_the_encoding_is_found_out(text: str, encoding: str) -> None:
    assert paragraphs(text.encode(encoding)) == [text]


def test_a_page_is_read_in_the_encoding_it_declares() -> None:
    page = '<html><head><meta charset="{}"></head><body><p>{}</p></body></html>'
    assert paragraphs(page.format("iso-8859-1", TEXT).encode("cp1252"), ".html") == [TEXT]
    assert paragraphs(page.format("koi8-r", CYRILLIC).encode("koi8-r"), ".html") == [CYRILLIC]
    assert paragraphs(page.format("no-such-thing", TEXT).encode("cp1252"), ".html") == [TEXT]
    older = '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251"><p>' + CYRILLIC
    assert paragraphs(older.encode("cp1251"), ".htm") == [CYRILLIC]


PAGE = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html><html lang="en"><head><title>The Title</title><style>p { color: red }</style></head>
<body><nav><a href="/">Home</a></nav><script>var said = "“never”";</script><!-- not this -->
<main><h1>The   gate
 is shut</h1>
Loose words.<p>She <em>said</em>: <q>It is 10<sup>2</sup> times H<sub>2</sub>O</q>.<sup><a href="#n1">1</a></sup> Then the 1<sup>st</sup>.</p>
<blockquote>A pull quote<br>on two lines<br><br>and after a gap</blockquote>
<table><tr><td>left</td><td>right</td></tr></table>
<ul><li>one<li>two</ul><pre>kept
 as it is</pre>
<p hidden>unseen</p><p>old <del>removed</del><ins>inserted</ins> man\u00adage&nbsp;it</p></main>
<aside><p>Beside it.</p></aside><noscript>Please.</noscript><footer>The foot.</footer></body></html>"""


def test_a_page_is_read_block_by_block_without_scripts_and_navigation() -> None:
    assert paragraphs(PAGE, ".html") == [
        "The gate is shut",
        "Loose words.",
        "She said: “It is 10² times H₂O”. Then the 1st.",
        "A pull quote on two lines",
        "and after a gap",
        "left",
        "right",
        "one",
        "two",
        "kept\n as it is",
        "old inserted man\u00adage\u00a0it",
        "Beside it.",
        "The foot.",
    ]


def test_a_page_is_known_by_its_first_words_whatever_its_name() -> None:
    assert paragraphs("\n <!doctype HTML><p>One.<p>Two.", ".txt") == ["One.", "Two."]


def test_a_page_may_nest_deeply_and_be_broken() -> None:
    assert paragraphs("<div>" * 1_500 + "deep", ".html") == ["deep"]
    with pytest.raises(SavedTextError, match="nests too deep"):
        saved_text_of(b"shallow" + b"<div>" * 3_000 + b"deep", ".html")
    assert paragraphs("<p>One <b>two</p> three</b> & four <", ".html") == ["One two", "three & four <"]


def test_markdown_is_read_as_the_page_it_makes() -> None:
    source = "# Title\n\nHe *said* **“no”** to [the plan](https://a.example).\n\n> “Never,\n> again.”\n\n- one\n- two\n"
    assert paragraphs(source, ".md") == ["Title", "He said “no” to the plan.", "“Never, again.”", "one", "two"]


def test_markdown_is_read_whole_or_refused_however_deep_it_nests() -> None:
    def nested(levels: int) -> str:
        return "".join(f"{'  ' * level}- a{level}\n" for level in range(levels)) + "\nHe said “no”.\n"

    assert paragraphs(nested(9), ".md") == [*(f"a{level}" for level in range(9)), "He said “no”."]
    with pytest.raises(SavedTextError, match="nests too deep") as caught:
        paragraphs(nested(10), ".md")
    assert caught.value.fault is SavedTextFault.BROKEN


def test_the_fingerprint_is_that_of_the_file() -> None:
    assert saved_text_of(TEXT.encode("cp1252"), ".txt").sha256 == hashlib.sha256(TEXT.encode("cp1252")).hexdigest()


def fault(data: bytes, suffix: str = ".txt") -> SavedTextFault:
    with pytest.raises(SavedTextError) as caught:
        saved_text_of(data, suffix)
    return caught.value.fault


def test_what_is_no_text_is_refused() -> None:
    assert fault(bytes(range(256)) * 20) is SavedTextFault.UNKNOWN_FORMAT
    assert fault(b"\x89PNG\r\n\x1a\n" + bytes(500)) is SavedTextFault.UNKNOWN_FORMAT
    assert fault(b"") is SavedTextFault.NO_WORDS
    assert fault(" \n— “…” \n".encode()) is SavedTextFault.NO_WORDS
    assert fault(b"<html><body><script>x</script></body></html>", ".html") is SavedTextFault.NO_WORDS
    assert fault(b"", ".html") is SavedTextFault.NO_WORDS
    assert fault(b"PK\x03\x04" + bytes(40)) is SavedTextFault.UNKNOWN_FORMAT
    assert fault(b"PK\x03\x04word/" + bytes(40)) is SavedTextFault.BROKEN
    assert fault(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(40), ".docx") is SavedTextFault.ENCRYPTED
    assert fault(b"%PDF-1.7 and no more", ".pdf") is SavedTextFault.BROKEN


@given(st.binary(max_size=300), st.sampled_from([".txt", ".html", ".md", ".docx", ".pdf"]))
def test_any_bytes_are_read_or_refused(data: bytes, suffix: str) -> None:
    for start in (b"", b"PK\x03\x04word/", b"%PDF-1.4\n", b"<html>"):
        try:
            assert saved_text_of(start + data, suffix).paragraphs
        except SavedTextError as error:
            assert error.problems[0].message and error.problems[0].hint


def test_files_are_read_below_the_folder_only(tmp_path: Path) -> None:
    folder = tmp_path / "brief"
    folder.mkdir()
    (tmp_path / "secret.txt").write_text("A secret.", encoding="utf-8")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "own.txt").write_text("Our own.", encoding="utf-8")
    (folder / "inner.txt").symlink_to(folder / "own.txt")
    for name in ("../secret.txt", "link.txt", str(tmp_path / "secret.txt")):
        with pytest.raises(SavedTextError) as caught:
            read_saved_text(folder, name)
        assert caught.value.fault is SavedTextFault.OUTSIDE
    assert read_saved_text(folder, "inner.txt").text == "Our own."


def test_faults_of_files_say_what_would_be_right(tmp_path: Path) -> None:
    with pytest.raises(SavedTextError) as caught:
        read_saved_text(tmp_path, "gone.txt")
    assert caught.value.fault is SavedTextFault.MISSING
    assert isinstance(caught.value, DataError)
    assert caught.value.exit_code is ExitCode.DATA
    (problem,) = caught.value.problems
    assert (problem.code, problem.message, problem.hint) == (
        "bad-path",
        "there is no file 'gone.txt' in the brief's folder",
        "check the spelling",
    )
    (tmp_path / "long.txt").write_text("word " * 50, encoding="utf-8")
    with (
        limited_by(Limits(saved_text_bytes=100)),
        pytest.raises(SavedTextError, match=r"'long.txt' has 250 bytes; at most 100 are accepted") as caught,
    ):
        read_saved_text(tmp_path, "long.txt")
    assert caught.value.fault is SavedTextFault.TOO_LARGE
    (tmp_path / "folder.txt").mkdir()
    with pytest.raises(SavedTextError, match=r"'folder.txt' is a folder, not a file"):
        read_saved_text(tmp_path, "folder.txt")


def test_the_name_of_a_broken_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.7 and no more")
    with pytest.raises(SavedTextError, match=r"'bad.pdf': the PDF cannot be read .*; save it again \[saved-text\]"):
        read_saved_text(tmp_path, "bad.pdf")


def test_an_error_survives_a_process_boundary() -> None:
    error = SavedTextError(SavedTextFault.BROKEN, "it is broken", "mend it", "sources[0].text")
    copy = pickle.loads(pickle.dumps(error))
    assert (copy.fault, copy.problems) == (error.fault, error.problems)
