"""The clean copy of a Word file holds what the page shows and nothing of how it was made: read from the package, by other code than makes it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from lxml import etree
from PIL import Image

from briefing import compose_brief
from briefing.errors import DataError
from briefing.formats.docx.final_check import _said_in
from briefing.formats.docx.picture_metadata import without_metadata
from briefing.run.word_files.finalising import clean_copy
from tests.docx import houses
from tests.docx.houses import edited
from tests.docx.opened import W, written
from tests.running import APART, Run, briefing
from tests.validators import open_xml_sdk, openxml_audit, word_assertions
from tests.validators.libreoffice import libreoffice_settled

DOCUMENT, SETTINGS = "word/document.xml", "word/settings.xml"
BUILT = written(compose_brief(APART), houses.data(houses.letterhead())).data
ROE = 'w:id="9001" w:author="Jane Roe" w:date="2026-03-15T10:00:00Z"'
INSIDE = f"<w:ins {ROE}><w:r><w:t>put in </w:t></w:r></w:ins><w:del {ROE}><w:r><w:delText>taken out</w:delText></w:r></w:del>"
CONTROL = '<w:sdt><w:sdtPr><w:tag w:val="Jane Roe"/></w:sdtPr><w:sdtContent><w:r><w:t>held </w:t></w:r></w:sdtContent></w:sdt>'
TELLING = (
    "Jane Roe",
    "rsid",
    "paraId",
    "bookmark",
    "<w:sdt",
    "<w:comment",
    "comments",
    "customXml",
    "<w:ins ",
    "<w:del ",
    "docVar",
    "C:\\",
    "Normal.dotm",
    "Exif",
)


def photograph() -> bytes:
    """A JPEG whose camera says who took it."""
    exif = Image.Exif()
    exif[0x013B] = "Jane Roe"
    made = io.BytesIO()
    Image.new("RGB", (60, 40), (10, 90, 160)).save(made, "JPEG", exif=exif, comment=b"Jane Roe")
    return made.getvalue()


def worked_on() -> bytes:
    """The file after people worked on it: a comment, a picture, tracked changes, traces of sessions, a template, names."""
    document = docx.Document(io.BytesIO(BUILT))
    paragraph = next(each for each in document.paragraphs if each.text and each.runs)
    document.add_comment(paragraph.runs[0], "Is this right?", "Jane Roe", "JR")
    shape = document.add_paragraph().add_run().add_picture(io.BytesIO(photograph()))
    shape._inline.docPr.set("descr", "The river")
    document.core_properties.author = document.core_properties.last_modified_by = "Jane Roe"
    stream = io.BytesIO()
    document.save(stream)
    kept = '<w:attachedTemplate r:id="rId1" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"/>'
    settings = f'{kept}<w:trackRevisions/><w:rsids><w:rsidRoot w:val="00AA"/></w:rsids><w:docVars><w:docVar w:name="a" w:val="Jane Roe"/></w:docVars>'
    relations = "http://schemas.openxmlformats.org/{}/2006/relationships"
    address = r"Target='file:///C:\Users\Jane Roe\Normal.dotm' TargetMode='External'"
    template = f"<Relationship Id='rId1' Type='{relations.format('officeDocument')}/attachedTemplate' {address}/>"
    template = f"<Relationships xmlns='{relations.format('package')}'>{template}</Relationships>"
    return edited(
        changed(stream.getvalue(), CONTROL),
        {
            DOCUMENT: (r"(<w:p )(?=[^>]*paraId)", r'\1w:rsidR="00AB12CD" '),
            SETTINGS: (r"(<w:settings[^>]*>)", rf"\1{settings}"),
        },
        {"word/_rels/settings.xml.rels": template.encode()},
    )


def changed(data: bytes, inside: str = INSIDE) -> bytes:
    return edited(data, {DOCUMENT: (r"(<w:p [^>]*><w:pPr>(?:(?!</w:pPr>).)*</w:pPr>)", rf"\1{inside}")})


def everything(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return "\n".join(
            f"{name} {package.read(name).decode('latin-1')}" for name in package.namelist() if "/fonts/" not in name
        )


def shown(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        body = etree.fromstring(package.read(DOCUMENT))
    return ["".join(str(each.text) for each in paragraph.iter(f"{{{W}}}t")) for paragraph in body.iter(f"{{{W}}}p")]


def finalised(data: bytes, folder: Path, *more: str) -> tuple[Run, Path]:
    source = folder / "brief.docx"
    source.write_bytes(data)
    return briefing("finalise", source, *more), folder / "brief.final.docx"


def test_nothing_of_how_it_was_made_is_left(tmp_path: Path) -> None:
    dirty = worked_on()
    assert [mark for mark in TELLING if mark not in everything(changed(dirty))] == []
    run, clean = finalised(dirty, tmp_path)
    assert (run.code, run.err) == (0, "") and run.out == f"wrote {clean}\n"
    data = clean.read_bytes()
    assert [mark for mark in TELLING if mark in everything(data)] == []
    assert shown(data) == shown(dirty)
    assert (
        docx.Document(io.BytesIO(data)).core_properties.title
        and not docx.Document(io.BytesIO(data)).core_properties.author
    )
    (picture,) = (each for each in zipfile.ZipFile(clean).namelist() if each.endswith((".jpg", ".jpeg")))
    with (
        Image.open(io.BytesIO(zipfile.ZipFile(clean).read(picture))) as found,
        Image.open(io.BytesIO(photograph())) as was,
    ):
        assert found.tobytes() == was.tobytes()
    assert open_xml_sdk(clean) == [] and openxml_audit(clean) == [] and word_assertions(clean) == []


def test_a_file_saved_by_libreoffice_is_made_clean_too(tmp_path: Path) -> None:
    (tmp_path / "built.docx").write_bytes(worked_on())
    saved = libreoffice_settled(tmp_path / "built.docx", tmp_path / "saved.docx", "")
    run, clean = finalised(saved.read_bytes(), tmp_path)
    assert run.code == 0, run
    assert [mark for mark in TELLING if mark in everything(clean.read_bytes())] == []
    assert shown(clean.read_bytes()) == shown(saved.read_bytes())


def test_tracked_changes_stop_it_until_somebody_says_what_becomes_of_them(tmp_path: Path) -> None:
    dirty = changed(BUILT)
    run, clean = finalised(dirty, tmp_path)
    assert (
        run.code == 4 and "it has 2 tracked changes that nobody settled; " in run.err and "[open-revisions]" in run.err
    )
    assert not clean.exists()
    for what, said, not_said in (("accept", "put in ", "taken out"), ("reject", "taken out", "put in ")):
        run, clean = finalised(dirty, tmp_path, "--revisions", what, "--force")
        text = "".join(shown(clean.read_bytes()))
        assert run.code == 0 and said in text and not_said not in text


def test_a_copy_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    run, clean = finalised(BUILT, tmp_path)
    assert run.code == 0
    before = clean.read_bytes()
    again, _ = finalised(BUILT, tmp_path)
    assert again.code == 2 and "[already-exists]" in again.err
    assert briefing("finalise", clean, "-o", clean, "--force").code == 2 and clean.read_bytes() == before
    assert briefing("finalise", tmp_path / "none.docx").code == 2


PROMPT = (
    "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>Type here</w:t></w:r></w:sdtContent></w:sdt>"
)
STOPS = {
    "it still shows the prompt 'Type here'": PROMPT,
    "it holds hidden text: 'secret'": "<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r>",
    "it holds an embedded object (object)": "<w:r><w:object/></w:r>",
}


@pytest.mark.parametrize("said", STOPS)
def test_what_only_a_person_can_decide_on_stops_it(said: str, tmp_path: Path) -> None:
    run, clean = finalised(changed(BUILT, STOPS[said]), tmp_path)
    assert run.code == 4 and f"it cannot be made clean: {said}; " in run.err and "[not-final]" in run.err
    assert not clean.exists()


def bomb(data: bytes) -> bytes:
    return edited(data, {}, {"word/media/a.png": b"\0" * 60_000_000})


def packed(data: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.namelist():
            new.writestr(each, old.read(each))
    return stream.getvalue()


ENTITY = (r"<w:document", r'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><w:document')
UNUSABLE: dict[str, tuple[Callable[[], bytes], str]] = {
    "text": (lambda: b"notes", "it is no Word document (DOCX)"),
    "bomb": (lambda: packed(bomb(BUILT)), "times its size"),
    "entities": (lambda: edited(BUILT, {DOCUMENT: ENTITY}), "declares entities"),
    "damaged": (lambda: edited(BUILT, {DOCUMENT: ("</w:body>", "")}), "is no XML"),
}


@pytest.mark.parametrize("case", UNUSABLE)
def test_what_cannot_be_read_is_refused(case: str, tmp_path: Path) -> None:
    make, said = UNUSABLE[case]
    run, clean = finalised(make(), tmp_path)
    assert run.code == 3 and said in run.err and not clean.exists()


def test_references_stay_as_words_and_pages_as_fields() -> None:
    made = everything(clean_copy(BUILT, "stop"))
    codes = set(re.findall(r"<w:instrText[^>]*> ?(\w+)", made))
    assert codes & {"PAGE", "SEQ"} and not codes & {"REF", "NOTEREF", "PAGEREF"}
    with pytest.raises(DataError):
        clean_copy(b"PK", "stop")


def _saved(kind: str, **more: object) -> bytes:
    made = io.BytesIO()
    Image.linear_gradient("L").resize((40, 30)).convert("P" if kind == "GIF" else "RGB").save(made, kind, **more)
    return made.getvalue()


def _shown(data: bytes) -> bytes:
    with Image.open(io.BytesIO(data)) as opened:
        return opened.convert("RGB").tobytes()


EXIF = b"Exif\0\0MM\0*\0\0\0\x08\0\1\x01\x3b\0\2\0\0\0\x09\0\0\0\x1a\0\0\0\0Jane Roe\0"
SEGMENT = b"\xff\xe1" + (len(EXIF) + 2).to_bytes(2, "big") + EXIF
PLAIN_JPEG, PROGRESSIVE = _saved("JPEG"), _saved("JPEG", progressive=True)
SCAN = PROGRESSIVE.rindex(b"\xff\xda")
SAYING = {
    "a fill byte": (PLAIN_JPEG[:2] + b"\xff" + SEGMENT + PLAIN_JPEG[2:], "image/jpeg"),
    "between scans": (PROGRESSIVE[:SCAN] + b"\xff\xfe\0\x0aJane Roe" + PROGRESSIVE[SCAN:], "image/jpeg"),
    "behind the end": (PLAIN_JPEG + b"Jane Roe", "image/jpeg"),
    "GIF": (_saved("GIF", comment=b"Jane Roe"), "image/gif"),
}
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:i="http://www.inkscape.org/namespaces/inkscape" i:docname="Jane Roe">'
    "<!-- Jane Roe --><metadata>Jane Roe</metadata><text>Shown</text></svg>"
)


@pytest.mark.parametrize("name", SAYING)
def test_a_picture_says_no_more_than_it_shows(name: str) -> None:
    data, kind = SAYING[name]
    made = without_metadata(data)
    assert b"Jane Roe" in data and b"Jane Roe" not in made
    assert _shown(made) == _shown(data) and _said_in(kind, made) == ""
    assert name in ("behind the end", "between scans") or _said_in(kind, data)
    assert without_metadata(made) == made


def test_a_drawing_says_no_more_than_it_shows_and_what_cannot_be_cleaned_is_found() -> None:
    assert _said_in("image/svg+xml", SVG.encode()) == "a comment or metadata"
    made = without_metadata(SVG.encode())
    assert b"Jane" not in made and b"Shown" in made and _said_in("image/svg+xml", made) == ""
    assert "an author" in _said_in("image/tiff", without_metadata(_saved("TIFF", artist="Jane Roe")))
    assert (
        _said_in("image/tiff", _saved("TIFF")) == "" and _said_in("image/png", b"none") == "what cannot be looked into"
    )
