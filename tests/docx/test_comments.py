"""What the writer tells the editor, and what checking found, are comments of Word's own on the words that they concern."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import docx
import pytest
from lxml import etree

from briefing import compose_brief
from briefing.document.tree import Remark
from briefing.document.walk import walk
from briefing.errors import DataError
from briefing.formats.docx.comments import Comment
from briefing.formats.docx.read_revisions import accepted, rejected
from briefing.run.word_files.commenting import commented_copy
from tests.docx.houses import edited
from tests.docx.opened import Opened, W, attribute, found
from tests.running import briefing, small_brief
from tests.validators import open_xml_sdk, openxml_audit, word_assertions

BRIEF = """\
title: A small brief
date: 2026-03-14
language: en-GB
handling: {marking: OFFICIAL}
note_to_editor: Keep it short.
summary: It is small, and it cites a source [@gazette]. TODO say more.
quotes:
  - id: bridge
    note_to_editor: Is this the whole sentence?
    text: The old bridge should be opened to lorries before winter.
    speaker: Ann Mayor
    source: gazette
sources:
  - id: gazette
    note_to_editor: The date is a guess.
    title: Gazette
    published: 2026-03-01
    text: gazette.txt
"""
SAVED = "“The old bridge should be closed to lorries before the winter,” said Ann Mayor, the mayor of the town.\n"
LENIENT = '[rules]\nquote-altered = "warning"\nplaceholder-text = "warning"\nspeaker-with-one-source = "off"\n'
NOTES = [
    ("Keep it short.", "A small brief"),
    ("Is this the whole sentence?", "“The old bridge should be opened to lorries before winter.”"),
    ("The date is a guess.", ""),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = small_brief(tmp_path / "river", BRIEF)
    (made / "gazette.txt").write_text(SAVED, encoding="utf-8")
    (made / "briefing.toml").write_text(LENIENT, encoding="utf-8")
    return made


def comments(data: bytes) -> list[tuple[str, str]]:
    """Each comment's text, with the words that it is anchored on."""
    opened = Opened(data)
    said = []
    for comment in found(opened.root("word/comments.xml"), "w:comment"):
        number, words, inside = attribute(comment, "id"), "", False
        for each in opened.document.iter(
            f"{{{W}}}commentRangeStart", f"{{{W}}}commentRangeEnd", f"{{{W}}}t", f"{{{W}}}delText"
        ):
            if attribute(each, "id") == number:
                inside = each.tag.endswith("Start")
            elif inside and each.text:
                words += each.text
        assert len(found(opened.document, f".//w:commentReference[@w:id='{number}']")) == 1
        said.append(("".join(map(str, comment.itertext())), words))
    return said


def valid(file: Path) -> bool:
    return open_xml_sdk(file) == [] and openxml_audit(file) == [] and word_assertions(file) == []


def test_notes_to_the_editor_are_comments_in_the_word_file_and_printed_nowhere(folder: Path) -> None:
    assert briefing("build", folder, "-f", "docx", "-f", "html").code == 0
    file = folder / "out" / "river.docx"
    assert comments(file.read_bytes()) == NOTES and valid(file)
    assert "whole sentence" not in (folder / "out" / "river.html").read_text(encoding="utf-8")
    remarks = [
        Remark("", "Keep it short."),
        Remark("quotes[0]", "Is this the whole sentence?"),
        Remark("sources[0]", "The date is a guess."),
    ]
    document = compose_brief(folder)
    assert list(document.remarks) == remarks
    assert not [
        each for each in walk(document) if "whole sentence" in str(getattr(each, "text", "")) and each not in remarks
    ]
    assert briefing("build", folder, "-f", "docx", "--plain-docx", "-o", folder / "plain").code == 0
    assert "comment" not in "".join(zipfile.ZipFile(folder / "plain" / "river.docx").namelist())
    small_brief(folder, BRIEF.replace("A small brief", "A brief"))
    edited = "is not as briefing left it"
    assert edited not in briefing("build", folder, "-f", "docx").err


def test_findings_are_written_into_the_word_file_once_with_the_words_of_the_source_as_a_tracked_change(
    folder: Path,
) -> None:
    file = folder / "out" / "river.docx"
    assert briefing("build", folder, "-f", "docx").code == 0
    for said in ("2 new comments", "0 new comments"):
        run = briefing("check", folder, "--into-docx", file)
        assert run.code == 0 and run.out.splitlines()[-1] == f"{file}: {said}"
    held = comments(file.read_bytes())
    assert held[:3] == [("Keep it short.", "A small brief"), (NOTES[1][0], held[1][1]), NOTES[2]]
    assert held[3] == ("'TODO' looks like a placeholder; write what belongs here [placeholder-text]", "TODO")
    assert held[4][0].startswith("the quote differs from its source (para 1): ") and held[4][0].endswith(
        "[quote-altered]"
    )
    assert valid(file)
    for settled, words in (
        (accepted, "closed to lorries before the winter."),
        (rejected, "opened to lorries before winter."),
    ):
        with zipfile.ZipFile(io.BytesIO(settled(file.read_bytes()))) as package:
            body = etree.fromstring(package.read("word/document.xml"))
        assert f"“The old bridge should be {words}”" in "".join(each.text or "" for each in body.iter(f"{{{W}}}t"))
    done = Opened(file.read_bytes()).root("word/commentsExtended.xml")
    assert [each.values()[-1] for each in done] == ["0"] * 5


def test_what_is_no_word_file_is_refused(folder: Path) -> None:
    for path, code in ((folder / "brief.yaml", 3), (folder / "none.docx", 2)):
        assert briefing("check", folder, "--into-docx", path).code == code
    other = small_brief(folder.parent / "other")
    run = briefing("check", folder, other, "--into-docx", folder / "none.docx")
    assert run.code == 2 and "one Word file cannot go with 2 briefs" in run.err


def _without(data: bytes, part: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made := io.BytesIO(), "w") as new:
        for each in old.namelist():
            if each != part:
                new.writestr(each, old.read(each))
    return made.getvalue()


def test_a_word_file_that_is_not_as_word_writes_it_is_commented_or_refused_in_words() -> None:
    document = docx.Document()
    document.add_paragraph("Words")
    document.save(held := io.BytesIO())
    whole, note = held.getvalue(), [Comment("", "Look.")]
    between = re.search(rb"<w:body>.*</w:body>", zipfile.ZipFile(held).read("word/document.xml"), re.DOTALL)
    assert between is not None
    for content in ("<w:p/>", '<w:p/><w:p><w:ins w:id="\u00b2"/><w:ins w:id="9999999999999999999999"/></w:p>'):
        data = edited(whole, {"word/document.xml": (between[0].decode(), f"<w:body>{content}</w:body>")})
        made, new = commented_copy(data, note, "2026-03-14T00:00:00Z")
        assert new == 1 and comments(made) == [("Look.", "")]
    for data, why in (
        (edited(whole, {"word/document.xml": (between[0].decode(), "")}), "no paragraph"),
        (_without(whole, "[Content_Types].xml"), "no [Content_Types].xml"),
        (whole[: len(whole) // 2], "no ZIP archive"),
    ):
        with pytest.raises(DataError, match=re.escape(why)):
            commented_copy(data, note, "2026-03-14T00:00:00Z")
