"""What may be a reference document, and what of it never comes along."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from briefing.errors import UsageError
from tests.document.sample import sample
from tests.docx import houses
from tests.docx.opened import NS, Opened, attribute, found, written

PLAIN = houses.data(houses.plain())
LETTERHEAD = houses.data(houses.letterhead())
TYPES = "[Content_Types].xml"


def archive(parts: dict[str, bytes]) -> bytes:
    """A zip archive."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return stream.getvalue()


def bomb() -> bytes:
    """A small archive that unpacks to more than is accepted."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr(TYPES, "<Types/>")
        for number in range(21):
            target.writestr(f"word/{number}.xml", b"\0" * 10_000_000)
    return stream.getvalue()


REFUSED = {
    "text": (b"Dear colleague", "it is not a DOCX file"),
    "nothing": (b"", "it is not a DOCX file"),
    "another archive": (archive({"a.txt": b"a"}), "it is not a DOCX file"),
    "torn": (PLAIN[:-200], "it is damaged"),
    "encrypted": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "it is encrypted, or a .doc file of Word 97"),
    "spreadsheet": (
        houses.edited(PLAIN, {TYPES: ("wordprocessingml.document.main", "spreadsheetml.sheet.main")}),
        "it is another kind of Office file",
    ),
    "broken styles": (houses.edited(PLAIN, {"word/styles.xml": ("</w:styles>", "")}), "it is damaged"),
    "no body": (houses.edited(PLAIN, {"word/document.xml": ("<w:body>.*</w:body>", "")}), "it has no body"),
    "bomb": (bomb(), "it is too large"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused(case: str) -> None:
    data, wrong = REFUSED[case]
    with pytest.raises(UsageError) as caught:
        written(sample(), data)
    (problem,) = caught.value.problems
    assert problem.code == "reference-document"
    assert problem.message == f"the reference document cannot be used: {wrong}"
    assert problem.hint


def test_a_template_is_as_good_as_a_document() -> None:
    opened = Opened.of(sample(), houses.template())
    assert b"template.main" not in opened.parts[TYPES]
    assert opened.data == Opened.of(sample(), PLAIN).data


def test_its_text_and_remarks_stay_behind() -> None:
    opened = Opened.of(sample(), LETTERHEAD)
    everything = b"".join(opened.parts.values())
    assert b"Old text" not in everything and b"Old remark" not in everything and b"Old heading" not in everything
    assert not [
        name for name in opened.parts if "comments" in name or "thumbnail" in name or "stylesWithEffects" in name
    ]


def test_its_logo_comes_along() -> None:
    opened = Opened.of(sample(), LETTERHEAD)
    (name,) = [name for name in opened.parts if name.startswith("word/media/image")]
    assert opened.parts[name] == Opened(LETTERHEAD).parts[name]


def header_with(content: str, relation: str = "") -> bytes:
    """A letterhead whose running header holds more."""
    ns = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    document = houses.plain()
    document.sections[0].header.paragraphs[0].text = "Ministry"
    data = houses.data(document)
    name = next(name for name in Opened(data).parts if name.startswith("word/header"))
    relations = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relation}</Relationships>'
    replacement = f"<w:p {ns}>{content}</w:p></w:hdr>".replace("\\", r"\\")
    return houses.edited(
        data, {name: ("</w:hdr>", replacement)}, {f"word/_rels/{name.rpartition('/')[2]}.rels": relations.encode()}
    )


def header_of(opened: Opened) -> str:
    """The header of the pages, as XML."""
    return next(data.decode() for name, data in opened.parts.items() if re.fullmatch(r"word/header\d+\.xml", name))


def complex_field(code: str) -> str:
    """A field whose result is ``result``."""
    marks = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    return f"{marks[0]}<w:r><w:instrText> {code} </w:instrText></w:r>{marks[1]}<w:r><w:t>result</w:t></w:r>{marks[2]}"


@pytest.mark.parametrize("keyword", ["INCLUDEPICTURE", "INCLUDETEXT", "LINK", "DDEAUTO", "DATABASE", "includetext"])
@pytest.mark.parametrize("simple", [False, True])
def test_fields_that_fetch_become_what_they_show(keyword: str, simple: bool) -> None:
    code = f'{keyword} "http://example.org/x.png"'
    content = (
        f"<w:fldSimple w:instr='{code}'><w:r><w:t>result</w:t></w:r></w:fldSimple>" if simple else complex_field(code)
    )
    header = header_of(Opened.of(sample(), header_with(content)))
    assert keyword not in header and "example.org" not in header
    assert "<w:t>result</w:t>" in header


def test_other_fields_stay() -> None:
    assert "STYLEREF" in header_of(Opened.of(sample(), header_with(complex_field("STYLEREF Title"))))


@pytest.mark.parametrize(
    ("target", "kept"),
    [
        ("https://example.org/", True),
        ("mailto:a@example.org", True),
        ("file:///etc/passwd", False),
        ("\\\\\\\\host\\\\share", False),
        ("javascript:x", False),
    ],
)
def test_only_links_to_the_web_stay_links(target: str, kept: bool) -> None:
    relation = f'<Relationship Id="rId9" Type="{houses.HYPERLINK}" Target="{target}" TargetMode="External"/>'
    opened = Opened.of(
        sample(), header_with('<w:hyperlink r:id="rId9"><w:r><w:t>Our site</w:t></w:r></w:hyperlink>', relation)
    )
    assert "Our site" in header_of(opened)
    assert ("w:hyperlink" in header_of(opened)) is kept
    assert any(target.encode() in data for name, data in opened.parts.items() if name.endswith(".rels")) is kept


def test_nothing_that_is_fetched_on_opening_comes_along() -> None:
    image = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    relation = f'<Relationship Id="rId9" Type="{image}" Target="http://example.org/spy.png" TargetMode="External"/>'
    picture = '<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:imagedata r:link="rId9"/></v:shape></w:pict></w:r>'
    reference = houses.edited(
        header_with(picture, relation),
        {
            "word/settings.xml": (
                "</w:settings>",
                '<w:attachedTemplate r:id="rId7" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"/></w:settings>',
            ),
        },
        {
            "word/_rels/settings.xml.rels": b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            b'<Relationship Id="rId7" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"'
            b' Target="http://example.org/spy.dotm" TargetMode="External"/></Relationships>'
        },
    )
    opened = Opened.of(sample(), reference)
    assert not [
        name for name, data in opened.parts.items() if b"example.org/spy" in data or b"attachedTemplate" in data
    ]
    assert "w:pict" not in header_of(opened)


def test_revisions_in_a_header_are_taken_as_accepted() -> None:
    by = 'w:id="1" w:author="a" w:date="2020-01-01T00:00:00Z"'
    content = f"<w:ins {by}><w:r><w:t>new</w:t></w:r></w:ins><w:del {by}><w:r><w:delText>old</w:delText></w:r></w:del>"
    header = header_of(Opened.of(sample(), header_with(content)))
    assert "<w:t>new</w:t>" in header and "w:ins" not in header and "old" not in header


def test_settings_that_prompt_lock_or_track_stay_behind() -> None:
    settings = (
        '<w:documentProtection w:edit="readOnly" w:enforcement="1"/><w:trackRevisions/><w:updateFields/></w:settings>'
    )
    opened = Opened.of(sample(), houses.edited(PLAIN, {"word/settings.xml": ("</w:settings>", settings)}))
    names = {str(each.tag).rpartition("}")[2] for each in opened.root("word/settings.xml")}
    assert names.isdisjoint(
        {"documentProtection", "trackRevisions", "updateFields", "rsids", "attachedTemplate", "mailMerge"}
    )
    modes = found(opened.root("word/settings.xml"), "w:compat/w:compatSetting[@w:name='compatibilityMode']/@w:val")
    assert [str(mode) for mode in modes] == ["15"]


def test_list_indents_are_the_houses_and_markers_the_trees() -> None:
    opened = Opened.of(sample(), PLAIN)
    numbering, before = opened.root("word/numbering.xml"), Opened(PLAIN).root("word/numbering.xml")
    added = found(numbering, "w:abstractNum")[len(found(before, "w:abstractNum")) :]
    levels = [level for each in added for level in found(each, "w:lvl")]
    shown = {
        attribute(level.find("w:lvlText", NS)): attribute(level.find("w:pPr/w:ind", NS), "left") for level in levels
    }
    assert shown == {"•": "360", "%1.": "720"}


def test_a_document_of_ours_can_be_an_offices_own() -> None:
    assert written(sample(), written(sample()).data).problems == ()
