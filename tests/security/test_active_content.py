"""Nothing in a finished file does anything: no script, action, launch link, external relation, field of the data's or formula."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import pikepdf
import pytest
import tinyhtml5
from lxml import etree

import briefing
from tests.docx.opened import NS
from tests.running import small_brief

ATTACKS = (
    "\\<script\\>alert(1)\\</script\\>",
    "a < img src=x onerror=alert(1) >",
    '" onmouseover="alert(1)"',
    "javascript:alert(1)",
    "=cmd|' /C calc'!A0",
    "DDEAUTO c:\\\\windows\\\\calc.exe",
    '{ INCLUDETEXT "/etc/passwd" }',
    'HYPERLINK "file:///etc/passwd"',
    "{{ 7 * 7 }}",
    "file:///etc/passwd",
    "@SUM(1+1)",
    "]]></w:t><w:altChunk/>",
)
"""Texts that may be typed, and that would do something if they were taken for more than text; what looks like a tag is refused."""
TEXT = " and ".join(ATTACKS)
BRIEF = {
    "title": TEXT,
    "subtitle": TEXT,
    "date": "2026-03-14",
    "language": "en-GB",
    "authors": [TEXT],
    "handling": {"marking": "OFFICIAL", "caveat": TEXT},
    "key_points": [f"See [an address](https://example.org/?q=x&y=1) {TEXT}"],
    "quotes": [{"text": "=1+1 or javascript:alert(1)", "speaker": TEXT, "source": "gazette"}],
    "tables": [{"caption": TEXT, "columns": [{"label": TEXT}, {"label": "b"}], "rows": [[TEXT, "=1+1"]]}],
    "sources": [
        {"id": "gazette", "title": TEXT, "published": "2026-03-01", "url": "https://example.org/a?b=%3Cc%3E&d=e"}
    ],
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """A brief of hostile texts in every format."""
    folder = small_brief(tmp_path_factory.mktemp("hostile") / "brief", json.dumps(BRIEF), "brief.json")
    (folder / "briefing.toml").write_text("[rules]\nquote-unverified = 'off'\nuncited-key-point = 'off'\n")
    result = briefing.build(folder, formats=["pdf", "docx", "html"])
    return {output.format: output.path.read_bytes() for output in result.outputs}


_ACTIVE = ("/JS", "/JavaScript", "/AA", "/Launch", "/EmbeddedFiles", "/EmbeddedFile", "/RichMedia", "/XFA", "/AcroForm")
_ACTIONS = ("/URI", "/GoTo")


def active_in_pdf(data: bytes) -> Iterator[str]:
    with pikepdf.open(io.BytesIO(data)) as file:
        for each in file.objects:
            for key, value in _entries(each):
                if key in _ACTIVE or str(value) in _ACTIVE:
                    yield f"{key} {value}"
                if (
                    key == "/A"
                    and isinstance(value, pikepdf.Dictionary)
                    and str(value.get("/S", "/URI")) not in _ACTIONS
                ):
                    yield f"an action {value.get('/S')}"
                if key == "/URI" and not re.match(r"(https?|mailto):", str(value)):
                    yield f"a link to {value}"
        if isinstance(file.Root.get("/OpenAction"), pikepdf.Dictionary):
            yield "an action on opening"


def _entries(value: Any) -> Iterator[tuple[str, Any]]:
    """The keys and values of a dictionary and of what stands in it."""
    inner: list[Any] = list(value) if isinstance(value, pikepdf.Array) else []
    if isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        held = {str(key): each for key, each in value.items()}
        yield from held.items()
        inner = list(held.values())
    for each in inner:
        if isinstance(each, pikepdf.Dictionary | pikepdf.Array) and not each.is_indirect:
            yield from _entries(each)


_COMPUTED = re.compile(r"\s*(PAGE|NUMPAGES|PAGEREF|REF|NOTEREF|SEQ|STYLEREF|TOC|TITLE|SECTIONPAGES)\b", re.IGNORECASE)


def active_in_docx(data: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            part = archive.read(name)
            if re.search(r"vba|activex|embeddings|\.bin$|oleObject|afchunk|attachedToolbars", name, re.IGNORECASE):
                yield name
            if not name.endswith((".xml", ".rels")):
                continue
            root = etree.fromstring(part)
            for relation in root.iter("{*}Relationship"):
                kind, target = relation.get("Type", ""), relation.get("Target", "")
                if relation.get("TargetMode") == "External" and not (
                    kind.endswith("/hyperlink") and re.match(r"(https?|mailto):", target)
                ):
                    yield f"{name}: {kind} to {target}"
            for field in (*root.iter("{*}instrText"), *root.iter("{*}fldSimple")):
                code = field.text or field.get(f"{{{NS['w']}}}instr") or ""
                if not _COMPUTED.match(code) or any(attack in code for attack in ATTACKS):
                    yield f"{name}: the field {code}"
            yield from (
                f"{name}: {each.tag}"
                for local in ("altChunk", "object", "control", "subDoc")
                for each in root.iter(f"{{*}}{local}")
            )


_TAGS = {
    "script",
    "iframe",
    "object",
    "embed",
    "form",
    "base",
    "link",
    "frame",
    "applet",
    "input",
    "video",
    "audio",
    "template",
}


def active_in_html(data: bytes) -> Iterator[str]:
    root = tinyhtml5.parse(data.decode())
    policy = ""
    for each in root.iter():
        tag = str(each.tag).rpartition("}")[2].lower()
        if tag in _TAGS:
            yield tag
        if tag == "meta" and each.get("http-equiv"):
            policy = (
                each.get("content", "") if each.get("http-equiv").lower() == "content-security-policy" else "another"
            )
        for key, value in each.attrib.items():
            if str(key).lower().startswith("on"):
                yield f"{tag} {key}"
            if str(key).rpartition("}")[2] in ("href", "src", "action", "srcset", "data", "formaction"):
                scheme = "data:image/" if key == "src" else r"(#|https?:|mailto:)"
                if not re.match(scheme, value):
                    yield f"{tag} {key} {value[:60]}"
        if tag == "style" and re.search(r"@import|url\((?!\s*[\"']?data:)|expression\(", each.text or ""):
            yield "a sheet that fetches"
    if not policy.startswith("default-src 'none'") or "unsafe" in policy or "script-src" in policy:
        yield f"the policy {policy!r}"


READERS = {"pdf": active_in_pdf, "docx": active_in_docx, "html": active_in_html}


@pytest.mark.parametrize("kind", READERS)
def test_hostile_texts_stay_texts(kind: str, made: dict[str, bytes]) -> None:
    assert list(READERS[kind](made[kind])) == []


def test_what_is_active_would_be_found() -> None:
    with pikepdf.new() as file:
        file.add_blank_page()
        file.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, A=pikepdf.Dictionary(S=pikepdf.Name.Launch, F="calc.exe"))
        file.pages[0].Annots = pikepdf.Array(
            [link, pikepdf.Dictionary(A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI="file:///x"))]
        )
        target = io.BytesIO()
        file.save(target)
    assert len({*active_in_pdf(target.getvalue())}) >= 5
    page = "<body onload=x><script>1</script><a href='javascript:1'>x</a><style>@import url(x)</style><meta http-equiv=refresh content=1>"
    assert len({*active_in_html(page.encode())}) == 5
    target = io.BytesIO()
    relation = "<Relationship Type='x/attachedTemplate' TargetMode='External' Target='http://x'/>"
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("a.rels", f"<Relationships>{relation}</Relationships>")
        archive.writestr("word/vbaProject.bin", "")
        archive.writestr("b.xml", f"<b xmlns:w='{NS['w']}'><w:fldSimple w:instr='DDEAUTO x'/><w:altChunk/></b>")
    assert len({*active_in_docx(target.getvalue())}) == 4
